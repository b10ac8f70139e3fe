import { page } from './page.ts';
import { undos } from './patch.ts';
import { recordSdk } from './record.ts';

/**
 * Records the clients of the SDK in a global. It looks at the global now, when it is set, and at each read, because the
 * SDK's file sets its global first and fills it afterwards. Another script's accessor stays behind this one. The script has
 * `watchGlobal` for this; this shorter version has a few cases less.
 *
 * If the page has locked the global, it looks at it now.
 *
 * @throws if the page's getter throws.
 */
export function watchSdk(name: string): void {
  function found(): PropertyDescriptor {
    return Reflect.getOwnPropertyDescriptor(page, name) || {};
  }

  /** Holds the value, or another script's accessor. */
  const before = found();

  function get(): unknown {
    const value = before.get ? before.get.call(page) : before.value;
    try {
      recordSdk(value);
      // SDK 4 and 5 also export everything as `default`.
      if (value) recordSdk(value.default);
    } catch {
      // The page's SDK is a proxy that throws.
    }
    return value;
  }

  function watch(): void {
    // Read before the page's property is deleted: its getter may throw.
    const current = get();
    delete page[name];
    Reflect.defineProperty(page, name, {
      configurable: true,
      get,
      // SystemJS takes the newest enumerable global for a script's export, so the property is defined again with each
      // value. A truthy value counts as true.
      enumerable: current as boolean,
      set(value) {
        if (before.set) before.set.call(page, value);
        else before.value = value;
        if (found().get === get) watch();
      },
    });
  }

  watch();
  undos.push(() => {
    if (found().get === get) {
      delete page[name];
      if (before.get) Reflect.defineProperty(page, name, before);
      else if (before.value) page[name] = before.value;
    }
  });
}
