/** The part of a client's notification centre that the bridge uses. */
export interface NotificationCenter {
  /** Returns the listener's id, above 0; -1 or 0 when it was not added. */
  addNotificationListener(type: string, listener: (notification: unknown) => void): number;
  removeNotificationListener(id: number): boolean;
}

/**
 * The part of an Optimizely client that the bridge uses. The clients of SDK 4.6 and newer, 5 and 6 are such,
 * and so are those of the React SDK.
 */
export interface OptimizelyClient {
  readonly notificationCenter: NotificationCenter;
  onReady?(): Promise<unknown>;
}

/**
 * The notification centre of whatever is handed over as a client; `undefined` when it has none. Looks through
 * the prototype chain, because React wrappers use getters, and survives getters that throw.
 */
export function findNotificationCenter(client: unknown): NotificationCenter | undefined {
  try {
    const { notificationCenter } = client as OptimizelyClient;
    if (typeof notificationCenter.addNotificationListener === 'function') return notificationCenter;
  } catch {}
  return undefined;
}
