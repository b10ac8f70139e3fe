// A page that decides without end: time and heap for repeated and for distinct decisions. `npm run soak`.
import { chromium } from '@playwright/test';
import { serve } from '../demo/serve.mjs';
import { findBrowser } from '../e2e/browsers.mjs';

/** Heap that may be gained after the caps are reached, in MB: the noise of two garbage collections. */
const NOISE = 1;

const SITUATIONS = {
  'repeated decisions of 100 flags': {
    rounds: [10_000, 250_000, 500_000, 1_000_000],
    decide: (number) => [`flag_${number % 100}`, 'ada'],
  },
  'distinct decisions: users of 20 flags': {
    rounds: [10_000, 25_000, 50_000, 100_000],
    decide: (number) => [`flag_${number % 20}`, `user_${number}`],
  },
  'distinct decisions: flags': {
    rounds: [10_000, 25_000, 50_000, 100_000],
    decide: (number) => [`flag_${number}`, 'ada'],
  },
};

const server = await serve(0);
const found = findBrowser('chromium');
const browser = await chromium.launch({
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--js-flags=--expose-gc',
    '--enable-precise-memory-info',
  ],
  ...(found?.isSystem && { executablePath: found.path }),
});
console.log(`Chromium ${browser.version()}`);
let isFlat = true;

for (const [situation, { rounds, decide }] of Object.entries(SITUATIONS)) {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.address().port}/e2e/no-optimizely.html`);
  await page.waitForFunction(() => window.optimizelyFullStory.status().fullstory === 'capturing');
  await page.addScriptTag({
    content: `
      let listener;
      optimizelyFullStory.connect({
        notificationCenter: {
          addNotificationListener: (type, added) => { listener = listener || added; return 1; },
          removeNotificationListener: () => true,
        },
      });
      const decide = ${decide};
      const heap = () => { gc(); return performance.memory.usedJSHeapSize / 1e6; };
      let made = 0;
      // In turns, as a page decides: a turn has an end, and what comes after it has time to run.
      const upTo = async (count) => {
        const began = performance.now();
        while (made < count) {
          for (const end = Math.min(count, made + 5000); made < end; made++) {
            const [flagKey, userId] = decide(made);
            listener({ type: 'flag', userId, decisionInfo: { flagKey, enabled: true, variationKey: 'on', ruleKey: 'r', decisionEventDispatched: true } });
          }
          await new Promise((resolve) => setTimeout(resolve));
        }
        return { ms: performance.now() - began, heap: heap(), ...optimizelyFullStory.status().decisions };
      };`,
  });
  const results = [];
  for (const count of rounds) results.push({ made: count, ...(await page.evaluate(`upTo(${count})`)) });
  console.log(`\n${situation}`);
  console.table(
    results.map(({ made, ms, heap, sent, duplicate, waiting, dropped }) => ({
      made,
      ms: Math.round(ms),
      'heap MB': Number(heap.toFixed(2)),
      sent,
      duplicate,
      waiting,
      dropped,
    })),
  );
  const [, second, , last] = results;
  if (last.heap - second.heap > NOISE) {
    isFlat = false;
    console.error(`the heap grew from ${second.heap.toFixed(2)} to ${last.heap.toFixed(2)} MB`);
  }
  await page.close();
}
await browser.close();
server.close();
if (!isFlat) process.exitCode = 1;
