// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FullStoryDoubleOptions, Operation } from '../../e2e/doubles/fullstory.ts';
import { comeFullStory, type FullStory } from '../../test/fullstory.ts';
import { type Bridge, createBridge, type ModuleSettings } from './index.ts';

// The whole bridge beside FullStory's double: each test asserts the calls that FullStory took, by session.

type Listener = (event: { persisted: boolean }) => void;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const FLAGS = ['checkout', 'pricing', 'search'];
const MANY = Array.from({ length: 109 }, (_, index) => `flag_${index}`);

let bridge: Bridge | undefined;
let cookie: string | null;
/** How to forget the listeners of a page's FullStory. */
let undos: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  cookie = null;
  undos = [];
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  bridge?.disconnect();
  for (const undo of undos) undo();
  document.head.innerHTML = '';
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** FullStory comes, with listeners of its own on the window. */
function install(options?: FullStoryDoubleOptions, name?: string): FullStory {
  return comeFullStory(
    {
      load: () => cookie,
      save: (kept) => {
        cookie = kept;
      },
      listen(type: string, listener: Listener) {
        const added = (event: Event) => listener(event as unknown as { persisted: boolean });
        window.addEventListener(type, added);
        const undo = () => window.removeEventListener(type, added);
        undos.push(undo);
        return undo;
      },
    },
    options,
    name,
  );
}

const start = (settings?: ModuleSettings) => {
  bridge = createBridge(settings);
};
const decide = (flags: readonly string[], variationKey: string, userId: string) =>
  bridge?.record(
    flags.map((flagKey) => ({ flagKey, variationKey, enabled: true })),
    userId,
  );
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const status = () => (bridge as Bridge).status();

const events = ({ double }: FullStory) =>
  double.calls.filter(({ kind, outcome }) => kind === 'event' && outcome === 'accepted');
const flagsOf = (fullstory: FullStory) => events(fullstory).map(({ properties }) => properties.flag_key);
/** What FullStory has of a user: `flag: variation` for each event. */
const eventsOf = (fullstory: FullStory, user: string) =>
  events(fullstory)
    .filter(({ uid }) => uid === user)
    .map(({ properties }) => `${properties.flag_key}: ${properties.variation_key}`);
/** The flags of which a user's session has more than one variation. */
function inTwoVariations(fullstory: FullStory, user: string): string[] {
  const byFlag = new Map<string, Set<string>>();
  for (const event of eventsOf(fullstory, user)) {
    const [flag, variation] = event.split(': ') as [string, string];
    byFlag.set(flag, (byFlag.get(flag) ?? new Set()).add(variation));
  }
  return [...byFlag].filter(([, variations]) => variations.size > 1).map(([flag]) => flag);
}
const expected = (flags: readonly string[], variation: string) =>
  flags.map((flag) => `${flag}: ${variation}`);

/** A page with FullStory and the bridge, on which Ada is signed in. */
async function beginAsAda(): Promise<FullStory> {
  const fullstory = install();
  start();
  fullstory.FS('setIdentity', { uid: 'ada' });
  await pass(SECOND);
  return fullstory;
}

function leave(): void {
  window.dispatchEvent(new Event('beforeunload'));
  window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: false }));
}

