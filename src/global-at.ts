/** The value of the global with a name, which may be dotted; `undefined` where a part of the path is missing. */
export function globalAt(path: string): unknown {
  try {
    return path.split('.').reduce<unknown>((holder, key) => (holder as Record<string, unknown>)[key], window);
  } catch {
    return undefined;
  }
}
