import type { Undo } from '../undo.ts';

/**
 * Listens to an event of the window or the document. A page may have a global of its own named `addEventListener`, so
 * the browser's is taken from the prototype.
 *
 * @returns how to stop.
 */
export function listen(target: EventTarget, type: string, listener: () => void): Undo {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  addEventListener.call(target, type, listener);
  return () => {
    removeEventListener.call(target, type, listener);
  };
}
