import type { Shop } from '../../demo/shop.ts';

/** How a shop's page begins. */
export interface Beginning {
  fullstory: 'there' | 'absent' | 'slow' | 'blocked' | 'refuses' | 'waits for consent';
  /** When the page makes its first decisions; null for none. */
  decides: 'when ready' | 'on the next line' | 'queued first' | null;
  /** Whether the script (or the recipe) comes after the decisions. */
  isForwarderLate: boolean;
  isChildFrame: boolean;
  /** The uid that FullStory's cookie has from an earlier page. */
  returningUser: string;
  /** The name of FullStory's global. */
  namespace: string;
  /** The browser's storage, as the bridge finds it. */
  storage: 'usable' | 'forbidden' | 'damaged';
  /** Whether the page uses React's SDK. */
  isReact: boolean;
  /** Whether the SDK finds a later datafile than the page's. */
  isDatafileOld: boolean;
  /** Whether the session has other tabs at the same time. */
  hasTabs: boolean;
  /** How many flags the datafile has besides the shop's five. */
  moreFlags: number;
  /** Whether the page tracks events of its own. */
  tracksEvents: boolean;
  /** The bridge's settings, as attributes of its tag. */
  settings: Record<string, string>;
}

export interface Step {
  label: string;
  /** Runs in both shops at the same moment. */
  run?(shop: Shop): void;
  /** Where it goes on after that. */
  goesTo?: 'next page' | 'second tab' | 'away';
}

export interface Situation {
  id: string;
  title: string;
  /** What happens, and what to look at. */
  about: string;
  /** What the recipe does then, for those who compare. */
  recipe?: string;
  /** For a situation that needs a fresh page: what differs from a healthy one. */
  beginning?: Partial<Beginning>;
  /** What differs on the next page of the tab, or in the second tab. */
  nextPage?: Partial<Beginning>;
  /** The first one is run by the situation's button, unless it has a beginning; the others are offered one by one. */
  steps: Step[];
}

export interface Group {
  title: string;
  situations: Situation[];
}

export const HEALTHY_BEGINNING: Beginning = {
  fullstory: 'there',
  decides: 'when ready',
  isForwarderLate: false,
  isChildFrame: false,
  returningUser: '',
  namespace: 'FS',
  storage: 'usable',
  isReact: false,
  isDatafileOld: false,
  hasTabs: false,
  moreFlags: 95,
  tracksEvents: false,
  settings: {},
};

function decide105(shop: Shop): void {
  shop.decide(shop.flags(), 'ada');
  shop.decide(null, shop.nextVisitor());
}

/** A flag is decided after it. */
function clearListeners(shop: Shop, type?: string): void {
  // Each SDK's types know only that SDK's names.
  const center: { clearAllNotificationListeners(): void; clearNotificationListeners(type: string): void } =
    shop.client().notificationCenter;
  shop.happen(type ? `clearNotificationListeners('${type}')` : 'clearAllNotificationListeners()');
  if (type) center.clearNotificationListeners(type);
  else center.clearAllNotificationListeners();
  shop.decide(['checkout_redesign'], shop.nextVisitor());
}

export const HEALTHY: Situation = {
  id: 'healthy',
  title: 'A healthy page',
  about:
    'The page decided five flags for Ada as soon as Optimizely was ready, and FullStory’s session has each of them once: an event and a user property.',
  recipe: 'On a page like this the recipe does as well.',
  beginning: {},
  steps: [],
};

