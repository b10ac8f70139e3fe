import assert from 'node:assert/strict';
import { CONFIGURATION, FULLSTORY, inlineScript, NEWEST_SDK, SCRIPT, SDK } from '../markup.mjs';
import { eventually } from './eventually.mjs';

const decide = (client, flag) => `${client}.createUserContext('ada', { plan: 'pro' }).decide('${flag}')`;
const decideWithNew = (flag) => decide('optimizelySdk.createInstance(clientConfig())', flag);

/** As in an app that bundles the SDK: there is no global. */
const BUNDLED = `${SDK}${inlineScript(`const bundled = optimizelySdk;
  delete window.optimizelySdk;
  const create = () => bundled.createInstance(clientConfig({}, bundled));`)}`;

/** Opens a page that decides for one flag with one client. */
const finds =
  (page, parameters, problems = []) =>
  async ({ tab }) => {
    await tab.openPage(page, parameters);
    await tab.receives(['checkout_redesign']);
    await tab.counts({ seen: 1, sent: 1 });
    const status = await tab.status();
    assert.deepEqual({ clients: status.clients, problems: status.problems }, { clients: 1, problems });
  };

async function addAndWait(tab, source) {
  await tab.evaluate('void (window.latestSdk = window.optimizelySdk)');
  await tab.addScript(source);
  await eventually(async () =>
    assert.ok(await tab.evaluate('window.optimizelySdk !== latestSdk && !!optimizelySdk.createInstance')),
  );
}

export const FINDING_CLIENTS = {
  'a client made after the script, with the SDK before it': finds('bridge-last'),
  'a client made after the script, with the SDK after it': finds('decide-right-after-create'),
  'a createInstance that was taken off the SDK': finds('create-instance-destructured'),
  'a client in window.optimizelyClientInstance': finds('client-named', {
    client: '',
    assign: 'window.optimizelyClientInstance = created',
  }),
  'a client in a top-level var': finds(
    'client-named',
    { client: '', assign: 'var optimizelyClient = created' },
    // `optimizelyClient` is no property of `window` before: it is found a moment later, and recovered.
    ['client-late'],
  ),
  'a client under the site’s own name': finds('client-named'),
  'a client under a dotted name': finds('client-named', {
    client: 'app.optimizely.client',
    assign: 'window.app = {}; app.optimizely = { client: created }; void app',
  }),
  'a client in a top-level const': finds('client-in-const', {}, ['client-late']),
  'a client in a top-level const with the other name': finds(
    'client-in-const',
    { name: 'optimizelyClientInstance' },
    ['client-late'],
  ),

  async 'an SDK whose global is set long after the script'({ tab }) {
    await tab.visit(() => ({ head: [SCRIPT, FULLSTORY, CONFIGURATION] }));
    await tab.capturing();
    assert.equal((await tab.status()).clients, 0);
    await addAndWait(tab, NEWEST_SDK);
    await tab.evaluate(`void ${decideWithNew('checkout_redesign')}`);
    await tab.receives(['checkout_redesign']);
    await tab.counts({ seen: 1, sent: 1, recovered: 0 });
  },

  async 'two copies of the SDK, one after the other'({ tab }) {
    await tab.openPage('sdk-twice');
    await tab.receives(['checkout_redesign', 'pricing_page']);
    assert.equal((await tab.status()).clients, 2);
  },

  async 'a second copy of the SDK after load'({ tab }) {
    await tab.visit(() => ({
      head: [SCRIPT, FULLSTORY, SDK],
      body: [inlineScript(decideWithNew('checkout_redesign'))],
    }));
    await tab.receives(['checkout_redesign']);
    await addAndWait(tab, '/optimizely/5.4.1.js');
    await tab.evaluate(`void ${decideWithNew('pricing_page')}`);
    await tab.receives(['checkout_redesign', 'pricing_page']);
    await tab.counts({ seen: 2, sent: 2, recovered: 0 });
    const { clients, problems } = await tab.status();
    assert.deepEqual({ clients, problems }, { clients: 2, problems: [] });
  },

  async 'a shell of a client first, and the real one after load'({ tab }) {
    await tab.visit(() => ({
      head: [BUNDLED, SCRIPT, FULLSTORY],
      body: [
        inlineScript(`window.optimizelyClientInstance = {
          notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
        };`),
      ],
    }));
    await tab.capturing();
    await tab.evaluate(`void [(window.optimizelyClientInstance = create()),
      ${decide('optimizelyClientInstance', 'pricing_page')}]`);
    await tab.receives(['pricing_page']);
    await tab.counts({ seen: 1, sent: 1, recovered: 0 });
  },

  async 'a top-level let, which nothing announces'({ tab }) {
    await tab.visit(() => ({
      head: [BUNDLED, SCRIPT, FULLSTORY],
      body: [inlineScript('let optimizelyClient = null;')],
    }));
    await tab.capturing();
    await tab.evaluate('void (optimizelyClient = create())');
    await eventually(async () => assert.equal((await tab.status()).clients, 1));
    await tab.evaluate(`void ${decide('optimizelyClient', 'pricing_page')}`);
    await tab.receives(['pricing_page']);
  },
};
