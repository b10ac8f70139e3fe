import type { Undo } from '../undo.ts';

type Method = (this: unknown, ...values: unknown[]) => unknown;

/** What may have methods of the page's. */
export type Holder = Record<string, Method | undefined> | null | undefined;

const patched: Holder[] = [];

/** How to put back all that was patched. */
export const undos: Undo[] = [];

/**
 * Replaces a method of an object, if there is one, and once. The undo leaves alone what somebody has put in its place.
 * Unlike the script's `callAfter`, the new method sees the call before the old one does.
 *
 * @param replace makes the new method of the old one.
 */
export function patch(holder: Holder, name: string, replace: (original: Method) => Method): void {
  const original = holder && holder[name];
  if (original && patched.indexOf(holder) < 0) {
    patched.push(holder);
    const replacement = replace(original);
    holder[name] = replacement;
    undos.push(() => {
      if (holder[name] === replacement) holder[name] = original;
    });
  }
}
