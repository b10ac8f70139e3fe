/** Keeps calls within a number per minute and a number per second, both in any such span. */
export interface Pace {
  /** Ms to wait until one more call is within the limits; 0 when it is now. */
  delay(): number;
  /** Tells of a call made now. */
  spend(): void;
}

/** @param perMinute, perSecond the most calls in any 60 s and in any 1 s. */
export function createPace(perMinute: number, perSecond: number): Pace {
  // Times on the steady clock: the other one can be set back, and then nothing would be free for long.
  const calls: number[] = [];

  function untilFree(limit: number, span: number): number {
    const blocking = calls[calls.length - limit];
    // Whole ms, and never less than needed: timers cut fractions off.
    return blocking === undefined ? 0 : Math.ceil(blocking + span - performance.now());
  }

  return {
    delay: () => Math.max(0, untilFree(perMinute, 60_000), untilFree(perSecond, 1000)),
    spend() {
      calls.push(performance.now());
      if (calls.length > perMinute + perSecond) calls.shift();
    },
  };
}
