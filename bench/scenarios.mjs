// The situations, each with the SDKs and snippets it is run on. What is evaluated runs in the page, after
// `bench/pages/ledger.js`, and refers to nothing outside itself. `isBeyond`: the bridge does not promise it.
// `isBridgeOnly`: the recipe has nothing of the kind. `isSelfDriven`: the page drives itself, in real time. `drops`: how
// many decisions are too many to be kept.

const FS_JS = '/fullstory/fs.js';
const USUAL = ['forwarder', 'fullstory', 'optimizely'];
const NO_FULLSTORY = ['forwarder', 'optimizely'];

/** The page as guides write it: decide once the SDK is ready. */
const decideWhenReady = () => {
  window.client = forward(create());
  client.onReady().then(() => note(visitor(client).decideAll()));
};

const decideMore = () => note(visitor(client, 'grace').decide('checkout_redesign'));

const decideOther = () => {
  window.client = forward(create());
  client.onReady().then(() => note(visitor(client, 'grace').decide('checkout_redesign')));
};

const decideMany = () => {
  const client = forward(create({ moreFlags: 100 }));
  client.onReady().then(() => note(visitor(client).decideAll()));
};

const identifyAda = () => FS('setIdentity', { uid: 'ada' });

const plain = { order: USUAL, code: decideWhenReady };

/** FullStory's server declines to capture until the visitor is welcome. */
const refuse = () => {
  window.fullstoryDoubleOptions = { refuse: !localStorage.getItem('is-welcome') };
};

/** Allows the bridge none of the browser's storage: in these tests, the others go on using it. */
const forbidStorage = () => {
  for (const name of ['getItem', 'setItem']) {
    const original = Storage.prototype[name];
    Storage.prototype[name] = function (key, ...values) {
      if (key === 'optimizely-fullstory') throw new DOMException('forbidden', 'SecurityError');
      return original.call(this, key, ...values);
    };
  }
};

const spoilStorage = () => {
  if (sessionStorage.getItem('is-spoilt')) return;
  sessionStorage.setItem('is-spoilt', 'yes');
  const old = { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 86_400_001 };
  sessionStorage.setItem('optimizely-fullstory', JSON.stringify([null, 7, 'text', {}, { at: 1 }, old]));
  localStorage.setItem('optimizely-fullstory', '{"session":"https://app.fullsto');
};

async function openPlain({ open, pass }) {
  await open(plain);
  await pass(1000);
}

async function decideLater({ evaluate, pass }) {
  await evaluate(decideMore);
  await pass(5000);
}

