import { CHECKOUT, event, expect, type Scenario, said, test, userProperties } from './harness.ts';

/** The page decides all five flags of the shop as Ada on the pro plan. */
async function decideAll(scenario: Scenario, settings: string, events = 5) {
  await scenario.open('settings-object', { settings });
  if (events) await scenario.events(events);
  await expect.poll(async () => (await scenario.status()).decisions.waiting).toBe(0);
  return scenario.received();
}

test('the default: one call for all user properties, one event per flag, in order', async ({ scenario }) => {
  const calls = (await decideAll(scenario, '{}')).map(said);
  expect(calls).toEqual([
    userProperties({
      '[Optimizely] checkout_redesign': 'treatment',
      '[Optimizely] pricing_page': expect.stringMatching(/^(monthly|yearly|bundle)$/),
      '[Optimizely] search_ranking': expect.stringMatching(/^(relevance|popularity)$/),
      '[Optimizely] free_shipping_banner': 'on',
      '[Optimizely] loyalty_points': 'off',
    }),
    event(CHECKOUT),
    event(expect.objectContaining({ flag_key: 'pricing_page', enabled: true })),
    event(expect.objectContaining({ flag_key: 'search_ranking', rule_key: 'search_ranking_pro' })),
    event({
      flag_key: 'free_shipping_banner',
      variation_key: 'on',
      rule_key: 'free_shipping_everyone',
      enabled: true,
    }),
    event({
      flag_key: 'loyalty_points',
      variation_key: 'off',
      rule_key: 'default-rollout-loyalty_points',
      enabled: false,
    }),
  ]);
  expect(scenario.complaints).toEqual([]);
});

test('propertyName names user properties', async ({ scenario }) => {
  const [properties] = await decideAll(scenario, '{ propertyName: "optimizely_{flag}" }');
  expect(Object.keys(properties?.properties ?? {})).toContain('optimizely_checkout_redesign');
  expect((await scenario.status()).problems).toEqual([]);
});

test('a propertyName outside FullStory’s rule is used, and reported', async ({ scenario }) => {
  const [properties] = await decideAll(scenario, '{ propertyName: "Flag: {flag}" }');
  expect(Object.keys(properties?.properties ?? {})).toContain('Flag: checkout_redesign');
  expect((await scenario.status()).problems).toEqual(['property-name-rule']);
});

test('a user property named uid would identify the user and is never sent', async ({ scenario, page }) => {
  await decideAll(scenario, '{ propertyName: "{flag}" }');
  await page.evaluate(() => {
    const record = window.optimizelyFullStory.record;
    record({ flagKey: 'uid', variationKey: 'on', enabled: true }, 'ada');
  });
  expect((await scenario.events(6)).at(-1)?.properties.flag_key).toBe('uid');
  const names = (await scenario.received())
    .filter(({ kind }) => kind === 'properties')
    .flatMap(({ properties }) => Object.keys(properties));
  expect(names).toHaveLength(5);
  expect(names).not.toContain('uid');
  expect((await scenario.status()).problems).toEqual(['property-name-rule']);
});

test('an empty propertyName: events only', async ({ scenario }) => {
  const calls = await decideAll(scenario, '{ propertyName: "" }');
  expect(calls.map(({ kind }) => kind)).toEqual(Array(5).fill('event'));
});

test('an empty eventName: user properties only', async ({ scenario }) => {
  const calls = await decideAll(scenario, '{ eventName: "" }', 0);
  expect(calls.map(({ kind }) => kind)).toEqual(['properties']);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 5, sent: 5 });
});

test('eventName names events', async ({ scenario }) => {
  const calls = await decideAll(scenario, '{ eventName: "Flag Seen" }');
  expect(calls.filter(({ kind }) => kind === 'event').map(({ name }) => name)).toEqual(
    Array(5).fill('Flag Seen'),
  );
});

