import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';

// Settings that are not a property of `window`, or come after the script.

const SCRIPT = '<script src="/dist/optimizely-fullstory.min.js"></script>';
const FULLSTORY = '<script src="/fullstory/snippet-2.1.js"></script>';
const APP = `<script src="/optimizely/6.6.1.js"></script>
  <script src="/e2e/client-config.js"></script>
  <script src="/e2e/decide.js"></script>`;

test('late settings are reported and have no effect, and their queued calls are made', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [
      SCRIPT,
      `<script>
        const bridge = optimizelyFullStory;
        const queued = [];
        optimizelyFullStory = { eventName: 'Late', queue: [(given) => queued.push(given === bridge)] };
      </script>`,
      FULLSTORY,
    ],
    body: [APP],
  }));
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await page.evaluate('[optimizelyFullStory === bridge, queued]')).toEqual([true, [true]]);
  expect((await scenario.status()).problems).toEqual(['settings-late']);
  expect(scenario.complaints).toEqual(['[optimizely-fullstory] settings-late']);
});

for (const declaration of ['const', 'let']) {
  test(`${declaration} optimizelyFullStory holds for the script, and becomes the bridge @engines`, async ({
    page,
    scenario,
    visitor,
  }) => {
    await visitor.visit(() => ({
      head: [
        `<script>
          const queued = [];
          ${declaration} optimizelyFullStory = {
            eventName: 'Seen',
            queue: [(bridge) => queued.push(bridge.version)],
          };
        </script>`,
        SCRIPT,
        FULLSTORY,
      ],
      body: [APP],
    }));
    expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT, 'Seen')]);
    expect(await page.evaluate('queued')).toEqual([await page.evaluate('optimizelyFullStory.version')]);
    expect(await page.evaluate('optimizelyFullStory.status().decisions')).toMatchObject({ seen: 1, sent: 1 });
    expect(await page.evaluate('optimizelyFullStory.status().problems')).toEqual([]);
    expect(scenario.complaints).toEqual([]);
  });
}