export const scenarios = [
  {
    name: 'plain page',
    on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
    run: openPlain,
  },
  {
    name: 'decided on the line after createInstance()',
    on: ['4.10.1 2.1', '5.4.1 1.3', '6.0.0 2.0', '6.6.1 2.1'],
    async run({ open, pass }) {
      await open({
        ...plain,
        code: () => {
          const client = forward(create());
          note(visitor(client).decide('checkout_redesign'));
          client.onReady().then(() => note(visitor(client).decide('pricing_page')));
        },
      });
      await pass(1000);
    },
  },
  {
    name: 'page queued its onReady() first',
    on: ['4.10.1 1.3', '5.4.1 2.0', '6.6.1 2.1'],
    async run({ open, pass }) {
      await open({
        ...plain,
        code: () => {
          const client = create();
          client.onReady().then(() => note(visitor(client).decide('checkout_redesign')));
          forward(client);
          client.onReady().then(() => note(visitor(client).decide('pricing_page')));
        },
      });
      await pass(1000);
    },
  },
  {
    name: 'the same decision 20 times',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    async run({ open, pass, evaluate }) {
      await open({
        ...plain,
        code: () => {
          window.client = forward(create());
          client.onReady().then(() => {
            for (let time = 0; time < 10; time++) note(visitor(client).decide('checkout_redesign'));
          });
        },
      });
      await pass(1000);
      for (let time = 0; time < 10; time++) {
        await evaluate(() => note(visitor(client).decide('checkout_redesign')));
        await pass(100);
      }
    },
  },
  {
    name: 'a decision changes and changes back',
    on: ['4.10.1 2.0', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await decideLater(page);
      await page.evaluate(() => note(visitor(client).decide('checkout_redesign')));
      await page.pass(1000);
    },
  },
  {
    name: 'FullStory absent, there 2 s later',
    on: ['5.4.1 1.3', '6.0.0 2.0', '6.6.1 2.1'],
    async run(page) {
      await page.open({ ...plain, order: NO_FULLSTORY });
      await page.pass(2000);
      await page.addScript(page.snippet);
      await page.loaded();
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'fs.js slow',
    on: ['4.10.1 1.3', '6.6.1 2.1'],
    async run(page) {
      const release = await page.hold(FS_JS);
      await page.open(plain);
      await page.pass(4000);
      await release();
      await page.loaded();
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'fs.js blocked, then loaded after all',
    on: ['5.4.1 1.3', '6.0.0 2.0', '6.6.1 2.1'],
    async run(page) {
      const unblock = await page.block(FS_JS);
      await page.open(plain);
      await page.pass(12_000);
      await page.says({ fullstory: 'blocked', problems: { 0: 'fullstory-blocked' } });
      await page.evaluate(decideMore);
      await unblock();
      await page.addScript(FS_JS);
      await page.pass(1000);
    },
  },
  {
    name: 'fs.js so slow that it counts as blocked',
    on: ['4.10.1 1.3', '6.6.1 2.1'],
    async run(page) {
      const release = await page.hold(FS_JS);
      await page.open(plain);
      await page.pass(5000);
      await page.says({ fullstory: 'loading' });
      await page.pass(7000);
      await page.says({ fullstory: 'blocked', decisions: { waiting: 5 } });
      await release();
      await page.loaded();
      await page.pass(1000);
      await page.says({ fullstory: 'capturing', problems: { length: 0 } });
    },
  },
  {
    name: 'capture refused by the server',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await page.before(refuse);
      await openPlain(page);
      await page.pass(60_000);
      await decideLater(page);
      await page.says({
        fullstory: 'refused',
        problems: { 0: 'fullstory-refused' },
        decisions: { waiting: 6, sent: 0 },
      });
    },
  },
  {
    name: 'capture refused, and not on the next page; persist',
    on: ['5.4.1 2.0', '6.6.1 2.1'],
    settings: 'data-persist',
    async run(page) {
      await page.before(refuse);
      await openPlain(page);
      await page.evaluate(() => localStorage.setItem('is-welcome', 'yes'));
      await page.open({ ...plain, code: decideOther });
      await page.pass(1000);
    },
  },
  {
    name: '5 decisions wait, and there is room for 3: bufferSize',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-buffer-size="3"',
    drops: 2,
    async run(page) {
      const release = await page.hold(FS_JS);
      await page.open(plain);
      await page.pass(2000);
      await page.says({ decisions: { seen: 5, waiting: 3, dropped: 2 } });
      await release();
      await page.loaded();
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: "capture delayed until FS('start')",
    on: ['4.10.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await page.before(() => {
        window._fs_capture_on_startup = false;
      });
      await page.open(plain);
      await page.pass(5000);
      await page.evaluate(() => FS('start'));
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'another user signs in',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(identifyAda);
      await page.pass(1000);
      await page.evaluate(() => {
        FS('setIdentity', { uid: 'grace' });
        note(visitor(client, 'grace').decide('checkout_redesign'));
      });
      await page.pass(1000);
      await page.evaluate(() => note(visitor(client, 'grace').decide('pricing_page')));
      await page.pass(1000);
    },
  },
  {
    name: 'another user signs in and decides the same',
    on: ['4.10.1 2.0', '5.4.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(identifyAda);
      await page.pass(1000);
      await page.evaluate(() => FS('setIdentity', { uid: 'grace' }));
      await page.pass(5000);
      // Some of the five are the same for everybody: one that all get, and one that nobody gets.
      await page.evaluate(() => note(visitor(client, 'grace').decideAll()));
      await page.pass(5000);
    },
  },
  {
    name: "another user signs in, in the stub's queue",
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await page.open({ ...plain, code: identifyAda });
      await page.pass(1000);
      const release = await page.hold(FS_JS);
      await page.open(plain);
      await page.evaluate(() => FS('setIdentity', { uid: 'grace' }));
      await release();
      await page.loaded();
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'user signs out: anonymous: true',
    on: ['4.10.1 2.0', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(identifyAda);
      await page.pass(1000);
      await page.evaluate(() => {
        FS('setIdentity', { anonymous: true });
        note(visitor(client, 'nobody').decide('pricing_page'));
      });
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'shutdown, decided, restart',
    on: ['5.4.1 2.0', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(() => {
        FS('shutdown');
        note(visitor(client, 'grace').decide('pricing_page'));
      });
      await page.pass(5000);
      await page.evaluate(() => FS('restart'));
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'shutdown, decided, restart as another user',
    on: ['6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(identifyAda);
      await page.pass(1000);
      await page.evaluate(() => {
        FS('shutdown');
        note(visitor(client, 'grace').decide('pricing_page'));
      });
      await page.pass(5000);
      await page.evaluate(() => {
        FS('setIdentity', { uid: 'grace' });
        FS('restart');
      });
      await page.pass(1000);
    },
  },
  {
    name: 'session expires',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(() => fullstoryDouble.expireSession());
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: "500 flags at once, and 20 of the page's own events",
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    async run({ open, pass, evaluate }) {
      await open({ ...plain, code: () => undefined });
      await pass(1000);
      await evaluate(async () => {
        const client = forward(create({ moreFlags: 495 }));
        await client.onReady();
        note(visitor(client).decideAll());
        for (let number = 1; number <= 20; number++)
          FS('trackEvent', { name: 'Scrolled', properties: { number } });
      });
      await pass(14 * 60_000);
    },
  },
  {
    name: 'eventsPerMinute: 10, and a hidden page is not left',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-events-per-minute="10"',
    async run({ open, pass, evaluate, says }) {
      await open({ ...plain, code: decideMany });
      await pass(30_000);
      await says({ decisions: { sent: 10, waiting: 95 } });
      await evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await says({ decisions: { sent: 10, waiting: 95 } });
      await pass(11 * 60_000);
    },
  },
  {
    name: 'page left at once',
    on: ['4.10.1 1.3', '6.6.1 2.1'],
    async run({ open, pass, evaluate }) {
      await openPlain({ open, pass });
      await evaluate(() => note(visitor(client, 'grace').decideAll()));
      await open({ ...plain, code: () => undefined });
    },
  },
  {
    name: 'page left before FullStory came; persist',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-persist',
    async run(page) {
      await page.open({ ...plain, order: NO_FULLSTORY });
      await page.pass(1000);
      await page.open({ ...plain, code: decideOther });
      await page.pass(1000);
    },
  },
  {
    name: 'page left with 105 decisions waiting; persist',
    on: ['5.4.1 2.0', '6.6.1 2.1'],
    settings: 'data-persist',
    async run({ open, pass }) {
      await open({ ...plain, code: decideMany });
      await pass(3000);
      await open({ ...plain, code: () => undefined });
      await pass(3 * 60_000);
    },
  },
  {
    name: 'the same decisions on two pages; dedupe session',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-dedupe="session"',
    async run(page) {
      await openPlain(page);
      await openPlain(page);
      await decideLater(page);
    },
  },
  {
    name: 'the same decisions in two tabs; dedupe session',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-dedupe="session"',
    async run(page) {
      await openPlain(page);
      await page.openTab(plain);
      await page.pass(1000);
      await decideLater(page);
      await page.says({ problems: { length: 0 }, decisions: { sent: 1, duplicate: 5 } });
    },
  },
  {
    name: 'the same decisions in a new session; dedupe session',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-dedupe="session"',
    async run(page) {
      await openPlain(page);
      await openPlain(page);
      await page.evaluate(() => fullstoryDouble.expireSession());
      await page.evaluate(() => note(visitor(client).decideAll()));
      await page.pass(1000);
      await page.says({ problems: { length: 0 } });
    },
  },
  {
    name: 'storage forbidden; dedupe session, persist',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-dedupe="session" data-persist',
    async run(page) {
      await page.before(forbidStorage);
      await openPlain(page);
      await page.evaluate(() => note(visitor(client).decideAll()));
      await page.pass(1000);
      await page.says({ problems: { 0: 'storage' }, decisions: { sent: 5, duplicate: 5 } });
      await page.evaluate(() => note(visitor(client, 'grace').decideAll()));
      await page.open({ ...plain, code: () => undefined });
      await page.pass(1000);
    },
  },
  {
    name: 'storage damaged, foreign, a day old; dedupe session, persist',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    settings: 'data-dedupe="session" data-persist',
    async run(page) {
      await page.before(spoilStorage);
      await openPlain(page);
      await page.says({ problems: { length: 0 }, decisions: { seen: 5, sent: 5 } });
    },
  },
  {
    name: 'script arrives after the decisions',
    on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
    async run(page) {
      await page.open({
        order: ['fullstory', 'optimizely'],
        code: () => {
          window.client = window.optimizelyClientInstance = create();
          client.onReady().then(() => note(visitor(client).decideAll()));
        },
      });
      await page.pass(300);
      await page.addScript(page.forwarder);
      await page.evaluate(() => {
        forward(client);
      });
      await page.pass(5000);
      await page.says({ problems: { 0: 'client-late' }, decisions: { recovered: 5 } });
      // A legacy call's impression bears the key of a flag.
      await page.evaluate(() => void client.isFeatureEnabled('pricing_page', 'zoe', { plan: 'pro' }));
      await decideLater(page);
    },
  },
  ...[
    ['clearAllNotificationListeners()', () => client.notificationCenter.clearAllNotificationListeners()],
    [
      'clearNotificationListeners(v6)',
      () => client.notificationCenter.clearNotificationListeners('DECISION'),
    ],
    [
      'clearNotificationListeners(v4, v5)',
      () =>
        client.notificationCenter.clearNotificationListeners(
          'DECISION:type, userId, attributes, decisionInfo',
        ),
    ],
    ['client.close()', () => void client.close()],
  ].map(([name, act]) => ({
    name: `${name}, then decided`,
    on: name.startsWith('client')
      ? ['4.10.1 2.1', '5.4.1 2.1', '6.0.0 2.1', '6.6.1 2.1']
      : ['5.4.1 1.3', '6.6.1 2.1'],
    async run(page) {
      await openPlain(page);
      await page.evaluate(act);
      await decideLater(page);
    },
  })),
  {
    name: 'left, gone back to, then decided',
    on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
    isSelfDriven: true,
    async run(page) {
      await page.open({
        ...plain,
        code: () => {
          const client = forward(create());
          addEventListener('pageshow', async ({ persisted }) => {
            const [{ type }] = performance.getEntriesByType('navigation');
            if (!persisted && type === 'back_forward') return end('The browser did not keep the page');
            await client.onReady();
            note(visitor(client).decide(persisted ? 'pricing_page' : 'checkout_redesign'));
            await arrived(persisted ? 2 : 1);
            if (persisted) end();
            else location.href = '/e2e/go-back.html';
          });
        },
      });
      await page.ended();
    },
  },
  {
    name: 'datafile update',
    on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
    async run(page) {
      await page.open({
        ...plain,
        code: () => {
          const polling = {
            sdkKey: 'demo',
            autoUpdate: true,
            updateInterval: 60_000,
            urlTemplate: `${location.origin}/bench/datafile/%s.json`,
          };
          const { datafile, ...others } = clientConfig();
          const config = datafile
            ? { sdkKey: 'demo', datafileOptions: polling }
            : { projectConfigManager: optimizelySdk.createPollingProjectConfigManager(polling) };
          window.client = forward(optimizelySdk.createInstance({ ...others, ...config }));
          client.onReady().then(() => {
            note(visitor(client).decideAll());
            window.isDecided = true;
          });
        },
      });
      await page.waitFor(() => window.isDecided);
      await page.pass(1000);
      page.publish({ revision: '2', moreFlags: 1 });
      await page.pass(61_000);
      await page.waitFor(() => client.getOptimizelyConfig().revision === '2');
      await page.evaluate(() => note(visitor(client).decide('flag_001')));
      await page.pass(1000);
      await decideLater(page);
    },
  },
  {
    name: 'React replaces its client',
    on: ['react 1.3', 'react 2.1'],
    async run(page) {
      await page.open({
        order: ['forwarder', 'fullstory', 'react', 'optimizely'],
        code: async () => {
          for (const [user, flag] of [
            ['ada', 'checkout_redesign'],
            ['grace', 'pricing_page'],
          ]) {
            const client = forward(optimizelyReactSdk.createInstance(clientConfig({}, optimizelyReactSdk)));
            client.setUser({ id: user, attributes: { plan: 'pro' } });
            await client.onReady();
            note(client.decide(flag), user);
          }
          window.isDecided = true;
        },
      });
      await page.waitFor(() => window.isDecided);
      await page.pass(1000);
    },
  },
  {
    name: 'disconnect(), decided, connect(), decided',
    on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
    isBridgeOnly: true,
    async run(page) {
      await openPlain(page);
      await page.evaluate(() => {
        optimizelyFullStory.disconnect();
        // Not for FullStory.
        visitor(client, 'zoe').decide('pricing_page');
      });
      await page.pass(5000);
      await page.evaluate(() => {
        optimizelyFullStory.connect(client);
        note(visitor(client, 'grace').decide('checkout_redesign'));
      });
      await page.pass(5000);
      await page.says({ clients: 1, decisions: { seen: 6, sent: 6, recovered: 0 } });
    },
  },
  {
    name: 'two clients',
    on: ['4.10.1 2.0', '6.6.1 2.1'],
    async run(page) {
      await page.open({
        ...plain,
        code: async () => {
          const clients = [forward(create()), forward(create())];
          await Promise.all(clients.map((client) => client.onReady()));
          note(visitor(clients[0]).decide('checkout_redesign'));
          note(visitor(clients[1]).decide('pricing_page'));
          note(visitor(clients[1], 'grace').decide('checkout_redesign'));
        },
      });
      await page.pass(1000);
    },
  },
  {
    name: 'page in a child frame',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    isChildFrame: true,
    async run(page) {
      await openPlain(page);
      await decideLater(page);
      await page.says({ problems: { 0: 'child-frame', length: 1 } });
    },
  },
  {
    name: 'decisions of a server: record()',
    on: ['5.4.1 1.3', '6.6.1 2.1'],
    isBridgeOnly: true,
    async run(page) {
      const release = await page.hold(FS_JS);
      await page.open({
        ...plain,
        code: () => {
          const decisions = [
            { flag_key: 'header', variation_key: 'tall', rule_key: 'header_test', enabled: true },
            { flagKey: 'footer', variationKey: 'off', ruleKey: null, enabled: false },
          ];
          note(decisions, 'ada');
          optimizelyFullStory.record([null, { flag_key: 'nothing else' }, ...decisions], 'ada');
        },
      });
      await release();
      await page.loaded();
      await page.pass(1000);
      await page.says({ problems: { 0: 'decision-invalid' }, decisions: { seen: 4, sent: 2, ignored: 2 } });
    },
  },
  {
    name: 'decided, and another user signs in in the same task',
    on: ['6.6.1 2.1'],
    isBeyond: true,
    async run(page) {
      await openPlain(page);
      await page.evaluate(identifyAda);
      await page.pass(1000);
      await page.evaluate(() => {
        note(visitor(client, 'grace').decide('pricing_page'));
        FS('setIdentity', { uid: 'grace' });
      });
      await page.pass(1000);
    },
  },
  {
    name: 'another user signs in while 105 decisions wait for the pace',
    on: ['6.6.1 2.1'],
    isBeyond: true,
    async run({ open, pass, evaluate }) {
      await open({ ...plain, code: decideMany });
      await evaluate(identifyAda);
      await pass(3000);
      await evaluate(() => FS('setIdentity', { uid: 'grace' }));
      await pass(5 * 60_000);
    },
  },
  {
    name: 'page left with 105 decisions waiting; no persist',
    on: ['6.6.1 2.1'],
    isBeyond: true,
    async run({ open, pass }) {
      await open({ ...plain, code: decideMany });
      await pass(3000);
      await open({ ...plain, code: () => undefined });
      await pass(60_000);
    },
  },
];