for (const flags of ["['checkout_redesign', 'free_*']", "' checkout_redesign , free_*'"]) {
  test(`flags leave out all others: ${flags}`, async ({ scenario }) => {
    const calls = await decideAll(scenario, `{ flags: ${flags} }`, 2);
    expect(calls.map(({ properties }) => properties.flag_key ?? Object.keys(properties))).toEqual([
      ['[Optimizely] checkout_redesign', '[Optimizely] free_shipping_banner'],
      'checkout_redesign',
      'free_shipping_banner',
    ]);
    expect((await scenario.status()).decisions).toMatchObject({ seen: 5, sent: 2, ignored: 3 });
  });
}

for (const flags of ['[]', 'undefined', "''", "' , '"]) {
  test(`flags without an entry are all flags: ${flags}`, async ({ scenario }) => {
    await decideAll(scenario, `{ flags: ${flags} }`);
    expect(await scenario.status()).toMatchObject({ problems: [], decisions: { seen: 5, sent: 5 } });
  });
}

test('flags whose keys are all missing match nothing', async ({ scenario }) => {
  await decideAll(scenario, '{ flags: [undefined] }', 0);
  expect(await scenario.status()).toMatchObject({
    problems: ['setting-wrong:flags'],
    decisions: { seen: 5, ignored: 5 },
  });
});

test('empty entries of flags are left out', async ({ scenario }) => {
  await decideAll(scenario, "{ flags: [undefined, 'checkout_redesign', ''] }", 1);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 5, sent: 1, ignored: 4 });
});

test('impressionsOnly leaves out a decision without an impression', async ({ scenario, page }) => {
  await scenario.open('settings-object', { settings: '{ impressionsOnly: true, flags: "pricing_page" }' });
  await page.evaluate(() => {
    const { optimizelySdk, clientConfig } = window as unknown as {
      optimizelySdk: { createInstance(config: object): { createUserContext(id: string): User } };
      clientConfig(): object;
    };
    interface User {
      decide(flag: string, options?: string[]): unknown;
    }
    const user = optimizelySdk.createInstance(clientConfig()).createUserContext('grace');
    user.decide('pricing_page', ['DISABLE_DECISION_EVENT']);
    user.decide('pricing_page');
  });
  await scenario.events(2);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 7, sent: 2, ignored: 5 });
});

test('dedupe: none sends repeats, and page counts them as duplicates', async ({ scenario, page }) => {
  for (const [dedupe, sent] of [
    ['page', 5],
    ['none', 7],
  ] as const) {
    await scenario.open('settings-object', { settings: `{ dedupe: '${dedupe}' }` });
    await page.addScriptTag({
      content: "user.decide('checkout_redesign'); user.decide('checkout_redesign');",
    });
    await expect
      .poll(async () => (await scenario.status()).decisions)
      .toMatchObject({
        seen: 7,
        sent,
        duplicate: 7 - sent,
      });
  }
});

test('a flag that goes back to an earlier variation: no event, and an updated user property', async ({
  scenario,
  page,
}) => {
  await scenario.open('settings-object');
  await scenario.events(5);
  const decide = (variation: string) =>
    page.addScriptTag({
      content: `user.setForcedDecision({ flagKey: 'checkout_redesign' }, { variationKey: '${variation}' }); user.decide('checkout_redesign');`,
    });
  await decide('control');
  await scenario.events(6);
  await decide('treatment');
  await scenario.events(7);
  await decide('control');
  const property = async () =>
    (await scenario.received()).filter(({ kind }) => kind === 'properties').at(-1)?.properties;
  await expect.poll(property).toEqual({ '[Optimizely] checkout_redesign': 'control' });
  expect((await scenario.status()).decisions).toMatchObject({ seen: 8, sent: 7, duplicate: 1 });
});

test('include adds properties to events', async ({ scenario }) => {
  const calls = await decideAll(
    scenario,
    '{ include: ["user_id", "experiment_id", "variation_id", "dispatched"] }',
  );
  expect(calls[1]?.properties).toEqual({
    ...CHECKOUT,
    user_id: 'ada',
    experiment_id: expect.stringMatching(/^\d+$/),
    variation_id: expect.stringMatching(/^\d+$/),
    dispatched: true,
  });
});

