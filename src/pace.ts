/** Limits on calls: the most in any 60 s, and in any 1 s. */
export type Limits = readonly [perMinute: number, perSecond: number];

/** Counts calls, and tells when one more is within limits. */
export interface Pace {
  /** Ms to wait until one more call is within the limits; 0 when it is now. */
  delay(limits: Limits): number;
  /** Tells of a call made now. */
  spend(): void;
}

/** Limits may be up to 60 a minute and a second. */
export function createPace(): Pace {
  // Times on the steady clock, the latest first: the other clock can be set back, and nothing would be free for long.
  const calls: number[] = [];

  return {
    delay([perMinute, perSecond]) {
      const now = performance.now();
      // Not a number where there was no call that one more would have to wait for.
      const wait = (most: number, span: number) => (calls[most - 1] as number) + span - now || 0;
      // Whole ms, and never less than needed: timers cut fractions off.
      return Math.ceil(Math.max(0, wait(perMinute, 60_000), wait(perSecond, 1000)));
    },
    spend() {
      calls.unshift(performance.now());
      calls.splice(60);
    },
  };
}
