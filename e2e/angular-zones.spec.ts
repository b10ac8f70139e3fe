import { expect, type Page, stopClock, test } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';
import { FULLSTORY, SCRIPT, SDK } from './markup.mjs';

// Angular waits until nothing is pending in its zone: before that it neither hydrates nor starts its service worker.

/** A zone as Angular's `NgZone` makes it. */
const ZONE = `<script src="/zone.js"></script><script>
  const pending = {};
  let turns = 0;
  const appZone = Zone.root.fork({
    name: 'angular',
    onHasTask(delegate, current, target, state) {
      delegate.hasTask(target, state);
      if (current === target) pending[state.change] = state[state.change];
    },
    onInvokeTask(delegate, current, target, task, ...rest) {
      turns++;
      return delegate.invokeTask(target, task, ...rest);
    },
  });
  const isStable = () => !pending.microTask && !pending.macroTask;
</script>`;
const BOTH = '<script src="/dist/optimizely-fullstory-amplitude.min.js"></script>';

const DECIDE = `<script>
  const user = optimizelySdk.createInstance(clientConfig()).createUserContext('ada', { plan: 'pro' });
  appZone.run(() => user.decide('checkout_redesign'));
</script>`;
const MODULE = `<script type="module">
  import { createBridge } from '/dist/index.js';
  window.bridge = appZone.run(() => createBridge());
</script>`;

/** Lets ten minutes pass. After the SDK's batch, nothing happens in the zone any more. */
async function expectStable(page: Page) {
  await page.clock.runFor(5000);
  expect(await page.evaluate('isStable()')).toBe(true);
  const turns = await page.evaluate('turns');
  await page.clock.runFor(600_000);
  expect(await page.evaluate('turns')).toBe(turns);
}

for (const [state, head] of [
  ['absent', []],
  ['blocked', [FULLSTORY]],
] as const) {
  test(`FullStory ${state}: the zone becomes stable, and stays so`, async ({ page, scenario, visitor }) => {
    await stopClock(page);
    await page.route('**/fullstory/fs.js*', (route) => route.abort());
    await page.route('https://cdn.amplitude.com/**', (route) => route.abort());

    for (const [order, scripts] of [
      ['before', [ZONE, SCRIPT]],
      ['after', [SCRIPT, ZONE]],
    ] as const) {
      await test.step(`a decision in the zone, with zone.js ${order} the script`, async () => {
        await visitor.visitAnew(() => ({ head: [...scripts, ...head, SDK], body: [DECIDE] }));
        await expectStable(page);
        expect(await scenario.status()).toMatchObject({
          fullstory: state,
          decisions: { seen: 1, waiting: 1 },
        });
      });
    }

    await test.step('the script for both, with Amplitude in the same state', async () => {
      const amplitude = state === 'blocked' ? ['<script src="/amplitude/snippet-2.48.1.js"></script>'] : [];
      await visitor.visitAnew(() => ({ head: [ZONE, BOTH, ...head, ...amplitude, SDK], body: [DECIDE] }));
      await expectStable(page);
      const { destinations } = await scenario.status();
      expect(destinations.map((one) => [one.name, one.state, one.decisions.waiting])).toEqual([
        ['FullStory', state, 1],
        ['Amplitude', state, 1],
      ]);
    });

    await test.step('the script, inserted by a tag manager that the app calls in its zone', async () => {
      await visitor.visitAnew(() => ({ head: [ZONE, ...head, SDK], body: [] }));
      await page.evaluate(
        `appZone.run(() => {
          const script = document.createElement('script');
          script.text = ${JSON.stringify(await shipped('optimizely-fullstory.min.js'))};
          document.head.append(script);
        })`,
      );
      await expectStable(page);
      expect((await scenario.status()).fullstory).toBe(state);
    });

    await test.step('the module without a decision', async () => {
      await visitor.visitAnew(() => ({ head: [ZONE, ...head], body: [MODULE] }));
      await page.waitForFunction(() => !!window.bridge);
      await expectStable(page);
      expect(await page.evaluate(() => window.bridge?.status().fullstory)).toBe(state);
    });

    await test.step('the module with a decision', async () => {
      await visitor.visitAnew(() => ({ head: [ZONE, ...head], body: [MODULE] }));
      await page.waitForFunction(() => !!window.bridge);
      const turns = await page.evaluate('turns');
      await page.evaluate("appZone.run(() => bridge.record({ flagKey: 'a', enabled: true }, 'ada'))");
      // Angular would run change detection for each.
      expect(await page.evaluate('turns')).toBe(turns);
      await expectStable(page);
      expect(await page.evaluate(() => window.bridge?.status().decisions)).toMatchObject({ waiting: 1 });
    });
  });
}

test('a page that replaces setTimeout after the script sees none of its timers', async ({
  page,
  scenario,
  visitor,
}) => {
  await stopClock(page);
  await visitor.visit(() => ({
    head: [SCRIPT],
    body: [
      `<script>
        let timers = 0;
        const original = setTimeout;
        window.setTimeout = (...given) => { timers++; return original(...given); };
        optimizelyFullStory.record({ flagKey: 'a', enabled: true }, 'ada');
      </script>`,
    ],
  }));
  await page.clock.runFor(600_000);
  expect(await page.evaluate('timers')).toBe(0);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 1, waiting: 1 });
});
