import assert from 'node:assert/strict';
import {
  decide,
  FILE,
  FULLSTORY,
  flags,
  inlineScript,
  SCRIPT,
  SDK,
  SHOP,
  settingsObject,
} from '../markup.mjs';
import { eventually } from './eventually.mjs';

const LEAVE = "location.href = '/e2e/nothing.html'";

/**
 * WebKit keeps each page in its back/forward cache. Calls after FullStory's last batch stay in that page: here they are lost,
 * as when nobody goes back.
 */
const NEVER_BACK = inlineScript(`addEventListener('pagehide', (event) =>
  Object.defineProperty(event, 'persisted', { value: false }));`);

const manyFlags =
  (settings = {}, snippet = FULLSTORY) =>
  () => ({
    head: [NEVER_BACK, settingsObject(settings), SCRIPT, snippet, SDK],
    body: [SHOP],
  });

async function openWithScriptFirst(tab) {
  await tab.visit(manyFlags());
  await tab.capturing();
}

/** FullStory's `pagehide` listener is called before the script's. */
async function openWithScriptLast(tab) {
  await tab.visit(() => ({ head: [NEVER_BACK, FULLSTORY, SDK], body: [SHOP] }));
  await eventually(async () => assert.ok(await tab.evaluate('!!window.fullstoryDouble?.session()')));
  await tab.addScript(FILE);
  await tab.capturing();
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

export const LEAVING = {};

for (const [where, open] of Object.entries({
  before: openWithScriptFirst,
  after: openWithScriptLast,
})) {
  LEAVING[`sixty, more than the pace, decided and left in one turn, with the script ${where} FullStory`] =
    async ({ tab }) => {
      await open(tab);
      await tab.evaluate(`void [${decide(flags(60))}, (${LEAVE})]`);
      await left(tab);
      await receivedInTime(tab, flags(60));
    };
}

Object.assign(LEAVING, {
  async 'decided in the page’s own pagehide listener'({ tab }) {
    await tab.visit(() => {
      const { head, body } = manyFlags()();
      const listener = `addEventListener('pagehide', () => ${decide(['flag_001'])});`;
      return { head: [inlineScript(listener), ...head], body };
    });
    await tab.capturing();
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    await receivedInTime(tab, ['flag_001']);
  },

  async 'persist: what the pace held back is handed over, and nothing is kept'({ tab }) {
    await tab.visit(manyFlags({ persist: true, eventsPerMinute: 1 }));
    await tab.capturing();
    await tab.evaluate(`void ${decide(flags(3))}`);
    await tab.counts({ sent: 1, waiting: 2 });
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    await receivedInTime(tab, flags(3));
    assert.deepEqual(await kept(tab), []);
  },

  async 'persist: what FullStory’s limits do not take is sent by the next page'({ tab }) {
    await tab.visit(manyFlags({ persist: true }));
    await tab.capturing();
    await tab.evaluate(`void [${decide(flags(100))}, (${LEAVE})]`);
    await left(tab);
    const before = await tab.events();
    const rest = await kept(tab);
    assert.ok(rest.length >= 40, `${rest.length} kept`);
    assert.deepEqual([...before.map(({ properties }) => properties.flag_key), ...rest], flags(100));
    await tab.visit(manyFlags({ persist: true, eventsPerMinute: 60 }));
    await tab.receives(flags(100));
    assert.ok((await tab.calls()).every(({ outcome }) => outcome === 'accepted'));
    await tab.counts({ seen: rest.length, sent: rest.length });
    assert.deepEqual(await kept(tab), []);
  },

  async 'persist: with FullStory blocked, the next page sends all'({ tab }) {
    const blocked = '<script src="/fullstory/snippet-2.1.js?script=127.0.0.1:1/fs.js"></script>';
    await tab.visit(manyFlags({ persist: true }, blocked));
    await tab.evaluate(`void ${decide(flags(60))}`);
    await eventually(async () => assert.equal((await tab.status()).fullstory, 'blocked'));
    await tab.evaluate(`void (${LEAVE})`);
    await left(tab);
    assert.deepEqual(await kept(tab), flags(60));
    await tab.visit(manyFlags({ persist: true, eventsPerMinute: 60 }));
    await tab.receives(flags(60));
    assert.ok((await tab.calls()).every(({ outcome }) => outcome === 'accepted'));
    assert.deepEqual(await kept(tab), []);
  },

  async 'persist: a cancelled leave gives nothing away'({ tab }) {
    await tab.visit(manyFlags({ persist: true }));
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
    await tab.visit(manyFlags({ persist: true, eventsPerMinute: 60 }));
    await tab.receives(flags(100));
    assert.ok((await tab.calls()).every(({ outcome }) => outcome === 'accepted'));
  },
});
