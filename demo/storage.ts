import { storageKey } from '../src/delivery/lane.ts';
import { readSettings } from '../src/settings.ts';
import { packageName } from '../src/version.ts';

/** The storage of this tab's shops for the next page. */
export const STORED = 'playground';

/** The beginnings of the keys under which Amplitude's SDK stores its user and unsent events. */
const AMPLITUDE_STORED = 'AMP_';

/** The storage key of FullStory's lane with the default settings. */
const BRIDGE_KEY = storageKey(
  { name: 'FullStory' },
  readSettings([], () => {}),
);

/** Removes what earlier pages of this tab have stored: the shop's, the bridge's and Amplitude's. */
export function forgetEarlierPages(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(STORED)) sessionStorage.removeItem(name);
  }
  for (const storage of [sessionStorage, localStorage]) {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(packageName) || name.startsWith(AMPLITUDE_STORED)) storage.removeItem(name);
    }
  }
}

/** Stores entries that no bridge would, and a decision of two days ago. */
export function damageStorage(): void {
  const old = { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 2 * 86_400_000 };
  sessionStorage.setItem(BRIDGE_KEY, JSON.stringify([null, 7, 'text', {}, { at: 1 }, old]));
  localStorage.setItem(BRIDGE_KEY, '{"session":"https://app.fullsto');
}
