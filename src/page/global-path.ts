type Methods = Record<string, (one: unknown, other: unknown) => unknown>;

/** The value at the end of a path of properties; undefined or another falsy value if the path ends before. */
export function follow(value: unknown, keys: readonly string[]): unknown {
  // Not `reduce`: Prototype.js replaces it.
  keys.forEach((key) => {
    value = value && (value as Record<string, unknown>)[key];
  });
  return value;
}

/**
 * Calls a global function by its name, which may be dotted, with the `this` that a call in the page would have.
 *
 * @throws if there is no such function, and what the function throws.
 */
export function callGlobal(path: string, one: unknown, other: unknown): unknown {
  const keys = path.split('.');
  const method = keys.pop();
  return ((follow(window, keys) as Methods)[method as string] as Methods[string])(one, other);
}
