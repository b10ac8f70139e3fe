import type { Page } from '@playwright/test';
import { CHECKOUT, event, expect, SDKS, said, stopClock, test } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';
import { CONFIGURATION, DECIDE, FILE, FULLSTORY, inlineScript } from './markup.mjs';

// The stub in the head, and the script, which the test adds later.

const sdk = (version = '6.6.1') => `<script src="/optimizely/${version}.js"></script>${CONFIGURATION}`;
const stub = async () => inlineScript(await shipped('stub.min.js'));

/** After the SDK's script: makes it the constant of an app's bundle. */
const BUNDLED = inlineScript(
  'const bundled = Object.assign({}, optimizelySdk); delete window.optimizelySdk;',
);
const CLIENT = 'window.client = optimizelySdk.createInstance(clientConfig());';
const decide = (...flags: string[]) =>
  inlineScript(`${CLIENT} window.user = client.createUserContext('ada', { plan: 'pro' });
    ${flags.map((flag) => `user.decide('${flag}');`).join('')}`);

/** Adds a script, like an async tag whose file has arrived. */
const bring = (page: Page, file = FILE) => page.addScriptTag({ url: file });

const flagsOf = (events: { properties: Record<string, unknown> }[]) =>
  events.map(({ properties }) => properties.flag_key);

for (const version of SDKS) {
  const engines = version === SDKS.at(-1) ? { tag: '@engines' } : {};
  test(`the script comes late, SDK ${version}`, engines, async ({ page, scenario, visitor }) => {
    await visitor.visit(async () => ({
      head: [await stub(), FULLSTORY, sdk(version)],
      body: [decide('checkout_redesign', 'pricing_page')],
    }));
    await bring(page);
    await page.evaluate("void user.decide('search_ranking')");
    const events = await scenario.events(3);
    expect(flagsOf(events)).toEqual(['checkout_redesign', 'pricing_page', 'search_ranking']);
    expect(await scenario.status()).toMatchObject({
      clients: 1,
      decisions: { seen: 3, sent: 3, recovered: 0 },
      problems: [],
    });
    expect(scenario.complaints).toEqual([]);
  });

  test(`listeners cleared and client closed before the script comes, SDK ${version}`, async ({
    page,
    scenario,
    visitor,
  }) => {
    await visitor.visit(async () => ({
      head: [await stub(), FULLSTORY, sdk(version)],
      body: [
        decide('checkout_redesign'),
        inlineScript(`client.notificationCenter.clearAllNotificationListeners(); client.close();
          user.decide('pricing_page');`),
      ],
    }));
    await bring(page);
    expect(flagsOf(await scenario.events(2))).toEqual(['checkout_redesign', 'pricing_page']);
  });
}

/** What a page may take from the stub, and how it makes a client when the script has run. */
const taken: Record<string, { head(version: string): Promise<string[]>; create: string }> = {
  createInstance: {
    head: async (version) => [
      await stub(),
      FULLSTORY,
      sdk(version),
      inlineScript('const { createInstance } = optimizelySdk;'),
    ],
    create: 'createInstance(clientConfig())',
  },
  connect: {
    head: async (version) => [
      sdk(version),
      BUNDLED,
      await stub(),
      FULLSTORY,
      inlineScript('const { connect } = optimizelyFullStory;'),
    ],
    create: 'connect(bundled.createInstance(clientConfig({}, bundled)))',
  },
};
for (const version of SDKS) {
  test(`the stub’s functions work when the script has run, SDK ${version}`, async ({
    page,
    scenario,
    visitor,
  }) => {
    for (const [what, { head, create }] of Object.entries(taken)) {
      await test.step(what, async () => {
        await visitor.visitAnew(async () => ({ head: await head(version) }));
        await bring(page);
        await bring(page, '/dist/optimizely-amplitude.min.js');
        const others = await page.evaluate(
          `void ${create}.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
          optimizelyAmplitude.status().decisions.seen`,
        );
        expect(others, what).toBe(1);
        expect((await scenario.events(1)).map(said), what).toEqual([event(CHECKOUT)]);
        expect(await scenario.status(), what).toMatchObject({
          clients: 1,
          decisions: { seen: 1, recovered: 0 },
          problems: [],
        });
      });
    }
  });

  test(`a facade of a recorded client is no other client, SDK ${version}`, async ({
    page,
    scenario,
    visitor,
  }) => {
    await stopClock(page);
    for (const client of [undefined, 'facade']) {
      await test.step(`setting ${client}`, async () => {
        await visitor.visitAnew(async () => ({
          head: [
            inlineScript(`window.optimizelyFullStory = ${JSON.stringify({ dedupe: 'none', client })}`),
            await stub(),
            FULLSTORY,
            sdk(version),
          ],
          body: [
            decide('checkout_redesign', 'pricing_page', 'checkout_redesign'),
            inlineScript(`window.facade = { notificationCenter: client.notificationCenter };
              window.optimizelyClientInstance = facade;`),
          ],
        }));
        await bring(page);
        // Optimizely's batch has left meanwhile.
        await page.clock.runFor(3000);
        expect(flagsOf(await scenario.events(3))).toEqual([
          'checkout_redesign',
          'pricing_page',
          'checkout_redesign',
        ]);
        expect(await scenario.status()).toMatchObject({
          clients: 1,
          decisions: { seen: 3, recovered: 0 },
          problems: [],
        });
      });
    }
  });
}

