import { launchChromium } from './chromium.mjs';
import { serve } from './serve.mjs';

const RUNS = 15;

/** Ms from FullStory's `start` to the last hand-over of ten decisions that waited for it: the median of runs. */
export async function handOverTime() {
  const server = await serve(0);
  const browser = await launchChromium();
  const times = [];
  for (let run = 0; run < RUNS; run++) {
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
  return `${times[Math.floor(length / 2)].toFixed(1)} ms (median of ${RUNS} in Chromium ${version.split('.')[0]}, ${times[0].toFixed(1)} to ${times[length - 1].toFixed(1)})`;
}
