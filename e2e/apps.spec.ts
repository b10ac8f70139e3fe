import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWithVite, createProject, packPackage } from '../scripts/package.mjs';
import { test as base, CHECKOUT, event, expect, type Page, said } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';

const FULLSTORY = '<script src="/fullstory/snippet-2.1.js"></script>';
const CLIENT_CONFIGURATION = '<script src="/e2e/client-config.js"></script>';
const SEARCH = {
  flag_key: 'search_ranking',
  variation_key: 'relevance',
  rule_key: 'search_ranking_pro',
  enabled: true,
};

/** Builds an app from the packed package, and adds what was built to the site. Returns the page's head and body. */
type BuildApp = (main: string) => Promise<string>;

const test = base.extend<object, { buildApp: BuildApp }>({
  buildApp: [
    async ({ site }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'app-'));
      await createProject(join(folder, 'project'), await packPackage(folder), [
        '@optimizely/optimizely-sdk',
        '@optimizely/react-sdk',
        'react',
        'react-dom',
      ]);
      await use(async (main) => {
        const built = await buildWithVite(join(folder, 'project'), {
          'index.html': '<!doctype html><title>App</title><script type="module" src="/main.js"></script>',
          'react-shop.js': await readFile(new URL('pages/react-shop.js', import.meta.url), 'utf8'),
          'main.js': main,
        });
        for (const name of await readdir(join(built, 'assets'))) {
          site.add(`/assets/${name}`, await readFile(join(built, 'assets', name)));
        }
        const page = await readFile(join(built, 'index.html'), 'utf8');
        return /<script[^>]*src="\.\/assets\/[^>]*><\/script>/.exec(page)?.[0] ?? '';
      });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

// One worker, so that the package is packed and installed once for each browser.
test.describe.configure({ mode: 'default' });

declare global {
  interface Window {
    /** What the module returns, where the page has no script of ours. */
    bridge?: Window['optimizelyFullStory'];
  }
}

/** What FullStory accepted, and what the module says of it. */
async function outcome(page: Page, events: number) {
  const calls = () => page.evaluate(() => window.fullstoryDouble?.calls ?? []);
  await expect
    .poll(async () => (await calls()).filter(({ kind }) => kind === 'event').length)
    .toBeGreaterThanOrEqual(events);
  const status = await page.evaluate(() => (window.bridge ?? window.optimizelyFullStory).status());
  return { status, calls: (await calls()).map(said) };
}

/** The last value of each user property. */
const properties = (calls: ReturnType<typeof said>[]) =>
  Object.assign({}, ...calls.filter(({ kind }) => kind === 'properties').map((call) => call.properties));

test('an app that bundles SDK and module @engines', async ({ buildApp, page, scenario, visitor }) => {
  const app = await buildApp(`
    import * as sdk from '@optimizely/optimizely-sdk';
    import { createBridge } from 'optimizely-fullstory';
    globalThis.bridge = createBridge({ flags: ['checkout_*'] });
    const client = bridge.connect(sdk.createInstance(clientConfig({}, sdk)));
    const user = client.createUserContext('ada', { plan: 'pro' });
    user.decide('checkout_redesign');
    user.decide('search_ranking');
  `);
  await visitor.visit(() => ({ head: [FULLSTORY, CLIENT_CONFIGURATION, app] }));
  const { status, calls } = await outcome(page, 1);
  expect(calls.filter(({ kind }) => kind === 'event')).toEqual([event(CHECKOUT)]);
  expect(properties(calls)).toEqual({ '[Optimizely] checkout_redesign': 'treatment' });
  expect(status).toMatchObject({
    clients: 1,
    decisions: { seen: 2, sent: 1, ignored: 1, waiting: 0 },
    problems: [],
  });
  // The module leaves no global.
  expect(await page.evaluate('typeof optimizelyFullStory')).toBe('undefined');
  expect(scenario.complaints).toEqual([]);
});

test('an app that bundles the SDK, with the block in the head', async ({
  buildApp,
  page,
  scenario,
  visitor,
}) => {
  const app = await buildApp(`
    import * as sdk from '@optimizely/optimizely-sdk';
    window.optimizelyClientInstance = sdk.createInstance(clientConfig({}, sdk));
    optimizelyClientInstance.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
  `);
  await visitor.visit(async () => ({
    head: [await shipped('snippet.html'), FULLSTORY, CLIENT_CONFIGURATION, app],
  }));
  const { status, calls } = await outcome(page, 1);
  expect(calls.filter(({ kind }) => kind === 'event')).toEqual([event(CHECKOUT)]);
  expect(status).toMatchObject({ clients: 1, decisions: { seen: 1, sent: 1, recovered: 0 }, problems: [] });
  expect(scenario.complaints).toEqual([]);
});

/** Both components show what they decided, and FullStory has each decision once, however often they asked. */
async function expectShop(page: Page, complaints: string[]) {
  await expect(page.locator('main p')).toHaveText([
    'checkout: treatment',
    'checkout: treatment',
    `search: ${SEARCH.variation_key}`,
  ]);
  const { status, calls } = await outcome(page, 2);
  const events = calls.filter(({ kind }) => kind === 'event');
  expect(events).toHaveLength(2);
  expect(events).toEqual(expect.arrayContaining([event(CHECKOUT), event(SEARCH)]));
  expect(properties(calls)).toEqual({
    '[Optimizely] checkout_redesign': 'treatment',
    '[Optimizely] search_ranking': SEARCH.variation_key,
  });
  expect(status).toMatchObject({ clients: 1, decisions: { sent: 2, waiting: 0 }, problems: [] });
  expect(complaints).toEqual([]);
  return status.decisions;
}

test('the React SDK as UMD, in StrictMode', async ({ page, scenario, visitor }) => {
  await visitor.visit(async () => ({
    head: [
      await shipped('snippet.html'),
      FULLSTORY,
      // StrictMode does what it does in React's development build alone.
      '<script src="/react.development.js"></script><script src="/react-dom.development.js"></script>',
      '<script src="/optimizely/react.js"></script>',
      CLIENT_CONFIGURATION,
    ],
    body: [
      `<script type="module">
        import { showShop } from '/e2e/react-shop.js';
        const sdk = optimizelyReactSdk;
        showShop({ React, sdk, ...ReactDOM }, sdk.createInstance(clientConfig({}, sdk)));
      </script>`,
    ],
  }));
  expect((await expectShop(page, scenario.complaints)).duplicate).toBeGreaterThan(2);
});

test('the React SDK and the module, bundled', async ({ buildApp, page, scenario, visitor }) => {
  const app = await buildApp(`
    import React from 'react';
    import { createRoot } from 'react-dom/client';
    import * as sdk from '@optimizely/react-sdk';
    import { createBridge } from 'optimizely-fullstory';
    import { showShop } from './react-shop.js';
    globalThis.bridge = createBridge();
    showShop({ React, createRoot, sdk }, bridge.connect(sdk.createInstance(clientConfig({}, sdk))));
  `);
  await visitor.visit(() => ({ head: [FULLSTORY, CLIENT_CONFIGURATION], body: [app] }));
  await expectShop(page, scenario.complaints);
});
