import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';
import { APP, FULLSTORY } from './markup.mjs';

// Partytown runs scripts in a web worker, with a window of its own that is made up.

/** Headers that let it share memory with its worker. */
const ISOLATED = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
};
const PARTYTOWN = '<script src="/~partytown/partytown.js"></script>';
const SCRIPT = '<script type="text/partytown" src="/dist/optimizely-fullstory.min.js"></script>';

test('in its worker the script does nothing and throws nothing, and the inspector reports it', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [
      FULLSTORY,
      SCRIPT,
      // The worker's global after the script.
      `<script type="text/partytown">
        document.documentElement.setAttribute('data-worker', typeof window.optimizelyFullStory);
      </script>`,
      PARTYTOWN,
    ],
    body: [APP],
    headers: ISOLATED,
  }));
  await expect(page.locator('html')).toHaveAttribute('data-worker', 'undefined');
  await expect(page.locator('script[type="text/partytown-x"]')).toHaveCount(2);
  expect(await page.locator('script[data-pterror]').count()).toBe(0);
  expect(await page.evaluate('typeof optimizelyFullStory')).toBe('undefined');
  expect(scenario.complaints).toEqual([]);

  await page.addScriptTag({ content: await shipped('inspector.js') });
  await expect(page.getByText('in a web worker')).toBeVisible();

  // A plain tag works next to it.
  await page.addScriptTag({ url: '/dist/optimizely-fullstory.min.js' });
  await page.evaluate(`optimizelyFullStory.record(${JSON.stringify(CHECKOUT)}, 'ada')`);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
});
