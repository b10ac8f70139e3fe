type Callee = (one: unknown, other: unknown) => unknown;

/**
 * Calls the global function with a name. The name may be dotted; the function's `this` is what stands before its last
 * part, as in a call that the page writes out.
 *
 * @throws where there is no such function, and what it throws.
 */
export function callGlobal(path: string, one: unknown, other: unknown): unknown {
  let holder: unknown;
  let callee: unknown = window;
  // Not `reduce`, which is another thing where the page has Prototype.js.
  path.split('.').forEach((key) => {
    holder = callee;
    callee = (callee as Record<string, unknown>)[key];
  });
  return (callee as Callee).call(holder, one, other);
}
