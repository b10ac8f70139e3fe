import type { Undo } from '../undo.ts';

/**
 * Shows a global's value to `look`: now, when it is set, and whenever it is read, because a library may set its global
 * first and fill it afterwards. It takes an accessor; the undo leaves a plain property behind, or none if there never
 * was a value.
 *
 * @param look must not throw.
 * @returns `undefined` when the page has locked the global, or has an accessor of its own there.
 */
export function watchGlobal(name: string, look: (value: unknown) => void): Undo | undefined {
  const page = window as unknown as Record<string, unknown>;
  const { getOwnPropertyDescriptor, defineProperty } = Object;
  // Not `page[name]` alone: an element with that id is no value.
  const before = getOwnPropertyDescriptor(page, name);
  let value = before && page[name];
  const get = () => {
    look(value);
    return value;
  };
  look(value);
  if (before && (before.get || !before.configurable)) return undefined;
  defineProperty(page, name, {
    configurable: true,
    enumerable: true,
    get,
    set(next) {
      value = next;
      look(value);
    },
  });
  return () => {
    const now = getOwnPropertyDescriptor(page, name);
    if (!now || now.get !== get) return;
    delete page[name];
    if (value !== undefined) page[name] = value;
  };
}
