import assert from 'node:assert/strict';
import { importTypeScript } from '../../scripts/import-typescript.mjs';
import { eventually } from './eventually.mjs';

const { forbidStorage } = await importTypeScript('e2e/doubles/forbid-storage.ts');

const ONE_FLAG = ['checkout_redesign'];
const FILE = '<script src="/dist/optimizely-fullstory.min.js"></script>';
const FULLSTORY = '<script src="/fullstory/snippet-2.1.js"></script>';
const SDK = '<script src="/optimizely/6.6.1.js"></script>\n<script src="/e2e/client-config.js"></script>';

const inlineScript = (code) => `<script>${code}</script>`;

/** A page whose storage throws for the script's keys, and which decides twice. */
const withoutStorage = (settings) => () => ({
  head: [
    inlineScript(`(${forbidStorage})('optimizely-fullstory');`),
    inlineScript(`window.optimizelyFullStory = ${JSON.stringify(settings)};`),
    ...[FILE, FULLSTORY, SDK],
  ],
  body: [
    inlineScript(`const user = optimizelySdk.createInstance(clientConfig())
        .createUserContext('ada', { plan: 'pro' });
      user.decide('checkout_redesign');
      user.decide('checkout_redesign');`),
  ],
});

export const STORAGE = {
  async 'persist: the next page of the tab sends what waited before FullStory came, and then keeps nothing'({
    tab,
  }) {
    const settings = JSON.stringify({ persist: true });
    await tab.visit(() => ({
      head: [inlineScript(`window.optimizelyFullStory = ${settings};`), FILE, SDK],
      body: [
        inlineScript(`optimizelySdk.createInstance(clientConfig())
          .createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');`),
      ],
    }));
    await tab.counts({ seen: 1, waiting: 1 });
    await tab.openPage('shop', { flags: 'pricing_page', settings });
    await tab.receives(['checkout_redesign', 'pricing_page']);
    await tab.counts({ seen: 2, sent: 2 });
    await tab.openPage('shop', { flags: 'search_ranking', settings });
    await tab.receives(['checkout_redesign', 'pricing_page', 'search_ranking']);
    await tab.counts({ seen: 1, sent: 1 });
  },

  async 'without persist nothing is stored'({ tab }) {
    await tab.openPage('shop', { flags: 'checkout_redesign' });
    await tab.receives(ONE_FLAG);
    await tab.openPage('nothing');
    assert.deepEqual(await tab.evaluate('[Object.keys(sessionStorage), Object.keys(localStorage)]'), [
      [],
      ['fullstory-double'],
    ]);
  },

  async 'dedupe session: once per session across pages, and again in a new session'({ tab }) {
    const parameters = { flags: 'checkout_redesign', settings: JSON.stringify({ dedupe: 'session' }) };
    await tab.openPage('shop', parameters);
    await tab.receives(ONE_FLAG);
    await tab.openPage('shop', parameters);
    await tab.counts({ seen: 1, duplicate: 1, sent: 0 });
    await tab.receives(ONE_FLAG);
    await tab.evaluate('void window.fullstoryDouble.expireSession()');
    await tab.receives([...ONE_FLAG, ...ONE_FLAG]);
  },

  async 'dedupe session: a storage that throws is reported, and each page sends once'({ tab }) {
    const page = withoutStorage({ dedupe: 'session' });
    await tab.visit(page);
    await tab.counts({ seen: 2, sent: 1, duplicate: 1 });
    assert.deepEqual((await tab.status()).problems, ['storage']);
    await tab.visit(page);
    await tab.receives([...ONE_FLAG, ...ONE_FLAG]);
    assert.deepEqual((await tab.status()).problems, ['storage']);
  },

  async 'persist: a storage that throws is reported, and all is sent as the page is left'({ tab }) {
    await tab.visit(withoutStorage({ persist: true, dedupe: 'none', eventsPerMinute: 1 }));
    await tab.counts({ seen: 2, sent: 1, waiting: 1 });
    await eventually(async () => assert.deepEqual((await tab.status()).problems, ['storage']));
    await tab.openPage('nothing');
    await tab.receives([...ONE_FLAG, ...ONE_FLAG]);
  },
};
