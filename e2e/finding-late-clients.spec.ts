import { expect, type Page, type Scenario, stopClock, test } from './installation-harness.ts';
import { CONFIGURATION, FULLSTORY, inlineScript, SCRIPT } from './markup.mjs';

// Clients are found for as long as the page lives, and looking for them costs little.

const sdk = (version = '6.6.1') => `<script src="/optimizely/${version}.js"></script>`;

/** As in an app that bundles the SDK: there is no global. It runs before the script, which would see the global. */
const BUNDLED = `${sdk()}${CONFIGURATION}${inlineScript(`const bundled = optimizelySdk;
  delete window.optimizelySdk;
  const create = () => bundled.createInstance(clientConfig({}, bundled));`)}`;

const decide = (client: string, flag: string) =>
  `void ${client}.createUserContext('ada', { plan: 'pro' }).decide('${flag}');`;

async function expectFlags(scenario: Scenario, ...flags: string[]) {
  const events = await scenario.events(flags.length);
  expect(events.map(({ properties }) => properties.flag_key)).toEqual(flags);
}

/** Counts all timers that are set from now on. */
async function countTimers(page: Page) {
  await page.addInitScript(() => {
    const count = window as unknown as { timers: number };
    count.timers = 0;
    for (const name of ['setTimeout', 'setInterval'] as const) {
      const original = window[name] as (...given: unknown[]) => number;
      Object.assign(window, {
        [name](...given: unknown[]) {
          count.timers++;
          return original(...given);
        },
      });
    }
  });
  return () => page.evaluate('timers') as Promise<number>;
}

for (const seconds of [2, 600]) {
  test(`a shell of a client first, and the real one ${seconds} s after load`, async ({
    page,
    scenario,
    visitor,
  }) => {
    await stopClock(page);
    await visitor.visit(() => ({
      head: [BUNDLED, SCRIPT, FULLSTORY],
      body: [
        inlineScript(`window.optimizelyClientInstance = {
          notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
        };`),
      ],
    }));
    await page.clock.runFor(seconds * 1000);
    await page.evaluate(
      `optimizelyClientInstance = create(); ${decide('optimizelyClientInstance', 'pricing_page')}`,
    );
    await page.clock.runFor(100);
    await expectFlags(scenario, 'pricing_page');
    expect(await scenario.status()).toMatchObject({ clients: 2, decisions: { seen: 1, recovered: 0 } });
  });
}

for (const name of ['optimizelyClient', 'optimizelyClientInstance']) {
  test(`a top-level let ${name}, which nothing announces, gets its client ten minutes after load`, async ({
    page,
    scenario,
    visitor,
  }) => {
    await stopClock(page);
    await visitor.visit(() => ({
      head: [BUNDLED, SCRIPT, FULLSTORY],
      body: [inlineScript(`let ${name} = null;`)],
    }));
    await page.clock.runFor(600_000);
    await page.evaluate(`void (${name} = create());`);
    await page.clock.runFor(5000);
    await page.evaluate(decide(name, 'pricing_page'));
    await page.clock.runFor(100);
    await expectFlags(scenario, 'pricing_page');
  });
}

test('a second copy of the SDK, ten minutes after load', async ({ page, scenario, visitor }) => {
  await stopClock(page);
  await visitor.visit(() => ({
    head: [SCRIPT, FULLSTORY, sdk(), CONFIGURATION],
    body: [inlineScript(decide('optimizelySdk.createInstance(clientConfig())', 'checkout_redesign'))],
  }));
  await page.clock.runFor(600_000);
  await page.addScriptTag({ url: '/optimizely/5.4.1.js' });
  await page.evaluate(decide('optimizelySdk.createInstance(clientConfig())', 'pricing_page'));
  await page.clock.runFor(100);
  await expectFlags(scenario, 'checkout_redesign', 'pricing_page');
  expect(await scenario.status()).toMatchObject({
    clients: 2,
    decisions: { seen: 2, recovered: 0 },
    problems: [],
  });
});

test('a createInstance that returns an earlier client: its decisions are recovered', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [
      FULLSTORY,
      sdk(),
      CONFIGURATION,
      inlineScript(`let made;
        const original = optimizelySdk.createInstance;
        optimizelySdk.createInstance = (config) => made || (made = original(config));
        ${decide('optimizelySdk.createInstance(clientConfig())', 'checkout_redesign')}`),
    ],
    body: [SCRIPT, inlineScript(decide('optimizelySdk.createInstance(clientConfig())', 'pricing_page'))],
  }));
  const events = await scenario.events(2);
  expect(events.map(({ properties }) => properties.flag_key).sort()).toEqual([
    'checkout_redesign',
    'pricing_page',
  ]);
  expect(await scenario.status()).toMatchObject({
    clients: 1,
    decisions: { seen: 2, recovered: 1 },
    problems: ['client-late'],
  });
  expect(await page.evaluate('impressions.length')).toBeGreaterThan(0);
});

test('client: shop.optimizely ignores a vendor’s client', async ({ page, scenario, visitor }) => {
  await stopClock(page);
  await visitor.visit(() => ({
    head: [
      inlineScript("window.optimizelyFullStory = { client: 'shop.optimizely' };"),
      ...[SCRIPT, FULLSTORY, sdk(), CONFIGURATION],
    ],
    body: [
      inlineScript(`window.optimizelyClientInstance = optimizelySdk.createInstance(clientConfig());
        window.optimizelyClient = optimizelySdk.createInstance(clientConfig());
        ${decide('optimizelyClientInstance', 'search_ranking')} ${decide('optimizelyClient', 'search_ranking')}`),
    ],
  }));
  await page.clock.runFor(2000);
  await page.evaluate(`window.shop = { optimizely: optimizelySdk.createInstance(clientConfig()) };
    ${decide('shop.optimizely', 'checkout_redesign')}
    ${decide('optimizelyClientInstance', 'loyalty_points')}`);
  await page.clock.runFor(5000);
  await page.evaluate(decide('shop.optimizely', 'pricing_page'));
  await page.clock.runFor(2000);
  await expectFlags(scenario, 'checkout_redesign', 'pricing_page');
  expect(await scenario.status()).toMatchObject({ clients: 1, decisions: { seen: 2, sent: 2 } });
});

test('polling slows down: ten minutes with a bundled client and no FullStory', async ({
  page,
  scenario,
  visitor,
}) => {
  await stopClock(page);
  const timers = await countTimers(page);
  await visitor.visit(() => ({
    head: [SCRIPT],
    // A client without timers of its own.
    body: [
      inlineScript(`optimizelyFullStory.connect({
        notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
      });`),
    ],
  }));
  await page.clock.runFor(1000);
  expect((await scenario.status()).clients).toBe(1);
  await page.clock.runFor(599_000 - 60_000);
  // Two looks, for clients and for FullStory, each four times a second at first.
  const first = await timers();
  expect(first).toBeGreaterThan(100);
  expect(first).toBeLessThan(400);
  await page.clock.runFor(60_000);
  // And each every 5 s in the end.
  expect((await timers()) - first).toBeLessThanOrEqual(2 * 13);
  expect((await scenario.status()).fullstory).toBe('absent');
});