/** SDK 4 and 5 call no listener that is added while they send a notification. */
const NEWER_SDKS = SDKS.filter((version) => version.startsWith('6'));
for (const version of NEWER_SDKS) {
  test(`the script comes while all flags are decided, SDK ${version}`, async ({
    page,
    scenario,
    visitor,
  }) => {
    await visitor.visit(async () => ({
      head: [
        inlineScript("window.optimizelyFullStory = { dedupe: 'none' }"),
        await stub(),
        FULLSTORY,
        sdk(version),
      ],
      body: [
        inlineScript(`${CLIENT}
          function run(text) {
            document.head.append(Object.assign(document.createElement('script'), { text }));
          }
          // A tag manager's text runs inside the page's own listener.
          function decideAll(text) {
            let heard = 0;
            for (const type of ['DECISION', 'DECISION:type, userId, attributes, decisionInfo'])
              client.notificationCenter.addNotificationListener(type, () => { if (++heard === 2) run(text); });
            return Object.keys(client.createUserContext('ada', { plan: 'pro' }).decideAll());
          }`),
      ],
    }));
    const decided = await page.evaluate(
      `decideAll(${JSON.stringify(await shipped('optimizely-fullstory.min.js'))})`,
    );
    expect(flagsOf(await scenario.events(5))).toEqual(decided);
    expect(await scenario.status()).toMatchObject({ decisions: { seen: 5 }, problems: [] });
  });
}

test('legacy calls are no decisions', async ({ page, scenario, visitor }) => {
  await stopClock(page);
  for (const version of SDKS) {
    await test.step(`SDK ${version}`, async () => {
      await visitor.visitAnew(async () => ({
        head: [await stub(), FULLSTORY, sdk(version)],
        body: [
          inlineScript(`${CLIENT} client.isFeatureEnabled('checkout_redesign', 'ada', { plan: 'pro' });`),
        ],
      }));
      await bring(page);
      await page.clock.runFor(5000);
      expect(await scenario.status(), version).toMatchObject({
        decisions: { seen: 0 },
        problems: ['legacy-calls'],
      });
    });
  }
});

const DEFAULT_EXPORT = `optimizelySdk.default.createInstance(clientConfig())
  .createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');`;
