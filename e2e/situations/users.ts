import {
  arrive,
  decideLater,
  FS_JS,
  identifyAda,
  MANY,
  openForAda,
  PLAIN,
  pageOf,
  signInGrace,
} from './pages.ts';
import type { Situation } from './situation.ts';

/** FullStory's user changes: another session begins. */
export const USERS: readonly Situation[] = [
  {
    id: 'sign-in',
    title: 'Another user signs in',
    about:
      'FullStory ends the session and begins one for the new user, who decides a flag at the same moment. The bridge waits two seconds, in case the page decides more flags for the new user. Then the new session gets the current decision of every flag.',
    amplitude: 'Amplitude’s user changes as well, and gets the same decisions after the same two seconds.',
    playground: {
      steps: [{ label: '', run: (shop) => shop.decide(['checkout_redesign'], shop.signIn()) }],
    },
    fidelity: [
      {
        name: 'another user signs in',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openForAda(visit);
          await visit.evaluate(() => {
            testPage.fullstory('setIdentity', { uid: 'grace' });
            testPage.decide('grace', 'checkout_redesign');
          });
          await visit.pass(1000);
          await visit.evaluate(() => testPage.decide('grace', 'pricing_page'));
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'sign-in-same',
    title: 'Signed in, and decides the same',
    about:
      'Another user signs in, and the page decides the same flags again. Some decisions are the same for everybody: each user’s decision is sent to the session once.',
    playground: {
      steps: [
        { label: '', run: (shop) => void shop.signIn() },
        { label: 'Decide for Grace', run: (shop) => shop.decide(shop.flags(), 'grace') },
      ],
    },
    fidelity: [
      {
        name: 'another user signs in and decides the same',
        on: ['4.10.1 2.0', '5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await openForAda(visit);
          await visit.evaluate(signInGrace);
          await visit.pass(5000);
          await visit.evaluate(() => testPage.decideAll('grace'));
          await visit.pass(5000);
        },
      },
    ],
  },
  {
    id: 'sign-out',
    title: 'The user signs out',
    about: 'FullStory begins an anonymous session. A flag is decided meanwhile.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.identify();
            shop.happen('The user signs out');
            shop.become();
            shop.decide(['pricing_page'], shop.nextVisitor());
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'user signs out: anonymous: true',
        on: ['4.10.1 2.0', '6.6.1 2.1'],
        async run(visit) {
          await openForAda(visit);
          await visit.evaluate(() => {
            testPage.fullstory('setIdentity', { anonymous: true });
            testPage.decide('nobody', 'pricing_page');
          });
          await visit.pass(1000);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'queued-sign-in',
    title: 'A sign-in is queued',
    about:
      'Ada was here before. Flags are decided and Grace signs in while FullStory’s script loads: FullStory drops calls that were queued before the sign-in.',
    playground: {
      beginning: { fullstory: 'slow', returningUser: 'ada' },
      steps: [
        {
          label: 'Grace signs in, the script arrives',
          run(shop) {
            shop.happen('Grace signs in');
            shop.become('grace');
            shop.releaseFullStory();
          },
        },
      ],
    },
    fidelity: [
      {
        name: "another user signs in, in the stub's queue",
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        async run(visit) {
          await visit.open(pageOf(identifyAda));
          await visit.pass(1000);
          const release = await visit.hold(FS_JS);
          await visit.open(PLAIN);
          await visit.evaluate(signInGrace);
          await arrive(visit, release);
          await decideLater(visit);
        },
      },
    ],
  },
  {
    id: 'shutdown-other-user',
    title: 'Restart as another user',
    about:
      'Capture is shut down, a flag is decided, and then another user signs in: FullStory drops the calls that were queued for the earlier user.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.identify();
            shop.happen('FullStory is shut down');
            shop.callFullStory('shutdown');
            shop.decide(['pricing_page'], shop.nextVisitor());
          },
        },
        {
          label: 'Sign in and restart',
          run(shop) {
            shop.signIn();
            shop.callFullStory('restart');
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'shutdown, decided, restart as another user',
        on: ['6.6.1 2.1'],
        async run(visit) {
          await openForAda(visit);
          await visit.evaluate(() => {
            testPage.fullstory('shutdown');
            testPage.decide('grace', 'pricing_page');
          });
          await visit.pass(5000);
          await visit.evaluate(() => {
            testPage.fullstory('setIdentity', { uid: 'grace' });
            testPage.fullstory('restart');
          });
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'same-task',
    title: 'Sign-in in the same task',
    about:
      'A limit of the bridge: it hands over after decide() has returned. If another user signs in during the same task, the decision reaches the new user’s session.',
    recipe: 'The recipe calls at once.',
    amplitude:
      'Calls to Amplitude name the user at the time of the decision, so there it is under the right one.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.identify();
            shop.decide(['search_ranking'], shop.nextVisitor());
            shop.signIn();
          },
        },
      ],
    },
    fidelity: [
      {
        name: 'decided, and another user signs in in the same task',
        on: ['6.6.1 2.1'],
        isBeyond: true,
        async run(visit) {
          await openForAda(visit);
          await visit.evaluate(() => {
            testPage.decide('grace', 'pricing_page');
            testPage.fullstory('setIdentity', { uid: 'grace' });
          });
          await visit.pass(1000);
        },
      },
    ],
  },
  {
    id: 'sign-in-waiting',
    title: 'Sign-in while 100 wait',
    about:
      'A limit of the bridge: decisions that wait for the rate limit when another user signs in reach the new user’s session, in the next two minutes.',
    recipe: 'The recipe calls at once, and FullStory drops calls over its limits.',
    playground: {
      steps: [
        {
          label: '',
          run(shop) {
            shop.identify();
            shop.decide(null, shop.nextVisitor());
          },
        },
        { label: 'Sign in', run: (shop) => void shop.signIn() },
      ],
    },
    fidelity: [
      {
        name: 'another user signs in while 105 decisions wait for the rate limit',
        on: ['6.6.1 2.1'],
        isBeyond: true,
        async run(visit) {
          await visit.open(MANY);
          await visit.evaluate(identifyAda);
          await visit.pass(3000);
          await visit.evaluate(signInGrace);
          await visit.pass(5 * 60_000);
        },
      },
    ],
  },
];
