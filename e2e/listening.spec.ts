import { CHECKOUT, event, expect, type Page, SDKS, said, test } from './harness.ts';

function flags(events: { properties: Record<string, unknown> }[]) {
  return events.map(({ properties }) => properties.flag_key);
}

/** The text of the SDK's own function, from a frame without the bridge. */
function createInstanceOf(page: Page, sdk: string): Promise<string> {
  return page.evaluate(
    (src) =>
      new Promise<string>((resolve) => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        const { document: inside } = frame.contentWindow as Window;
        const onload = () => {
          const { optimizelySdk } = frame.contentWindow as unknown as {
            optimizelySdk: { createInstance: unknown };
          };
          frame.remove();
          resolve(String(optimizelySdk.createInstance));
        };
        inside.head.append(Object.assign(inside.createElement('script'), { src, onload }));
      }),
    `/optimizely/${sdk}.js`,
  );
}

for (const sdk of SDKS) {
  test.describe(`SDK ${sdk}`, () => {
    test(
      'bridge-late: dispatched decisions are recovered once, also after disconnect and connect, and later legacy calls are not',
      sdk === SDKS.at(-1) ? { tag: '@engines' } : {},
      async ({ scenario, page }) => {
        await scenario.open('bridge-late', { sdk });
        const events = await scenario.events(3);
        expect(flags(events).sort()).toEqual(['checkout_redesign', 'loyalty_points', 'pricing_page']);
        const checkout = events.find(({ properties }) => properties.flag_key === 'checkout_redesign');
        expect(said(checkout as never)).toEqual(event(expect.objectContaining(CHECKOUT)));
        expect(await scenario.status()).toMatchObject({
          decisions: { seen: 3, sent: 3, recovered: 2, duplicate: 0 },
          problems: ['client-late'],
        });

        await test.step('disconnect and connect: nothing is recovered a second time', async () => {
          const before = (await scenario.status()).decisions;
          await page.evaluate(() => {
            window.impressions.length = 0;
          });
          await page.addScriptTag({
            content: `
              user.decide('search_ranking');
              optimizelyFullStory.disconnect();
              user.decide('free_shipping_banner');
              optimizelyFullStory.connect(optimizelyClient);
              user.decide('pricing_page');
              user.decide('loyalty_points');`,
          });
          expect(flags(await scenario.events(4)).slice(3)).toEqual(['search_ranking']);
          // The impressions of all these are sent, so nothing can be recovered any more.
          await expect.poll(() => page.evaluate(() => window.impressions.length)).toBeGreaterThan(0);
          expect((await scenario.status()).decisions).toEqual({ ...before, seen: 6, sent: 4, duplicate: 2 });
        });
      },
    );

    test('heard after listeners are removed or the client is closed, and once', async ({
      scenario,
      page,
    }) => {
      await scenario.open('shop', { sdk, settings: "{ dedupe: 'none' }" });
      let count = 0;
      for (const [how, code] of Object.entries({
        'clearAllNotificationListeners()': 'client.notificationCenter.clearAllNotificationListeners()',
        'clearNotificationListeners(DECISION)':
          "client.notificationCenter.clearNotificationListeners('DECISION')",
        'clearNotificationListeners(DECISION:…)':
          "client.notificationCenter.clearNotificationListeners('DECISION:type, userId, attributes, decisionInfo')",
        'close()': 'client.close()',
      })) {
        await test.step(how, async () => {
          await page.addScriptTag({
            content: `window.another = optimizelySdk.createInstance(clientConfig());
              window.visitor = another.createUserContext('ada', { plan: 'pro' });
              visitor.decide('checkout_redesign');`,
          });
          await scenario.events(++count);
          await page.addScriptTag({
            content: `{ const client = another; ${code}; ${code}; visitor.decide('pricing_page'); }`,
          });
          count++;
          expect(flags(await scenario.events(count)).slice(-2), how).toEqual([
            'checkout_redesign',
            'pricing_page',
          ]);
          expect((await scenario.status()).decisions, how).toMatchObject({
            seen: count,
            sent: count,
            duplicate: 0,
          });
        });
      }
    });

    test('disconnect leaves the page as it was, and a later connect works', async ({ scenario, page }) => {
      await scenario.open('shop', { sdk, flags: 'checkout_redesign' });
      await scenario.events(1);
      await page.addScriptTag({
        content: `
          optimizelyFullStory.disconnect();
          user.decide('pricing_page');
          window.left = {
            center: ['clearAllNotificationListeners', 'clearNotificationListeners'].filter((name) =>
              Object.prototype.hasOwnProperty.call(client.notificationCenter, name)),
            accessors: ['optimizelySdk', 'optimizelyReactSdk', 'optimizelyClient', 'optimizelyClientInstance'].filter(
              (name) => (Object.getOwnPropertyDescriptor(window, name) || {}).get),
            createInstance: String(optimizelySdk.createInstance),
          };`,
      });
      expect(await page.evaluate('left')).toEqual({
        center: [],
        accessors: [],
        createInstance: await createInstanceOf(page, sdk),
      });
      expect(await scenario.status()).toMatchObject({ clients: 0, decisions: { seen: 1 } });
      await page.addScriptTag({
        content: "optimizelyFullStory.connect(client); user.decide('search_ranking');",
      });
      expect(flags(await scenario.events(2))).toEqual(['checkout_redesign', 'search_ranking']);
    });

    test('a second client by connect(): decisions heard from the first are not recovered', async ({
      scenario,
      page,
    }) => {
      await page.addInitScript(() => Object.assign(window, { optimizelyFullStory: { dedupe: 'none' } }));
      await scenario.open('connect', { sdk });
      await scenario.events(1);
      await page.evaluate(() => {
        window.impressions.length = 0;
      });
      await page.addScriptTag({
        content: `
          const second = bundled.createInstance(clientConfig({}, bundled));
          optimizelyFullStory.connect(second);
          second.createUserContext('ada', { plan: 'pro' }).decide('pricing_page');`,
      });
      await scenario.events(2);
      // The second client has sent its impressions, and those of the first one that it found.
      await expect.poll(() => page.evaluate(() => window.impressions.length)).toBeGreaterThan(0);
      expect((await scenario.status()).decisions).toMatchObject({ seen: 2, sent: 2, recovered: 0 });
      expect(flags(await scenario.events(2))).toEqual(['checkout_redesign', 'pricing_page']);
    });
  });
}

