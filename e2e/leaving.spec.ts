import { forbidStorage } from './doubles/forbid-storage.ts';
import { expect, type Page, test } from './harness.ts';

const SCRIPT = '**/fullstory/fs.js*';
const ALL = 'checkout_redesign,pricing_page,search_ranking';
/** How the names begin under which the bridge keeps something. */
const KEY = 'optimizely-fullstory';

function flags(events: { properties: Record<string, unknown> }[]) {
  return events.map(({ properties }) => properties.flag_key);
}

function keyOfKept(page: Page) {
  return page.evaluate((start) => Object.keys(sessionStorage).find((name) => name.startsWith(start)), KEY);
}

async function stored(page: Page) {
  const key = (await keyOfKept(page)) ?? '';
  return page.evaluate((name) => JSON.parse(sessionStorage.getItem(name) ?? 'null'), key);
}

test('waiting decisions are sent at once when the page is left @engines', async ({ scenario }) => {
  await scenario.open('shop', { flags: ALL, settings: '{ eventsPerMinute: 1 }' });
  await expect.poll(async () => (await scenario.status()).decisions).toMatchObject({ sent: 1, waiting: 2 });
  await scenario.open('no-optimizely');
  expect(flags(await scenario.events(3))).toEqual(ALL.split(','));
});

test('a hidden page is not left', async ({ scenario, page }) => {
  await scenario.open('shop', { flags: ALL, settings: '{ eventsPerMinute: 1, persist: true }' });
  await expect.poll(async () => (await scenario.status()).decisions).toMatchObject({ sent: 1, waiting: 2 });
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  // It may never be shown again, so the site's share of the limits is used as well.
  expect((await scenario.status()).decisions).toMatchObject({ sent: 3, waiting: 0 });
  expect(await stored(page)).toBeNull();
});

test('persist: the next page of the tab sends unsent decisions once, in order, with their time @engines', async ({
  scenario,
  page,
}) => {
  await page.route(SCRIPT, (route) => route.abort());
  await scenario.open('shop', { flags: ALL, settings: '{ persist: true }' });
  expect((await scenario.status()).decisions).toMatchObject({ seen: 3, waiting: 3 });
  const { recent } = await scenario.status();
  await scenario.open('no-optimizely');
  expect(await stored(page)).toHaveLength(3);
  await page.unroute(SCRIPT);
  await page.clock.install({ time: Date.now() + 5000 });
  await scenario.open('shop', { flags: 'loyalty_points', settings: '{ persist: true }' });
  await page.clock.runFor(2000);
  const events = await scenario.events(4);
  expect(flags(events)).toEqual([...ALL.split(','), 'loyalty_points']);
  expect((await scenario.moments()).slice(0, 3)).toEqual(recent.map(({ at }) => new Date(at).toISOString()));
  expect((await scenario.status()).decisions).toMatchObject({ seen: 4, sent: 4, waiting: 0 });
  expect(await stored(page)).toBeNull();
});

test('persist: FullStory gets as much as it takes, and the rest waits for the next page', async ({
  scenario,
  page,
}) => {
  await scenario.open('many-flags', { settings: '{ persist: true }' });
  await expect.poll(async () => (await scenario.status()).fullstory).toBe('capturing');
  await page.evaluate('void user.decideAll()');
  await expect.poll(async () => (await scenario.status()).decisions.sent).toBeGreaterThanOrEqual(20);
  await scenario.open('no-optimizely');
  await expect.poll(() => page.evaluate(() => !!window.fullstoryDouble)).toBe(true);
  // Counted on the page: an object with hundreds of properties is slow to pass to a test.
  const { accepted, refused } = await page.evaluate(() => {
    const calls = window.fullstoryDouble?.calls ?? [];
    return {
      accepted: calls.filter(({ kind, outcome }) => kind === 'event' && outcome === 'accepted').length,
      refused: calls.filter(({ outcome }) => outcome !== 'accepted').length,
    };
  });
  expect(refused).toBe(0);
  expect(accepted).toBeLessThanOrEqual(60);
  expect(await stored(page)).toHaveLength(500 - accepted);
});

test('persist: two frames of a page keep their own decisions @engines', async ({ scenario, page }) => {
  await page.route(SCRIPT, (route) => route.abort());
  await scenario.open('two-frames', { settings: '{ persist: true }' });
  for (const frame of page.frames().slice(1)) {
    // Before the script has run, the global holds its settings.
    await expect
      .poll(() => frame.evaluate(() => window.optimizelyFullStory?.status?.().decisions.waiting))
      .toBe(1);
  }
  await scenario.open('no-optimizely');
  expect(await stored(page)).toHaveLength(2);
  await page.unroute(SCRIPT);
  await scenario.open('shop', { flags: 'loyalty_points', settings: '{ persist: true }' });
  expect(flags(await scenario.events(3)).sort()).toEqual([
    'checkout_redesign',
    'loyalty_points',
    'pricing_page',
  ]);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 3, sent: 3 });
});

