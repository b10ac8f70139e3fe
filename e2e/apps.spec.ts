import { readFile } from 'node:fs/promises';
import { CHECKOUT, event, expect, outcome, type Page, type said, test } from './app-harness.ts';
import { shipped } from './installations/site.mjs';
import { CONFIGURATION, FULLSTORY } from './markup.mjs';

const SEARCH = {
  flag_key: 'search_ranking',
  variation_key: 'relevance',
  rule_key: 'search_ranking_pro',
  enabled: true,
};

// One worker, so that the package is packed and installed once for each browser.
test.describe.configure({ mode: 'default' });

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
  await visitor.visit(() => ({ head: [FULLSTORY, CONFIGURATION, app] }));
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
    head: [await shipped('snippet.html'), FULLSTORY, CONFIGURATION, app],
  }));
  const { status, calls } = await outcome(page, 1);
  expect(calls.filter(({ kind }) => kind === 'event')).toEqual([event(CHECKOUT)]);
  expect(status).toMatchObject({ clients: 1, decisions: { seen: 1, sent: 1, recovered: 0 }, problems: [] });
  expect(scenario.complaints).toEqual([]);
});

/** Both components show their decisions, and FullStory has each decision once, however often they decided. */
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
      // StrictMode has an effect only in React's development build.
      '<script src="/react.development.js"></script><script src="/react-dom.development.js"></script>',
      '<script src="/optimizely/react.js"></script>',
      CONFIGURATION,
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
  const app = await buildApp(
    `
    import React from 'react';
    import { createRoot } from 'react-dom/client';
    import * as sdk from '@optimizely/react-sdk';
    import { createBridge } from 'optimizely-fullstory';
    import { showShop } from './react-shop.js';
    globalThis.bridge = createBridge();
    showShop({ React, createRoot, sdk }, bridge.connect(sdk.createInstance(clientConfig({}, sdk))));
  `,
    { 'react-shop.js': await readFile(new URL('pages/react-shop.js', import.meta.url), 'utf8') },
  );
  await visitor.visit(() => ({ head: [FULLSTORY, CONFIGURATION], body: [app] }));
  await expectShop(page, scenario.complaints);
});
