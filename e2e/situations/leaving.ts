import { EMPTY, MANY, OTHER, openPlain, pageOf, WITHOUT_FULLSTORY } from './pages.ts';
import type { ShopActions } from './shop-actions.ts';
import type { Situation } from './situation.ts';

function decide105(shop: ShopActions): void {
  shop.decide(shop.flags(), 'ada');
  shop.decide(null, shop.nextVisitor());
}

/** Situations in which the page is left, and perhaps restored. */
export const LEAVING: readonly Situation[] = [
  {
    id: 'leave',
    title: 'Leave and come back',
    about:
      'Flags are decided at the moment you leave the page. Then you come back. SDK 5 and 6.0 have lost their listeners by then: choose one of them under “Start over with”, and decide again when you are back.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.happen('The page is left');
            shop.decide(shop.flags(), shop.nextVisitor());
          },
          goesTo: 'away',
        },
      ],
    },
    fidelity: [
      {
        name: 'page left at once',
        on: ['4.10.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await visit.evaluate(() => testPage.decideAll('grace'));
          await visit.open(EMPTY);
        },
      },
      {
        name: 'left, gone back to, then decided',
        on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
        isSelfDriven: true,
        async run(visit) {
          await visit.open(
            pageOf(() => {
              const client = testPage.forward(testPage.create());
              addEventListener('pageshow', async ({ persisted }) => {
                const [navigation] = performance.getEntriesByType(
                  'navigation',
                ) as PerformanceNavigationTiming[];
                if (!persisted && navigation?.type === 'back_forward') {
                  return testPage.end('The browser did not keep the page');
                }
                await client.onReady();
                testPage.decide('ada', persisted ? 'pricing_page' : 'checkout_redesign');
                await testPage.arrived(persisted ? 2 : 1);
                if (persisted) testPage.end();
                else location.href = '/e2e/go-back.html';
              });
            }),
          );
          await visit.ended();
        },
      },
    ],
  },
  {
    id: 'persist',
    title: 'Leave before FullStory comes',
    about: 'With data-persist, decisions that could not be sent wait for the next page of this tab.',
    settings: { persist: '' },
    playground: {
      beginning: { fullstory: 'absent' },
      nextPage: { fullstory: 'there', decides: null },
      steps: [{ label: 'Open the next page', goesTo: 'next page' }],
    },
    fidelity: [
      {
        name: 'page left before FullStory came; persist',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await visit.open(WITHOUT_FULLSTORY);
          await visit.pass(1000);
          await visit.open(OTHER);
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'leave-many',
    title: 'Leave while 105 wait',
    about:
      'Flags are decided at the moment you leave the page. FullStory gets as many as its limits allow. With data-persist, the next page sends the rest.',
    settings: { persist: '' },
    playground: {
      beginning: { decides: null },
      nextPage: {},
      steps: [{ label: 'Decide 105 times and leave', run: decide105, goesTo: 'next page' }],
    },
    fidelity: [
      {
        name: 'page left with 105 decisions waiting; persist',
        on: ['5.4.1 2.0', '6.6.1 2.1'],
        async run({ open, pass }) {
          await open(MANY);
          await pass(3000);
          await open(EMPTY);
          await pass(3 * 60_000);
        },
      },
    ],
  },
  {
    id: 'leave-many-unkept',
    title: 'The same, without persist',
    about:
      'A limit of the bridge: without data-persist it sends everything when you leave the page, and FullStory drops the calls over its limits.',
    playground: {
      beginning: { decides: null },
      nextPage: {},
      steps: [{ label: 'Decide 105 times and leave', run: decide105, goesTo: 'next page' }],
    },
    fidelity: [
      {
        name: 'page left with 105 decisions waiting; no persist',
        on: ['6.6.1 2.1'],
        isBeyond: true,
        async run({ open, pass }) {
          await open(MANY);
          await pass(3000);
          await open(EMPTY);
          await pass(60_000);
        },
      },
    ],
  },
];
