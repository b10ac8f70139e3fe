type Methods = Record<string, (one: unknown, other: unknown) => unknown>;

/** What stands at the end of a path of properties; undefined where the path ends before. */
export function follow(start: unknown, keys: readonly string[]): unknown {
  let value = start;
  // Not `reduce`, which is another thing where the page has Prototype.js.
  keys.forEach((key) => {
    value = value && (value as Record<string, unknown>)[key];
  });
  return value;
}

/**
 * Calls the global function with a name, which may be dotted, as the page would write the call.
 *
 * @throws where there is no such function, and what it throws.
 */
export function callGlobal(path: string, one: unknown, other: unknown): unknown {
  const keys = path.split('.');
  const method = keys.pop();
  return ((follow(window, keys) as Methods)[method as string] as Methods[string])(one, other);
}