test('beforeSend changes events and leaves decisions out', async ({ scenario }) => {
  const calls = await decideAll(
    scenario,
    `{ beforeSend: (event, decision) => decision.flagKey === 'checkout_redesign' &&
       { name: event.name + '!', properties: { ...event.properties, page: decision.userId } } }`,
    1,
  );
  expect(calls.map(said)).toEqual([
    userProperties({ '[Optimizely] checkout_redesign': 'treatment' }),
    event({ ...CHECKOUT, page: 'ada' }, 'Experiment Viewed!'),
  ]);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 5, sent: 1, ignored: 4 });
});

test('beforeSend by the name of a function that the page defines later', async ({ scenario, page }) => {
  const held: (() => Promise<void>)[] = [];
  await page.route('**/fullstory/fs.js*', (route) => {
    held.push(() => route.continue());
  });
  await scenario.open('settings-object', { settings: "{ beforeSend: 'shop.edit' }" });
  await expect.poll(() => held.length).toBe(1);
  await page.evaluate(() => {
    const shop = {
      answer: false,
      edit() {
        return this.answer;
      },
    };
    Object.assign(window, { shop });
  });
  await held[0]?.();
  await expect
    .poll(async () => (await scenario.status()).decisions)
    .toMatchObject({ ignored: 5, waiting: 0 });
  expect((await scenario.status()).problems).toEqual([]);
});

for (const [how, beforeSend] of Object.entries({
  throws: '() => { throw new Error("of the page"); }',
  'returns nothing': '(event) => { event.properties.flag_key = "changed"; }',
  'returns null': '() => null',
  'returns true': '() => true',
  'returns no event': '() => ({})',
  'names a missing function': '"nowhere.to.be.found"',
})) {
  test(`a beforeSend that ${how}: the event arrives unchanged`, async ({ scenario }) => {
    const calls = await decideAll(scenario, `{ beforeSend: ${beforeSend} }`);
    expect(said(calls[1] as never)).toEqual(event(CHECKOUT));
    expect((await scenario.status()).problems).toEqual(['before-send']);
    expect(scenario.complaints).toEqual([]);
  });
}

test('bufferSize keeps the newest and counts the dropped', async ({ scenario, page }) => {
  await page.route('**/fullstory/fs.js*', (route) => route.abort());
  await scenario.open('settings-object', { settings: '{ bufferSize: 2 }' });
  await expect
    .poll(async () => (await scenario.status()).decisions)
    .toMatchObject({ waiting: 2, dropped: 3 });
  await page.unroute('**/fullstory/fs.js*');
  await page.addScriptTag({ url: '/fullstory/fs.js' });
  const calls = await scenario.events(2);
  expect(calls.map(({ properties }) => properties.flag_key)).toEqual([
    'free_shipping_banner',
    'loyalty_points',
  ]);
});

test('debug logs each decision, and nothing is logged without it', async ({ scenario, page }) => {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  const held: (() => Promise<void>)[] = [];
  await page.route('**/fullstory/fs.js*', (route) => {
    held.push(() => route.continue());
  });
  const flags = "flags: ['checkout_redesign', 'loyalty_points']";
  await scenario.open('settings-object', { settings: `{ debug: true, ${flags} }` });
  await expect.poll(() => lines).toContain('[optimizely-fullstory] FullStory: it is loading');
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.();
  await scenario.events(2);
  await page.addScriptTag({ content: "user.decide('checkout_redesign')" });
  await expect
    .poll(() => lines)
    .toContain('[optimizely-fullstory] FullStory: checkout_redesign = treatment: duplicate');
  expect(lines.filter((line) => /^.optimizely-fullstory. FullStory: [a-z_]+ =/.test(line))).toEqual([
    expect.stringMatching(/pricing_page = \w+: ignored$/),
    expect.stringMatching(/search_ranking = \w+: ignored$/),
    '[optimizely-fullstory] FullStory: free_shipping_banner = on: ignored',
    '[optimizely-fullstory] FullStory: checkout_redesign = treatment: sent',
    '[optimizely-fullstory] FullStory: loyalty_points = off: sent',
    '[optimizely-fullstory] FullStory: checkout_redesign = treatment: duplicate',
  ]);
  lines.length = 0;
  await page.unroute('**/fullstory/fs.js*');
  await decideAll(scenario, `{ ${flags} }`, 2);
  expect(lines.filter((line) => line.includes('optimizely-fullstory'))).toEqual([]);
});

