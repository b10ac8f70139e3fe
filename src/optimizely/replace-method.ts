import type { Undo } from '../undo.ts';

/**
 * Replaces a method by one that is made from it. A missing method stays missing.
 *
 * @returns how to put the original back, unless somebody has replaced it since.
 * @throws when the page has locked the method.
 */
export function replaceMethod<Method extends (...values: never[]) => unknown>(
  holder: object,
  name: string,
  make: (original: Method) => Method,
): Undo {
  const methods = holder as Record<string, Method | undefined>;
  const original = methods[name];
  if (typeof original !== 'function') return () => {};
  // A method of the holder's own, or one that it inherits and is to inherit again.
  const isOwn = !!Object.getOwnPropertyDescriptor(methods, name);
  const replacement = make(original);
  methods[name] = replacement;
  // Assigning to what is locked fails silently where code is not strict.
  if (methods[name] !== replacement) throw name;
  return () => {
    if (methods[name] !== replacement) return;
    if (isOwn) methods[name] = original;
    else delete methods[name];
  };
}
