import { consolePrefix } from '../version.ts';

/** Writes to the console, if it works. Errors are passed on as they are, so that the console shows where they came from. */
export function write(method: 'log' | 'warn', message: unknown): void {
  try {
    console[method](consolePrefix, message);
  } catch {
    // The page has replaced the console.
  }
}
