import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from './browsers.mjs';

/**
 * Launches the installed Chromium, or else Playwright's own.
 *
 * @param options Playwright's, as `args` and `ignoreDefaultArgs`.
 */
export function launchChromium({ args = [], ...options } = {}) {
  const found = findBrowser('chromium');
  return chromium.launch({
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
    ...(found?.isSystem && { executablePath: found.path }),
    ...options,
  });
}

/**
 * Opens an empty page in a fresh browser context, so nothing is compiled or warm. It is isolated from other origins, so
 * its clock has steps of 5 µs instead of 100.
 *
 * @param slowDown factor by which the processor is slowed down.
 * @returns the page; `page.context().close()` ends it.
 */
export async function openEmptyPage(browser, origin, slowDown = 1) {
  const context = await browser.newContext();
  await context.route('**/bench/*', async (route) => {
    const name = route.request().url().split('/').pop();
    const isScript = name.endsWith('.mjs') || name.endsWith('.js');
    await route.fulfill({
      contentType: isScript ? 'text/javascript' : 'text/html',
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
      body: isScript
        ? await readFile(new URL(`../bench/${name}`, import.meta.url), 'utf8')
        : '<!doctype html><title>Bench</title>',
    });
  });
  const page = await context.newPage();
  await page.goto(`${origin}/bench/page`);
  if (slowDown > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  }
  return page;
}
