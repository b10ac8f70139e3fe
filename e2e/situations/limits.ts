import { arrive, decideLater, EMPTY, FS_JS, MANY, openPlain, PLAIN, pageOf } from './pages.ts';
import type { Situation } from './situation.ts';

/** Many decisions, and the same ones again and again. */
export const LIMITS: readonly Situation[] = [
  {
    id: 'many',
    title: '100 flags at once',
    about:
      'FullStory takes 60 events a minute and 40 a second, and 30 property calls. The bridge makes one call for all properties and hands over 40 events a minute, so this takes two minutes. FullStory drops calls over its limits.',
    amplitude:
      'Amplitude takes 30 events a second of one visitor. The bridge uses 10 of them, so this takes ten seconds.',
    playground: { steps: [{ label: '', run: (shop) => shop.decide(null, shop.nextVisitor()) }] },
    notMeasured: 'many-beside-own is the same with more flags',
  },
  {
    id: 'many-beside-own',
    title: '500 flags, shared limits',
    about:
      'The page tracks events of its own, 20 a minute, and decides 500 flags. FullStory takes 60 events a minute from both together. The bridge hands over 40, so this takes 13 minutes, and nothing is dropped; the user properties are there at once.',
    recipe: 'The recipe hands over all 500 in the same moment.',
    playground: {
      beginning: { decides: null, moreFlags: 495, tracksEvents: true },
      steps: [{ label: 'Decide 500 flags', run: (shop) => shop.decide(null, 'ada') }],
    },
    fidelity: [
      {
        name: "500 flags at once, and 20 of the page's own events",
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run({ open, pass, evaluate }) {
          await open(EMPTY);
          await pass(1000);
          await evaluate(async () => {
            const client = testPage.forward(testPage.create({ moreFlags: 495 }));
            await client.onReady();
            testPage.decideAll('ada');
            for (let number = 1; number <= 20; number++) {
              testPage.fullstory('trackEvent', { name: 'Scrolled', properties: { number } });
            }
          });
          await pass(14 * 60_000);
        },
      },
    ],
  },
  {
    id: 'same-20',
    title: 'The same 20 times',
    about: 'Components decide their flag at each rendering. It is sent once.',
    amplitude: 'Amplitude gets it once, too.',
    playground: { steps: [{ label: '', run: (shop) => shop.decideAgain(20) }] },
    fidelity: [
      {
        name: 'the same decision 20 times',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run({ open, pass, evaluate }) {
          await open(
            pageOf(() => {
              const client = testPage.forward(testPage.create());
              void client.onReady().then(() => {
                for (let time = 0; time < 10; time++) testPage.decide('ada', 'checkout_redesign');
              });
            }),
          );
          await pass(1000);
          for (let time = 0; time < 10; time++) {
            await evaluate(() => testPage.decide('ada', 'checkout_redesign'));
            await pass(100);
          }
        },
      },
    ],
  },
  {
    id: 'changes-back',
    title: 'Changed, and changed back',
    about:
      'A flag is decided for Grace, who gets another variation, and then for Ada again. The session has both as events, once each, and the user property has the current one.',
    playground: {
      steps: [
        { label: '', run: (shop) => shop.decide(['search_ranking'], 'grace') },
        { label: 'Decide for Ada again', run: (shop) => shop.decide(['search_ranking'], 'ada') },
      ],
    },
    fidelity: [
      {
        name: 'a decision changes and changes back',
        on: ['4.10.1 2.0', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await decideLater(visit);
          await visit.evaluate(() => testPage.decide('ada', 'checkout_redesign'));
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'events-per-minute',
    title: 'A smaller share of events',
    about:
      'With data-events-per-minute="3" the bridge leaves more of FullStory’s 60 events a minute to the site: three events now, two in a minute. User properties do not wait.',
    settings: { eventsPerMinute: '3' },
    playground: { beginning: {}, steps: [] },
    fidelity: [
      {
        name: 'eventsPerMinute: 10, and a hidden page is not left',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        settings: { eventsPerMinute: '10' },
        async run({ open, pass, evaluate, says }) {
          await open(MANY);
          await pass(30_000);
          await says({ decisions: { sent: 10, waiting: 95 } });
          await evaluate(() => {
            Object.defineProperty(document, 'hidden', { value: true });
            document.dispatchEvent(new Event('visibilitychange'));
          });
          // It may never be shown again, so FullStory's whole share is used: 40 in a second.
          await says({ decisions: { sent: 50, waiting: 55 } });
          await pass(11 * 60_000);
        },
      },
    ],
  },
  {
    id: 'buffer-size',
    title: 'A buffer for three',
    about:
      'With data-buffer-size="3" the bridge keeps three events while FullStory’s script loads. Five are decided: the oldest two are dropped, and counted.',
    settings: { bufferSize: '3' },
    playground: {
      beginning: { fullstory: 'slow' },
      steps: [{ label: 'Let the script arrive', run: (shop) => shop.releaseFullStory() }],
    },
    fidelity: [
      {
        name: '5 decisions wait, and bufferSize is 3',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        drops: 2,
        async run(visit) {
          const release = await visit.hold(FS_JS);
          await visit.open(PLAIN);
          await visit.pass(2000);
          await visit.says({ decisions: { seen: 5, waiting: 3, dropped: 2 } });
          await arrive(visit, release);
          await decideLater(visit);
        },
      },
    ],
  },
];
