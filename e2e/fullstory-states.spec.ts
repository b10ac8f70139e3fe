import { readFile } from 'node:fs/promises';
import { CHECKOUT, event, expect, SNIPPETS, said, stopClock, test } from './harness.ts';

const SCRIPT = '**/fullstory/fs.js*';

for (const snippet of SNIPPETS) {
  test.describe(`snippet ${snippet}`, () => {
    for (const situation of ['bridge-first', 'bridge-after-fullstory']) {
      test(`${situation}: the decision arrives`, async ({ scenario }) => {
        await scenario.open(situation, { snippet });
        expect((await scenario.events(1)).map(said)[0]).toEqual(event(CHECKOUT));
        expect((await scenario.status()).session).toContain('/session/');
        expect(scenario.complaints).toEqual([]);
      });
    }

    test('fullstory-loads-slowly: decisions wait, then arrive in order', async ({ scenario, page }) => {
      const held: (() => Promise<void>)[] = [];
      await page.route(SCRIPT, (route) => {
        held.push(() => route.continue());
      });
      await scenario.open('bridge-first', { snippet });
      await expect.poll(() => held.length).toBe(1);
      expect(await scenario.status()).toMatchObject({
        fullstory: 'loading',
        session: null,
        decisions: { seen: 3, sent: 0, waiting: 3 },
      });
      await held[0]?.();
      const events = await scenario.events(3);
      expect(events.map(({ properties }) => properties.flag_key)).toEqual([
        'checkout_redesign',
        'search_ranking',
        'loyalty_points',
      ]);
      expect(await scenario.status()).toMatchObject({ decisions: { seen: 3, sent: 3, waiting: 0 } });
    });

    const engines = snippet === '2.1' ? { tag: '@engines' } : {};
    test('fullstory-blocked, then loaded after all', engines, async ({ scenario, page }) => {
      await page.route(SCRIPT, (route) => route.abort());
      await scenario.open('bridge-first', { snippet });
      // The stub of 1.3 does not show that it is blocked: only time does.
      if (snippet === '1.3') {
        expect((await scenario.status()).fullstory).toBe('loading');
        await page.evaluate(() => {
          const now = Date.now.bind(Date);
          Date.now = () => now() + 11_000;
        });
      }
      await expect.poll(async () => (await scenario.status()).fullstory).toBe('blocked');
      expect(await scenario.status()).toMatchObject({
        decisions: { seen: 3, sent: 0, waiting: 3 },
        problems: ['fullstory-blocked'],
      });
      await page.unroute(SCRIPT);
      await page.addScriptTag({ url: '/fullstory/fs.js' });
      expect((await scenario.events(3)).map(({ outcome }) => outcome)).toEqual(Array(3).fill('accepted'));
      expect(await scenario.status()).toMatchObject({ fullstory: 'capturing', problems: [] });
    });

    test('fullstory-waits-for-start: decisions wait until then, and are sent', async ({ scenario, page }) => {
      await page.addInitScript(() => {
        (window as { _fs_capture_on_startup?: boolean })._fs_capture_on_startup = false;
      });
      await scenario.open('bridge-first', { snippet });
      await expect.poll(async () => (await scenario.status()).fullstory).toBe('waiting');
      expect((await scenario.status()).decisions).toMatchObject({ sent: 0, waiting: 3 });
      await page.evaluate(() => (window as unknown as { FS(name: string): void }).FS('start'));
      await scenario.events(3);
      expect((await scenario.status()).fullstory).toBe('capturing');
    });

    test('fullstory-refused: decisions wait, and it is reported', async ({ scenario, page }) => {
      await page.addInitScript(() => {
        (window as { fullstoryDoubleOptions?: object }).fullstoryDoubleOptions = { refuse: true, delay: 500 };
      });
      await scenario.open('bridge-first', { snippet });
      await expect.poll(async () => (await scenario.status()).fullstory).toBe('refused');
      expect(await scenario.status()).toMatchObject({
        decisions: { sent: 0, waiting: 3 },
        problems: ['fullstory-refused'],
      });
    });

    test('another namespace is found by itself', async ({ scenario, page }) => {
      await scenario.open('fullstory-late');
      await page.addScriptTag({ url: `/fullstory/snippet-${snippet}.js?namespace=Story` });
      await scenario.events(5);
      expect(await scenario.status()).toMatchObject({ namespace: 'Story', fullstory: 'capturing' });
    });
  });
}

