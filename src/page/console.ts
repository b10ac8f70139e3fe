import { consolePrefix } from '../version.ts';

/** Writes to the console, where the page has one that takes it. */
export function write(method: 'log' | 'warn', message: unknown): void {
  try {
    console[method](typeof message === 'string' ? consolePrefix + message : message);
  } catch {
    // A console of the page's own.
  }
}