const otherGlobals: Record<string, { head: string; body: string }> = {
  'the default export of SDK 4': {
    head: sdk('4.10.1'),
    body: DEFAULT_EXPORT,
  },
  'the default export of SDK 5': {
    head: sdk('5.4.1'),
    body: DEFAULT_EXPORT,
  },
  'React’s global': {
    head: `<script src="/react.js"></script><script src="/optimizely/react.js"></script>${CONFIGURATION}`,
    body: `const client = optimizelyReactSdk.createInstance(clientConfig({}, optimizelyReactSdk));
      client.onReady({ timeout: 0 })
        .then(() => client.setUser({ id: 'ada', attributes: { plan: 'pro' } }))
        .then(() => { client.decide('checkout_redesign'); window.hasDecided = true; });`,
  },
};
test('records clients of other globals', async ({ page, scenario, visitor }) => {
  for (const [what, { head, body }] of Object.entries(otherGlobals)) {
    await test.step(what, async () => {
      await visitor.visitAnew(async () => ({
        head: [await stub(), FULLSTORY, head],
        body: [inlineScript(body)],
      }));
      if (body.includes('hasDecided')) await page.waitForFunction('window.hasDecided');
      await bring(page);
      expect((await scenario.events(1)).map(said), what).toEqual([event(CHECKOUT)]);
      expect(await scenario.status(), what).toMatchObject({
        clients: 1,
        decisions: { seen: 1, recovered: 0 },
        problems: [],
      });
    });
  }
});

test('times are those of the recording, minutes before the script', async ({ page, scenario, visitor }) => {
  await stopClock(page);
  await visitor.visit(async () => ({
    head: [await stub(), FULLSTORY, sdk()],
    body: [decide('checkout_redesign')],
  }));
  const first = await page.evaluate(() => Date.now());
  await page.clock.runFor(5 * 60_000);
  await page.evaluate("void user.decide('pricing_page')");
  await page.clock.runFor(60_000);
  await bring(page);
  await page.clock.runFor(5000);
  expect(flagsOf(await scenario.events(2))).toEqual(['checkout_redesign', 'pricing_page']);
  expect(await scenario.moments()).toEqual(
    [first, first + 5 * 60_000].map((at) => new Date(at).toISOString()),
  );
  expect((await scenario.status()).problems).toEqual([]);
});

test('the script is blocked: the page is unchanged @engines', async ({ page, scenario, visitor }) => {
  await page.route('**/optimizely-fullstory.min.js', (route) => route.abort());
  await visitor.visit(async () => ({
    head: [await shipped('snippet-async.html'), FULLSTORY, sdk()],
    body: [decide('checkout_redesign')],
  }));
  expect(await page.evaluate("user.decide('checkout_redesign').variationKey")).toBe('treatment');
  expect(scenario.complaints.filter((text) => !/Failed to load|ERR_FAILED/.test(text))).toEqual([]);
});

const twice: Record<string, () => Promise<string[]>> = {
  'the stub is pasted twice': async () => [await stub(), await stub()],
  'the block comes before the stub': async () => [await shipped('snippet.html'), await stub()],
  'the block comes after the stub': async () => [await stub(), await shipped('snippet.html')],
};
test('with two stubs or blocks each decision arrives once', async ({ page, scenario, visitor }) => {
  for (const [what, head] of Object.entries(twice)) {
    await test.step(what, async () => {
      await visitor.visitAnew(async () => ({
        head: [
          inlineScript("window.optimizelyFullStory = { dedupe: 'none' }"),
          ...(await head()),
          FULLSTORY,
          sdk(),
        ],
        body: [decide('checkout_redesign')],
      }));
      await bring(page);
      await bring(page);
      expect((await scenario.events(1)).map(said), what).toEqual([event(CHECKOUT)]);
      expect(await scenario.status(), what).toMatchObject({
        clients: 1,
        decisions: { seen: 1 },
        problems: [],
      });
    });
  }
});

test('a second stub gives its functions to settings that were assigned in between', async ({
  page,
  scenario,
  visitor,
}) => {
  const settings = inlineScript("window.optimizelyFullStory = { dedupe: 'none' }");
  await visitor.visit(async () => ({
    head: [sdk(), BUNDLED, ...[settings, await stub(), settings, await stub()], FULLSTORY],
    body: [
      inlineScript(`optimizelyFullStory.queue.push(() => (window.hasRun = true));
        optimizelyFullStory.connect(bundled.createInstance(clientConfig({}, bundled)))
          .createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');`),
    ],
  }));
  await bring(page);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await page.evaluate('hasRun')).toBe(true);
  expect(await scenario.status()).toMatchObject({ clients: 1, decisions: { seen: 1 }, problems: [] });
  expect(scenario.complaints).toEqual([]);
});

