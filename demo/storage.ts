/** Where the shops of this tab keep what the next page needs. */
export const STORED = 'playground';

/** How the names begin under which the bridge keeps something for other pages. */
export const BRIDGE_STORED = 'optimizely-fullstory';

/** How the names begin under which Amplitude's SDK keeps its user and what it has not sent. */
const AMPLITUDE_STORED = 'AMP_';

/** The name of FullStory's lane with the default settings. */
const BRIDGE_KEY = `${BRIDGE_STORED}|FullStory|||Experiment Viewed|[Optimizely] {flag}`;

export function forgetEarlierPages(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(STORED)) sessionStorage.removeItem(name);
  }
  for (const storage of [sessionStorage, localStorage]) {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(BRIDGE_STORED) || name.startsWith(AMPLITUDE_STORED)) storage.removeItem(name);
    }
  }
}

/** Leaves there what no bridge would, and a decision of the day before yesterday. */
export function damageStorage(): void {
  const old = { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 2 * 86_400_000 };
  sessionStorage.setItem(BRIDGE_KEY, JSON.stringify([null, 7, 'text', {}, { at: 1 }, old]));
  localStorage.setItem(BRIDGE_KEY, '{"session":"https://app.fullsto');
}
