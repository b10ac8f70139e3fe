import type { AnalyticsEvent, Decision } from '../decision.ts';
import type { Outcome } from '../status.ts';

// Members whose names end in an underscore are internal: the build renames them.

/** The failures of a call that the destination threw for. */
export interface Tries {
  /** How often in a row. */
  failures_: number;
  /** How many other calls had succeeded before its first failure. */
  succeededBefore_: number;
  /** When to try the call again, on the steady clock. */
  retryAt_: number;
}

/** A decision on its way to a destination, and its outcome. */
export interface Delivery extends Tries {
  readonly decision_: Decision;
  /** When it was last made, in ms since 1970. Repeats move this. */
  madeAt_: number;
  /** The destination's user when it was made. If undefined, it goes to the user of the moment of the call. */
  who_?: string | undefined;
  /** Its flag; undefined if the site's settings leave the decision out. */
  flag_: Flag | undefined;
  /** As `beforeSend` returned it; false if it left the decision out. Undefined before, and without a `beforeSend`. */
  event_?: AnalyticsEvent | false;
  /** The first outcome. It stays when a later session gets the decision again. */
  outcome_: Outcome;
  /** When it was handed over or left out, in ms since 1970; null while it waits. */
  settledAt_: number | null;
  /** Whether a hand-over has reached it, and sent it or left it for a limit. */
  wasReached_?: boolean;
  /** Whether it was dropped, kept for another page, or sent to an earlier session. If made again, it counts as new. */
  isLost_?: boolean;
}

/** A flag, as a destination's session knows it, or will know it. */
export interface Flag {
  readonly key_: string;
  /** Its decisions, including those of earlier sessions. The first is the current one. */
  deliveries_: Delivery[];
  /** The value of its user property that the session has. */
  knownValue_?: string | undefined;
}
