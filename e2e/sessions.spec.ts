import type { ReceivedCall } from './doubles/fullstory.ts';
import { CHECKOUT, event, expect, type Page, said, stopClock, test, userProperties } from './harness.ts';

type FullStory = (operation: string, options?: object) => void;

function fullstory(page: Page, operation: string, options?: object) {
  return page.evaluate(([name, details]) => (window as unknown as { FS: FullStory }).FS(name, details), [
    operation,
    options,
  ] as const);
}

function inSession(calls: ReceivedCall[], session: string | null | undefined) {
  return calls.filter((call) => call.session === session).map(said);
}

const PRICING = event(expect.objectContaining({ flag_key: 'pricing_page' }));

for (const [how, change] of Object.entries({
  'another user signs in': ['setIdentity', { uid: 'grace' }],
  'the user signs out': ['setIdentity', { anonymous: true }],
} as const)) {
  test(`${how}: everything is sent to the new session once`, async ({ scenario, page }) => {
    await scenario.open('shop', { flags: 'checkout_redesign,pricing_page' });
    await fullstory(page, 'setIdentity', { uid: 'ada' });
    await scenario.events(2);
    const { session } = await scenario.status();
    await fullstory(page, change[0], change[1]);
    const calls = await scenario.events(4);
    const next = (await scenario.status()).session;
    expect(next).not.toBe(session);
    expect(inSession(calls, session)).toHaveLength(2);
    expect(inSession(await scenario.received(), next)).toEqual([
      userProperties({
        '[Optimizely] checkout_redesign': 'treatment',
        '[Optimizely] pricing_page': expect.any(String),
      }),
      event(expect.objectContaining(CHECKOUT)),
      PRICING,
    ]);
    expect((await scenario.status()).decisions).toMatchObject({ seen: 2, sent: 2, duplicate: 0 });
    expect((await scenario.received()).every(({ outcome }) => outcome === 'accepted')).toBe(true);
  });
}

test('30 idle minutes: everything is sent to the new session once', async ({ scenario, page }) => {
  await scenario.open('shop', { flags: 'checkout_redesign' });
  await scenario.events(1);
  await page.evaluate(() => window.fullstoryDouble?.expireSession());
  const calls = await scenario.events(2);
  expect(new Set(calls.map(({ session }) => session)).size).toBe(2);
  await page.addScriptTag({ content: "user.decide('checkout_redesign')" });
  expect((await scenario.status()).decisions).toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
});

test('shutdown, restart: nothing twice, and decisions in between arrive', async ({ scenario, page }) => {
  await scenario.open('shop', { flags: 'checkout_redesign' });
  await scenario.events(1);
  const { session } = await scenario.status();
  await fullstory(page, 'shutdown');
  await expect.poll(async () => (await scenario.status()).fullstory).toBe('waiting');
  await page.addScriptTag({ content: "user.decide('pricing_page'); user.decide('checkout_redesign')" });
  expect((await scenario.status()).decisions).toMatchObject({ seen: 3, sent: 1, duplicate: 1, waiting: 1 });
  await fullstory(page, 'restart');
  const calls = await scenario.events(2);
  expect(inSession(calls, session)).toEqual([event(CHECKOUT), PRICING]);
});

test('another user in the stub’s queue: that user gets the decisions', async ({ scenario, page }) => {
  await scenario.open('shop');
  await expect.poll(async () => (await scenario.status()).fullstory).toBe('capturing');
  await fullstory(page, 'setIdentity', { uid: 'ada' });
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      (window as unknown as { FS: FullStory }).FS('setIdentity', { uid: 'grace' });
    });
  });
  const held: (() => Promise<void>)[] = [];
  await page.route('**/fullstory/fs.js*', (route) => {
    held.push(() => route.continue());
  });
  await scenario.open('shop', { flags: 'checkout_redesign' });
  await expect.poll(() => held.length).toBe(1);
  expect((await scenario.status()).decisions.waiting).toBe(1);
  await held[0]?.();
  const calls = await scenario.events(1);
  expect(calls.map(({ uid, outcome }) => ({ uid, outcome }))).toEqual([
    { uid: 'grace', outcome: 'accepted' },
  ]);
});

test('500 flags at once: none rejected, all sent in time, and the page’s own 20 events a minute fit', async ({
  scenario,
  page,
}) => {
  await page.clock.install();
  await scenario.open('many-flags');
  await page.clock.runFor(2000);
  await page.evaluate('void user.decideAll()');
  await page.evaluate(() => {
    const { FS } = window as unknown as { FS: FullStory };
    setInterval(() => FS('trackEvent', { name: 'Of the page', properties: {} }), 3000);
  });
  // 500 events at 40 a minute.
  await page.clock.runFor(13 * 60_000);
  const { waiting, sent } = (await scenario.status()).decisions;
  expect({ waiting, sent }).toEqual({ waiting: 0, sent: 500 });
  // Counted on the page: an object with hundreds of properties is slow to pass to a test.
  const { refused, propertyCalls, ofThePage } = await page.evaluate(() => {
    const calls = window.fullstoryDouble?.calls ?? [];
    return {
      refused: calls.filter(({ outcome }) => outcome !== 'accepted').length,
      propertyCalls: calls.filter(({ kind }) => kind === 'properties').length,
      ofThePage: calls.filter(({ name }) => name === 'Of the page').length,
    };
  });
  expect({ refused, propertyCalls }).toEqual({ refused: 0, propertyCalls: 1 });
  expect(ofThePage).toBeGreaterThanOrEqual(258);
});

test('eventsPerMinute changes the share', async ({ scenario, page }) => {
  await stopClock(page);
  await scenario.open('many-flags', { settings: '{ eventsPerMinute: 10 }' });
  await page.clock.runFor(2000);
  await page.evaluate('void user.decideAll()');
  await page.clock.runFor(59_000);
  expect((await scenario.status()).decisions).toMatchObject({ sent: 10, waiting: 490 });
  await page.clock.runFor(2000);
  expect((await scenario.status()).decisions).toMatchObject({ sent: 20, waiting: 480 });
});

test('in a child frame whose FullStory is its parent’s: user properties arrive as well @engines', async ({
  scenario,
  page,
}) => {
  await scenario.open('in-a-frame');
  const frame = page.frameLocator('iframe');
  await frame.locator('body').waitFor({ state: 'attached' });
  const child = page.frames()[1];
  await expect.poll(() => child?.evaluate(() => window.optimizelyFullStory?.status().decisions.sent)).toBe(1);
  const calls = await page.evaluate(() => window.fullstoryDouble?.calls ?? []);
  expect((calls as ReceivedCall[]).map(said)).toEqual([
    userProperties({ '[Optimizely] checkout_redesign': CHECKOUT.variation_key }),
    event(CHECKOUT),
  ]);
  expect(await child?.evaluate(() => window.optimizelyFullStory.status().problems)).toEqual([]);
});
