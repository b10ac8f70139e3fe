import { expect, SDKS, test } from './harness.ts';

// Playwright starts Chromium without the cache that is to be tested.
test.use({
  launchOptions: async ({ launchOptions, browserName }, use) => {
    await use(
      browserName === 'chromium'
        ? { ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }
        : launchOptions,
    );
  },
});

for (const sdk of SDKS) {
  test(`left-and-back with SDK ${sdk}: heard again, and once`, async ({ page, context, baseURL }) => {
    await page.goto(`/e2e/left-and-back.html?sdk=${sdk}`);
    const observer = await context.newPage();
    await observer.goto(`${baseURL}/e2e/no-optimizely.html`);
    await expect
      .poll(() => observer.evaluate(() => JSON.parse(localStorage.getItem('told') ?? 'null')))
      .toMatchObject({ isKept: true, decisions: { seen: 2, sent: 2, duplicate: 0 } });
  });
}
