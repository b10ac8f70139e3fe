import { arrive, decideLater, FS_JS, openPlain, pageOf } from './pages.ts';
import type { Scenario } from './scenario.ts';
import type { AnyClient, ShopActions } from './shop-actions.ts';
import type { Situation } from './situation.ts';

const LATE_SCRIPT = {
  order: ['fullstory', 'optimizely'] as const,
  code: () => {
    const client = testPage.create();
    Object.assign(window, { optimizelyClientInstance: client });
    void client.onReady().then(() => testPage.decideAll('ada'));
  },
};

/** Each SDK's types know only that SDK's names. */
interface NotificationCenter {
  clearAllNotificationListeners(): void;
  clearNotificationListeners(type: string): void;
}

/** A flag is decided after it. */
function clearListeners(shop: ShopActions, type?: string): void {
  const center: NotificationCenter = shop.client().notificationCenter;
  shop.happen(type ? `clearNotificationListeners('${type}')` : 'clearAllNotificationListeners()');
  if (type) center.clearNotificationListeners(type);
  else center.clearAllNotificationListeners();
  shop.decide(['checkout_redesign'], shop.nextVisitor());
}

/** A scenario in which something happens to the client, and a flag is decided after it. */
function decidedAfter(what: string, on: readonly string[], act: () => unknown): Scenario {
  return {
    name: `${what}, then decided`,
    on,
    async run(visit) {
      await openPlain(visit);
      await visit.evaluate(act);
      await decideLater(visit);
    },
  };
}

/** A decision on a client, once that is ready. */
function decideOnceReady(shop: ShopActions, client: AnyClient, flagKey: string, user: string): void {
  void Promise.resolve(client.onReady()).then(() => shop.decide([flagKey], user));
}

