import { writeFile } from 'node:fs/promises';
import { expect, test } from './harness.ts';
import { choosePage } from './random-pages/choose.ts';
import { playPage } from './random-pages/play.ts';

// Pages that nobody thought of: each one follows from its seed. `npm run random-pages` plays many; one that fails is
// played again by `RANDOM_PAGES=1 RANDOM_SEED=<its seed>`, and leaves what it decided and what arrived in a file.
const { RANDOM_PAGES = '40', RANDOM_SEED = '1' } = process.env;
const first = Number(RANDOM_SEED);

for (let seed = first; seed < first + Number(RANDOM_PAGES); seed++) {
  test(`a random page accounts for each decision (seed ${seed})`, async ({ page }, testInfo) => {
    const random = choosePage(seed);
    const { faults, ...account } = await playPage(page, random);
    if (!faults[0]) return;
    const file = testInfo.outputPath('account.json');
    await writeFile(file, JSON.stringify({ random, ...account }, null, 2));
    expect(
      faults,
      [JSON.stringify(random, null, 2), JSON.stringify(account.totals), file].join('\n'),
    ).toEqual([]);
  });
}
