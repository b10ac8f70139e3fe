import type { Problem } from '../status.ts';

/** The browser's storages; the page or the browser may have forbidden them, and they may be full. */
type Area = 'localStorage' | 'sessionStorage';

/** A list under one name in one of the browser's storages. */
export interface StoredList {
  /** Reads it as this page or another wrote it last: anything may stand in it. Empty where nothing of ours stands. */
  read_(): unknown[];
  /** Returns whether it is kept. */
  write_(list: readonly unknown[]): boolean;
}

/** @param tell gets the code `storage` where the storage is forbidden or full. */
export function createStoredList(area: Area, key: string, tell: (problem: Problem) => void): StoredList {
  return {
    read_() {
      try {
        let stored: unknown = JSON.parse(window[area].getItem(key) as string);
        // Prototype.js makes a text of each list in it.
        if (typeof stored === 'string') stored = JSON.parse(stored);
        if (Array.isArray(stored)) return stored;
      } catch {
        // A text that is damaged is as good as none; a storage that is forbidden fails when it is written, and is told then.
      }
      return [];
    },
    write_(list) {
      try {
        const storage = window[area];
        const text = list.length ? JSON.stringify(list) : null;
        if (text) storage.setItem(key, text);
        else storage.removeItem(key);
        // Consent tools put functions that do nothing in their place.
        if (storage.getItem(key) === text) return true;
      } catch {
        // Forbidden or full.
      }
      tell('storage');
      return false;
    },
  };
}
