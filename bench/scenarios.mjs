// The situations, each with the SDKs and snippets it is run on. What is evaluated runs in the page, after
// `bench/pages/ledger.js`, and refers to nothing outside itself. `isBeyond`: the bridge does not promise it.

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
      await page.evaluate(decideMore);
      await unblock();
      await page.addScript(FS_JS);
      await page.pass(1000);
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
          optimizelyFullStory.record(decisions, 'ada');
        },
      });
      await release();
      await page.loaded();
      await page.pass(1000);
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
