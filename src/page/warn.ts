/** Writes one warning, where the page has a console that takes it. */
export function warn(message: unknown): void {
  try {
    console.warn(message);
  } catch {
    // A console of the page's own.
  }
}
