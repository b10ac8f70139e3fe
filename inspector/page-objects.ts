/** The result, or undefined if it throws: the page's objects may do anything. */
export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A member of one of the page's objects; undefined if reading it throws. */
export function readMember(of: unknown, name: string): unknown {
  return attempt(() => (of as Record<string, unknown>)[name]);
}
