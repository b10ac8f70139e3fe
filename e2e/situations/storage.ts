import { EMPTY, openPlain } from './pages.ts';
import type { Situation } from './situation.ts';

/** Allows the bridge none of the browser's storage; the other scripts of these tests go on using it. */
const forbidStorage = () => {
  for (const name of ['getItem', 'setItem', 'removeItem'] as const) {
    const original: (...parameters: string[]) => unknown = Storage.prototype[name];
    Storage.prototype[name] = function (this: Storage, key: string, ...values: string[]) {
      if (key.startsWith('optimizely-fullstory')) throw new DOMException('forbidden', 'SecurityError');
      return original.call(this, key, ...values) as string;
    };
  }
};

const damageStorage = () => {
  if (sessionStorage.getItem('is-damaged')) return;
  sessionStorage.setItem('is-damaged', 'yes');
  const old = { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 86_400_001 };
  const key = 'optimizely-fullstory|FullStory|||Experiment Viewed|[Optimizely] {flag}';
  sessionStorage.setItem(key, JSON.stringify([null, 7, 'text', {}, { at: 1 }, old]));
  localStorage.setItem(key, '{"session":"https://app.fullsto');
};

/** The browser's storage is no good. */
export const STORAGE: readonly Situation[] = [
  {
    id: 'storage-forbidden',
    title: 'Storage is forbidden',
    about:
      'With data-dedupe="session" and data-persist, in a browser that forbids storage: the bridge says so, remembers decisions for the life of the page, and hands everything over when the page is left.',
    settings: { dedupe: 'session', persist: '' },
    playground: {
      beginning: { storage: 'forbidden' },
      nextPage: { decides: null },
      steps: [
        {
          label: 'Decide for another and leave',
          run: (shop) => shop.decide(shop.flags(), shop.nextVisitor()),
          goesTo: 'next page',
        },
      ],
    },
    fidelity: [
      {
        name: 'storage forbidden; dedupe session, persist',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await visit.before(forbidStorage);
          await openPlain(visit);
          await visit.evaluate(() => testPage.decideAll('ada'));
          await visit.pass(1000);
          await visit.says({ problems: { 0: 'storage' }, decisions: { sent: 5, duplicate: 5 } });
          await visit.evaluate(() => testPage.decideAll('grace'));
          await visit.open(EMPTY);
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'storage-damaged',
    title: 'Storage is damaged',
    about:
      'The same settings, with entries in the storage that are damaged, from another script, or two days old. The bridge ignores them.',
    settings: { dedupe: 'session', persist: '' },
    playground: { beginning: { storage: 'damaged' }, steps: [] },
    fidelity: [
      {
        name: 'storage damaged, foreign, a day old; dedupe session, persist',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await visit.before(damageStorage);
          await openPlain(visit);
          // The bridge has looked under this key, and removed what was there.
          await visit.waitFor(
            () =>
              !('optimizelyFullStory' in window) ||
              !Object.keys(sessionStorage).some((key) => key.startsWith('optimizely')),
          );
          await visit.says({ problems: { length: 0 }, decisions: { seen: 5, sent: 5 } });
        },
      },
    ],
  },
];
