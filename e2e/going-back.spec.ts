import { findBrowser } from '../scripts/browsers.mjs';
import { expect, SDKS, test } from './harness.ts';

// The headless shell has no cache for going back, and Playwright starts Chromium without it.
const chromium = findBrowser('chromium');
test.use({
  isolated: true,
  launchOptions: async ({ launchOptions, browserName }, use) => {
    await use(
      browserName === 'chromium'
        ? {
            ...launchOptions,
            ignoreDefaultArgs: ['--disable-back-forward-cache'],
            ...(chromium?.isSystem
              ? { executablePath: chromium.path }
              : { channel: 'chromium', executablePath: undefined }),
          }
        : launchOptions,
    );
  },
});

for (const sdk of SDKS) {
  test(
    `left-and-back with SDK ${sdk}: heard again, and once`,
    sdk === SDKS.at(-1) ? { tag: '@engines' } : {},
    async ({ page, context, baseURL }) => {
      await page.goto(`/e2e/left-and-back.html?sdk=${sdk}`);
      const observer = await context.newPage();
      await observer.goto(`${baseURL}/e2e/no-optimizely.html`);
      await expect
        .poll(() => observer.evaluate(() => JSON.parse(localStorage.getItem('result') ?? 'null')))
        .toMatchObject({ isKept: true, decisions: { seen: 2, sent: 2, duplicate: 0 } });
    },
  );
}
