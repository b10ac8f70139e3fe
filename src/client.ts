/** The part of a client's notification centre that the bridge uses. */
export interface NotificationCenter {
  /** Returns the listener's id, above 0; -1 or 0 when it was not added. */
  addNotificationListener(type: string, listener: (notification: unknown) => void): number;
  removeNotificationListener(id: number): boolean;
}

/**
 * The part of an Optimizely client that the bridge uses. The clients of SDK 4.6 and newer, 5 and 6 have it, and so have
 * those of the React SDK.
 */
export interface OptimizelyClient {
  readonly notificationCenter: NotificationCenter;
  onReady?: (() => Promise<unknown>) | undefined;
}
