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
      const minute = calls[perMinute - 1];
      const second = calls[perSecond - 1];
      return Math.max(
        0,
        minute === undefined ? 0 : minute + 60_000 - now,
        second === undefined ? 0 : second + 1000 - now,
      );
    },
    spend() {
      calls.unshift(performance.now());
      calls.splice(60);
    },
  };
}
