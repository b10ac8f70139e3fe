import type { Limits } from '../destinations/destination.ts';
import { steadyNow } from '../page/steady-clock.ts';

/** Which limits calls keep to: our share, all that the destination takes, or none. */
export type Within = 'ours' | 'theirs' | 'none';

/** Counts calls of one kind. */
export interface RateLimit {
  /** Ms to wait until one more call is within the limits; 0 or less when it is now. */
  delay_(within: Within): number;
  /** Counts a call that is made now. */
  spend_(): void;
}

/** How many calls are remembered: the most that a limit can allow in a minute. */
const MOST = 9999;

/** @param kind which of the destination's limits it is about. */
export function createRateLimit(limits: Limits, kind: 'events' | 'properties'): RateLimit {
  const theirs = limits[kind];
  const ours = limits.ours && limits.ours[kind];
  // On the steady clock, the latest first. The other clock can be set back, and nothing would be free for long.
  const calls: number[] = [];
  return {
    delay_(within) {
      const rate = (within === 'ours' && ours) || theirs;
      if (!rate || within === 'none') return 0;
      const now = steadyNow();
      // Where fewer calls were made, it is no number, and there is nothing to wait for.
      const wait = (count: number, span: number) => (calls[count - 1] as number) + span - now || 0;
      // Whole ms, and never less than needed: timers cut fractions off.
      return Math.ceil(Math.max(wait(rate[0], 60_000), wait(rate[1], 1000)));
    },
    spend_() {
      calls.unshift(steadyNow());
      calls.splice(MOST);
    },
  };
}
