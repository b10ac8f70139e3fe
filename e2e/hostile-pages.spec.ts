import { CHECKOUT, event, expect, said, test } from './harness.ts';

test('sdk-frozen: reported, and the client is found by its name', async ({ scenario }) => {
  await scenario.open('sdk-frozen');
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect((await scenario.status()).problems).toEqual(['global-locked:optimizelySdk', 'client-late']);
  expect(scenario.complaints).toEqual([]);
});

test('globals-locked: the bridge works anyway @engines', async ({ scenario, page }) => {
  await scenario.open('globals-locked');
  await expect
    .poll(() =>
      page.evaluate(() => window.fullstoryDouble?.calls.filter(({ kind }) => kind === 'event').length),
    )
    .toBe(1);
  expect(scenario.complaints).toEqual([]);
});

test('fullstory-throws: the decision waits until the call succeeds', async ({ scenario, page }) => {
  await scenario.open('fullstory-throws');
  await expect.poll(async () => (await scenario.status()).problems).toEqual(['fullstory-throws']);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 1, waiting: 1, sent: 0 });
  const heard = page.evaluate(
    () =>
      new Promise((resolve) => {
        const calls: string[] = [];
        Object.assign(window, {
          FS: (name: string) => {
            calls.push(name);
            if (name === 'trackEvent') resolve(calls.filter((call) => call !== 'observe'));
          },
        });
      }),
  );
  expect(await heard).toEqual(['setProperties', 'trackEvent']);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 1, waiting: 0, sent: 1 });
  expect(scenario.complaints).toEqual([]);
});

test('script-twice: the first one runs', async ({ scenario, page }) => {
  await scenario.open('script-twice');
  await scenario.events(1);
  expect(await page.evaluate('isOne')).toBe(true);
});

test('queue: calls run before and after, and a failing call stops nothing', async ({ scenario, page }) => {
  await scenario.open('queue');
  const { version } = await scenario.status();
  expect(await page.evaluate('ran')).toEqual(['before', version, 'after', version]);
  // The browsers differ in how they write an error out.
  expect(scenario.complaints).toHaveLength(1);
  expect((await scenario.status()).problems).toEqual(['client-missing']);
});

test('connect: returns the client, and connects it once', async ({ scenario, page }) => {
  await scenario.open('connect');
  await scenario.events(1);
  expect(await page.evaluate('isSame')).toBe(true);
});

for (const [what, code] of Object.entries({
  null: 'null',
  'a promise': 'Promise.resolve({})',
  'an object without a notification centre': '{}',
  'a text': '"client"',
  'a centre that refuses listeners': '{ notificationCenter: { addNotificationListener: () => -1 } }',
  'a centre that throws': '{ notificationCenter: { addNotificationListener() { throw new Error("no"); } } }',
  'a getter that throws': '{ get notificationCenter() { throw new Error("no"); } }',
})) {
  test(`connect with ${what} is reported and harms nothing`, async ({ scenario, page }) => {
    await scenario.open('no-optimizely');
    await page.addScriptTag({
      content: `window.given = ${code}; window.same = optimizelyFullStory.connect(given) === given;`,
    });
    expect(await page.evaluate('same')).toBe(true);
    expect(await scenario.status()).toMatchObject({
      clients: 0,
      problems: ['client-invalid', 'client-missing'],
    });
    expect(scenario.complaints).toEqual([]);
  });
}

/** A client with notifications made by a test. */
const MADE_UP = `
  const listeners = [];
  optimizelyFullStory.connect({
    notificationCenter: {
      addNotificationListener: (type, listener) => listeners.push(listener),
      removeNotificationListener: () => true,
    },
  });
  const notify = (notification) => listeners.forEach((listener) => listener(notification));
`;

test('notifications that cannot be read count as ignored and are reported', async ({ scenario, page }) => {
  await scenario.open('no-optimizely');
  await page.addScriptTag({
    content: `${MADE_UP}
      for (const notification of [
        undefined,
        { type: 'flag' },
        { type: 'flag', decisionInfo: null },
        { type: 'flag', decisionInfo: {} },
        { type: 'flag', decisionInfo: { flagKey: 7 } },
        { type: 'flag', get decisionInfo() { throw new Error('no'); } },
        null,
      ]) notify(notification);
      notify({ type: 'ab-test', decisionInfo: { experimentKey: 'legacy' } });`,
  });
  expect(await scenario.status()).toMatchObject({
    decisions: { seen: 7, ignored: 7, sent: 0, waiting: 0 },
    problems: ['decision-invalid'],
  });
  expect(scenario.complaints).toEqual([]);
});

