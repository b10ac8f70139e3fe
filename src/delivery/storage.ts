import type { Problem } from '../status.ts';

/** The browser's storages; the page or the browser may have forbidden them, and they may be full. */
type Area = 'localStorage' | 'sessionStorage';

const KEY = 'optimizely-fullstory';

/**
 * Reads the script's list, as this page or another wrote it last. Anything may stand in it.
 *
 * @param problems gets the code `storage` where the storage is forbidden.
 * @returns an empty one where nothing stands, or nothing of ours.
 */
export function readStored(area: Area, problems: Set<Problem>): unknown[] {
  try {
    const stored: unknown = JSON.parse(window[area].getItem(KEY) as string);
    if (Array.isArray(stored)) return stored;
  } catch (error) {
    // A text that is damaged is as good as none.
    if (!(error instanceof SyntaxError)) problems.add('storage');
  }
  return [];
}

/**
 * Keeps a list; null to forget it.
 *
 * @param problems gets the code `storage` where the storage is forbidden or full.
 * @returns whether it is kept.
 */
export function writeStored(area: Area, list: unknown[] | null, problems: Set<Problem>): boolean {
  try {
    window[area].setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    problems.add('storage');
    return false;
  }
}
