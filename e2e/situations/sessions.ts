import { decideLater, expireSession, openPlain, PLAIN } from './pages.ts';
import type { Situation } from './situation.ts';

/** FullStory's sessions end and begin, and have several pages. */
export const SESSIONS: readonly Situation[] = [
  {
    id: 'idle',
    title: '30 idle minutes',
    about:
      'FullStory begins a new session. No flag is decided again, and the current decision of each flag is sent again.',
    amplitude: 'For Amplitude nothing has changed: its session is its own.',
    playground: { steps: [{ label: '', run: (shop) => shop.expireSession() }] },
    fidelity: [
      {
        name: 'session expires',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await visit.evaluate(expireSession);
          await visit.pass(1000);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'shutdown',
    title: 'Shutdown and restart',
    about: 'Capture is shut down, and a flag is decided meanwhile. It arrives when the session continues.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.happen('FullStory is shut down');
            shop.callFullStory('shutdown');
            shop.decide(['pricing_page'], shop.nextVisitor());
          },
        },
        { label: 'Restart', run: (shop) => shop.callFullStory('restart') },
      ],
    },
    fidelity: [
      {
        name: 'shutdown, decided, restart',
        on: ['5.4.1 2.0', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await visit.evaluate(() => {
            testPage.fullstory('shutdown');
            testPage.decide('grace', 'pricing_page');
          });
          await visit.pass(5000);
          await visit.evaluate(() => testPage.fullstory('restart'));
          await visit.pass(1000);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'same-session',
    title: 'The same on each page',
    about: 'With data-dedupe="session" a decision is sent once per session, whichever page makes it.',
    amplitude:
      'Amplitude counts a decision once per session without any setting, because each decision has its own id.',
    settings: { dedupe: 'session' },
    playground: {
      beginning: {},
      nextPage: {},
      steps: [{ label: 'Open the next page', goesTo: 'next page' }],
    },
    fidelity: [
      {
        name: 'the same decisions on two pages; dedupe session',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await openPlain(visit);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'same-new-session',
    title: 'The same in a new session',
    about:
      'With data-dedupe="session", FullStory begins a new session, and the page makes the same decision in it: it is sent to the new session once, too.',
    settings: { dedupe: 'session' },
    playground: {
      beginning: {},
      steps: [
        {
          label: 'Wait 30 idle minutes and decide again',
          run(shop) {
            shop.expireSession();
            shop.decideAgain(1);
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'the same decisions in a new session; dedupe session',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await openPlain(visit);
          await visit.evaluate(expireSession);
          await visit.evaluate(() => testPage.decideAll('ada'));
          await visit.pass(1000);
          await visit.says({ problems: { length: 0 } });
        },
      },
    ],
  },
  {
    id: 'two-tabs',
    title: 'Two tabs of one session',
    about:
      'With data-dedupe="session", and the shop open in two tabs: a decision is sent to the session once, by the tab that decides first. Each tab’s timeline shows both. Decide in one tab, and then the same in the other.',
    recipe: 'The recipe sends it in each tab.',
    settings: { dedupe: 'session' },
    playground: {
      beginning: { hasTabs: true },
      nextPage: {},
      steps: [{ label: 'Open it in a second tab', goesTo: 'second tab' }],
    },
    fidelity: [
      {
        name: 'the same decisions in two tabs; dedupe session',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openPlain(visit);
          await visit.openTab(PLAIN);
          await visit.pass(1000);
          await decideLater(visit);
          await visit.says({ problems: { length: 0 }, decisions: { sent: 1, duplicate: 5 } });
        },
      },
    ],
  },
];
