import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/browsers.mjs';

const PORT = Number(process.env.E2E_PORT ?? 4273);
const chromium = findBrowser('chromium');
const firefox = findBrowser('firefox');
// Chromium's sandbox does not run as root.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: true,
  reporter: process.env.CI ? [['list']] : [['line']],
  timeout: 20_000,
  workers: 2,
  // No traces: recording them takes longer than the tests; run one with `--trace on` to look into it.
  use: { baseURL: `http://localhost:${PORT}` },
  webServer: {
    command: 'node demo/serve.mjs',
    env: { PORT: String(PORT), STRICT_PORT: 'true' },
    url: `http://localhost:${PORT}/e2e/kit.js`,
    reuseExistingServer: false,
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: { args, ...(chromium?.isSystem && { executablePath: chromium.path }) },
      },
    },
    {
      name: 'firefox',
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
