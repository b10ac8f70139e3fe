import { consolePrefix } from '../version.ts';

/** Writes to the console, if it works. */
export function write(method: 'log' | 'warn', message: unknown): void {
  try {
    console[method](typeof message === 'string' ? consolePrefix + message : message);
  } catch {
    // The page has replaced the console.
  }
}