export const GROUPS: readonly Group[] = [
  {
    title: 'FullStory',
    situations: [
      {
        id: 'fullstory-late',
        title: 'FullStory comes late',
        about:
          'A tag manager loads FullStory seconds after everything else. The decisions are made; the bridge keeps them.',
        beginning: { fullstory: 'absent' },
        steps: [{ label: 'Load FullStory', run: (shop) => shop.loadFullStory() }],
      },
      {
        id: 'fullstory-slow',
        title: 'FullStory’s script is slow',
        about:
          'The snippet is there, and its script is still on the way. Snippets queue calls for that long.',
        beginning: { fullstory: 'slow' },
        steps: [{ label: 'Let the script arrive', run: (shop) => shop.releaseFullStory() }],
      },
      {
        id: 'fullstory-blocked',
        title: 'FullStory is blocked',
        about:
          'An ad blocker or a content policy stops FullStory’s script. Its snippet then throws away what is queued; the bridge keeps it, in case the script is loaded after all.',
        beginning: { fullstory: 'blocked' },
        steps: [{ label: 'Unblock FullStory', run: (shop) => shop.unblockFullStory() }],
      },
      {
        id: 'consent',
        title: 'FullStory waits for consent',
        about:
          "FullStory captures nothing until the page calls FS('start'). The bridge waits with it, and each event then says when its decision was made.",
        beginning: { fullstory: 'waits for consent' },
        steps: [{ label: 'Give consent', run: (shop) => shop.callFullStory('start') }],
      },
      {
        id: 'refused',
        title: 'FullStory declines',
        about:
          'FullStory’s server declines: a quota, a domain, a browser. No session will run, so nothing can arrive; the bridge says so and keeps a bounded number.',
        beginning: { fullstory: 'refuses' },
        steps: [],
      },
      {
        id: 'refused-once',
        title: 'It declines, then accepts',
        about:
          'FullStory’s server declines this page and captures the next one. With data-persist, what was decided waits for that.',
        beginning: { fullstory: 'refuses', settings: { persist: '' } },
        nextPage: { fullstory: 'there', decides: null },
        steps: [{ label: 'Open the next page', goesTo: 'next page' }],
      },
      {
        id: 'namespace',
        title: 'FullStory has another name',
        about:
          'Sites name FullStory’s global differently where something else is called FS: here it is FullStory. The bridge finds the name that the snippet uses.',
        recipe: 'With snippet 2.1 the recipe looks for FS.',
        beginning: { namespace: 'FullStory' },
        steps: [],
      },
    ],
  },
  {
    title: 'Users and sessions',
    situations: [
      {
        id: 'sign-in',
        title: 'Another user signs in',
        about:
          'FullStory ends the session and begins one for the new user, who decides a flag in that moment. The new session is told every flag that holds, not just this one.',
        steps: [
          {
            label: '',
            run(shop) {
              const user = shop.signIn();
              shop.decide(['checkout_redesign'], user);
            },
          },
        ],
      },
      {
        id: 'sign-out',
        title: 'The user signs out',
        about: 'FullStory begins an anonymous session. A flag is decided while it does.',
        steps: [
          {
            label: '',
            run(shop) {
              shop.identify();
              shop.happen('The user signs out');
              shop.callFullStory('setIdentity', { anonymous: true });
              shop.decide(['pricing_page'], shop.nextVisitor());
            },
          },
        ],
      },
      {
        id: 'queued-sign-in',
        title: 'A sign-in is queued',
        about:
          'Ada was here before. Flags are decided and Grace signs in while FullStory’s script is on the way: FullStory drops what was queued before her.',
        beginning: { fullstory: 'slow', returningUser: 'ada' },
        steps: [
          {
            label: 'Grace signs in, the script arrives',
            run(shop) {
              shop.happen('Grace signs in');
              shop.callFullStory('setIdentity', { uid: 'grace' });
              shop.releaseFullStory();
            },
          },
        ],
      },
      {
        id: 'idle',
        title: '30 idle minutes',
        about:
          'FullStory begins a new session. Nothing is decided anew, and the session is told all that holds.',
        steps: [{ label: '', run: (shop) => shop.expireSession() }],
      },
      {
        id: 'shutdown',
        title: 'Shutdown and restart',
        about: 'Capture is shut down, and a flag is decided meanwhile. It arrives when the session goes on.',
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
      {
        id: 'shutdown-other-user',
        title: 'Restart as another user',
        about:
          'Capture is shut down, a flag is decided, and then somebody else signs in: FullStory drops what was queued for the one before.',
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
      {
        id: 'sign-in-waiting',
        title: 'Sign-in while 100 wait',
        about:
          'Where the bridge falls short: what still waits for its turn when another user signs in reaches that user’s session, in the next two minutes.',
        recipe: 'The recipe calls at once, and FullStory drops what is over its limits.',
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
      {
        id: 'same-task',
        title: 'Sign-in in the same task',
        about:
          'Where the bridge falls short: it hands over after decide() has returned, so a decision made in the very task in which another user signs in reaches that user’s session.',
        recipe: 'The recipe calls at once.',
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
    ],
  },
  {
    title: 'Many decisions',
    situations: [
      {
        id: 'many',
        title: '100 flags at once',
        about:
          'FullStory takes 60 events a minute and 40 a second, and 30 property calls. The bridge makes one call for all properties and hands over 40 events a minute, so this takes two minutes; what is over the limits is dropped.',
        steps: [{ label: '', run: (shop) => shop.decide(null, shop.nextVisitor()) }],
      },
      {
        id: 'many-beside-own',
        title: '500 flags, shared limits',
        about:
          'The page tracks events of its own, 20 a minute, and decides 500 flags. FullStory takes 60 events a minute from both together. The bridge hands over 40, so this takes 13 minutes, and nothing is dropped; the user properties are there at once.',
        recipe: 'The recipe hands over all 500 in the same moment.',
        beginning: { decides: null, moreFlags: 495, tracksEvents: true },
        steps: [{ label: 'Decide 500 flags', run: (shop) => shop.decide(null, 'ada') }],
      },
      {
        id: 'same-20',
        title: 'The same 20 times',
        about: 'Components decide their flag each time they are drawn. The session is told once.',
        steps: [{ label: '', run: (shop) => shop.decideAgain(20) }],
      },
      {
        id: 'changes-back',
        title: 'Changed, and changed back',
        about:
          'A flag is decided for Grace, who gets another variation, and then for Ada again. The session has both as events, once each, and the user property follows to and fro.',
        steps: [
          { label: '', run: (shop) => shop.decide(['search_ranking'], 'grace') },
          { label: 'Decide for Ada again', run: (shop) => shop.decide(['search_ranking'], 'ada') },
        ],
      },
      {
        id: 'events-per-minute',
        title: 'A smaller share of events',
        about:
          'With data-events-per-minute="3" the bridge leaves more of FullStory’s 60 events a minute to the site: three events now, two in a minute. The user properties do not wait.',
        beginning: { settings: { eventsPerMinute: '3' } },
        steps: [],
      },
      {
        id: 'buffer-size',
        title: 'Room for three',
        about:
          'With data-buffer-size="3" the bridge keeps three events while FullStory’s script is on the way. Five are decided: the oldest two are dropped, and counted.',
        beginning: { fullstory: 'slow', settings: { bufferSize: '3' } },
        steps: [{ label: 'Let the script arrive', run: (shop) => shop.releaseFullStory() }],
      },
      {
        id: 'leave-many',
        title: 'Left with 105 waiting',
        about:
          'Flags are decided and the page is left in the same moment. With data-persist FullStory gets what its limits still take, and the next page hands over the rest.',
        beginning: { decides: null, settings: { persist: '' } },
        nextPage: {},
        steps: [{ label: 'Decide 105 times and leave', run: decide105, goesTo: 'next page' }],
      },
      {
        id: 'leave-many-unkept',
        title: 'The same, and nothing is kept',
        about:
          'Where the bridge falls short: without data-persist everything is handed over as the page is left, and what is over FullStory’s limits is dropped.',
        beginning: { decides: null },
        nextPage: {},
        steps: [
          {
            label: 'Decide 105 times and leave',
            run: decide105,
            goesTo: 'next page',
          },
        ],
      },
      {
        id: 'server',
        title: 'Made on a server',
        about: 'Decisions that a server made and rendered into the page are handed over with record().',
        recipe: 'The recipe has no way for them.',
        steps: [{ label: '', run: (shop) => shop.record() }],
      },
    ],
  },
  {
    title: 'Optimizely',
    situations: [
      {
        id: 'next-line',
        title: 'Decides on the next line',
        about: 'The page decides right after createInstance(), before onReady() has told anybody anything.',
        beginning: { decides: 'on the next line' },
        steps: [],
      },
      {
        id: 'queued-first',
        title: 'The page is ready first',
        about: 'The page decides in an onReady() of its own, before anybody else’s is called.',
        recipe: 'The recipe begins to listen in the next one.',
        beginning: { decides: 'queued first' },
        steps: [],
      },
      {
        id: 'listeners-cleared',
        title: 'Listeners are cleared',
        about:
          'Something on the page clears all notification listeners, and then those of one type, by its name in SDK 6 and by the one in SDK 4 and 5. The bridge listens anew.',
        recipe: 'The recipe hears nothing any more.',
        steps: [
          { label: '', run: (shop) => clearListeners(shop) },
          { label: 'Clear SDK 6’s type', run: (shop) => clearListeners(shop, 'DECISION') },
          {
            label: 'Clear SDK 4 and 5’s type',
            run: (shop) => clearListeners(shop, 'DECISION:type, userId, attributes, decisionInfo'),
          },
        ],
      },
      {
        id: 'client-closed',
        title: 'The client is closed',
        about:
          'A closed client still decides. Its listeners are gone, but for the bridge’s. With SDK 6 each decision after close() puts an error of the SDK’s own in the console: a rejected promise.',
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
      {
        id: 'second-client',
        title: 'A second client',
        about: 'The page makes another client. The bridge finds it by itself.',
        recipe: 'The recipe has to be handed it.',
        steps: [
          {
            label: '',
            run(shop) {
              shop.happen('A second client');
              const decide = () => shop.decide(['checkout_redesign'], shop.nextVisitor());
              void Promise.resolve(shop.createClient().onReady()).then(decide);
            },
          },
        ],
      },
      {
        id: 'react',
        title: 'React replaces its client',
        about:
          'The page uses React’s SDK, whose client has another one inside. An app that makes a client for each user replaces it when somebody else signs in.',
        recipe: 'The recipe has to be handed each of them.',
        beginning: { isReact: true },
        steps: [
          {
            label: 'Make a client for Grace',
            run(shop) {
              shop.happen('A client for Grace');
              const decide = () => shop.decide(['pricing_page'], 'grace');
              void Promise.resolve(shop.createClient('grace').onReady()).then(decide);
            },
          },
        ],
      },
      {
        id: 'datafile',
        title: 'The datafile is updated',
        about:
          'The page begins with a datafile that is out of date. The SDK asks for the latest, which has one more flag, and the page decides it.',
        beginning: { isDatafileOld: true },
        steps: [],
      },
    ],
  },
  {
    title: 'The page',
    situations: [
      {
        id: 'script-late',
        title: 'The script comes late',
        about:
          'A tag manager loads the script after the flags were decided. It recovers them from what Optimizely has not sent yet.',
        beginning: { isForwarderLate: true },
        steps: [],
      },
      {
        id: 'leave',
        title: 'Left, and come back to',
        about:
          'Flags are decided and the page is left in the same moment; then you come back. With SDK 5 and 6.0 the page has lost its listeners by then: choose one below, and decide again.',
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
      {
        id: 'persist',
        title: 'Left before FullStory comes',
        about: 'With data-persist, what could not be sent waits for the next page of this tab.',
        beginning: { fullstory: 'absent', settings: { persist: '' } },
        nextPage: { fullstory: 'there', decides: null },
        steps: [{ label: 'Open the next page', goesTo: 'next page' }],
      },
      {
        id: 'same-session',
        title: 'The same on each page',
        about: 'With data-dedupe="session" a session is told once, on whichever of its pages that is.',
        beginning: { settings: { dedupe: 'session' } },
        nextPage: {},
        steps: [{ label: 'Open the next page', goesTo: 'next page' }],
      },
      {
        id: 'two-tabs',
        title: 'Two tabs of one session',
        about:
          'With data-dedupe="session", and the shop open in two tabs: the session is told once, by whichever tab decides first. Each tab’s timeline shows both; decide in one, and then the same in the other.',
        recipe: 'The recipe tells the session in each tab.',
        beginning: { hasTabs: true, settings: { dedupe: 'session' } },
        nextPage: {},
        steps: [{ label: 'Open it in a second tab', goesTo: 'second tab' }],
      },
      {
        id: 'storage-forbidden',
        title: 'Storage is forbidden',
        about:
          'With data-dedupe="session" and data-persist, in a browser that forbids storage: the bridge says so, remembers what it can for as long as the page is there, and hands everything over when that is left.',
        beginning: { storage: 'forbidden', settings: { dedupe: 'session', persist: '' } },
        nextPage: { decides: null },
        steps: [
          {
            label: 'Decide for another and leave',
            run: (shop) => shop.decide(shop.flags(), shop.nextVisitor()),
            goesTo: 'next page',
          },
        ],
      },
      {
        id: 'storage-damaged',
        title: 'Storage is damaged',
        about:
          'The same settings, and what they keep in storage is damaged, not the bridge’s, or two days old. It is left aside.',
        beginning: { storage: 'damaged', settings: { dedupe: 'session', persist: '' } },
        steps: [],
      },
      {
        id: 'child-frame',
        title: 'In a child frame',
        about:
          'In a frame of another page FullStory takes events and refuses user properties. The bridge knows, and says so.',
        beginning: { isChildFrame: true },
        steps: [],
      },
      {
        id: 'disconnect',
        title: 'Disconnected',
        about:
          'disconnect() removes every listener, timer and patch of the bridge’s: it hears nothing until it is connected again.',
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
    ],
  },
];

export const SITUATIONS: ReadonlyMap<string, Situation> = new Map(
  [HEALTHY, ...GROUPS.flatMap(({ situations }) => situations)].map((situation) => [situation.id, situation]),
);
