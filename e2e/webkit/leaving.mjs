import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';

/** More decisions than the pace takes at once, which is 20. */
const SIXTY = 60;
const SHOP = ['checkout_redesign', 'pricing_page', 'search_ranking'];

const FILE = '/dist/optimizely-fullstory.min.js';
const FULLSTORY = '<script src="/fullstory/snippet-2.1.js"></script>';
const SDK = '<script src="/optimizely/6.6.1.js"></script>\n<script src="/e2e/client-config.js"></script>';
const LEAVE = "location.href = '/e2e/nothing.html'";

const inlineScript = (code) => `<script>${code}</script>`;
const flags = (count) =>
  Array.from({ length: count }, (_, index) => `flag_${String(index + 1).padStart(3, '0')}`);
const decide = (keys) => `user.decideForKeys(${JSON.stringify(keys)})`;

/** A page with the user of a client that has a hundred flags more. */
const manyFlags = (head, settings = {}) => ({
  head: [inlineScript(`window.optimizelyFullStory = ${JSON.stringify(settings)};`), ...head],
  body: [
    inlineScript(`const user = optimizelySdk.createInstance(clientConfig({ moreFlags: 100 }))
      .createUserContext('ada', { plan: 'pro' });`),
  ],
});
const SCRIPT_FIRST = [`<script src="${FILE}"></script>`, FULLSTORY, SDK];

/** Where FullStory's `pagehide` listener is called before the script's. */
async function openWithScriptLast(tab) {
  await tab.visit(() => ({
    head: [FULLSTORY, SDK],
    body: [
      inlineScript(`window.optimizelyClientInstance = optimizelySdk.createInstance(clientConfig({ moreFlags: 100 }));
        const user = optimizelyClientInstance.createUserContext('ada', { plan: 'pro' });`),
    ],
  }));
  await eventually(async () => assert.ok(await tab.evaluate('!!window.fullstoryDouble?.session()')));
  await tab.addScript(FILE);
}

/** Waits for the next page. FullStory's double has stored by then what it received. */
const left = (tab) =>
  eventually(async () => assert.equal(await tab.evaluate('location.pathname'), '/e2e/nothing.html'));

/** FullStory had not sent its last batch when these arrived: each once, in order. */
async function receivedInTime(tab, expected) {
  const calls = await tab.calls();
  assert.deepEqual(
    calls.filter(({ outcome }) => outcome === 'discarded'),
    [],
  );
  assert.deepEqual(
    calls.filter(({ kind }) => kind === 'event').map(({ properties }) => properties.flag_key),
    expected,
  );
}

/** The flags of the decisions that wait in this tab for a next page. */
const kept = (tab) =>
  tab.evaluate(`Object.keys(sessionStorage)
    .filter((name) => name.startsWith('optimizely-fullstory'))
    .flatMap((name) => JSON.parse(sessionStorage.getItem(name)).map(({ flagKey }) => flagKey))`);