for (const snippet of SNIPPETS) {
  test(`snippet ${snippet}: user properties bear the names that the README says; events stay`, async ({
    scenario,
    page,
  }) => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, given, arrived] = /`(.+)` arrives as `(.+)`, and an/.exec(readme) ?? [];
    expect(given).toBe('[Optimizely] flag_1');
    await scenario.open('no-optimizely', { snippet });
    await page.evaluate(() => {
      for (const flagKey of ['flag_1', 'flag_1_date'])
        window.optimizelyFullStory.record({ flagKey, enabled: true, variationKey: 'on' });
    });
    const events = await scenario.events(2);
    expect(events.map(({ properties }) => properties.flag_key)).toEqual(['flag_1', 'flag_1_date']);
    const [properties] = await scenario.received();
    // With 1.3 both fall together, because it cuts the ending.
    expect(properties?.properties).toEqual(
      snippet === '1.3'
        ? { [arrived as string]: 'on' }
        : { [given as string]: 'on', [`${given}_date`]: 'on' },
    );
    expect((await scenario.status()).problems).toEqual([]);
  });
}

test('fullstory-blocked by time: in the first status() after it', async ({ scenario, page }) => {
  await page.route(SCRIPT, (route) => route.abort());
  await scenario.open('bridge-first', { snippet: '1.3' });
  // The bridge observes at the stub as soon as it sees it.
  await page.waitForFunction(() =>
    (window as unknown as { FS: { q: [string][] } }).FS.q.some(([operation]) => operation === 'observe'),
  );
  const state = await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 11_000;
    return window.optimizelyFullStory.status().fullstory;
  });
  expect(state).toBe('blocked');
});

test('fullstory-late: sent within a second of the stub', async ({ scenario, page }) => {
  await stopClock(page);
  await scenario.open('fullstory-late');
  expect(await scenario.status()).toMatchObject({
    fullstory: 'absent',
    namespace: null,
    decisions: { seen: 5, sent: 0, waiting: 5 },
    problems: ['fullstory-absent'],
  });
  expect(await page.evaluate(() => 'FS' in window || '_fs_namespace' in window)).toBe(false);
  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await page.waitForFunction(() => !!window.fullstoryDouble);
  await page.clock.runFor(1000);
  expect((await scenario.status()).decisions).toMatchObject({ sent: 5, waiting: 0 });
  // None has waited long enough to have its time.
  expect(await scenario.moments()).toEqual(Array(5).fill(undefined));
});

test('sent within 100 ms of the session start', async ({ scenario, page }) => {
  await stopClock(page);
  await page.addInitScript(() => {
    window._fs_capture_on_startup = false;
    // Between two of the polls every 250 ms, so the observer must report it.
    window.fullstoryDoubleOptions = { delay: 520 };
  });
  await scenario.open('bridge-first');
  await page.waitForFunction(() => !!window.fullstoryDouble);
  await page.clock.runFor(1000);
  expect((await scenario.status()).fullstory).toBe('waiting');
  await page.evaluate(() => (window as unknown as { FS(name: string): void }).FS('start'));
  await page.clock.runFor(519);
  expect((await scenario.status()).decisions).toMatchObject({ sent: 0, waiting: 3 });
  await page.clock.runFor(1 + 100);
  expect((await scenario.status()).decisions).toMatchObject({ sent: 3, waiting: 0 });
});

test('a decision that waited more than a second has its time', async ({ scenario, page }) => {
  await stopClock(page);
  await scenario.open('fullstory-late');
  const { recent } = await scenario.status();
  await page.clock.runFor(90_000);
  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await page.waitForFunction(() => !!window.fullstoryDouble);
  // After a minute the bridge looks for the snippet every 5 s.
  await page.clock.runFor(6000);
  expect(await scenario.moments()).toEqual(recent.map(({ at }) => new Date(at).toISOString()));
});

test('fullstory-wrapped: a function that is not FullStory’s stub counts as ready', async ({
  scenario,
  page,
}) => {
  await stopClock(page);
  await scenario.open('fullstory-wrapped');
  await page.clock.runFor(500);
  expect(await scenario.status()).toMatchObject({ fullstory: 'capturing', session: null });
  const heard = await page.evaluate(() =>
    (window as unknown as { heard: [string, object, string][] }).heard.filter(([name]) => name !== 'observe'),
  );
  expect(heard).toEqual([
    [
      'setProperties',
      { type: 'user', properties: { '[Optimizely] checkout_redesign': 'treatment' } },
      'optimizely',
    ],
    ['trackEvent', { name: 'Experiment Viewed', properties: CHECKOUT }, 'optimizely'],
  ]);
});
