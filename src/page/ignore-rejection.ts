/** Does nothing. */
export function nothing(): void {}

/** Keeps a promise from becoming an unhandled rejection. The page's functions may return one. Ignores anything else. */
export function ignoreRejection(result: unknown): void {
  try {
    if (result && (result as Promise<unknown>).then) (result as Promise<unknown>).then(nothing, nothing);
  } catch {
    // No promise, whatever it looks like.
  }
}
