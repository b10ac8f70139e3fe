// Takes the documents' pictures, the README's of the playground and those of docs/tag-manager.md: `npm run screenshots`. Words
// after it choose pictures by their names.
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { serve } from './serve.mjs';
import { drawForms, FORM_PICTURES } from './tag-manager-steps.mjs';

const FOLDER = new URL('../docs/images/', import.meta.url);
const SIZE = { width: 1200, height: 680 };
/** The moment that all pictures show. */
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

const pathOf = (picture) => fileURLToPath(new URL(`${picture}.png`, FOLDER));

async function takePlayground(browser, origin, colorScheme) {
  const page = await browser.newPage({ viewport: SIZE, colorScheme, reducedMotion: 'reduce' });
  await page.clock.install({ time: NOW });
  await page.goto(`${origin}/?compare`);
  await page.locator('#score [data-side="recipe"] [data-figure="accepted"]:text("5")').waitFor();
  await play(page);
  await page.screenshot({ path: pathOf(`playground-${colorScheme}`) });
  await page.close();
}

/** What to choose and copy on the set-up page. */
async function takeSetUp(browser, origin) {
  const page = await browser.newPage({ viewport: { width: 760, height: 640 }, colorScheme: 'light' });
  await page.goto(`${origin}/setup.html#where=tag-manager`);
  await page.waitForFunction(() => document.querySelector('#text').value);
  const questions = await page.locator('.questions').boundingBox();
  const copy = await page.locator('[data-copy="text"]').boundingBox();
  const [top, bottom] = [questions.y - 16, copy.y + copy.height + 16];
  await page.screenshot({
    path: pathOf('tag-manager-set-up'),
    clip: { x: 0, y: top, width: 760, height: bottom - top },
  });
  await page.close();
}

/** The inspector on a healthy page. */
async function takeCheck(browser, origin) {
  const page = await browser.newPage({ viewport: { width: 760, height: 420 }, colorScheme: 'light' });
  await page.clock.install({ time: NOW });
  await page.goto(`${origin}/`);
  await page.locator('#status [data-count="sent"]:text("5")').waitFor();
  await page.evaluate(() => document.querySelector('#inspect a').click());
  const panel = page.locator('optimizely-fullstory-inspector');
  await panel.getByText(/^It works/).waitFor();
  const box = await panel.evaluate((host) => {
    const { x, y, width } = host.shadowRoot.querySelector('.panel').getBoundingClientRect();
    return { x, y, width };
  });
  const counts = await panel.getByText('Decisions', { exact: true }).boundingBox();
  await page.screenshot({
    path: pathOf('tag-manager-check'),
    clip: { ...box, height: counts.y - 8 - box.y },
  });
  await page.close();
}

async function takeForms(browser) {
  const page = await browser.newPage({ viewport: { width: 640, height: 480 }, colorScheme: 'light' });
  await page.setContent(drawForms(await readFile(new URL('../demo/shared.css', import.meta.url), 'utf8')));
  for (const picture of FORM_PICTURES)
    await page.locator(`#${picture}`).screenshot({ path: pathOf(picture) });
  await page.close();
}

const server = await serve(0);
const browser = await launchChromium();
try {
  await mkdir(FOLDER, { recursive: true });
  const origin = `http://localhost:${server.address().port}`;
  const wanted = process.argv.slice(2).join(' ');
  if ('playground'.includes(wanted)) {
    for (const colorScheme of ['light', 'dark']) await takePlayground(browser, origin, colorScheme);
  }
  if ('tag-manager'.includes(wanted)) {
    await takeSetUp(browser, origin);
    await takeForms(browser);
    await takeCheck(browser, origin);
  }
} finally {
  await browser.close();
  server.close();
}
