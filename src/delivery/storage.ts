import type { Problem } from '../status.ts';

/** The browser's storages; the page or the browser may have forbidden them, and they may be full. */
type Area = 'localStorage' | 'sessionStorage';

/** A list under one name in one of the browser's storages. */
export interface StoredList {
  /** Reads the list. It may contain anything. Empty if there is none, or if it cannot be read. */
  read_(): unknown[];
  /** Returns whether it is stored. */
  write_(list: readonly unknown[]): boolean;
}

/** @param tell gets the code `storage` if the storage is forbidden or full, or keeps nothing. */
export function createStoredList(area: Area, key: string, tell: (problem: Problem) => void): StoredList {
  return {
    read_() {
      try {
        let stored: unknown = JSON.parse(window[area].getItem(key) as string);
        // Prototype.js makes a text of each list in it.
        if (typeof stored === 'string') stored = JSON.parse(stored);
        if (Array.isArray(stored)) return stored;
      } catch {
        // The text is damaged, or the storage is forbidden. Then writing fails as well, and reports it.
      }
      return [];
    },
    write_(list) {
      try {
        const text = JSON.stringify(list);
        const storage = window[area];
        storage.setItem(key, text);
        // Consent tools put functions that do nothing in their place.
        if (storage.getItem(key) === text) {
          if (!list.length) storage.removeItem(key);
          return true;
        }
      } catch {
        // Forbidden or full.
      }
      tell('storage');
      return false;
    },
  };
}