export const LEAVING = {
  async 'decided and left in one turn'({ tab }) {
    await tab.visit(() => manyFlags(SCRIPT_FIRST));
    await tab.capturing();
    await tab.evaluate(`void [${decide(['flag_001'])}, (${LEAVE})]`);
    await left(tab);
    await receivedInTime(tab, ['flag_001']);
  },

  async 'decided and left in one turn, with the script after FullStory'({ tab }) {
    await openWithScriptLast(tab);
    await tab.capturing();
    await tab.evaluate(`void [${decide(['flag_001'])}, (${LEAVE})]`);
    await left(tab);
    await receivedInTime(tab, ['flag_001']);
  },

  async 'sixty decided, more than the pace, and left in one turn'({ tab }) {
    await tab.visit(() => manyFlags(SCRIPT_FIRST));
    await tab.capturing();
    await tab.evaluate(`void [${decide(flags(SIXTY))}, (${LEAVE})]`);
    await left(tab);
    await receivedInTime(tab, flags(SIXTY));
  },

  async 'sixty decided and left in one turn, with the script after FullStory'({ tab }) {
    await openWithScriptLast(tab);
    await tab.capturing();
    await tab.evaluate(`void [${decide(flags(SIXTY))}, (${LEAVE})]`);
    await left(tab);
    await receivedInTime(tab, flags(SIXTY));
  },

  async 'decided in the page’s own pagehide listener'({ tab }) {
    await tab.visit(() => manyFlags(SCRIPT_FIRST));
    await tab.capturing();
    await tab.evaluate(`addEventListener('pagehide', () => ${decide(['flag_001'])})`);
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    // FullStory has sent its last batch by then, but was told.
    assert.deepEqual(
      (await tab.events()).map(({ properties }) => properties.flag_key),
      ['flag_001'],
    );
  },

  async 'persist: what the pace held back is sent by the next page'({ tab }) {
    const settings = { persist: true, eventsPerMinute: 1 };
    await tab.openPage('shop', { flags: SHOP.join(), settings: JSON.stringify(settings) });
    await tab.counts({ sent: 1, waiting: 2 });
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    await receivedInTime(tab, SHOP);
    assert.deepEqual(await kept(tab), []);
  },

  async 'persist: what FullStory’s limits do not take is sent by the next page'({ tab }) {
    await tab.visit(() => manyFlags(SCRIPT_FIRST, { persist: true }));
    await tab.capturing();
    await tab.evaluate(`void [${decide(flags(100))}, (${LEAVE})]`);
    await left(tab);
    const before = await tab.events();
    const rest = await kept(tab);
    assert.ok(rest.length >= 40, `${rest.length} kept`);
    assert.deepEqual([...before.map(({ properties }) => properties.flag_key), ...rest], flags(100));
    await tab.visit(() => manyFlags(SCRIPT_FIRST, { persist: true, eventsPerMinute: 60 }));
    await tab.receives(flags(100));
    assert.ok((await tab.calls()).every(({ outcome }) => outcome === 'accepted'));
    await tab.counts({ seen: rest.length, sent: rest.length });
    assert.deepEqual(await kept(tab), []);
  },

  async 'persist: with FullStory blocked, the next page sends all'({ tab }) {
    const blocked = '<script src="/fullstory/snippet-2.1.js?script=127.0.0.1:1/fs.js"></script>';
    await tab.visit(() => manyFlags([`<script src="${FILE}"></script>`, blocked, SDK], { persist: true }));
    await tab.evaluate(`void ${decide(flags(SIXTY))}`);
    await eventually(async () => assert.equal((await tab.status()).fullstory, 'blocked'));
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    assert.deepEqual(await kept(tab), flags(SIXTY));
    await tab.visit(() => manyFlags(SCRIPT_FIRST, { persist: true, eventsPerMinute: 60 }));
    await tab.receives(flags(SIXTY));
    assert.ok((await tab.calls()).every(({ outcome }) => outcome === 'accepted'));
    assert.deepEqual(await kept(tab), []);
  },

  async 'persist: a cancelled leave gives nothing away'({ tab }) {
    await tab.visit(() => manyFlags(SCRIPT_FIRST, { persist: true }));
    await tab.capturing();
    await tab.evaluate("addEventListener('beforeunload', () => (window.wasLeaving = true))");
    // The server answers with 204: the browser begins to leave, and stays.
    await tab.evaluate(`void [${decide(flags(100))}, (location.href = '/favicon.ico')]`);
    await eventually(async () => assert.ok(await tab.evaluate('window.wasLeaving')));
    const { sent, waiting } = (await tab.status()).decisions;
    assert.equal(sent + waiting, 100);
    assert.ok(waiting >= 40, `${waiting} wait`);
    assert.deepEqual(await kept(tab), []);
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    await tab.visit(() => manyFlags(SCRIPT_FIRST, { persist: true, eventsPerMinute: 60 }));
    await tab.receives(flags(100));
    assert.ok((await tab.calls()).every(({ outcome }) => outcome === 'accepted'));
  },
};
