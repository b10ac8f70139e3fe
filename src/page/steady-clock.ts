/**
 * Ms on the clock that nobody can set back. If the page has replaced `performance`, ms since 1970.
 */
export function steadyNow(): number {
  try {
    return performance.now();
  } catch {
    return Date.now();
  }
}

/** When the document began, in ms since 1970; 0 if the browser does not know. */
export function documentStart(): number {
  try {
    // Safari has `timeOrigin` from 15 on.
    return performance.timing.domLoading || performance.timeOrigin || 0;
  } catch {
    return 0;
  }
}
