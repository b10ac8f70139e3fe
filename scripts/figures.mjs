// Measures the figures that README and ARCHITECTURE quote and writes them there: `npm run docs`.
import { readFile, writeFile } from 'node:fs/promises';
import { launchChromium } from '../bench/chromium.mjs';
import { thousands } from '../bench/table.mjs';
import { bytesOf } from './bytes.mjs';
import { writeInstallTexts } from './install-texts.mjs';
import { fillPlace, setOff } from './places.mjs';
import { roomsTable } from './rooms.mjs';
import { serve } from './serve.mjs';

const README = new URL('../README.md', import.meta.url);
const ARCHITECTURE = new URL('../ARCHITECTURE.md', import.meta.url);
const SCRIPT = new URL('../dist/optimizely-fullstory.min.js', import.meta.url);

/** The sentence about size, as the README has it. */
export async function sizeSentence() {
  const { min, gzip, brotli } = bytesOf(await readFile(SCRIPT, 'utf8'));
  return `${thousands(brotli)} bytes with brotli, ${thousands(gzip)} with gzip, ${thousands(min)} as it is`;
}

/** Ms from FullStory's `start` to the last hand-over of ten decisions that waited for it: the median of runs. */
async function handOverTime(runs) {
  const server = await serve(0);
  const browser = await launchChromium();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      window._fs_capture_on_startup = false;
    });
    await page.goto(`http://localhost:${server.address().port}/e2e/ten-decisions.html`);
    await page.waitForFunction(() => window.optimizelyFullStory.status().fullstory === 'waiting');
    times.push(
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            let started = 0;
            window.FS('observe', { type: 'start', callback: () => (started = performance.now()) });
            window.fullstoryDouble.subscribe(() => {
              const events = window.fullstoryDouble.calls.filter(({ kind }) => kind === 'event');
              if (events.length === 10) resolve(performance.now() - started);
            });
            window.FS('start');
          }),
      ),
    );
    await page.evaluate(() => window.fullstoryDouble.reset());
    await page.close();
  }
  const { length } = times.sort((one, other) => one - other);
  const version = browser.version();
  await browser.close();
  server.close();
  return `${times[Math.floor(length / 2)].toFixed(1)} ms (median of ${runs} in Chromium ${version.split('.')[0]}, ${times[0].toFixed(1)} to ${times[length - 1].toFixed(1)})`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const size = await sizeSentence();
  const time = await handOverTime(15);
  let readme = await readFile(README, 'utf8');
  readme = fillPlace(readme, 'size', size);
  readme = fillPlace(readme, 'hand-over', time);
  await writeFile(README, readme);
  const architecture = await readFile(ARCHITECTURE, 'utf8');
  await writeFile(ARCHITECTURE, fillPlace(architecture, 'rooms', setOff(await roomsTable())));
  await writeInstallTexts();
  console.log(`size: ${size}\nfrom start to the last of ten hand-overs: ${time}`);
}