function setHidden(isHidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('an account without session links, in which every session has the same URL', () => {
  it.each(['page', 'session'] as const)(
    'tells the session of another user, and the one after 30 idle minutes, what holds: dedupe %s',
    async (dedupe) => {
      const fullstory = install({ sessionLinks: false });
      start({ dedupe });
      fullstory.FS('setIdentity', { uid: 'ada' });
      await pass(SECOND);
      decide(FLAGS, 'on', 'ada');
      await pass(5 * SECOND);
      fullstory.FS('setIdentity', { uid: 'grace' });
      await pass(5 * SECOND);
      expect(eventsOf(fullstory, 'ada')).toEqual(expected(FLAGS, 'on'));
      expect(eventsOf(fullstory, 'grace')).toEqual(expected(FLAGS, 'on'));
      fullstory.double.expireSession();
      await pass(5 * SECOND);
      expect(new Set(events(fullstory).map(({ session }) => session)).size).toBe(3);
      expect(eventsOf(fullstory, 'grace')).toEqual([...expected(FLAGS, 'on'), ...expected(FLAGS, 'on')]);
      const properties = fullstory.double.calls.filter(({ kind }) => kind === 'properties');
      expect(properties.map((call) => Object.keys(call.properties).length)).toEqual([3, 3, 3]);
    },
  );

  it('tells the next page’s session what is decided there, with dedupe: session', async () => {
    for (const visit of [1, 2]) {
      const fullstory = install({ sessionLinks: false });
      start({ dedupe: 'session' });
      await pass(SECOND);
      decide(FLAGS, 'on', 'ada');
      await pass(SECOND);
      expect(new Set(events(fullstory).map(({ session }) => session)).size).toBe(visit);
      expect(flagsOf(fullstory)).toHaveLength(visit * FLAGS.length);
      fullstory.double.save();
      for (const undo of undos.splice(0)) undo();
      bridge?.disconnect();
      await pass(31 * MINUTE);
    }
  });
});

describe.each(['before', 'after'])(
  'a plain wrapper around FullStory’s function, made %s the bridge',
  (when) => {
    async function wrapped(): Promise<FullStory> {
      const fullstory = install();
      await pass(SECOND);
      const wrap = () =>
        vi.stubGlobal('FS', function (this: unknown, ...operation: Operation) {
          return fullstory.FS.apply(this, operation);
        });
      if (when === 'before') wrap();
      start();
      await pass(SECOND);
      if (when === 'after') wrap();
      fullstory.FS('setIdentity', { uid: 'ada' });
      await pass(SECOND);
      return fullstory;
    }

    it('a decision made during a switch of users comes once', async () => {
      const fullstory = await wrapped();
      fullstory.FS('setIdentity', { uid: 'grace' });
      decide(['checkout'], 'on', 'grace');
      await pass(10 * SECOND);
      expect(eventsOf(fullstory, 'ada')).toEqual([]);
      expect(eventsOf(fullstory, 'grace')).toEqual(['checkout: on']);
    });

    it('nothing counts as sent after a shutdown, and after the restart it comes once', async () => {
      const fullstory = await wrapped();
      fullstory.FS('shutdown');
      await pass(SECOND);
      decide(FLAGS, 'on', 'ada');
      await pass(10 * SECOND);
      expect(status()).toMatchObject({ fullstory: 'waiting', decisions: { sent: 0, waiting: 3 } });
      fullstory.FS('restart');
      await pass(10 * SECOND);
      expect(flagsOf(fullstory)).toEqual(FLAGS);
      expect(status()).toMatchObject({ fullstory: 'capturing', decisions: { sent: 3, waiting: 0 } });
    });
  },
);

it('decided while the tab sleeps and another one keeps the session alive: it arrives when it wakes', async () => {
  const fullstory = install();
  start();
  await pass(SECOND);
  decide(['checkout'], 'on', 'ada');
  await pass(SECOND);
  fullstory.double.sleep();
  await pass(31 * MINUTE);
  decide(['pricing'], 'on', 'ada');
  await pass(SECOND);
  expect(flagsOf(fullstory)).toEqual(['checkout']);
  fullstory.double.wake({ sameSession: true });
  await pass(5 * SECOND);
  expect(flagsOf(fullstory)).toContain('pricing');
});

describe('another company’s account', () => {
  it('that a widget brings after load gets nothing, and the site’s goes on getting everything', async () => {
    const site = install();
    start();
    await pass(SECOND);
    decide(['checkout'], 'on', 'ada');
    await pass(SECOND);
    vi.stubGlobal('_fs_namespace', 'WIDGET');
    document.head.innerHTML = '<script type="text/plain" data-fs-namespace="WIDGET"></script>';
    const widget = install({}, 'WIDGET');
    await pass(10 * SECOND);
    decide(['pricing'], 'on', 'ada');
    await pass(10 * SECOND);
    expect(flagsOf(site)).toEqual(['checkout', 'pricing']);
    expect(widget.double.calls).toEqual([]);
    expect(status()).toMatchObject({ namespace: 'FS', decisions: { sent: 2 } });
  });

  it('a left-over name names nothing: FullStory is found by its script tag', async () => {
    vi.stubGlobal('_fs_namespace', 'FS');
    document.head.innerHTML = '<script type="text/plain" data-fs-namespace="MYFS"></script>';
    const site = install({}, 'MYFS');
    start();
    await pass(SECOND);
    decide(['checkout'], 'on', 'ada');
    await pass(SECOND);
    expect(flagsOf(site)).toEqual(['checkout']);
    expect(status()).toMatchObject({ namespace: 'MYFS', fullstory: 'capturing' });
  });
});

it.each([
  ['an inner frame', undefined, ['child-frame']],
  ['a frame that is recorded by itself', true, []],
] as const)(
  '%s: user properties are handed over, and a hint only where they are dropped',
  async (_, isOuter, told) => {
    vi.stubGlobal('top', {});
    vi.stubGlobal('_fs_is_outer_script', isOuter);
    const fullstory = install();
    start();
    await pass(SECOND);
    decide(['checkout'], 'on', 'ada');
    await pass(SECOND);
    expect(fullstory.double.calls.map(({ kind }) => kind)).toEqual(['properties', 'event']);
    expect(status().problems).toEqual(told);
  },
);

it('an inner frame of builds until 2023, which have no observers there: events are handed over', async () => {
  const fullstory = install();
  await pass(SECOND);
  const operate = fullstory.FS._api as NonNullable<typeof fullstory.FS._api>;
  fullstory.FS._api = (...operation) => {
    const [name, , , , reject] = operation;
    if (name !== 'observe') return operate(...operation);
    reject?.(new Error('FS.observe() is not available in an inner frame'));
    return undefined;
  };
  start();
  await pass(SECOND);
  decide(['checkout'], 'on', 'ada');
  await pass(SECOND);
  expect(flagsOf(fullstory)).toEqual(['checkout']);
  expect(status()).toMatchObject({ fullstory: 'capturing' });
});

describe('leaving', () => {
  it('with the script after fs.js: 60 decisions, 60 arrive', async () => {
    const fullstory = install();
    await pass(SECOND);
    start();
    await pass(SECOND);
    decide(MANY.slice(0, 60), 'on', 'ada');
    // FullStory takes 40 events a second.
    await pass(1050);
    expect(flagsOf(fullstory)).toHaveLength(40);
    leave();
    expect(flagsOf(fullstory)).toEqual(MANY.slice(0, 60));
    expect(status().decisions).toMatchObject({ sent: 60, waiting: 0 });
  });

  it('hidden and then killed, without pagehide: what FullStory does not take any more the next page sends', async () => {
    const first = install();
    start({ persist: true });
    await pass(SECOND);
    decide(MANY, 'on', 'ada');
    await pass(1050);
    setHidden(true);
    const taken = flagsOf(first);
    expect(taken.length).toBeGreaterThanOrEqual(60);
    expect(first.double.calls.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);
    // The page ends here, without a word.
    first.double.save();
    const stored = Object.entries({ ...sessionStorage });
    for (const undo of undos.splice(0)) undo();
    bridge?.disconnect();
    for (const [key, value] of stored) sessionStorage.setItem(key, value);
    setHidden(false);
    await pass(2 * MINUTE);

    const next = install();
    start({ persist: true });
    await pass(5 * MINUTE);
    expect(flagsOf(next)).toEqual(MANY);
    expect(status().decisions).toMatchObject({ seen: MANY.length - taken.length, waiting: 0 });
  });

  it('hidden and shown again: once everything is sent, the storage has nothing for the next page', async () => {
    start({ persist: true });
    decide(FLAGS, 'on', 'ada');
    setHidden(true);
    expect(sessionStorage).toHaveLength(1);
    setHidden(false);
    const fullstory = install();
    await pass(10 * SECOND);
    expect(flagsOf(fullstory)).toEqual(FLAGS);
    // The browser may end the page now, without a word.
    expect(sessionStorage).toHaveLength(0);
  });

  describe('a prerendered page, after one that kept its decisions', () => {
    async function prerender(variation: string): Promise<FullStory> {
      start({ persist: true });
      decide(FLAGS, variation, 'ada');
      leave();
      bridge?.disconnect();
      setHidden(true);
      const fullstory = install();
      start({ persist: true });
      await pass(10 * SECOND);
      return fullstory;
    }

    async function show(): Promise<void> {
      setHidden(false);
      await pass(10 * SECOND);
    }

    it('takes them when it is shown, and not before', async () => {
      const fullstory = await prerender('on');
      expect(flagsOf(fullstory)).toEqual([]);
      await show();
      expect(flagsOf(fullstory)).toEqual(FLAGS);
    });

    it('keeps its own decisions current', async () => {
      const fullstory = await prerender('old');
      decide(FLAGS, 'new', 'ada');
      await show();
      expect(flagsOf(fullstory)).toHaveLength(2 * FLAGS.length);
      const properties = fullstory.double.calls.filter(({ kind }) => kind === 'properties');
      expect(Object.values(Object.assign({}, ...properties.map((call) => call.properties)))).toEqual(
        FLAGS.map(() => 'new'),
      );
    });
  });
});

// Another user signs in while most decisions wait for the rate limit.
describe('109 flags for Ada, and Grace signs in 3 s later', () => {
  async function begin(): Promise<FullStory> {
    const fullstory = await beginAsAda();
    decide(MANY, 'a', 'ada');
    await pass(3 * SECOND);
    return fullstory;
  }

  it('the app decides nothing for Grace: her session has all, as the page goes on showing them', async () => {
    const fullstory = await begin();
    fullstory.FS('setIdentity', { uid: 'grace' });
    await pass(10 * MINUTE);
    expect(eventsOf(fullstory, 'grace').sort()).toEqual(expected(MANY, 'a').sort());
  });

  it.each([
    ['just before', -1],
    ['in the same task', 0],
    ['500 ms later', 500],
  ] as const)('the app decides for Grace %s: her session has no flag in two variations', async (_, ms) => {
    const fullstory = await begin();
    if (ms < 0) decide(MANY, 'b', 'grace');
    fullstory.FS('setIdentity', { uid: 'grace' });
    if (ms) await pass(Math.max(0, ms));
    if (ms >= 0) decide(MANY, 'b', 'grace');
    await pass(10 * MINUTE);
    expect(inTwoVariations(fullstory, 'grace')).toEqual([]);
    expect(eventsOf(fullstory, 'grace').sort()).toEqual(expected(MANY, 'b').sort());
  });
});

// One user id for both, as where the app takes it from a cookie: only the moment tells whose a decision is.
it.each([0, 1, 250, 499])(
  '30 flags for Ada, and Grace signs in %i ms later: what waits for the limit does not reach her session as well',
  async (ms) => {
    const thirty = MANY.slice(0, 30);
    const fullstory = await beginAsAda();
    decide(thirty, 'a', 'visitor');
    await pass(ms);
    fullstory.FS('setIdentity', { uid: 'grace' });
    await pass(900);
    decide(thirty, 'b', 'visitor');
    await pass(MINUTE);
    expect(eventsOf(fullstory, 'ada')).toEqual(expected(thirty.slice(0, 20), 'a'));
    expect(eventsOf(fullstory, 'grace')).toEqual(expected(thirty, 'b'));
  },
);

it('decided in the task in which Grace signs in: it reaches her session at once', async () => {
  const fullstory = await beginAsAda();
  fullstory.FS('setIdentity', { uid: 'grace' });
  decide(FLAGS, 'b', 'visitor');
  await pass(SECOND);
  expect(eventsOf(fullstory, 'grace')).toEqual(expected(FLAGS, 'b'));
});

it.each([0, 100, 400])(
  'decided and sent for Ada, and Grace signs in %i ms later: her session has only what is decided for her',
  async (ms) => {
    const fullstory = await beginAsAda();
    decide(FLAGS, 'a', 'ada');
    await pass(ms);
    fullstory.FS('setIdentity', { uid: 'grace' });
    await pass(500);
    decide(FLAGS, 'b', 'grace');
    await pass(MINUTE);
    expect(eventsOf(fullstory, 'ada')).toEqual(expected(FLAGS, 'a'));
    expect(eventsOf(fullstory, 'grace')).toEqual(expected(FLAGS, 'b'));
  },
);

it('decided, awaited, signed in: the decision is in Ada’s session', async () => {
  const fullstory = await beginAsAda();
  decide(['checkout'], 'on', 'ada');
  await Promise.resolve();
  fullstory.FS('setIdentity', { uid: 'grace' });
  await pass(100);
  expect(eventsOf(fullstory, 'ada')).toEqual(['checkout: on']);
});