test('the status lists the latest decisions, without repeats', async ({ scenario, page }) => {
  const before = Date.now();
  await decideAll(scenario, "{ flags: ['checkout_redesign', 'loyalty_points'] }", 2);
  await page.addScriptTag({ content: "user.decide('checkout_redesign')" });
  const { recent } = await scenario.status();
  expect(recent.map(({ flagKey, outcome }) => [flagKey, outcome])).toEqual([
    ['checkout_redesign', 'sent'],
    ['pricing_page', 'ignored'],
    ['search_ranking', 'ignored'],
    ['free_shipping_banner', 'ignored'],
    ['loyalty_points', 'sent'],
  ]);
  const { at, settledAt, ...said } = recent[0] ?? {};
  expect(said).toEqual({
    flagKey: 'checkout_redesign',
    variationKey: 'treatment',
    ruleKey: 'checkout_redesign_test',
    enabled: true,
    dispatched: true,
    experimentId: '1003',
    variationId: '1002',
    outcome: 'sent',
  });
  expect(at).toBeGreaterThanOrEqual(before);
  expect(settledAt).toBeGreaterThanOrEqual(at as number);
});

test('attributes, over the settings object @engines', async ({ scenario, page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { optimizelyFullStory: { eventName: 'Weaker', propertyName: '{flag}' } });
  });
  await scenario.open('settings-attributes', {
    attributes:
      'data-event-name="Stronger" data-flags="checkout_redesign, none" data-include="user_id" data-dedupe="none"',
  });
  const calls = [...(await scenario.events(1)), ...(await scenario.received()).slice(0, 1)];
  expect(calls.map(said)).toEqual([
    event({ ...CHECKOUT, user_id: 'ada' }, 'Stronger'),
    userProperties({ checkout_redesign: 'treatment' }),
  ]);
});

test('misspelt attributes are reported once, and attributes of other tools are not', async ({ scenario }) => {
  await scenario.open('settings-attributes', {
    attributes:
      'data-eventname="Seen" data-percist data-flags="checkout_redesign, ch*ut" data-nscript="lazy" data-cfasync="false" data-domain="shop.example" data-client-id="7"',
  });
  const calls = await scenario.events(1);
  expect(calls.map(({ name }) => name)).toEqual(['Experiment Viewed']);
  const { problems } = await scenario.status();
  expect(problems).toEqual(['setting-wrong:flags', 'setting-unknown:eventname', 'setting-unknown:percist']);
  expect(scenario.complaints).toEqual(problems.map((code) => `[optimizely-fullstory] ${code}`));
});

test('namespace: FullStory is the global of that name only', async ({ scenario, page }) => {
  await scenario.open('settings-object', { settings: "{ namespace: 'Other' }" });
  expect(await scenario.status()).toMatchObject({ namespace: 'Other', fullstory: 'absent' });
  await page.evaluate(() => Object.assign(window, { Other: () => {} }));
  await expect.poll(async () => (await scenario.status()).decisions.sent).toBe(5);
});

test('wrong and unknown settings: one warning each, a code, and the default holds', async ({ scenario }) => {
  const wrong = [
    'client: 5',
    'namespace: 1',
    'propertyName: "optimizely"',
    'eventName: "x".repeat(1000)',
    'flags: /^pricing_/',
    'impressionsOnly: "maybe"',
    'dedupe: "often"',
    'include: ["email"]',
    'beforeSend: {}',
    'eventsPerMinute: 0',
    'bufferSize: 1.5',
    'persist: 1',
    'debug: []',
  ];
  const calls = await decideAll(scenario, `{ ${wrong.join(', ')}, colour: 'red', __proto__: { a: 1 } }`);
  expect(said(calls[1] as never)).toEqual(event(CHECKOUT));
  const codes = [...wrong.map((line) => `setting-wrong:${line.split(':')[0]}`), 'setting-unknown:colour'];
  const { problems } = await scenario.status();
  expect([...problems].sort()).toEqual([...codes].sort());
  expect(scenario.complaints).toEqual(problems.map((code) => `[optimizely-fullstory] ${code}`));
});
