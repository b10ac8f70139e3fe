import type { Limits } from '../destinations/destination.ts';
import { steadyNow } from '../page/steady-clock.ts';

/** The limits to observe: our share, the destination's own limits, or none. */
export type Within = 'ours' | 'theirs' | 'none';

/** Counts calls of one kind. */
export interface RateLimit {
  /** Ms until one more call is within the limits; 0 or less if it is within them now. */
  delay_(within: Within): number;
  /** Counts a call that is made now. */
  spend_(): void;
}

/** The number of calls remembered, and so the highest limit for a minute. */
const MOST = 9999;

/** @param kind the kind of calls to limit. */
export function createRateLimit(limits: Limits, kind: 'events' | 'properties'): RateLimit {
  const theirs = limits[kind];
  const ours = limits.ours && limits.ours[kind];
  // The latest first, on the steady clock. If the other clock were set back, calls would have to wait for long.
  const calls: number[] = [];
  return {
    delay_(within) {
      const rate = (within === 'ours' && ours) || theirs;
      if (!rate || within === 'none') return 0;
      const now = steadyNow();
      // If fewer calls were made, there is nothing to wait for.
      const wait = (call = -Infinity, span: number) => call + span - now;
      // Rounded up, because timers cut fractions of ms off.
      return Math.ceil(Math.max(0, wait(calls[rate[0] - 1], 60_000), wait(calls[rate[1] - 1], 1000)));
    },
    spend_() {
      calls.unshift(steadyNow());
      calls.splice(MOST);
    },
  };
}
