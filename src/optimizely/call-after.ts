import type { Undo } from '../undo.ts';

type Method = (...values: never[]) => unknown;

/**
 * Has a method of the page's call `after` with its result, each time that it returns. A missing method stays missing.
 *
 * @returns how to put the original back, unless somebody has replaced the method since.
 * @throws when the page has locked the method.
 */
export function callAfter(holder: object, name: string, after: (result: unknown) => void): Undo {
  const methods = holder as Record<string, Method | undefined>;
  const original = methods[name];
  if (typeof original !== 'function') return () => {};
  // A method of the holder's own, or one that it inherits and is to inherit again.
  const isOwn = Object.getOwnPropertyDescriptor(methods, name);

  function replacement(this: unknown): unknown {
    // biome-ignore lint/complexity/noArguments: it passes on whatever the page passes, also in ES5.
    const result = (original as Method).apply(this, arguments as unknown as never[]);
    after(result);
    return result;
  }

  methods[name] = replacement;
  // Assigning to what is locked fails silently where code is not strict.
  if (methods[name] !== replacement) throw new TypeError(name);
  return () => {
    if (methods[name] !== replacement) return;
    if (isOwn) methods[name] = original;
    else delete methods[name];
  };
}
