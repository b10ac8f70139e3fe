import { packageName } from '../version.ts';

/** Writes one warning, where the page has a console that takes it. */
export function warn(message: unknown): void {
  try {
    console.warn('[' + packageName + ']', message);
  } catch {
    // A console of the page's own.
  }
}
