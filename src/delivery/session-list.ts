import type { StoredList } from './storage.ts';

/** How many decisions of a session are remembered for its other pages. */
const REMEMBERED = 1000;

/** What the pages of a session share: which decisions it has. */
export interface SessionList {
  has_(key: string): boolean;
  add_(key: string): void;
  /** Keeps what was added. */
  close_(): void;
}

/**
 * Opens the list of a session for one turn: no other page runs meanwhile.
 *
 * @param link what other pages know the session by; where nothing tells, nothing is shared.
 */
export function openSessionList(stored: StoredList, link: string | undefined): SessionList {
  const before = link ? stored.read_() : [];
  const keys = before[0] === link ? before.slice(1) : [];
  let isChanged = false;
  return {
    has_: (key) => keys.indexOf(key) >= 0,
    add_(key) {
      if (!link) return;
      keys.push(key);
      isChanged = true;
    },
    close_() {
      if (isChanged) stored.write_([link as unknown].concat(keys.slice(-REMEMBERED)));
    },
  };
}
