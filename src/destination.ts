/** An event as an analytics tool takes it. */
export interface AnalyticsEvent {
  name: string;
  properties: Record<string, unknown>;
}

/** What stands between the page and the destination's sessions. */
export type DestinationState = 'absent' | 'loading' | 'blocked' | 'waiting' | 'capturing' | 'refused';

/**
 * Where decisions go. FullStory is the one there is; another would implement this and leave the Optimizely
 * side as it is.
 */
export interface Destination {
  /** The name of the destination's global at this moment. */
  findNamespace(): string;
  findState(): DestinationState;
  /**
   * What tells the running session from every other one. `undefined` while no session runs; an empty text when
   * one runs that cannot be told from others.
   */
  findSession(): string | undefined;
  /** Asks to be told of sessions, as often as needed: the destination may appear, or be replaced, at any time. */
  watch(): void;
  /** May throw, when the page's function does; then nothing was handed over. */
  setProperties(properties: Record<string, string>): void;
  /** May throw, when the page's function does; then nothing was handed over. */
  trackEvent(event: AnalyticsEvent): void;
  /** Stops watching. A later {@link Destination.watch} begins anew. */
  unwatch(): void;
}
