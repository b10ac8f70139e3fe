import type { Undo } from '../undo.ts';

/**
 * Shows a global's value to `look`: now, when it is set, and whenever it is read, because a library may set its global
 * first and fill it afterwards. It takes an accessor; the undo leaves a plain property behind, or none if there never
 * was a value. A global that the page has locked, or that has an accessor of its own, is looked at this once.
 *
 * @param look must not throw.
 */
export function watchGlobal(name: string, look: (value: never) => void): Undo {
  const page = window as unknown as Record<string, unknown>;
  // Not `page[name]` alone: an element with that id is no value.
  const before = Object.getOwnPropertyDescriptor(page, name);
  // An accessor of the page's is left alone here.
  let value: unknown = before && before.value;
  const get = () => {
    look(value as never);
    return value;
  };
  look(value as never);
  if (!before || (before.writable && before.configurable)) {
    Object.defineProperty(page, name, {
      configurable: true,
      get,
      set(next) {
        value = next;
        look(value as never);
      },
    });
  }
  return () => {
    const now = Object.getOwnPropertyDescriptor(page, name);
    if (now && now.get === get) {
      delete page[name];
      if (value !== undefined) page[name] = value;
    }
  };
}