/** Situations with Optimizely's clients and with the bridge. */
export const CLIENTS: readonly Situation[] = [
  {
    id: 'next-line',
    title: 'Decides on the next line',
    about: 'The page decides right after createInstance(), before onReady() has resolved.',
    playground: { beginning: { decides: 'on the next line' }, steps: [] },
    fidelity: [
      {
        name: 'decided on the line after createInstance()',
        on: ['4.10.1 2.1', '5.4.1 1.3', '6.0.0 2.0', '6.6.1 2.1'],
        async run({ open, pass }) {
          await open(
            pageOf(() => {
              const client = testPage.forward(testPage.create());
              testPage.decide('ada', 'checkout_redesign');
              void client.onReady().then(() => testPage.decide('ada', 'pricing_page'));
            }),
          );
          await pass(1000);
        },
      },
    ],
  },
  {
    id: 'queued-first',
    title: 'The page is ready first',
    about: 'The page decides in its own onReady(), which is called before all others.',
    recipe: 'The recipe begins to listen in a later one.',
    playground: { beginning: { decides: 'queued first' }, steps: [] },
    fidelity: [
      {
        name: 'page queued its onReady() first',
        on: ['4.10.1 1.3', '5.4.1 2.0', '6.6.1 2.1'],
        async run({ open, pass }) {
          await open(
            pageOf(() => {
              const client = testPage.create();
              void client.onReady().then(() => testPage.decide('ada', 'checkout_redesign'));
              testPage.forward(client);
              void client.onReady().then(() => testPage.decide('ada', 'pricing_page'));
            }),
          );
          await pass(1000);
        },
      },
    ],
  },
  {
    id: 'script-late',
    title: 'The script comes late',
    about:
      'A tag manager loads the script after the flags were decided. It recovers them from the impressions that Optimizely has not sent yet.',
    playground: { beginning: { isForwarderLate: true }, steps: [] },
    fidelity: [
      {
        name: 'script arrives after the decisions',
        on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
        async run(visit) {
          await visit.open(LATE_SCRIPT);
          await visit.pass(300);
          await visit.addScript(visit.forwarder);
          await visit.evaluate(() => void testPage.forward(testPage.client));
          await visit.pass(5000);
          await visit.says({ problems: { 0: 'client-late' }, decisions: { recovered: 5 } });
          // A legacy call's impression bears the key of a flag.
          await visit.evaluate(
            () => void testPage.client.isFeatureEnabled('pricing_page', 'zoe', { plan: 'pro' }),
          );
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'listeners-cleared',
    title: 'Listeners are cleared',
    about:
      'Something on the page clears all notification listeners, and then those of one type, by its name in SDK 6 and by the one in SDK 4 and 5. The bridge listens again.',
    recipe: 'The recipe no longer hears anything.',
    playground: {
      steps: [
        { label: '', run: (shop) => clearListeners(shop) },
        { label: 'Clear SDK 6’s type', run: (shop) => clearListeners(shop, 'DECISION') },
        {
          label: 'Clear SDK 4 and 5’s type',
          run: (shop) => clearListeners(shop, 'DECISION:type, userId, attributes, decisionInfo'),
        },
      ],
    },
    fidelity: [
      decidedAfter('clearAllNotificationListeners()', ['5.4.1 1.3', '6.6.1 2.1'], () =>
        testPage.client.notificationCenter.clearAllNotificationListeners(),
      ),
      decidedAfter('clearNotificationListeners(v6)', ['5.4.1 1.3', '6.6.1 2.1'], () =>
        (testPage.client.notificationCenter as NotificationCenter).clearNotificationListeners('DECISION'),
      ),
      decidedAfter('clearNotificationListeners(v4, v5)', ['5.4.1 1.3', '6.6.1 2.1'], () =>
        (testPage.client.notificationCenter as NotificationCenter).clearNotificationListeners(
          'DECISION:type, userId, attributes, decisionInfo',
        ),
      ),
    ],
  },
  {
    id: 'client-closed',
    title: 'The client is closed',
    about:
      'A closed client still decides. Only the bridge’s listener is left. With SDK 6, each decision after close() causes an error of the SDK in the console: a rejected promise.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.happen('client.close()');
            void shop.client().close();
            shop.decide(['checkout_redesign'], shop.nextVisitor());
          },
        },
      ],
    },
    fidelity: [
      decidedAfter(
        'client.close()',
        ['4.10.1 2.1', '5.4.1 2.1', '6.0.0 2.1', '6.6.1 2.1'],
        () => void testPage.client.close(),
      ),
    ],
  },
  {
    id: 'second-client',
    title: 'A second client',
    about: 'The page creates another client. The bridge finds it automatically.',
    recipe: 'The page must pass it to the recipe.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.happen('A second client');
            decideOnceReady(shop, shop.createClient(), 'checkout_redesign', shop.nextVisitor());
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'two clients',
        on: ['4.10.1 2.0', '6.6.1 2.1'],
        async run({ open, pass }) {
          await open(
            pageOf(async () => {
              const one = testPage.forward(testPage.create());
              const other = testPage.forward(testPage.create());
              await Promise.all([one.onReady(), other.onReady()]);
              testPage.decide('ada', 'checkout_redesign', one);
              testPage.decide('ada', 'pricing_page', other);
              testPage.decide('grace', 'checkout_redesign', other);
            }),
          );
          await pass(1000);
        },
      },
    ],
  },
  {
    id: 'react',
    title: 'React replaces its client',
    about:
      'The page uses React’s SDK. Its client contains another one. An app with one client per user replaces it when another user signs in.',
    recipe: 'The page must pass each of them to the recipe.',
    playground: {
      beginning: { isReact: true },
      steps: [
        {
          label: 'Make a client for Grace',
          run(shop) {
            shop.happen('A client for Grace');
            decideOnceReady(shop, shop.createClient('grace'), 'pricing_page', 'grace');
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'React replaces its client',
        on: ['react 1.3', 'react 2.1'],
        async run(visit) {
          await visit.open({
            order: ['forwarder', 'fullstory', 'react', 'optimizely'],
            code: async () => {
              for (const [user, flagKey] of [
                ['ada', 'checkout_redesign'],
                ['grace', 'pricing_page'],
              ] as const) {
                const client = testPage.forward(testPage.createReact());
                void client.setUser({ id: user, attributes: { plan: 'pro' } });
                await client.onReady();
                testPage.note(user, () => client.decide(flagKey));
              }
              document.title = 'decided';
            },
          });
          await visit.waitFor(() => document.title === 'decided');
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'datafile',
    title: 'The datafile is updated',
    about:
      'The page begins with an old datafile. The SDK requests the latest one, which has one more flag, and the page decides it.',
    playground: { beginning: { isDatafileOld: true }, steps: [] },
    fidelity: [
      {
        name: 'datafile update',
        on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
        async run(visit) {
          await visit.open(
            pageOf(() => {
              const client = testPage.forward(testPage.createPolling());
              void client.onReady().then(() => {
                testPage.decideAll('ada');
                document.title = 'decided';
              });
            }),
          );
          await visit.waitFor(() => document.title === 'decided');
          await visit.pass(1000);
          visit.publish({ revision: '2', moreFlags: 1 });
          await visit.pass(61_000);
          await visit.waitFor(() => testPage.client.getOptimizelyConfig()?.revision === '2');
          await visit.evaluate(() => testPage.decide('ada', 'flag_001'));
          await visit.pass(1000);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'disconnect',
    title: 'Disconnected',
    about:
      'disconnect() removes every listener, timer and patch of the bridge: it hears nothing until it is connected again.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.disconnect();
            shop.decide(['checkout_redesign'], shop.nextVisitor());
          },
        },
        {
          label: 'Connect again',
          run(shop) {
            shop.connect();
            shop.decide(['checkout_redesign'], shop.nextVisitor());
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'disconnect(), decided, connect(), decided',
        on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
        isBridgeOnly: true,
        async run(visit) {
          await openPlain(visit);
          await visit.evaluate(() => {
            testPage.disconnect();
            testPage.decide('zoe', 'pricing_page');
          });
          await visit.pass(5000);
          await visit.evaluate(() => {
            testPage.connect();
            testPage.decide('grace', 'checkout_redesign');
          });
          await visit.pass(5000);
          await visit.says({ clients: 1, decisions: { seen: 6, sent: 6, recovered: 0 } });
        },
      },
    ],
  },
  {
    id: 'server',
    title: 'Made on a server',
    about: 'Decisions that a server made and rendered into the page are handed over with record().',
    recipe: 'The recipe cannot take them.',
    playground: { steps: [{ label: '', run: (shop) => shop.record() }] },
    fidelity: [
      {
        name: 'decisions of a server: record()',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        isBridgeOnly: true,
        async run(visit) {
          const release = await visit.hold(FS_JS);
          await visit.open(
            pageOf(() => {
              const decisions = [
                { flag_key: 'header', variation_key: 'tall', rule_key: 'header_test', enabled: true },
                { flagKey: 'footer', variationKey: 'off', ruleKey: null, enabled: false },
              ];
              testPage.note('ada', () => decisions);
              window.optimizelyFullStory.record([null, { flag_key: 'nothing else' }, ...decisions], 'ada');
            }),
          );
          await arrive(visit, release);
          await visit.says({
            problems: { 0: 'decision-invalid' },
            decisions: { seen: 4, sent: 2, ignored: 2 },
          });
        },
      },
    ],
  },
];
