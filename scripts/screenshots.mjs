// Takes the README's pictures of the playground: `npm run screenshots`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { serve } from './serve.mjs';

const FOLDER = new URL('../docs/images/', import.meta.url);
const SIZE = { width: 1200, height: 680 };
/** The pictures show the same moment however often they are taken. */
const NOW = Date.parse('2026-01-05T09:00:00');

/** Ada's flags, another user, and half an hour later. */
async function play(page) {
  await page.locator('[data-situation="sign-in"]').click();
  await page.locator('#score [data-side="bridge"] [data-figure="accepted"]:text("6")').waitFor();
  await page.clock.runFor(9000);
  await page.locator('[data-situation="listeners-cleared"]').click();
  await page.locator('#score [data-side="bridge"] [data-figure="accepted"]:text("7")').waitFor();
  await page.clock.runFor(9000);
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.querySelector('#situations').scrollTo(0, 0);
  });
  // Nothing should look hovered.
  await page.mouse.move(0, 0);
}

async function take(browser, origin, colorScheme) {
  const page = await browser.newPage({ viewport: SIZE, colorScheme, reducedMotion: 'reduce' });
  await page.clock.install({ time: NOW });
  await page.goto(`${origin}/?compare`);
  await page.locator('#score [data-side="recipe"] [data-figure="accepted"]:text("5")').waitFor();
  await play(page);
  await page.screenshot({ path: fileURLToPath(new URL(`playground-${colorScheme}.png`, FOLDER)) });
  await page.close();
}

const server = await serve(0);
const browser = await launchChromium();
try {
  await mkdir(FOLDER, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await take(browser, `http://localhost:${server.address().port}`, colorScheme);
  }
} finally {
  await browser.close();
  server.close();
}
