/** Ms after which a call that threw is tried again, and after which at the latest. */
const FIRST = 500;
const LONGEST = 300_000;

/** Ms to wait after so many failures, 1 or more: 0.5 s, 10 s, 200 s, and then 5 minutes each time. */
export function retryWait(failures: number): number {
  return Math.min(FIRST * 20 ** (failures - 1), LONGEST);
}
