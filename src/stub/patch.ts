import type { Undo } from '../undo.ts';

type Method = (this: unknown, ...values: unknown[]) => unknown;

/** A possible object of the page's with methods. */
export type Holder = Record<string, Method | undefined> | null | undefined;

const patched: Holder[] = [];

/** Put the patched methods and globals back. */
export const undos: Undo[] = [];

/**
 * Replaces a method of an object once, if it has the method. The undo does nothing if somebody has replaced the method
 * since. Unlike with the script's `callAfter`, the new method runs before the old one.
 *
 * @param holder anything.
 * @param replace returns the new method for the old one.
 * @throws if the holder is a text or a number, or a proxy that throws.
 */
export function patch(holder: Holder, name: string, replace: (original: Method) => Method): void {
  // With `in`: Comlink's stand-in for an object in a worker returns a function for every name. Assigning to one would send
  // the worker a message.
  const original = holder && name in holder && holder[name];
  if (original && !patched.includes(holder)) {
    // biome-ignore lint/suspicious/noAssignInExpressions: with two statements the stub has a byte more than it may have.
    const replacement = (holder[name] = replace(original));
    patched.push(holder);
    undos.push(() => {
      if (holder[name] === replacement) holder[name] = original;
    });
  }
}
