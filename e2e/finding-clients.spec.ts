import { CHECKOUT, event, expect, SDKS, said, test, userProperties } from './harness.ts';

const SITUATIONS = [
  'bridge-after-fullstory',
  'bridge-last',
  'client-in-const',
  'client-named',
  'connect',
  'create-instance-destructured',
  'decide-queued-on-ready',
  'decide-right-after-create',
  'script-twice',
];

/** Those of them in which browsers can differ. */
const DIFFERING = ['client-in-const', 'create-instance-destructured', 'script-twice'];

const ENGINES = { tag: '@engines' };

/** In Firefox the newest alone: engines do not differ more with others. */
const sdksFor = (browserName: string) => (browserName === 'firefox' ? SDKS.slice(-1) : SDKS);

for (const situation of SITUATIONS) {
  const engines = DIFFERING.includes(situation) ? ENGINES : {};
  test(`${situation}: the decision arrives, once`, engines, async ({ browserName, scenario }) => {
    for (const sdk of sdksFor(browserName)) {
      await test.step(`SDK ${sdk}`, async () => {
        await scenario.openAnew(situation, { sdk });
        await scenario.events(1);
        expect((await scenario.received()).map(said), sdk).toEqual([
          userProperties({ '[Optimizely] checkout_redesign': 'treatment' }),
          event(CHECKOUT),
        ]);
        expect(await scenario.status(), sdk).toMatchObject({
          fullstory: 'capturing',
          clients: 1,
          decisions: { seen: 1, sent: 1 },
          problems: situation === 'client-in-const' ? ['client-late'] : [],
        });
        expect(scenario.complaints, sdk).toEqual([]);
      });
    }
  });
}

for (const situation of ['two-clients', 'sdk-twice']) {
  test(`${situation}: the decisions of both arrive`, async ({ scenario }) => {
    for (const sdk of SDKS) {
      await test.step(`SDK ${sdk}`, async () => {
        await scenario.openAnew(situation, { sdk });
        const events = await scenario.events(2);
        expect(
          events.map(({ properties }) => properties.flag_key),
          sdk,
        ).toEqual(['checkout_redesign', 'pricing_page']);
        if (situation === 'sdk-twice') return;
        expect(await scenario.status(), sdk).toMatchObject({ clients: 2, decisions: { seen: 2, sent: 2 } });
      });
    }
  });
}

test('the page has plain properties once the bridge is disconnected @engines', async ({
  browserName,
  scenario,
  page,
}) => {
  for (const sdk of sdksFor(browserName)) {
    await test.step(`SDK ${sdk}`, async () => {
      await scenario.openAnew('bridge-first', { sdk });
      await scenario.events(3);
      const descriptor = (name: string) =>
        page.evaluate((global) => {
          const { get, value, ...rest } = Object.getOwnPropertyDescriptor(window, global) ?? {};
          return { accessor: !!get, type: typeof value, ...rest, set: undefined };
        }, name);
      expect((await descriptor('optimizelySdk')).enumerable, sdk).toBe(true);
      // Clients are found for as long as the page lives.
      await page.evaluate(() => window.optimizelyFullStory.disconnect());
      await expect
        .poll(() => descriptor('optimizelySdk'), sdk)
        .toEqual({ accessor: false, type: 'object', writable: true, enumerable: true, configurable: true });
      for (const name of ['optimizelyReactSdk', 'optimizelyClient', 'optimizelyClientInstance']) {
        expect(await page.evaluate((global) => global in window, name), `${sdk}: ${name}`).toBe(false);
      }
      expect(
        await page.evaluate(() => Object.getOwnPropertyDescriptor(window.optimizelySdk, 'createInstance')),
        sdk,
      ).toMatchObject({ writable: true, enumerable: true, configurable: true });
    });
  }
});

test('create-instance-default: the decision arrives', async ({ scenario }) => {
  for (const sdk of ['4.10.1', '5.4.1']) {
    await test.step(`SDK ${sdk}`, async () => {
      await scenario.openAnew('create-instance-default', { sdk });
      expect((await scenario.events(1)).map(said), sdk).toEqual([event(CHECKOUT)]);
    });
  }
});

test('client-in-const under the other name: the decision arrives @engines', async ({ scenario }) => {
  await scenario.open('client-in-const', { name: 'optimizelyClientInstance' });
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
});

test('client-named is heard in the same task @engines', async ({ scenario }) => {
  for (const [name, parameters] of Object.entries({
    'window.optimizelyClientInstance': {
      client: '',
      assign: 'window.optimizelyClientInstance = created',
    },
    'a top-level var': { client: '', assign: 'var optimizelyClient = created' },
    'a dotted name': {
      client: 'app.optimizely.client',
      assign: 'window.app = {}; app.optimizely = { client: created }; void app',
    },
  })) {
    await test.step(name, async () => {
      await scenario.openAnew('client-named', parameters);
      expect((await scenario.events(1)).map(said), name).toEqual([event(CHECKOUT)]);
    });
  }
});

test('a client name that never appears is reported, and other clients are found', async ({ scenario }) => {
  await scenario.open('client-named', { client: 'nowhere.to.be.found', assign: 'void 0' });
  expect(await scenario.status()).toMatchObject({ clients: 0, problems: ['client-missing'] });
  expect(scenario.complaints).toEqual([]);
});

test('status() says whether the SDK is ready, waiting or failed, and why', async ({ scenario, page }) => {
  await scenario.open('no-optimizely');
  expect((await scenario.status()).sdk).toEqual({ state: 'missing' });
  const connect = (onReady: string) =>
    page.evaluate((code) => {
      const notificationCenter = { addNotificationListener: () => 1, removeNotificationListener: () => true };
      const outcomes: Record<string, () => Promise<unknown>> = {
        pending: () => new Promise(() => {}),
        resolves: () => Promise.resolve({ success: true }),
        fails: () => Promise.resolve({ success: false, reason: 'no datafile' }),
        rejects: () => Promise.reject(new Error('timed out')),
        throws: () => {
          throw new Error('not today');
        },
      };
      window.optimizelyFullStory.connect({ notificationCenter, onReady: outcomes[code] });
    }, onReady);
  await connect('resolves');
  await expect.poll(async () => (await scenario.status()).sdk).toEqual({ state: 'ready' });
  await connect('pending');
  expect((await scenario.status()).sdk).toEqual({ state: 'waiting' });
  for (const [how, reason] of [
    ['fails', 'no datafile'],
    ['rejects', 'timed out'],
    ['throws', 'not today'],
  ] as const) {
    await connect(how);
    await expect.poll(async () => (await scenario.status()).sdk).toEqual({ state: 'failed', reason });
  }
  expect((await scenario.status()).problems).toContain('sdk-not-ready');
  expect(scenario.complaints).toEqual([]);
});

test('reading a client again and again leaves nothing that disconnect must undo', async ({
  scenario,
  page,
}) => {
  await page.addInitScript(() =>
    Object.assign(window, { optimizelyFullStory: { client: 'nowhere.client' } }),
  );
  await scenario.open('no-optimizely');
  await page.evaluate(() => {
    const held = window as unknown as { optimizelyClient: unknown };
    held.optimizelyClient = {};
    for (let time = 0; time < 20_000; time++) void held.optimizelyClient;
    window.optimizelyFullStory.disconnect();
  });
  expect(
    await page.evaluate(() => Object.getOwnPropertyDescriptor(window, 'optimizelyClient')?.get),
  ).toBeUndefined();
  expect(scenario.complaints).toEqual([]);
});
