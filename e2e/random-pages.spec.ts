import { writeFile } from 'node:fs/promises';
import { expect, test } from './harness.ts';
import { choosePage } from './random-pages/choose.ts';
import { createPlayer } from './random-pages/play.ts';

// Random pages, each made from its seed. `npm run random-pages` runs many. `RANDOM_PAGES=1 RANDOM_SEED=<its seed>` runs
// a failing one again; it writes its decisions and the received calls into a file.
const { RANDOM_PAGES = '40', RANDOM_SEED = '1' } = process.env;
const first = Number(RANDOM_SEED);

const end = first + Number(RANDOM_PAGES);
/** How many are played in one page of the browser. */
const TOGETHER = 10;

for (let start = first; start < end; start += TOGETHER) {
  const last = Math.min(start + TOGETHER, end) - 1;
  test(`every decision on random pages is accounted for (seeds ${start} to ${last})`, async ({
    page,
  }, testInfo) => {
    testInfo.setTimeout((1 + last - start) * testInfo.timeout);
    const play = await createPlayer(page);
    for (let seed = start; seed <= last; seed++) {
      const random = choosePage(seed);
      const { faults, ...account } = await play(random, seed);
      if (!faults[0]) continue;
      const file = testInfo.outputPath(`account-${seed}.json`);
      await writeFile(file, JSON.stringify({ random, ...account }, null, 2));
      // The others are played all the same.
      expect
        .soft(
          faults,
          [`seed ${seed}`, JSON.stringify(random, null, 2), JSON.stringify(account.totals), file].join('\n'),
        )
        .toEqual([]);
    }
  });
}
