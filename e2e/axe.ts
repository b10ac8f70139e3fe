import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from './harness.ts';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Looks for barriers on a page, also in its frames. Of rules without any it lists one element.
 *
 * @param selector where; the whole page without it.
 * @param runOnly the rules; all without it.
 */
export async function analyze(page: Page, selector?: string, runOnly?: string[]): Promise<AxeResults> {
  // Not as a script of the page, because its policy may forbid it.
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(SOURCE);
  }
  return page.evaluate(
    ([where, rules]) =>
      window.axe.run(where ?? document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }),
    [selector, runOnly] as const,
  );
}

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}
