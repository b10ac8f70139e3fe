/** One value of the script's own in the browser's storage. */
export interface StoredValue {
  /** What was written last, by this page or another; anything may stand there, or nothing. */
  read(): unknown;
  /** Keeps a value; null to forget it. Returns whether it is kept. */
  write(value: unknown): boolean;
}

const KEY = 'optimizely-fullstory';

/**
 * @param area which storage; the page or the browser may have forbidden it, and it may be full.
 * @param problems gets the code `storage` then.
 */
export function createStoredValue(
  area: 'localStorage' | 'sessionStorage',
  problems: Set<string>,
): StoredValue {
  function attempt<Result>(use: (storage: Storage) => Result): Result | undefined {
    try {
      return use(window[area]);
    } catch {
      problems.add('storage');
      return undefined;
    }
  }

  return {
    read() {
      const text = attempt((storage) => storage.getItem(KEY));
      try {
        return JSON.parse(text as string);
      } catch {
        // Damaged, or not ours, or there is no storage. Where nothing was written, `null` reads as null.
        return null;
      }
    },
    write: (value) =>
      !!attempt((storage) => {
        storage.setItem(KEY, JSON.stringify(value));
        return true;
      }),
  };
}
