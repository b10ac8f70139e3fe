/** The browser's storages; the page or the browser may have forbidden them, and they may be full. */
type Area = 'localStorage' | 'sessionStorage';

const KEY = 'optimizely-fullstory';

/**
 * Reads the script's value, as this page or another wrote it last: anything may stand there.
 *
 * @param problems gets the code `storage` where the storage is forbidden.
 */
export function readStored(area: Area, problems: Set<string>): unknown {
  try {
    return JSON.parse(window[area].getItem(KEY) as string);
  } catch (error) {
    // A text that is damaged or not ours is as good as none.
    if (!(error instanceof SyntaxError)) problems.add('storage');
    return null;
  }
}

/**
 * Keeps a value; null to forget it.
 *
 * @param problems gets the code `storage` where the storage is forbidden or full.
 * @returns whether it is kept.
 */
export function writeStored(area: Area, value: unknown, problems: Set<string>): boolean {
  try {
    window[area].setItem(KEY, JSON.stringify(value));
    return true;
  } catch {
    problems.add('storage');
    return false;
  }
}
