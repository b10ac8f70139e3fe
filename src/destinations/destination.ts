import type { AnalyticsEvent } from '../decision.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { DestinationState, Problem } from '../status.ts';
import type { Undo } from '../undo.ts';

export type { AnalyticsEvent, DestinationState, Undo };

/** The most calls of a kind in any 60 s, and in any 1 s. */
export type Rate = readonly [perMinute: number, perSecond: number];

/** The limits of a destination. A missing one means no limit. */
export interface Limits {
  readonly events?: Rate;
  /** Calls that set properties. */
  readonly properties?: Rate;
  /** Our share of them, because the site makes its own calls. */
  readonly ours?: { readonly events?: Rate; readonly properties?: Rate };
  /** The most different properties in an account. Above that, `status().problems` has `property-limit`. */
  readonly propertyNames?: number;
}

/** The state of a destination at one moment. */
export interface Sight {
  state: DestinationState;
  /** Identifies the running session among those of this page. Missing while none runs. */
  session?: string | number;
  /** Identifies the session on other pages. Missing if nothing does: then `dedupe: session` works as `page`. */
  link?: string;
  /** Whether the last session has ended, although the next one may have the same link. */
  isOver?: boolean;
  /** Whether `look()` is called from time to time, because nothing announces the session's end. Without a session it always is. */
  isPolled?: boolean;
  /** Identifies the user. When it changes, another user has signed in. */
  user?: string | number;
  /** The name of its global. */
  namespace?: string | undefined;
}

/** Additional information about an event. */
export interface Moment {
  /** When the decision was made, in ms since 1970. */
  readonly at: number;
  /** A text that is equal for the same decision of the same user. It contains Optimizely's user id. */
  readonly id: string;
  /** The result of {@link Destination.who} when the decision was made. If missing, the event is for the current user. */
  readonly who?: string | undefined;
}

/** A receiver of decisions: FullStory, Amplitude, or one of the site's own. */
export interface Destination {
  /** For example `FullStory`. For the console, problem codes and storage. */
  readonly name: string;
  readonly limits?: Limits;
  /** Settings that differ for this destination. */
  readonly settings?: Partial<Pick<ResolvedSettings, 'propertyName' | 'eventName' | 'dedupe'>>;
  /** Called often. Must not throw. */
  look(): Sight;
  /**
   * Calls `onChange` when a session begins or ends.
   *
   * @returns a function that stops. A later call of `watch` starts again.
   */
  watch(onChange: () => void): Undo;
  /**
   * Only for destinations that can name a user in each call. Returns the user of a decision made now as a text, with the
   * device if that matters. The decision's calls get this text. So decisions that wait during a sign-in are handed over under
   * the earlier user, and not held back. Called inside the page's `decide()`; must not throw.
   *
   * @returns undefined while the user is unknown.
   */
  who?(): string | undefined;
  /**
   * Sets properties of the user, at most 1,000. If it throws, it is called again later.
   *
   * @param who as in {@link Moment}.
   */
  setProperties(properties: Record<string, string>, who?: string): void;
  /** Tracks an event. If it throws, it is called again later, three times at most while other calls succeed. */
  trackEvent(event: AnalyticsEvent, moment: Moment): void;
  /** The page is being left or hidden, and may not come back: sends everything that waits. */
  flush?(): void;
  /** Whether the destination accepts a property of this name. Not called for the default name. */
  isPropertyName?(name: string): boolean;
}

/**
 * Makes a destination for one bridge.
 *
 * @param tell adds a code to `status().problems`, once.
 */
export type DestinationSetup = (settings: ResolvedSettings, tell: (problem: Problem) => void) => Destination;
