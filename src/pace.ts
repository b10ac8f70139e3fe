/** Keeps calls within a number per minute and a number per second, both in any such span. */
export interface Pace {
  /** Ms to wait until one more call is within the limits; 0 when it is now. */
  delay(): number;
  /** Tells of a call made now. */
  spend(): void;
}

/** @param perMinute, perSecond the most calls in any 60 s and in any 1 s. */
export function createPace(perMinute: number, perSecond: number): Pace {
  // Times on the steady clock, the latest first: the other clock can be set back, and nothing would be free for long.
  const calls: number[] = [];

  return {
    delay: () =>
      Math.max(
        performance.now(),
        (calls[perMinute - 1] as number) + 60_000 || 0,
        (calls[perSecond - 1] as number) + 1000 || 0,
      ) - performance.now(),
    spend() {
      calls.unshift(performance.now());
      calls.length = Math.min(calls.length, 60);
    },
  };
}
