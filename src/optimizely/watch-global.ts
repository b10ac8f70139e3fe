import { ownMembersOnly } from '../page/own-members.ts';
import type { Undo } from '../undo.ts';

interface Accessor {
  get(): unknown;
  set(next: unknown): void;
}

/**
 * Calls `look` with a global's value: now, when it is set, and at each read, because a library may set its global first and
 * fill it afterwards. It defines an accessor, in front of another script's if there is one. The undo leaves a plain
 * property, or none if there never was a value. If the page has locked the global, `look` is called once.
 *
 * @param look must not throw.
 */
export function watchGlobal(name: string, look: (value: never) => void): Undo {
  const page = window as unknown as Record<string, unknown>;
  // Not `page[name]`: an element with that id is no value.
  const before = ownMembersOnly(Object.getOwnPropertyDescriptor(page, name));
  const isChained = before && before.get && before.set && before.configurable;
  let value = before && before.value;
  /** Another script's accessor, or one for a variable. */
  const holder = (isChained ? before : { get: () => value, set: (next) => (value = next) }) as Accessor;

  /** Reads it without throwing. The page's getter may throw. */
  function peek(): unknown {
    try {
      return holder.get.call(page);
    } catch {
      // It counts as no value.
    }
    return undefined;
  }

  function get(): unknown {
    const current = holder.get.call(page);
    look(current as never);
    return current;
  }

  function set(next: unknown): void {
    holder.set.call(page, next);
    // SystemJS takes the newest enumerable global for a script's export, so the property is defined again.
    if (isOurs()) define();
    look(next as never);
  }

  function isOurs(): boolean {
    const now = Object.getOwnPropertyDescriptor(page, name);
    return !!now && now.get === get;
  }

  function define(): void {
    delete page[name];
    Object.defineProperty(
      page,
      name,
      ownMembersOnly({ configurable: true, enumerable: peek() !== undefined, get, set }),
    );
  }

  /** Removes the accessor. If another script has put its own in front, this one stays and passes everything on. */
  function leave(): void {
    if (!isOurs()) return;
    delete page[name];
    if (isChained) Object.defineProperty(page, name, before);
    else if (value !== undefined) page[name] = value;
  }

  look(peek() as never);
  if (!before || isChained || (before.writable && before.configurable)) define();
  return () => {
    // If another script's accessor is in front, this one leaves when it is in front again.
    look = leave;
    leave();
  };
}
