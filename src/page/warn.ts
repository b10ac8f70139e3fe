import { consolePrefix } from '../version.ts';

/** Writes one warning, where the page has a console that takes it. */
export function warn(message: unknown): void {
  try {
    console.warn(typeof message === 'string' ? consolePrefix + message : message);
  } catch {
    // A console of the page's own.
  }
}
