import { launchChromium } from '../scripts/chromium.mjs';

/** Heap that may be gained after the caps are reached, in MB: the noise of two garbage collections. */
const NOISE = 1;

const DISTINCT = [100, 1000, 10_000, 100_000];

const SITUATIONS = {
  'repeated decisions of 100 flags': {
    rounds: [100, 10_000, 100_000, 1_000_000],
    decide: (number) => [`flag_${number % 100}`, 'ada'],
  },
  'distinct decisions: users of 20 flags': {
    rounds: DISTINCT,
    decide: (number) => [`flag_${number % 20}`, `user_${number}`],
  },
  'distinct decisions: flags': {
    rounds: DISTINCT,
    decide: (number) => [`flag_${number}`, 'ada'],
  },
};

/** Runs in the page: decides up to a number, and measures the time and the heap. */
const decideUpTo = (decide) => `
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
  // In its first second the bridge notes the flags that it hears.
  const settled = new Promise((resolve) => setTimeout(resolve, 1100));
  // In turns, like a page: a turn ends, and later tasks have time to run.
  const upTo = async (count) => {
    await settled;
    const began = performance.now();
    while (made < count) {
      for (const end = Math.min(count, made + 5000); made < end; made++) {
        const [flagKey, userId] = decide(made);
        listener({ type: 'flag', userId, decisionInfo: { flagKey, enabled: true, variationKey: 'on', ruleKey: 'r', decisionEventDispatched: true } });
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    return { ms: performance.now() - began, heap: heap(), ...optimizelyFullStory.status().decisions };
  };`;

/**
 * A page that decides without end, in its own Chromium: time and heap for repeated and for distinct decisions.
 *
 * @returns for each situation its rows, and the heap's growth after the caps were reached, if that is too much.
 */
export async function measureGrowth(origin) {
  const browser = await launchChromium({
    args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
  });
  const results = [];
  try {
    for (const [situation, { rounds, decide }] of Object.entries(SITUATIONS)) {
      const page = await browser.newPage();
      await page.goto(`${origin}/e2e/no-optimizely.html`);
      await page.waitForFunction(() => window.optimizelyFullStory.status().fullstory === 'capturing');
      await page.addScriptTag({ content: decideUpTo(decide) });
      const rows = [];
      for (const count of rounds) {
        const before = rows.at(-1)?.made ?? 0;
        const { ms, ...rest } = await page.evaluate(`upTo(${count})`);
        rows.push({ made: count, ms, each: ms / (count - before), ...rest });
      }
      await page.close();
      const gained = rows.at(-1).heap - rows.at(-2).heap;
      results.push({ situation, rows, grew: gained > NOISE ? gained : 0 });
    }
  } finally {
    await browser.close();
  }
  return results;
}