const hostile: Record<string, string> = {
  'settings that throw': `window.optimizelyFullStory = new Proxy({}, { get() { throw Error('no settings'); } })`,
  'a frame of another site with the script’s name': `const frame = document.createElement('iframe');
    Object.assign(frame, { name: 'optimizelyFullStory', srcdoc: '' }).setAttribute('sandbox', '');
    document.documentElement.append(frame)`,
};
for (const [what, code] of Object.entries(hostile)) {
  test(`${what}: the stub records, and throws nothing`, async ({ page, scenario, visitor }) => {
    await visitor.visit(async () => ({
      head: [inlineScript(code), await stub(), FULLSTORY, sdk()],
      body: [decide('checkout_redesign')],
    }));
    expect(scenario.complaints).toEqual([]);
    await bring(page);
    expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
    expect(await scenario.status()).toMatchObject({ decisions: { seen: 1, recovered: 0 } });
  });
}

test('the stub records React’s clients although the page has locked the other global', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(async () => ({
    head: [
      inlineScript("Object.defineProperty(window, 'optimizelySdk', { value: {} })"),
      await stub(),
      FULLSTORY,
      otherGlobals['React’s global']?.head ?? '',
    ],
    body: [inlineScript(otherGlobals['React’s global']?.body ?? '')],
  }));
  await page.waitForFunction('window.hasDecided');
  await bring(page);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await scenario.status()).toMatchObject({ clients: 1, decisions: { seen: 1, recovered: 0 } });
});

test('SystemJS has all exports, and its decisions arrive', async ({ page, scenario, visitor }) => {
  await visitor.visit(async () => ({
    head: [await stub(), FULLSTORY],
    body: [
      `<script src="/system.js"></script>${CONFIGURATION}`,
      inlineScript(`window.imported = System.import('/optimizely/6.6.1.js').then((sdk) => {
        sdk.createInstance(clientConfig({}, sdk)).createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
        return Object.keys(sdk).length;
      });`),
    ],
  }));
  expect(await page.evaluate('imported')).toBeGreaterThan(5);
  await bring(page);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
});

test('a client in a top-level constant is not late', async ({ page, scenario, visitor }) => {
  await visitor.visit(async () => ({
    head: [await stub(), FULLSTORY, sdk()],
    body: [
      inlineScript(`const optimizelyClient = optimizelySdk.createInstance(clientConfig());
        optimizelyClient.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');`),
    ],
  }));
  await bring(page);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await scenario.status()).toMatchObject({ clients: 1, problems: [], decisions: { seen: 1 } });
});

test('a bundled client is passed to the stub, and calls to its queue', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(async () => ({
    head: [await stub(), FULLSTORY, sdk()],
    body: [
      inlineScript(`const { createInstance } = optimizelySdk;
        delete window.optimizelySdk;
        window.kept = optimizelyFullStory.queue;
        kept.push(() => (window.first = true));
        const own = optimizelyFullStory.connect(createInstance(clientConfig({}, { createInstance, ...optimizelySdkOf })));
        own.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');`).replace(
        '<script>',
        '<script>var optimizelySdkOf = Object.assign({}, optimizelySdk);',
      ),
    ],
  }));
  await bring(page);
  await page.evaluate('kept.push(() => (window.second = true))');
  expect(await page.evaluate('[first, second]')).toEqual([true, true]);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await scenario.status()).toMatchObject({ clients: 1, problems: [], decisions: { seen: 1 } });
});

