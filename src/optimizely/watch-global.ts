/** Stops watching and leaves a plain property behind, or none if there never was a value. */
export type Release = () => void;

/**
 * Shows a global's value to `look` when it is set, and again whenever it is read, by way of an accessor: a
 * library may set its global first and fill it afterwards.
 *
 * @param look must not throw.
 * @returns `undefined` when the page has locked the global; `look` has then seen the value it has now.
 */
export function watchGlobal(name: string, look: (value: unknown) => void): Release | undefined {
  const page = window as unknown as Record<string, unknown>;
  // Not `name in page`: an element with that id is no value.
  const before = Object.getOwnPropertyDescriptor(page, name);
  let isSet = !!before;
  let value = before && page[name];
  if (isSet) look(value);

  const get = () => {
    look(value);
    return value;
  };
  try {
    // Somebody else's accessor stays: it is theirs to answer.
    if (before?.get) return undefined;
    Object.defineProperty(page, name, {
      configurable: true,
      enumerable: true,
      get,
      set(next) {
        isSet = true;
        value = next;
        look(next);
      },
    });
  } catch {
    return undefined;
  }

  return () => {
    if (Object.getOwnPropertyDescriptor(page, name)?.get !== get) return;
    if (isSet) {
      Object.defineProperty(page, name, { configurable: true, enumerable: true, writable: true, value });
    } else {
      delete page[name];
    }
  };
}
