import type { AnalyticsEvent } from '../decision.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { DestinationState, Problem } from '../status.ts';
import type { Undo } from '../undo.ts';

export type { AnalyticsEvent, DestinationState, Undo };

/** The most calls of a kind in any 60 s, and in any 1 s. */
export type Rate = readonly [perMinute: number, perSecond: number];

/** What a destination takes; what is left out is without a limit. */
export interface Limits {
  readonly events?: Rate;
  /** Calls that set properties. */
  readonly properties?: Rate;
  /** Our share of them, for the site makes calls of its own. */
  readonly ours?: { readonly events?: Rate; readonly properties?: Rate };
  /** The most properties in one call. */
  readonly propertiesPerCall?: number;
  /** The most different properties that it takes at all: more are told in `status().problems`. */
  readonly propertyNames?: number;
  /** Ms for which a decision kept for the next page is of use: the longest that a session can run. */
  readonly keptFor?: number;
}

/** A destination at one moment. */
export interface Sight {
  state: DestinationState;
  /** What tells the running session from every other one of this page; missing while none runs. */
  session?: string;
  /** What other pages know the session by. Missing where nothing tells: then `dedupe: session` is as good as `page`. */
  link?: string;
  /** Whether the session that ran is over for good, although the next one may have its link. */
  isOver?: boolean;
  /** Whether another function may take its place without notice: then `look()` is called again from time to time. */
  isMakeshift?: boolean;
  /** What tells the user from others. When it changes with the session, another user has signed in. */
  user?: string;
  /** The name of its global. */
  namespace?: string | undefined;
}

/** What a destination may say of an event besides the event. */
export interface Moment {
  /** When the decision was made, in ms since 1970. */
  readonly at: number;
  /** A text that two decisions share when they say the same of the same user. It holds Optimizely's user id. */
  readonly id: string;
  /** What {@link Destination.who} told when the decision was made; missing where the event is for whoever is the user. */
  readonly who?: string | undefined;
}

/** Where decisions go: FullStory, Amplitude, or one of the site's own. */
export interface Destination {
  /** As in `FullStory`: for the console, problem codes and storage. */
  readonly name: string;
  readonly limits?: Limits;
  /** Settings that differ for this destination. */
  readonly settings?: Partial<Pick<ResolvedSettings, 'propertyName' | 'eventName' | 'dedupe'>>;
  /** Called often. Must not throw. */
  look(): Sight;
  /**
   * Asks to be told of sessions that begin and end.
   *
   * @returns how to stop; a later call begins anew.
   */
  watch(onChange: () => void): Undo;
  /**
   * Tells whom a decision made now is for: a text with the user, and the device where that counts, which comes back with
   * the decision's calls. Called inside the page's `decide()`; must not throw. Only for destinations that can name a user
   * in each call: what waits when another user signs in is handed over under the one before, and not held back.
   *
   * @returns nothing while nobody knows.
   */
  who?(): string | undefined;
  /**
   * Sets properties of the user. When it throws, nothing was handed over, and it is called again.
   *
   * @param who as in {@link Moment}.
   */
  setProperties(properties: Record<string, string>, who?: string): void;
  /** When it throws, nothing was handed over, and it is called again, three times at most while other calls succeed. */
  trackEvent(event: AnalyticsEvent, moment: Moment): void;
  /** The page is being left or hidden, and may not come back: sends what waits to be sent. */
  flush?(): void;
  /** Whether the destination takes a property of this name. Not asked about the default name. */
  isPropertyName?(name: string): boolean;
}

/**
 * Makes a destination for one bridge.
 *
 * @param tell adds a code to `status().problems`, once.
 */
export type DestinationSetup = (settings: ResolvedSettings, tell: (problem: Problem) => void) => Destination;