test('of more than 1,000 decisions the newest are kept, and taken over in order', async ({
  page,
  scenario,
  visitor,
}) => {
  await stopClock(page);
  await visitor.visit(async () => ({
    head: [
      inlineScript("window.optimizelyFullStory = { dedupe: 'none', bufferSize: 5000 }"),
      await stub(),
      FULLSTORY,
      sdk(),
    ],
    body: [
      decide('pricing_page'),
      inlineScript(
        "for (let i = 0; i < 1200; i++) user.decide(i < 1199 ? 'search_ranking' : 'checkout_redesign');",
      ),
    ],
  }));
  await bring(page);
  await page.evaluate("void user.decide('loyalty_points')");
  await page.clock.runFor(1000);
  const { decisions, recent } = await scenario.status();
  expect(decisions.seen).toBe(1001);
  expect(recent.slice(-2).map(({ flagKey }) => flagKey)).toEqual(['checkout_redesign', 'loyalty_points']);
});

test('the page is left while the script starts: everything is sent @engines', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(async () => ({
    head: [inlineScript("window.optimizelyFullStory = { dedupe: 'none' }"), await stub(), FULLSTORY, sdk()],
    body: [decide(...Array(250).fill('checkout_redesign'))],
  }));
  await page.waitForFunction('window.FS.getCurrentSessionURL?.()');
  await page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const onload = () => resolve(window.dispatchEvent(new Event('pagehide')));
        document.head.append(Object.assign(document.createElement('script'), { src, onload }));
      }),
    FILE,
  );
  expect((await scenario.status()).decisions).toMatchObject({ seen: 250, sent: 250 });
});

test('the page is left before the script comes: nothing is sent, nothing breaks', async ({
  page,
  scenario,
  visitor,
}) => {
  const installation = async () => ({
    head: [await stub(), FULLSTORY, sdk()],
    body: [decide('checkout_redesign')],
  });
  await visitor.visit(installation);
  await visitor.visit(installation);
  await bring(page);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(scenario.complaints).toEqual([]);
});

test('two scripts behind one stub each hear everything from the first decision on', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(async () => ({
    head: [await stub(), FULLSTORY, sdk()],
    body: [decide('checkout_redesign')],
  }));
  await bring(page);
  await page.evaluate("void user.decide('pricing_page')");
  await bring(page, '/dist/optimizely-amplitude.min.js');
  await page.evaluate("void user.decide('search_ranking')");
  const flags = ['checkout_redesign', 'pricing_page', 'search_ranking'];
  expect(flagsOf(await scenario.events(3))).toEqual(flags);
  const other = await page.evaluate(() => window.optimizelyAmplitude?.status());
  expect(other?.recent.map(({ flagKey }) => flagKey)).toEqual(flags);
});

test('disconnect() leaves plain properties, and the methods as they were', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(async () => ({
    head: [await stub(), FULLSTORY, sdk()],
    body: [decide('checkout_redesign')],
  }));
  await bring(page);
  await scenario.events(1);
  await page.evaluate(() => window.optimizelyFullStory.disconnect());
  expect(
    await page.evaluate(() => {
      const { get, writable, enumerable } = Object.getOwnPropertyDescriptor(window, 'optimizelySdk') ?? {};
      return { get: !!get, writable, enumerable, react: 'optimizelyReactSdk' in window };
    }),
  ).toEqual({ get: false, writable: true, enumerable: true, react: false });
  const recorded = () => page.evaluate(() => window.optimizelyStub?.[1].length);
  const before = await recorded();
  await page.evaluate(
    "optimizelySdk.createInstance(clientConfig()).createUserContext('eve').decide('pricing_page')",
  );
  await page.evaluate("void user.decide('pricing_page')");
  expect(await recorded()).toBe(before);
});

test('the policy of the async snippet allows its block by hash @engines', async ({
  page,
  scenario,
  site,
  visitor,
}) => {
  await page.route('**/optimizely-fullstory.min.js', async (route) =>
    route.fulfill({ body: await shipped('optimizely-fullstory.min.js'), contentType: 'text/javascript' }),
  );
  await visitor.visit(async () => ({
    head: [await shipped('snippet-async.html'), FULLSTORY, sdk()],
    body: [DECIDE],
    headers: {
      'content-security-policy': `default-src 'none'; base-uri 'none'; img-src 'self'; script-src 'self' ${site.hashes['snippet-async.html']?.csp}`,
    },
  }));
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await visitor.refused()).toEqual([]);
});
