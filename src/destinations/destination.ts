import type { AnalyticsEvent } from '../decision.ts';

export type { AnalyticsEvent } from '../decision.ts';

/** What stands between the page and the destination's sessions. */
export type DestinationState = 'absent' | 'loading' | 'blocked' | 'waiting' | 'capturing' | 'refused';

/** The destination at one moment. */
export interface Sight {
  state: DestinationState;
  /** What tells the running session from every other one; empty when nothing does, none while no session runs. */
  session?: string;
}

/**
 * Where decisions go. FullStory is the one there is; another would implement this and leave the Optimizely
 * side as it is.
 */
export interface Destination {
  /** The name of the destination's global at this moment. */
  findNamespace(): string;
  look(): Sight;
  /** Asks to be told of sessions, as often as needed: the destination may appear, or be replaced, at any time. */
  watch(): void;
  /** May throw, when the page's function does; then nothing was handed over. */
  setProperties(properties: Record<string, string>): void;
  /** May throw, when the page's function does; then nothing was handed over. */
  trackEvent(event: AnalyticsEvent): void;
  /** Stops watching. A later {@link Destination.watch} begins anew. */
  unwatch(): void;
}
