/** Where the shops of this tab keep what the next page needs. */
export const STORED = 'playground';

/** What the bridge keeps for other pages, and where. */
export const BRIDGE_STORED = 'optimizely-fullstory';

export function forgetEarlierPages(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(STORED)) sessionStorage.removeItem(name);
  }
  for (const storage of [sessionStorage, localStorage]) storage.removeItem(BRIDGE_STORED);
}

/** Leaves there what no bridge would, and a decision of the day before yesterday. */
export function damageStorage(): void {
  const old = { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 2 * 86_400_000 };
  sessionStorage.setItem(BRIDGE_STORED, JSON.stringify([null, 7, 'text', {}, { at: 1 }, old]));
  localStorage.setItem(BRIDGE_STORED, '{"session":"https://app.fullsto');
}
