import type { Undo } from '../undo.ts';

/**
 * Listens to an event of the window or the document. A page may have its own global named `addEventListener`, so the
 * browser's method is taken from the prototype.
 *
 * @returns a function that stops listening.
 */
export function listen(target: EventTarget, type: string, listener: () => void): Undo {
  const change = (method: 'addEventListener' | 'removeEventListener') => {
    try {
      EventTarget.prototype[method].call(target, type, listener);
    } catch {
      // A window that is no `EventTarget`, as in tests without a browser.
      target[method](type, listener);
    }
  };
  change('addEventListener');
  return () => {
    change('removeEventListener');
  };
}
