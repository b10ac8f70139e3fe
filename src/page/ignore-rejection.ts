/** Does nothing. */
export function nothing(): void {}

/** A promise that a function of the page's returned must not become an unhandled rejection. Anything else is ignored. */
export function ignoreRejection(result: unknown): void {
  try {
    if (result && (result as Promise<unknown>).then) (result as Promise<unknown>).then(nothing, nothing);
  } catch {
    // No promise, whatever it looks like.
  }
}
