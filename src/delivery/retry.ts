/** Ms after which a call that threw is tried again. */
const FIRST = 500;
const NEXT = 10_000;
const LONGEST = 300_000;

/** Ms to wait after so many failures, 1 or more: ever longer. */
export function retryWait(failures: number): number {
  return failures > 1 ? Math.min(NEXT * 2 ** (failures - 2), LONGEST) : FIRST;
}
