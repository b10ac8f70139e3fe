type Callee = (one: unknown, other: unknown) => unknown;

/**
 * Calls the global function with a name. The name may be dotted; the function's `this` is what stands before its last
 * part, as in a call that the page writes out.
 *
 * @throws where there is no such function, and what it throws.
 */
export function callGlobal(path: string, one: unknown, other: unknown): unknown {
  const keys = path.split('.');
  const name = keys.pop() as string;
  const holder = keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], window);
  return ((holder as Record<string, Callee>)[name] as Callee).call(holder, one, other);
}
