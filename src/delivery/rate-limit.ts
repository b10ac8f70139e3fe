/** Limits on calls: the most in any 60 s, and in any 1 s; each up to 60. */
export type Limits = readonly [perMinute: number, perSecond: number];

/**
 * Times of calls on the steady clock, the latest first. The other clock can be set back, and nothing would be free for
 * long.
 */
export type Calls = number[];

/** Ms to wait until one more call is within the limits; 0 when it is now. */
export function delay(calls: Calls, [perMinute, perSecond]: Limits): number {
  const now = performance.now();
  // Not a number where there was no call that one more would have to wait for.
  const wait = (most: number, span: number) => (calls[most - 1] as number) + span - now || 0;
  // Whole ms, and never less than needed: timers cut fractions off.
  return Math.ceil(Math.max(0, wait(perMinute, 60_000), wait(perSecond, 1000)));
}

/** Remembers a call that is made now. */
export function spend(calls: Calls): void {
  calls.unshift(performance.now());
  calls.splice(60);
}
