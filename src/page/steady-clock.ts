/**
 * Ms on the clock that nobody sets back; on the other one where the page has a global of its own named `performance`.
 */
export function steadyNow(): number {
  try {
    return performance.now();
  } catch {
    return Date.now();
  }
}

/** When the document began, in ms since 1970; 0 where the browser does not tell. */
export function documentStart(): number {
  try {
    // Safari has `timeOrigin` from 15 on.
    return performance.timing.domLoading || performance.timeOrigin || 0;
  } catch {
    return 0;
  }
}