test('react-replaces-client: both are heard', async ({ scenario }) => {
  await scenario.open('react-replaces-client');
  expect(flags(await scenario.events(2))).toEqual(['checkout_redesign', 'pricing_page']);
  expect(await scenario.status()).toMatchObject({ clients: 2, problems: [] });
});

test('a datafile update keeps the listener', async ({ scenario, page }) => {
  await scenario.open('shop', { sdk: '5.4.1', flags: 'checkout_redesign' });
  await scenario.events(1);
  await page.addScriptTag({
    content: `client.projectConfigManager.handleNewDatafile && client.projectConfigManager.handleNewDatafile(clientConfig({ revision: '2' }).datafile);
      user.decide('pricing_page');`,
  });
  expect(flags(await scenario.events(2))).toEqual(['checkout_redesign', 'pricing_page']);
});

test.describe('record()', () => {
  const SERVER = { flag_key: 'server_flag', variation_key: 'b', rule_key: 'rule', enabled: true };

  test('takes decisions in each form', async ({ scenario, page }) => {
    await page.addInitScript(() => Object.assign(window, { optimizelyFullStory: { dedupe: 'none' } }));
    await scenario.open('no-optimizely');
    let count = 0;
    for (const [how, decisions] of Object.entries({
      snake_case: SERVER,
      camelCase: { flagKey: 'server_flag', variationKey: 'b', ruleKey: 'rule', enabled: true },
      'a list': [SERVER],
    })) {
      await test.step(how, async () => {
        await page.evaluate((given) => window.optimizelyFullStory.record(given, 'ada'), decisions);
        const events = (await scenario.events(++count)).map(said);
        expect(events, how).toHaveLength(count);
        expect(events.at(-1), how).toEqual(event(SERVER));
        expect((await scenario.status()).problems, how).toEqual([]);
      });
    }
  });

  test('takes the user of a decision', async ({ scenario, page }) => {
    await page.addInitScript(() =>
      Object.assign(window, { optimizelyFullStory: { include: 'user_id', dedupe: 'none' } }),
    );
    await scenario.open('no-optimizely');
    await test.step('from the SDK', async () => {
      await page.evaluate(() => {
        window.optimizelyFullStory.record({
          flagKey: 'f',
          variationKey: null,
          ruleKey: null,
          enabled: false,
          reasons: [],
          variables: {},
          userContext: { getUserId: () => 'grace' },
        });
      });
      expect((await scenario.events(1))[0]?.properties).toEqual({
        flag_key: 'f',
        enabled: false,
        user_id: 'grace',
      });
    });
    await test.step('written as JSON', async () => {
      await page.evaluate(() => {
        window.optimizelyFullStory.record({
          flag_key: 'f',
          enabled: false,
          user_context: { userId: 'zoe' },
        });
      });
      expect((await scenario.events(2))[1]?.properties).toMatchObject({ flag_key: 'f', user_id: 'zoe' });
    });
    await test.step('written as JSON in Python or Ruby', async () => {
      await page.evaluate(() => {
        window.optimizelyFullStory.record({
          flag_key: 'f',
          enabled: false,
          user_context: { user_id: 'eve', attributes: {} },
        });
      });
      expect((await scenario.events(3))[2]?.properties).toMatchObject({ flag_key: 'f', user_id: 'eve' });
    });
  });

  test('takes user ids that are numbers: each user’s decision arrives once', async ({ scenario, page }) => {
    await page.addInitScript(() => Object.assign(window, { optimizelyFullStory: { include: 'user_id' } }));
    await scenario.open('no-optimizely');
    await page.evaluate((decision) => {
      window.optimizelyFullStory.record({ ...decision, user_id: 42 });
      window.optimizelyFullStory.record({ ...decision, user_context: { user_id: 43 } });
      window.optimizelyFullStory.record(decision, 44);
      window.optimizelyFullStory.record(decision, '42');
    }, SERVER);
    const events = await scenario.events(3);
    expect(events.map(({ properties }) => properties.user_id)).toEqual(['42', '43', '44']);
    expect((await scenario.status()).decisions).toMatchObject({ seen: 4, sent: 3, duplicate: 1 });
  });

  test('counts wrong items as ignored, reports them, and goes on', async ({ scenario, page }) => {
    await scenario.open('no-optimizely');
    await page.evaluate((good) => {
      const hostile = {
        get flag_key() {
          throw new Error('no');
        },
      };
      window.optimizelyFullStory.record([
        null,
        7,
        'text',
        {},
        { flag_key: 'x' },
        { enabled: true },
        hostile,
        good,
      ]);
    }, SERVER);
    expect((await scenario.events(1)).map(said)).toEqual([event(SERVER)]);
    expect(await scenario.status()).toMatchObject({
      decisions: { seen: 8, ignored: 7, sent: 1 },
      problems: ['decision-invalid'],
    });
    expect(scenario.complaints).toEqual([]);
  });

  test('is deduplicated with the browser’s own decisions', async ({ scenario, page }) => {
    await scenario.open('shop', { flags: 'checkout_redesign' });
    await scenario.events(1);
    await page.evaluate((decision) => window.optimizelyFullStory.record(decision, 'ada'), CHECKOUT);
    expect((await scenario.status()).decisions).toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
  });
});
