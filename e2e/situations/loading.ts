import {
  arrive,
  decideForGrace,
  decideLater,
  FS_JS,
  OTHER,
  openPlain,
  PLAIN,
  WITHOUT_FULLSTORY,
} from './pages.ts';
import type { Situation } from './situation.ts';

/** FullStory's server declines to capture until the visitor is welcome. */
const refuse = () => {
  window.fullstoryDoubleOptions = { refuse: !localStorage.getItem('is-welcome') };
};

/** Situations in which FullStory's script comes late, not at all, or captures nothing. */
export const LOADING: readonly Situation[] = [
  {
    id: 'fullstory-late',
    title: 'FullStory comes late',
    about:
      'A tag manager loads FullStory seconds after everything else. The flags are already decided. The bridge keeps the decisions.',
    amplitude: 'Amplitude is there, and does not wait for FullStory.',
    playground: {
      beginning: { fullstory: 'absent' },
      steps: [{ label: 'Load FullStory', run: (shop) => shop.loadFullStory() }],
    },
    fidelity: [
      {
        name: 'FullStory absent, there 2 s later',
        on: ['5.4.1 1.3', '6.0.0 2.0', '6.6.1 2.1'],
        async run(visit) {
          await visit.open(WITHOUT_FULLSTORY);
          await visit.pass(2000);
          await arrive(visit, async () => void (await visit.addScript(visit.snippet)));
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'fullstory-slow',
    title: 'FullStory’s script is slow',
    about: 'The snippet is there, and its script is still loading. Until then, snippets queue calls.',
    playground: {
      beginning: { fullstory: 'slow' },
      steps: [{ label: 'Let the script arrive', run: (shop) => shop.releaseFullStory() }],
    },
    fidelity: [
      {
        name: 'fs.js slow',
        on: ['4.10.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          const release = await visit.hold(FS_JS);
          await visit.open(PLAIN);
          await visit.pass(4000);
          await arrive(visit, release);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'fullstory-very-slow',
    title: 'FullStory’s script is very slow',
    about:
      'The script takes so long that it counts as blocked. Then it loads after all, and the bridge no longer reports it as blocked.',
    notPlayed: 'In fullstory-slow, whoever waits ten seconds before the next step sees it',
    fidelity: [
      {
        name: 'fs.js so slow that it counts as blocked',
        on: ['4.10.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          const release = await visit.hold(FS_JS);
          await visit.open(PLAIN);
          await visit.pass(5000);
          await visit.says({ fullstory: 'loading' });
          await visit.pass(7000);
          await visit.says({ fullstory: 'blocked', decisions: { waiting: 5 } });
          await arrive(visit, release);
          await visit.says({ fullstory: 'capturing', problems: { length: 0 } });
        },
      },
    ],
  },
  {
    id: 'fullstory-blocked',
    title: 'FullStory is blocked',
    about:
      'An ad blocker or a content policy stops FullStory’s script. Its snippet then discards queued calls. The bridge keeps its decisions, in case the script loads after all.',
    amplitude: 'Amplitude has all of them at once: a blocked destination does not delay the other one.',
    playground: {
      beginning: { fullstory: 'blocked' },
      steps: [{ label: 'Unblock FullStory', run: (shop) => shop.unblockFullStory() }],
    },
    fidelity: [
      {
        name: 'fs.js blocked, then loaded after all',
        on: ['5.4.1 1.3', '6.0.0 2.0', '6.6.1 2.1'],
        async run(visit) {
          const unblock = await visit.block(FS_JS);
          await visit.open(PLAIN);
          await visit.pass(12_000);
          await visit.says({ fullstory: 'blocked', problems: { 0: 'fullstory-blocked' } });
          await visit.evaluate(decideForGrace);
          await unblock();
          await visit.addScript(FS_JS);
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'consent',
    title: 'FullStory waits for consent',
    about:
      "FullStory captures nothing until the page calls FS('start'). The bridge waits with it, and each event then says when its decision was made.",
    playground: {
      beginning: { fullstory: 'waits for consent' },
      steps: [{ label: 'Give consent', run: (shop) => shop.callFullStory('start') }],
    },
    fidelity: [
      {
        name: "capture delayed until FS('start')",
        on: ['4.10.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await visit.before(() => {
            window._fs_capture_on_startup = false;
          });
          await visit.open(PLAIN);
          await visit.pass(5000);
          await visit.evaluate(() => testPage.fullstory('start'));
          await visit.pass(1000);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'refused',
    title: 'FullStory declines',
    about:
      'FullStory’s server declines, because of a quota, a domain or a browser. No session will run, so nothing can arrive. The bridge says so, and keeps a limited number of decisions.',
    amplitude: 'Amplitude has all of them.',
    playground: { beginning: { fullstory: 'refuses' }, steps: [] },
    fidelity: [
      {
        name: 'capture refused by the server',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await visit.before(refuse);
          await openPlain(visit);
          await visit.pass(60_000);
          await decideLater(visit);
          await visit.says({
            fullstory: 'refused',
            problems: { 0: 'fullstory-refused' },
            decisions: { waiting: 6, sent: 0 },
          });
        },
      },
    ],
  },
  {
    id: 'refused-once',
    title: 'It declines, then accepts',
    about:
      'FullStory’s server declines this page and captures the next one. With data-persist, the decisions wait for the next page.',
    settings: { persist: '' },
    playground: {
      beginning: { fullstory: 'refuses' },
      nextPage: { fullstory: 'there', decides: null },
      steps: [{ label: 'Open the next page', goesTo: 'next page' }],
    },
    fidelity: [
      {
        name: 'capture refused, and not on the next page; persist',
        on: ['5.4.1 2.0', '6.6.1 2.1'],
        async run(visit) {
          await visit.before(refuse);
          await openPlain(visit);
          await visit.evaluate(() => localStorage.setItem('is-welcome', 'yes'));
          await visit.open(OTHER);
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'namespace',
    title: 'FullStory has another name',
    about:
      'If something else on a site is called FS, FullStory’s global has another name: here FullStory. The bridge finds the name that the snippet uses.',
    recipe: 'With snippet 2.1 the recipe looks for FS.',
    playground: { beginning: { namespace: 'FullStory' }, steps: [] },
    fidelity: [
      {
        name: 'FullStory’s global has another name',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        namespace: 'FullStory',
        run: openPlain,
      },
    ],
  },
];
