import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';
import { APP, FULLSTORY, SCRIPT } from './markup.mjs';

// Settings that are not a property of `window`, or come after the stub or the script.

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

for (const late of [
  "optimizelyFullStory.eventName = 'Late'",
  "Object.assign(optimizelyFullStory, { eventName: 'Late' })",
]) {
  test(`written onto the running bridge, settings have no effect, without a message: ${late}`, async ({
    scenario,
    visitor,
  }) => {
    await visitor.visit(() => ({ head: [SCRIPT, `<script>${late};</script>`, FULLSTORY], body: [APP] }));
    expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
    expect((await scenario.status()).problems).toEqual([]);
    expect(scenario.complaints).toEqual([]);
  });
}

for (const [how, settings, isQueueKept] of [
  ['added to its object', "Object.assign(optimizelyFullStory, { eventName: 'Seen' })", true],
  ['in a new object, which loses its queue', "optimizelyFullStory = { eventName: 'Seen' }", false],
] as const) {
  test(`between the stub and the file, settings hold: ${how}`, async ({ page, scenario, visitor }) => {
    const stub = await shipped('stub.min.js');
    await visitor.visit(() => ({
      head: [
        `<script>${stub}</script>`,
        `<script>
          const queued = [];
          optimizelyFullStory.queue.push((bridge) => queued.push(bridge.version));
          ${settings};
        </script>`,
        FULLSTORY,
        APP,
      ],
    }));
    await page.addScriptTag({ url: '/dist/optimizely-fullstory.min.js' });
    expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT, 'Seen')]);
    const { version, problems } = await scenario.status();
    expect(await page.evaluate('queued')).toEqual(isQueueKept ? [version] : []);
    expect(problems).toEqual([]);
  });
}
