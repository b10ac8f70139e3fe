import { defineConfig } from '@playwright/test';
import { findBrowser, findChromiumForTests } from './scripts/browsers.mjs';

const PORT = Number(process.env.E2E_PORT ?? 4273);
const chromium = findChromiumForTests();
const wholeChromium = findBrowser('chromium');
const firefox = findBrowser('firefox');
/** The headless shell has no cache for going back, and Playwright starts Chromium without it. */
const GOING_BACK = '**/going-back.spec.ts';
// Chromium's sandbox does not run as root.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: true,
  reporter: process.env.CI ? [['list']] : [['line']],
  // Limits for tests that hang, not for slow machines. With 15 tasks on two cores, the slowest tests took 7 s, and each wait a
  // part of that.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  // No traces: recording takes longer than the tests. To inspect a test, run it with `--trace on`.
  use: { baseURL: `http://localhost:${PORT}`, reuseContext: true },
  webServer: {
    command: 'node scripts/serve.mjs',
    env: { PORT: String(PORT), STRICT_PORT: 'true' },
    url: `http://localhost:${PORT}/e2e/client-config.js`,
    reuseExistingServer: false,
  },
  projects: [
    {
      name: 'firefox',
      // It takes long to start, and the other worker has Chromium's tests meanwhile.
      workers: 1,
      // Only tests in which engines may differ. Chromium runs all tests.
      grep: /@engines/,
      use: {
        browserName: 'firefox',
        ...(firefox?.isSystem && {
          channel: 'moz-firefox',
          launchOptions: { executablePath: firefox.path },
        }),
      },
    },
    {
      name: 'chromium-that-keeps-pages',
      testMatch: GOING_BACK,
      use: {
        browserName: 'chromium',
        ...(wholeChromium?.isSystem ? {} : { channel: 'chromium' }),
        launchOptions: {
          args,
          ...(wholeChromium?.isSystem && { executablePath: wholeChromium.path }),
          ignoreDefaultArgs: ['--disable-back-forward-cache'],
        },
      },
    },
    {
      name: 'chromium',
      testIgnore: GOING_BACK,
      use: {
        browserName: 'chromium',
        launchOptions: { args, executablePath: chromium },
      },
    },
  ],
});
