/** Ms until the first retry of a call that threw, and the longest wait. */
const FIRST = 500;
const LONGEST = 300_000;

/** Ms to wait after a number of failures, at least 1: 0.5 s, 10 s, 200 s, and then 5 minutes each time. */
export function retryWait(failures: number): number {
  return Math.min(FIRST * 20 ** (failures - 1), LONGEST);
}
