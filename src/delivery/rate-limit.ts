import type { Rate } from '../destinations/destination.ts';
import { steadyNow } from '../page/steady-clock.ts';

/** Counts calls of one kind. */
export interface RateLimit {
  /** Ms to wait until one more call is within a rate; 0 when it is now, and where there is no rate. */
  delay_(rate: Rate | undefined): number;
  /** Counts a call that is made now. */
  spend_(): void;
}

/** The rates that will be asked about: what the destination takes, and our share. */
export function createRateLimit(theirs: Rate | undefined, ours: Rate | undefined): RateLimit {
  const most = Math.max(theirs ? theirs[0] : 0, ours ? ours[0] : 0);
  // On the steady clock, the latest first. The other clock can be set back, and nothing would be free for long.
  const calls: number[] = [];
  return {
    delay_(rate) {
      if (!rate) return 0;
      const now = steadyNow();
      const wait = (count: number, span: number) => {
        const call = calls[count - 1];
        return call === undefined ? 0 : call + span - now;
      };
      // Whole ms, and never less than needed: timers cut fractions off.
      return Math.ceil(Math.max(0, wait(rate[0], 60_000), wait(rate[1], 1000)));
    },
    spend_() {
      calls.unshift(steadyNow());
      calls.splice(most);
    },
  };
}
