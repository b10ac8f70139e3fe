import assert from 'node:assert/strict';
import { importTypeScript } from '../../scripts/import-typescript.mjs';
import { decide, FULLSTORY, flags, inlineScript, SCRIPT, SDK, SHOP, settingsObject } from '../markup.mjs';

const { forbidStorage } = await importTypeScript('e2e/doubles/forbid-storage.ts');

const ONE_FLAG = ['checkout_redesign'];

/** A page whose storage throws for the script's keys. */
const withoutStorage = (settings) => () => ({
  head: [
    inlineScript(`(${forbidStorage})('optimizely-fullstory');`),
    settingsObject(settings),
    SCRIPT,
    FULLSTORY,
    SDK,
  ],
  body: [SHOP],
});

export const STORAGE = {
  async 'persist: the next page of the tab sends what waited before FullStory came, and then keeps nothing'({
    tab,
  }) {
    await tab.visit(() => ({
      head: [settingsObject({ persist: true }), SCRIPT, SDK],
      body: [SHOP, inlineScript(decide(ONE_FLAG))],
    }));
    const settings = JSON.stringify({ persist: true });
    await tab.counts({ seen: 1, waiting: 1 });
    await tab.openPage('shop', { flags: 'pricing_page', settings });
    await tab.receives(['checkout_redesign', 'pricing_page']);
    await tab.counts({ seen: 2, sent: 2 });
    await tab.openPage('shop', { flags: 'search_ranking', settings });
    await tab.receives(['checkout_redesign', 'pricing_page', 'search_ranking']);
    await tab.counts({ seen: 1, sent: 1 });
  },

  async 'without persist nothing is stored'({ tab }) {
    await tab.visit(() => ({ head: [SCRIPT, SDK], body: [SHOP, inlineScript(decide(ONE_FLAG))] }));
    await tab.counts({ seen: 1, waiting: 1 });
    await tab.openPage('nothing');
    assert.deepEqual(await tab.evaluate('[Object.keys(sessionStorage), Object.keys(localStorage)]'), [
      [],
      [],
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
    await tab.evaluate(`void [${decide(ONE_FLAG)}, ${decide(ONE_FLAG)}]`);
    await tab.counts({ seen: 2, sent: 1, duplicate: 1 });
    assert.deepEqual((await tab.status()).problems, ['storage']);
    await tab.visit(page);
    await tab.evaluate(`void ${decide(ONE_FLAG)}`);
    await tab.receives([...ONE_FLAG, ...ONE_FLAG]);
    assert.deepEqual((await tab.status()).problems, ['storage']);
  },

  async 'persist: a storage that throws is reported, and all is handed over as the page is left'({ tab }) {
    await tab.visit(withoutStorage({ persist: true }));
    await tab.capturing();
    await tab.evaluate(`void (window.onpagehide = () =>
      localStorage.setItem('problems', optimizelyFullStory.status().problems))`);
    // More than FullStory's limits take: the rest would be kept.
    await tab.evaluate(`void [${decide(flags(100))}, (location.href = '/e2e/nothing.html')]`);
    await tab.receives(flags(100));
    assert.equal(await tab.evaluate("localStorage.getItem('problems')"), 'storage');
  },
};
