import type { Undo } from '../undo.ts';

/**
 * Shows a global's value to `look`: now, when it is set, and whenever it is read, because a library may set its global
 * first and fill it afterwards. It takes an accessor, in front of another script's where there is one; the undo leaves a
 * plain property behind, or none if there never was a value. A global that the page has locked is looked at this once.
 *
 * @param look must not throw.
 */
export function watchGlobal(name: string, look: (value: never) => void): Undo {
  const page = window as unknown as Record<string, unknown>;
  // Not `page[name]` alone: an element with that id is no value.
  const before = Object.getOwnPropertyDescriptor(page, name);
  const inner = before && before.get && before.set && before.configurable ? before : undefined;
  let value: unknown = before && before.value;
  let isStopped = false;

  function read(): unknown {
    return inner ? (inner.get as () => unknown).call(page) : value;
  }

  function get(): unknown {
    if (isStopped) leave();
    const current = read();
    if (!isStopped) look(current as never);
    return current;
  }

  function set(next: unknown): void {
    const isFirst = read() === undefined;
    if (inner) (inner.set as (next: unknown) => void).call(page, next);
    value = next;
    if (isStopped) leave();
    else {
      // SystemJS finds a script's export among the enumerable globals that are new, so it is made anew with its value.
      if (isFirst && isOurs()) define(next !== undefined);
      look(next as never);
    }
  }

  function isOurs(): boolean {
    const now = Object.getOwnPropertyDescriptor(page, name);
    return !!now && now.get === get;
  }

  function define(enumerable: boolean): void {
    delete page[name];
    Object.defineProperty(page, name, { configurable: true, enumerable, get, set });
  }

  /** Takes the accessor away, unless another script has put its own in front: then it passes everything on. */
  function leave(): void {
    if (!isOurs()) return;
    delete page[name];
    if (inner) Object.defineProperty(page, name, inner);
    else if (value !== undefined) page[name] = value;
  }

  look(read() as never);
  if (!before || inner || (before.writable && before.configurable)) {
    define(!!before && !!before.enumerable);
  }
  return () => {
    isStopped = true;
    leave();
  };
}