test('without persist nothing is stored', async ({ scenario, page }) => {
  await page.route(SCRIPT, (route) => route.abort());
  await scenario.open('shop', { flags: ALL });
  await expect.poll(async () => (await scenario.status()).decisions.waiting).toBe(3);
  await scenario.open('no-optimizely');
  expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
});

test('stored values that are no decisions of today are discarded quietly @engines', async ({
  scenario,
  page,
}) => {
  const settings = '{ persist: true }';
  await page.route(SCRIPT, (route) => route.abort());
  await scenario.open('shop', { flags: 'pricing_page', settings });
  await expect.poll(async () => (await scenario.status()).decisions.waiting).toBe(1);
  await scenario.open('nothing');
  await page.unroute(SCRIPT);
  const keptUnder = (await keyOfKept(page)) as string;
  scenario.complaints.length = 0;
  for (const [what, text] of Object.entries({
    damaged: '[{"flagKey":',
    foreign: '{"flagKey":"x"}',
    'without decisions': '[null, 7, "text", {}, {"at": 1}]',
    'older than a day': JSON.stringify([
      { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 86_400_001 },
    ]),
  })) {
    await test.step(what, async () => {
      await scenario.open('nothing');
      await page.evaluate(
        ([key, value]) => {
          // FullStory's double keeps its calls here.
          localStorage.clear();
          sessionStorage.clear();
          sessionStorage.setItem(key as string, value as string);
        },
        [keptUnder, text] as const,
      );
      await scenario.open('shop', { flags: 'pricing_page', settings });
      expect(flags(await scenario.events(1))).toEqual(['pricing_page']);
      expect(await keyOfKept(page)).toBeUndefined();
      expect((await scenario.status()).decisions).toMatchObject({ seen: 1, sent: 1 });
      expect((await scenario.status()).problems).toEqual([]);
      expect(scenario.complaints).toEqual([]);
    });
  }
});

test('dedupe session: once per session across pages and tabs, and again in a new session @engines', async ({
  scenario,
  page,
  context,
}) => {
  const parameters = { flags: 'checkout_redesign', settings: "{ dedupe: 'session' }" };
  await scenario.open('shop', parameters);
  await scenario.events(1);
  await scenario.open('shop', parameters);
  await expect.poll(async () => (await scenario.status()).decisions).toMatchObject({ seen: 1, duplicate: 1 });

  const tab = await context.newPage();
  await tab.goto(`/e2e/shop.html?${new URLSearchParams(parameters)}`);
  await expect
    .poll(() => tab.evaluate(() => window.optimizelyFullStory.status().decisions))
    .toMatchObject({ seen: 1, duplicate: 1, sent: 0 });

  await page.evaluate(() => window.fullstoryDouble?.expireSession());
  expect(await scenario.events(2)).toHaveLength(2);
});

test('dedupe session without storage falls back to page, and reports it @engines', async ({
  scenario,
  page,
}) => {
  await page.addInitScript(forbidStorage, KEY);
  await scenario.open('shop', { settings: "{ dedupe: 'session', namespace: 'Own' }" });
  await page.evaluate(() => {
    const Own = () => {};
    Object.assign(window, { Own: Object.assign(Own, { getCurrentSessionURL: () => 'https://session/1' }) });
  });
  await page.addScriptTag({ content: "user.decide('pricing_page'); user.decide('pricing_page')" });
  await expect
    .poll(async () => (await scenario.status()).decisions)
    .toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
  expect((await scenario.status()).problems).toEqual(['storage']);
  expect(scenario.complaints).toEqual([]);
});

test('persist without storage: everything is sent as without persist, and the problem is reported', async ({
  scenario,
  page,
}) => {
  await page.addInitScript((key) => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (name, value) {
      if (name.startsWith(key)) throw new DOMException('full', 'QuotaExceededError');
      setItem.call(this, name, value);
    };
  }, KEY);
  await scenario.open('shop', { flags: ALL, settings: '{ persist: true, namespace: "None" }' });
  const before = (await scenario.status()).decisions;
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')));
  expect((await scenario.status()).decisions).toEqual(before);
  expect((await scenario.status()).problems).toContain('storage');
  expect(scenario.complaints).toEqual([]);
});
