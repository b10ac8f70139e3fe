import { createRandom, type Random } from './random.ts';

/** A page of a site, and its visitor's actions. */
export interface RandomPage {
  sdk: string;
  /** A version of the snippet; `browser` is the package that brings it. */
  fullstory: string;
  namespace: string;
  /** The scripts of the head, in order. A missing script comes through a tag manager, after the decisions. */
  order: readonly ('forwarder' | 'fullstory' | 'optimizely')[];
  settings: Record<string, string>;
  hostile: readonly Hostile[];
  /** Whether hostile code comes before all other scripts, or after them. */
  isHostileFirst: boolean;
  /** The time when fs.js arrives: at once, after the first steps, or only on the next page. */
  arrives: 'at once' | 'late' | 'on the next page';
  decides: 'on the next line' | 'when ready' | 'queued first';
  steps: readonly Step[];
  /** How the page is left, and the decisions made at that time. */
  leaving: 'not' | 'at once' | 'hidden first';
}

export type Hostile = keyof typeof HOSTILE;

/** Globals that pages and their other scripts leave behind. */
export const HOSTILE = {
  'Prototype.js': '<script src="/e2e/overwritten-methods.js"></script>',
  'extended prototypes': '<script src="/e2e/polluted-prototypes.js"></script>',
  'a parent of its own': '<script>var parent = {};</script>',
  'a console without warn': '<script>console.warn = undefined;</script>',
  'an image named currentScript':
    '<img name="currentScript" data-include="user_id" data-event-name="Stolen" alt="">',
  'an element named as the bridge': '<div id="optimizelyFullStory" data-event-name="Stolen"></div>',
  'an element named as the namespace': '<div id="_fs_namespace"></div>',
} as const;

export type Step =
  | { do: 'decide' | 'decide with another client' | 'record'; user: string; flag: string }
  | { do: 'decide all'; user: string }
  | { do: 'pass'; ms: number }
  | { do: 'identify' }
  /** Another user signs in, and the page decides for that one: so many ms later, 0 in the same task, or not at all. */
  | { do: 'sign in'; user: string; decidesAfter?: number }
  | { do: 'sign out' | 'expire' | 'shut down and restart' | 'hide and show' | 'clear listeners' | 'close' }
  | { do: 'wrap'; how: Wrapper };

export type Wrapper = 'plain' | 'spoiling' | 'rejecting' | 'throwing for a while';

const SDKS = ['4.10.1', '5.4.1', '6.0.0', '6.6.1'];
const FULLSTORIES = ['1.3', '2.0', '2.1', '2.1', 'browser'];
const USERS = ['ada', 'grace', 'zoe', 'lin'];
const FLAGS = [
  'checkout_redesign',
  'pricing_page',
  'search_ranking',
  'free_shipping_banner',
  'loyalty_points',
];
const STEPS: readonly Step['do'][] = [
  'decide',
  'decide',
  'decide with another client',
  'decide all',
  'record',
  'pass',
  'identify',
  'sign in',
  'sign out',
  'expire',
  'shut down and restart',
  'hide and show',
  'clear listeners',
  'close',
  'wrap',
];

function chooseStep(random: Random, canClose: boolean): Step {
  const user = random.pick(USERS);
  const flag = random.pick(FLAGS);
  const kind = random.pick(STEPS);
  switch (kind) {
    case 'decide':
    case 'decide with another client':
    case 'record':
      return { do: kind, user, flag };
    case 'decide all':
      return { do: kind, user };
    case 'pass':
      return { do: kind, ms: random.pick([100, 1000, 2500, 5000, 61_000]) };
    case 'sign in':
      // A decision within two seconds replaces one for the earlier user.
      return random.oneIn(3)
        ? { do: kind, user }
        : { do: kind, user, decidesAfter: random.pick([0, 0, 100, 1500, 1900, 2500]) };
    case 'wrap':
      return { do: kind, how: random.pick(['plain', 'spoiling', 'rejecting', 'throwing for a while']) };
    case 'close':
      // When a closed client decides, SDK 6 rejects promises of its own, and the others warn.
      return canClose ? { do: kind } : { do: 'clear listeners' };
    default:
      return { do: kind };
  }
}

/** @param seed the same one makes the same page. */
export function choosePage(seed: number): RandomPage {
  const random = createRandom(seed);
  const sdk = random.pick(SDKS);
  const fullstory = random.pick(FULLSTORIES);
  const persist = random.oneIn(3);
  const arrives = random.pick(['at once', 'at once', 'late', persist ? 'on the next page' : 'late'] as const);
  // A late script recovers only recent decisions.
  const isForwarderLate = arrives === 'at once' && random.oneIn(6);
  const order = random.shuffle(['forwarder', 'fullstory', 'optimizely'] as const);
  const hostile = random.shuffle(Object.keys(HOSTILE) as Hostile[]).slice(0, random.pick([0, 0, 1, 1, 2, 3]));
  const canClose = !sdk.startsWith('6') && !hostile.includes('a console without warn');
  const steps = Array.from({ length: random.below(6) }, () => chooseStep(random, canClose));
  return {
    sdk,
    fullstory,
    namespace: random.pick(['FS', 'FS', 'Story']),
    order: isForwarderLate ? order.filter((name) => name !== 'forwarder') : order,
    settings: {
      ...(random.oneIn(4) && { dedupe: 'session' }),
      ...(persist && { persist: '' }),
      ...(random.oneIn(6) && { debug: '' }),
    },
    hostile,
    isHostileFirst: random.oneIn(2),
    arrives,
    decides: isForwarderLate
      ? 'when ready'
      : random.pick(['on the next line', 'when ready', 'when ready', 'queued first'] as const),
    steps: arrives === 'on the next page' ? steps.filter(({ do: kind }) => kind.startsWith('decide')) : steps,
    leaving:
      arrives === 'on the next page' ? 'at once' : random.pick(['not', 'at once', 'hidden first'] as const),
  };
}
