/** The result, or undefined when it throws: everything here belongs to the page. */
export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function readMember(of: unknown, name: string): unknown {
  return attempt(() => (of as Record<string, unknown>)[name]);
}
