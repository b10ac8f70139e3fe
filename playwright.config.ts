import { defineConfig } from '@playwright/test';
import { findBrowser, findChromiumForTests } from './scripts/browsers.mjs';

const PORT = Number(process.env.E2E_PORT ?? 4273);
const chromium = findChromiumForTests();
const firefox = findBrowser('firefox');
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
  use: { baseURL: `http://localhost:${PORT}` },
  webServer: {
    command: 'node scripts/serve.mjs',
    env: { PORT: String(PORT), STRICT_PORT: 'true' },
    url: `http://localhost:${PORT}/e2e/client-config.js`,
    reuseExistingServer: false,
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: { args, executablePath: chromium },
      },
    },
    {
      name: 'firefox',
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
  ],
});
