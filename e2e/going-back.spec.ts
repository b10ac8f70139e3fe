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

test('left-and-back: heard again, and once @engines', async ({ page, context, baseURL, browserName }) => {
  const observer = await context.newPage();
  await observer.goto(`${baseURL}/e2e/no-optimizely.html`);
  const stored = (key: string) => observer.evaluate((name) => localStorage.getItem(name), key);
  for (const sdk of browserName === 'chromium' ? SDKS : SDKS.slice(-1)) {
    await test.step(`SDK ${sdk}`, async () => {
      await observer.evaluate(() => localStorage.clear());
      await page.goto(`/e2e/left-and-back.html?sdk=${sdk}`);
      await expect
        .poll(async () => JSON.parse((await stored('result')) ?? 'null'), `SDK ${sdk}`)
        .toMatchObject({ isKept: true, decisions: { seen: 2, sent: 2, duplicate: 0 } });
    });
  }
});
