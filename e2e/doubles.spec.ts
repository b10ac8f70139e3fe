import { expect, type Page, test } from './harness.ts';

/** The double's behaviour that only a browser shows: leaving, and frames. */

type FullStory = (operation: string, options?: object) => void;

function trackOnLeaving(page: Page, name: string) {
  return page.evaluate((event) => {
    const { FS } = window as unknown as { FS: FullStory };
    addEventListener('pagehide', () => FS('trackEvent', { name: event, properties: {} }));
  }, name);
}

const outcomes = (page: Page) =>
  page.evaluate(() =>
    (window.fullstoryDouble?.calls ?? []).map(({ kind, name, outcome, reason }) =>
      [name || kind, outcome, reason].filter(Boolean).join(' '),
    ),
  );

test('leaving: calls before the pagehide listener of fs.js arrive, and later ones are lost', async ({
  scenario,
  page,
}) => {
  const held: (() => Promise<void>)[] = [];
  await page.route('**/fullstory/fs.js*', (route) => void held.push(() => route.continue()));
  await scenario.open('nothing');
  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await trackOnLeaving(page, 'before');
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.();
  await page.waitForFunction(() => window.fullstoryDouble?.session());
  await trackOnLeaving(page, 'after');
  // Firefox keeps no page with one for going back: kept pages lose nothing.
  await page.evaluate(() => addEventListener('unload', () => {}));
  await page.unroute('**/fullstory/fs.js*');
  await scenario.open('no-optimizely');
  await page.waitForFunction(() => window.fullstoryDouble);
  expect(await outcomes(page)).toEqual(['before accepted', 'after discarded after the last batch']);
});

for (const [what, prepare, expected] of [
  ['an inner frame drops user properties', '', ['properties rejected child frame', 'framed accepted']],
  [
    'a frame that is recorded by itself takes them',
    'window._fs_is_outer_script = true',
    ['properties accepted', 'framed accepted'],
  ],
] as const) {
  test(`frames: ${what}`, async ({ scenario, page }) => {
    await scenario.open('nothing');
    await page.evaluate(() => document.body.append(document.createElement('iframe')));
    const frame = page.frames()[1];
    if (prepare) await frame?.addScriptTag({ content: prepare });
    await frame?.addScriptTag({ url: new URL('/fullstory/snippet-2.1.js', page.url()).href });
    await frame?.waitForFunction(() => window.fullstoryDouble?.session());
    const calls = await frame?.evaluate(() => {
      const { FS } = window as unknown as { FS: FullStory };
      FS('setProperties', { type: 'user', properties: { plan: 'free' } });
      FS('trackEvent', { name: 'framed', properties: {} });
      return window.fullstoryDouble?.calls.map(({ kind, name, outcome, reason }) =>
        [name || kind, outcome, reason].filter(Boolean).join(' '),
      );
    });
    expect(calls).toEqual(expected);
  });
}

test('frames: a frame whose function calls the parent’s accepts user properties', async ({
  scenario,
  page,
}) => {
  await scenario.open('nothing');
  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await page.waitForFunction(() => window.fullstoryDouble?.session());
  await page.evaluate(() => document.body.append(document.createElement('iframe')));
  await page.frames()[1]?.evaluate(() => {
    const { FS } = window.parent as unknown as { FS: FullStory };
    Object.assign(window, { FS: (...call: Parameters<FullStory>) => FS(...call) });
    (window as unknown as { FS: FullStory }).FS('setProperties', {
      type: 'user',
      properties: { plan: 'free' },
    });
  });
  expect(await outcomes(page)).toEqual(['properties accepted']);
});
