import type { AnalyticsEvent, Decision } from '../decision.ts';
import type { Outcome } from '../status.ts';

// Members whose names end in an underscore live inside the script alone: the build renames them.

/** How often in a row the destination threw for a call. */
export interface Tries {
  failures_: number;
  /** How many other calls had succeeded when it first did. */
  succeededBefore_: number;
  /** When the call is to be tried again, on the steady clock. */
  retryAt_: number;
}

/** A decision on its way to a destination, and its outcome. */
export interface Delivery extends Tries {
  readonly decision_: Decision;
  /** When it was made last, in ms since 1970: repeating it moves this. */
  madeAt_: number;
  /** The destination's user when it was made; missing where it goes to whoever is the user. */
  who_?: string | undefined;
  /** Its flag; missing where the site's settings leave the decision out. */
  flag_?: Flag;
  /** Composed when it is first needed; false when the site left the decision out. */
  event_?: AnalyticsEvent | false;
  /** The first outcome stays, also when a later session gets the decision once more. */
  outcome_: Outcome;
  /** When it was handed over or left out, in ms since 1970; null while it waits. */
  settledAt_: number | null;
  /** Whether it was dropped, kept for another page, or is of an earlier session: made again, the decision counts as new. */
  isLost_?: boolean;
}

/** What a destination's session knows, or will know, of a flag. */
export interface Flag {
  readonly key_: string;
  /** Its decisions, those of earlier sessions too; the first is the current one. */
  deliveries_: Delivery[];
  /** The value of its user property that the session has. */
  knownValue_?: string | undefined;
}
