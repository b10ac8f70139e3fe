import { CHECKOUT, expect, type Page, said, stopClock, test } from './installation-harness.ts';
import { CONFIGURATION, DECIDE, FULLSTORY, inlineScript, SCRIPT } from './markup.mjs';

// Pages with globals and elements of their own under names that the script, or the browser, uses.

const app = (sdk = '6.6.1') => `<script src="/optimizely/${sdk}.js"></script>
  ${CONFIGURATION}
  ${DECIDE}`;

/** A function in place of FullStory that is not FullStory's own, so only the script depends on the page. */
const fullstory = (returns = '') => `<script>
  window.FS = (operation, details) => {
    if (operation === 'trackEvent') document.documentElement.dataset.arrived = JSON.stringify(details);
    ${returns}
  };
</script>`;

/** The received calls, read without the page's globals. */
const expectArrived = (page: Page, name = 'Experiment Viewed') =>
  expect(page.locator('html')).toHaveAttribute(
    'data-arrived',
    JSON.stringify({ name, properties: CHECKOUT }),
  );

for (const [sdk, code] of [
  ['4.10.1', 'var Map = {}, Set = 7;'],
  ['4.10.1', 'var Map = function () {}, Set = function () {};'],
  // This one makes maps itself: without a function of that name it decides nothing.
  ['5.4.1', 'var Map = function () {}, Set = function () {};'],
] as const) {
  test(`${code} with SDK ${sdk}`, async ({ page, scenario, visitor }) => {
    await visitor.visit(() => ({ head: [inlineScript(code), SCRIPT, fullstory()], body: [app(sdk)] }));
    await expectArrived(page);
    expect(scenario.complaints).toEqual([]);
  });
}

for (const code of [
  'var performance = {};',
  'var addEventListener = {};',
  'var Promise = undefined;',
  'function Promise() {}',
]) {
  test(`${code} @engines`, async ({ page, scenario, visitor }) => {
    await visitor.visit(() => ({
      head: [inlineScript(code), SCRIPT, fullstory()],
      body: ['<script>optimizelyFullStory.record(', JSON.stringify(CHECKOUT), ", 'ada');</script>"],
    }));
    await expectArrived(page);
    expect(scenario.complaints).toEqual([]);
  });
}

// Nothing would be thrown here, but decisions that wait for the limit would be lost.
test('function addEventListener() {}: everything is sent when the page is left @engines', async ({
  page,
  visitor,
}) => {
  await stopClock(page);
  await visitor.visit(() => ({
    head: [
      inlineScript('function addEventListener() {}'),
      SCRIPT,
      fullstory('localStorage.events = Number(localStorage.events ?? 0) + (operation === "trackEvent");'),
    ],
    body: [
      inlineScript(`for (let flag = 1; flag <= 60; flag++)
        optimizelyFullStory.record({ flagKey: 'flag_' + flag, enabled: true }, 'ada');`),
    ],
  }));
  await expect.poll(() => page.evaluate('localStorage.events')).toBe('20');
  await page.evaluate("location.href = '/e2e/client-config.js'");
  await page.waitForURL('**/client-config.js');
  expect(await page.evaluate('localStorage.events')).toBe('60');
});

// A page that is no child frame is not to be taken for one, because FullStory takes its user properties.
for (const code of ['var parent = {};', 'function parent() {}']) {
  test(`${code} @engines`, async ({ scenario, visitor }) => {
    await visitor.visit(() => ({
      head: [inlineScript(code), SCRIPT, FULLSTORY],
      body: [app()],
    }));
    await scenario.events(1);
    expect((await scenario.received()).map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['properties', 'accepted'],
      ['event', 'accepted'],
    ]);
    expect((await scenario.status()).problems).toEqual([]);
  });
}

for (const code of ['console.warn = undefined;', 'window.console = undefined;', 'window.console = {};']) {
  test(`${code} with an unknown setting`, async ({ page, scenario, visitor }) => {
    await visitor.visit(() => ({
      head: [
        inlineScript(`${code} window.optimizelyFullStory = { colour: 'red', debug: true };`),
        SCRIPT,
        fullstory(),
      ],
      body: [app()],
    }));
    await expectArrived(page);
    expect(scenario.complaints).toEqual([]);
    expect((await scenario.status()).problems).toEqual(['setting-unknown:colour']);
  });
}

// They are no settings, no bridge and no recordings, and reading a frame of another site throws.
for (const element of [
  '<img name="optimizelyFullStory" alt="">',
  '<form name="optimizelyFullStory"><input name="disconnect"></form>',
  '<iframe name="optimizelyFullStory" sandbox srcdoc=""></iframe>',
  '<img id="optimizelyStub" alt="">',
]) {
  test(`${element} @engines`, async ({ page, scenario, visitor }) => {
    await visitor.visit(() => ({ head: [fullstory()], body: [element, SCRIPT, app()] }));
    await expectArrived(page);
    expect(scenario.complaints).toEqual([]);
    expect((await scenario.status()).problems).toEqual([]);
  });
}

test('FullStory returns rejected promises: none is unhandled @engines', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [
      inlineScript("let unhandled = 0; addEventListener('unhandledrejection', () => unhandled++);"),
      SCRIPT,
      fullstory("return Promise.reject(new Error('of the wrapper'));"),
    ],
    body: [app()],
  }));
  await expectArrived(page);
  // The browser reports unhandled rejections when the turn ends.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await page.evaluate('unhandled')).toBe(0);
  expect(scenario.complaints).toEqual([]);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 1, sent: 1 });
});

test('an image named currentScript: its attributes are not settings @engines', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [FULLSTORY],
    body: [
      '<img name="currentScript" alt="" data-include="user_id" data-before-send="hit" data-event-name="Image">',
      '<script>let hits = 0; function hit(event) { hits++; return event; }</script>',
      SCRIPT.replace(' src', ' data-flags="checkout_*" src'),
      app(),
      "<script>client.createUserContext('ada').decide('pricing_page');</script>",
    ],
  }));
  expect(await page.evaluate("document.currentScript?.getAttribute('data-include')")).toBe('user_id');
  const [call, ...more] = await scenario.events(1);
  expect(more).toEqual([]);
  expect(said(call as never)).toMatchObject({ name: 'Experiment Viewed', properties: CHECKOUT });
  expect(call?.properties).not.toHaveProperty('user_id');
  expect(await page.evaluate('hits')).toBe(0);
  // Those of the script's own element are.
  expect((await scenario.status()).decisions).toMatchObject({ seen: 2, sent: 1, ignored: 1 });
});