test('flag keys that are names of the language, or have spaces, arrive as they are', async ({
  scenario,
  page,
}) => {
  const keys = ['__proto__', 'constructor', 'toString', 'with spaces', '$&', '{flag}', 'ключ'];
  await scenario.open('settings-object', { settings: "{ propertyName: '{flag}' }" });
  await scenario.events(5);
  await page.addScriptTag({
    content: `${MADE_UP}
      for (const flagKey of ${JSON.stringify(keys)}) {
        notify({ type: 'flag', userId: 'ada', decisionInfo: { flagKey, enabled: true, variationKey: 'b', ruleKey: 'r' } });
      }`,
  });
  const events = (await scenario.events(5 + keys.length)).slice(5);
  expect(events.map(({ properties }) => properties.flag_key)).toEqual(keys);
  // Read on the page: values passed to a test lose `__proto__`.
  const names = await page.evaluate(() => {
    const calls = window.fullstoryDouble?.calls.filter(({ kind }) => kind === 'properties') ?? [];
    return Object.keys(calls[calls.length - 1]?.properties ?? {});
  });
  expect(names.sort()).toEqual([...keys].sort());
  expect(scenario.complaints).toEqual([]);
});

test('null members of a decision are left out', async ({ scenario, page }) => {
  await scenario.open('bridge-first');
  await scenario.events(3);
  await page.addScriptTag({
    content: `${MADE_UP} notify({ type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'bare', enabled: false, variationKey: null, ruleKey: null } });`,
  });
  expect((await scenario.events(4)).at(-1)?.properties).toEqual({ flag_key: 'bare', enabled: false });
});

test('decide() returns and throws the same, whatever happens to the bridge', async ({ scenario, page }) => {
  await scenario.open('fullstory-throws');
  const decision = await page.evaluate(`user.decide('pricing_page').variationKey`);
  expect(['monthly', 'yearly', 'bundle']).toContain(decision);
  await expect(page.evaluate('optimizelySdk.createInstance()')).rejects.toThrow();
});

test('globals that throw when they are read harm nothing @engines', async ({ scenario, page }) => {
  await page.addInitScript(() => {
    for (const name of ['optimizelyClient', 'shop']) {
      Object.defineProperty(window, name, {
        configurable: true,
        get() {
          throw new Error('too early');
        },
      });
    }
  });
  await scenario.open('settings-attributes', { attributes: '' });
  await scenario.events(5);
  await scenario.open('settings-attributes', { attributes: 'data-client="shop.client"' });
  // If the site names its client, the script listens to no other.
  expect(await scenario.status()).toMatchObject({ clients: 0 });
  expect(scenario.complaints).toEqual([]);
});

test('a FullStory global that throws when it is read: decisions wait, and are sent later', async ({
  scenario,
  page,
}) => {
  await page.addInitScript(() => {
    let reads = 0;
    Object.defineProperty(window, 'Odd', {
      get() {
        if (++reads < 4) throw new Error('not yet');
        return () => ({ truthy: true });
      },
    });
  });
  await scenario.open('settings-object', { settings: "{ namespace: 'Odd' }" });
  await expect.poll(async () => (await scenario.status()).decisions).toMatchObject({ seen: 5, sent: 5 });
  // The returned value cannot be disconnected.
  await page.evaluate(() => window.optimizelyFullStory.disconnect());
  expect(scenario.complaints).toEqual([]);
});

test('attributes of frameworks and consent tools are not reported', async ({ scenario }) => {
  await scenario.open('settings-attributes', { attributes: 'data-cfasync="false" data-nscript="x"' });
  await scenario.events(5);
  expect((await scenario.status()).problems).toEqual([]);
  expect(scenario.complaints).toEqual([]);
});

test('a locked notification centre stays listened to', async ({ scenario, page }) => {
  await scenario.open('bridge-first');
  await scenario.events(3);
  await page.addScriptTag({
    content: `Object.freeze(client.notificationCenter);
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      user.decide('pricing_page');`,
  });
  await scenario.events(4);
  expect(scenario.complaints).toEqual([]);
});

test('after disconnect nothing is sent, and no new client is listened to', async ({ scenario, page }) => {
  await scenario.open('fullstory-late');
  await page.addScriptTag({
    content: `const { createInstance } = optimizelySdk;
      optimizelyFullStory.disconnect();
      createInstance(clientConfig()).createUserContext('grace').decide('pricing_page');`,
  });
  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await expect.poll(async () => (await scenario.status()).fullstory).toBe('capturing');
  expect(await scenario.status()).toMatchObject({ clients: 0, decisions: { seen: 5, sent: 0, waiting: 5 } });
  expect(await page.evaluate(() => window.fullstoryDouble?.calls.length)).toBe(0);
});
