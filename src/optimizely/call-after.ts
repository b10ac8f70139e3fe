import type { Undo } from '../undo.ts';

type Method = (...values: never[]) => unknown;

/** An object of the page's, and its methods. */
export type Methods = Record<string, Method | undefined>;

/**
 * Wraps a method of the page's, so that it calls `after` with its result each time it returns. A missing method stays
 * missing.
 *
 * @returns a function that puts the original back, unless somebody has replaced the method since.
 * @throws if the page has locked the method.
 */
export function callAfter(methods: Methods, name: string, after: (result: unknown) => void): Undo {
  const original = methods[name];
  if (typeof original !== 'function') return () => {};
  // If the holder inherits the method, it should inherit it again afterwards.
  const isOwn = Object.getOwnPropertyDescriptor(methods, name);

  function replacement(this: unknown): unknown {
    // biome-ignore lint/complexity/noArguments: it passes on all arguments of the page's, also in ES5.
    const result = (original as Method).apply(this, arguments as unknown as never[]);
    after(result);
    return result;
  }

  methods[name] = replacement;
  // Assigning to a locked property fails silently in code that is not strict.
  if (methods[name] !== replacement) throw new TypeError(name);
  return () => {
    if (methods[name] !== replacement) return;
    if (isOwn) methods[name] = original;
    else delete methods[name];
  };
}
