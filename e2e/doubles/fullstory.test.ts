import { createContext, runInContext } from 'node:vm';
import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet';
import { describe, expect, it } from 'vitest';
import {
  type FullStoryDouble,
  type FullStoryDoubleOptions,
  installFullStory,
  type Stub,
} from './fullstory.ts';

type Version = '1.3' | '2.0' | '2.1';

interface Global extends Stub {
  _v: string;
}

interface Script {
  src: string;
  attributes: Record<string, string>;
  onerror?: () => void;
  setAttribute(name: string, value: string): void;
}

interface Started {
  sessionUrl: string | null;
  settings: object;
}

const SNIPPETS = { '1.3': generateSnippetTextV1, '2.0': generateSnippetTextV2, '2.1': generateSnippetText };
const EVERY: Version[] = ['1.3', '2.0', '2.1'];
const WITH_PROMISES: Version[] = ['2.0', '2.1'];
const SECOND = 1000;
const MINUTE = 60 * SECOND;

function createClock() {
  const timers: { at: number; callback: () => void }[] = [];
  let now = Date.UTC(2026, 1, 10);
  return {
    now: () => now,
    setTimeout: (callback: () => void, ms: number) => void timers.push({ at: now + ms, callback }),
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.callback();
      }
      now = end;
    },
  };
}

function runSnippet(version: Version) {
  const scripts: Script[] = [];
  const insert = (script: Script) => void scripts.push(script);
  const document = {
    createElement(): Script {
      const attributes: Record<string, string> = {};
      return {
        src: '',
        attributes,
        setAttribute(name, value) {
          attributes[name] = value;
        },
      };
    },
    getElementsByTagName: () => [{ parentNode: { insertBefore: insert } }],
    head: { appendChild: insert },
  };
  const window: Record<string, unknown> = { document };
  window.window = window;
  runInContext(SNIPPETS[version]({ orgId: 'DOUBLE' }), createContext(window));
  return { FS: window.FS as Global, scripts };
}

/** A browser, whose pages share a cookie. */
function createBrowser(version: Version = '2.1') {
  const clock = createClock();
  let cookie: string | null = null;

  /** A page with the stub only. fs.js arrives by `arrive`. */
  function open({ isChildFrame = false } = {}) {
    const { FS, scripts } = runSnippet(version);
    const ready: boolean[] = [];
    return {
      FS,
      scripts,
      ready,
      arrive: (options?: FullStoryDoubleOptions) =>
        installFullStory(
          {
            stub: FS,
            isChildFrame,
            ready: (failed) => void ready.push(failed),
            load: () => cookie,
            save: (kept) => {
              cookie = kept;
            },
            now: clock.now,
            setTimeout: clock.setTimeout,
          },
          options,
        ),
    };
  }

  /** A page that captures. */
  function visit(frame?: { isChildFrame: boolean }) {
    const page = open(frame);
    const double = page.arrive();
    clock.pass(SECOND);
    return { ...page, double };
  }

  /** An earlier page, on which a user was identified. */
  function visitAs(uid: string) {
    const { FS, double } = visit();
    FS('setIdentity', { uid });
    double.save();
    return double;
  }

  return { clock, open, visit, visitAs };
}

function observe<Detail>(FS: Stub, type: 'start' | 'shutdown'): Detail[] {
  const seen: Detail[] = [];
  FS('observe', { type, callback: (detail: Detail) => void seen.push(detail) });
  return seen;
}

const observeStart = (FS: Stub) => observe<Started>(FS, 'start');
const observeShutdown = (FS: Stub) => observe<{ reason: number }>(FS, 'shutdown');
const urls = (starts: Started[]) => starts.map(({ sessionUrl }) => sessionUrl);

function track(FS: Stub, name: unknown, properties: unknown = {}, source?: string): void {
  FS('trackEvent', { name, properties }, source);
}

function setUser(FS: Stub, properties: unknown, source?: string): void {
  FS('setProperties', { type: 'user', properties }, source);
}

const hasOwnPush = ({ q }: Stub) => Object.keys(q ?? []).includes('push');
const outcomes = ({ calls }: FullStoryDouble) => calls.map(({ outcome }) => outcome);
const accepted = (double: FullStoryDouble) =>
  outcomes(double).filter((outcome) => outcome === 'accepted').length;
const last = ({ calls }: FullStoryDouble) => calls.at(-1);

describe.each(EVERY)('the stub of snippet %s', (version) => {
  it('says its version, queues calls and has no _api', () => {
    const { FS } = createBrowser(version).open();
    track(FS, 'queued', { a: 1 }, 'test');
    expect(FS._v).toBe(`${version}.0`);
    expect(Array.isArray(FS.q)).toBe(true);
    expect(FS.q?.at(-1)?.slice(0, 3)).toEqual([
      'trackEvent',
      { name: 'queued', properties: { a: 1 } },
      'test',
    ]);
    expect(FS).not.toHaveProperty('_api');
    expect(FS).not.toHaveProperty('getCurrentSessionURL');
  });

  it('has init as first queue entry on 2.1 alone', () => {
    const { FS } = createBrowser(version).open();
    expect(FS.q?.map(([name]) => name)).toEqual(version === '2.1' ? ['init'] : []);
    if (version === '2.1') expect(FS.q?.[0]?.[1]).toMatchObject({ env: { orgId: 'DOUBLE' } });
  });

  it('inserts one script, which names the namespace on 2.1 alone', () => {
    const { scripts } = createBrowser(version).open();
    const is21 = version === '2.1';
    expect(scripts).toHaveLength(1);
    expect(scripts[0]?.src).toBe(`https://edge.fullstory.com/s/fs.js${is21 ? '?org=DOUBLE' : ''}`);
    expect(scripts[0]?.attributes).toEqual(is21 ? { 'data-fs-namespace': 'FS' } : {});
  });

  it('hands its queue over: FS.q is gone, FS._api is set, the calls are delivered', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    track(FS, 'queued');
    const double = arrive();
    expect(FS).not.toHaveProperty('q');
    expect(typeof FS._api).toBe('function');
    expect(double.calls).toEqual([]);
    clock.pass(SECOND);
    track(FS, 'direct');
    expect(double.calls).toMatchObject([
      { kind: 'event', name: 'queued', outcome: 'accepted', session: double.session() },
      { kind: 'event', name: 'direct', outcome: 'accepted', session: double.session() },
    ]);
  });
});

describe('a blocked fs.js', () => {
  it('leaves no trace on 1.3', () => {
    const { FS, scripts } = createBrowser('1.3').open();
    expect(scripts[0]).not.toHaveProperty('onerror');
    track(FS, 'queued');
    expect(hasOwnPush(FS)).toBe(false);
    expect(FS.q).toHaveLength(1);
  });

  it.each(WITH_PROMISES)('empties the queue of %s and replaces its push, so that calls vanish', (version) => {
    const { FS, scripts } = createBrowser(version).open();
    track(FS, 'queued');
    expect(hasOwnPush(FS)).toBe(false);
    scripts[0]?.onerror?.();
    expect(hasOwnPush(FS)).toBe(true);
    expect(FS.q).toHaveLength(0);
    track(FS, 'later');
    expect(FS.q).toHaveLength(0);
    expect(FS).not.toHaveProperty('_api');
  });

  it.each(WITH_PROMISES)('rejects the Async calls of %s, queued and later', async (version) => {
    const { FS, scripts } = createBrowser(version).open();
    const queued = FS('trackEventAsync', { name: 'queued', properties: {} });
    scripts[0]?.onerror?.();
    const later = FS('trackEventAsync', { name: 'later', properties: {} });
    const message = 'Error loading edge.fullstory.com/s/fs.js';
    await expect(queued).rejects.toHaveProperty('message', message);
    await expect(later).rejects.toHaveProperty('message', message);
  });
});

describe('Async calls', () => {
  it('return no promise on 1.3', () => {
    const { FS } = createBrowser('1.3').visit();
    expect(FS('trackEventAsync', { name: 'a', properties: {} })).toBeUndefined();
  });

  it.each(WITH_PROMISES)('resolve on %s, queued in the stub and once live', async (version) => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    const queued = FS('trackEventAsync', { name: 'queued', properties: {} });
    const double = arrive();
    clock.pass(SECOND);
    await expect(queued).resolves.toBeUndefined();
    await expect(FS('trackEventAsync', { name: 'live', properties: {} })).resolves.toBeUndefined();
    await expect(FS('getSessionAsync')).resolves.toBe(double.session());
    expect(double.calls).toMatchObject([{ name: 'queued' }, { name: 'live' }]);
  });

  it.each(WITH_PROMISES)('give a queued observer of %s its disconnect', async (version) => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    const starts: Started[] = [];
    const callback = (started: Started) => void starts.push(started);
    const observing = FS('observeAsync', { type: 'start', callback });
    const double = arrive();
    clock.pass(SECOND);
    expect(starts).toHaveLength(1);
    ((await observing) as { disconnect(): void }).disconnect();
    double.expireSession();
    expect(starts).toHaveLength(1);
  });
});

describe.each(EVERY)('the start of a session with snippet %s', (version) => {
  it('brings getCurrentSessionURL, getSession and _fs_ready(false), none of them before', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive, ready } = open();
    const double = arrive({ delay: 100 });
    clock.pass(99);
    expect(FS).not.toHaveProperty('getCurrentSessionURL');
    expect(double.session()).toBeNull();
    expect(ready).toEqual([]);
    clock.pass(1);
    expect(FS.getCurrentSessionURL?.()).toMatch(/^https:\/\/app\.fullstory\.com\/ui\/.+\/session\/.+/);
    expect(double.session()).toBe(FS.getCurrentSessionURL?.());
    expect(FS._api?.('getSession')).toBe(double.session());
    expect(ready).toEqual([false]);
  });

  it('fires an observer that was queued in the stub', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    const starts = observeStart(FS);
    const double = arrive();
    expect(starts).toEqual([]);
    clock.pass(SECOND);
    expect(starts).toEqual([{ sessionUrl: double.session(), settings: {} }]);
  });

  it('fires an observer at once that comes when already capturing', () => {
    const { FS, double } = createBrowser(version).visit();
    expect(observeStart(FS)).toEqual([{ sessionUrl: double.session(), settings: {} }]);
  });

  it('fires again after shutdown and restart, with the same sessionUrl', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const before = double.session();
    FS('shutdown');
    expect(FS.getCurrentSessionURL?.()).toBeNull();
    clock.pass(MINUTE);
    expect(starts).toHaveLength(1);
    FS('restart');
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([before, before]);
    expect(FS.getCurrentSessionURL?.()).toBe(before);
  });

  it('fires again after a change of user, with another sessionUrl', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const before = double.session();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([before, double.session()]);
    expect(double.session()).not.toBe(before);
  });

  it('fires again after the session expired, with another sessionUrl of the same user', () => {
    const { FS, double } = createBrowser(version).visit();
    const starts = observeStart(FS);
    const before = double.session();
    FS('setIdentity', { uid: 'ada' });
    double.expireSession();
    track(FS, 'after');
    expect(urls(starts)).toEqual([before, double.session()]);
    expect(double.session()).not.toBe(before);
    expect(double.calls).toMatchObject([{ uid: 'ada', session: double.session() }]);
  });
});

describe('observers', () => {
  it.each(WITH_PROMISES)('are silent after disconnect() on %s', (version) => {
    const { FS, double } = createBrowser(version).visit();
    const gone: Started[] = [];
    const callback = (started: Started) => void gone.push(started);
    const observer = FS('observe', { type: 'start', callback }) as { disconnect(): void };
    const kept = observeStart(FS);
    observer.disconnect();
    double.expireSession();
    expect(gone).toHaveLength(1);
    expect(kept).toHaveLength(2);
  });

  it('of an unknown type never fire', () => {
    const { FS, double } = createBrowser().visit();
    let fired = 0;
    FS('observe', { type: 'session', callback: () => void fired++ });
    double.expireSession();
    FS('shutdown');
    expect(fired).toBe(0);
  });
});

describe.each(EVERY)('identity with snippet %s', (version) => {
  it('stays in the session on the first setIdentity, and on the same uid again', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const shutdowns = observeShutdown(FS);
    const session = double.session();
    track(FS, 'anonymous');
    FS('setIdentity', { uid: 'ada' });
    track(FS, 'identified');
    FS('setIdentity', { uid: 'ada' });
    track(FS, 'again');
    clock.pass(SECOND);
    expect(double.session()).toBe(session);
    expect(starts).toHaveLength(1);
    expect(shutdowns).toEqual([]);
    expect(double.calls).toMatchObject([
      { name: 'anonymous', uid: '', session },
      { name: 'identified', uid: 'ada', session },
      { name: 'again', uid: 'ada', session },
    ]);
  });

  it.each([
    ['another uid', { uid: 'bob' }, 'bob'],
    ['anonymous:true', { anonymous: true }, ''],
  ])('makes a new user and session of %s while identified, after shutdown with reason 4', (_, given, uid) => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const shutdowns = observeShutdown(FS);
    const before = double.session();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', given);
    expect(shutdowns).toEqual([{ reason: 4 }]);
    expect(FS.getCurrentSessionURL?.()).toBeNull();
    clock.pass(SECOND);
    track(FS, 'after');
    const userOf = (url: string | null) => url?.split('/').at(-1)?.split(':')[0];
    expect(userOf(double.session())).not.toBe(userOf(before));
    expect(double.calls).toMatchObject([{ name: 'after', uid, session: double.session() }]);
    expect(shutdowns).toHaveLength(1);
  });

  it('loses calls between two users', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'between');
    setUser(FS, { between: true });
    clock.pass(SECOND);
    track(FS, 'after');
    expect(double.calls).toMatchObject([
      { name: 'between', outcome: 'discarded', session: '' },
      { kind: 'properties', outcome: 'discarded', session: '' },
      { name: 'after', outcome: 'accepted', uid: 'bob' },
    ]);
  });

  it('keeps the session of an anonymous visitor and on consent', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const session = double.session();
    FS('setIdentity', { anonymous: true });
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { consent: true });
    clock.pass(SECOND);
    expect(double.session()).toBe(session);
  });

  it('follows a user property uid', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const session = double.session();
    setUser(FS, { uid: 'ada' });
    track(FS, 'first');
    expect(last(double)).toMatchObject({ uid: 'ada', session });
    setUser(FS, { uid: 'bob' });
    clock.pass(SECOND);
    track(FS, 'second');
    expect(last(double)).toMatchObject({ uid: 'bob', session: double.session() });
    expect(double.session()).not.toBe(session);
  });
});

describe.each(EVERY)('the queue of snippet %s after an earlier page', (version) => {
  it.each([
    ['another uid', { uid: 'bob' }, 'bob'],
    ['anonymous:true', { anonymous: true }, ''],
  ])('loses silently what precedes %s, and delivers the rest to the new user', (_, identity, uid) => {
    const { clock, open, visitAs } = createBrowser(version);
    const before = visitAs('ada').session();
    const { FS, arrive } = open();
    const starts = observeStart(FS);
    track(FS, 'early');
    setUser(FS, { early: true });
    FS('setIdentity', identity);
    track(FS, 'late');
    setUser(FS, { late: true });
    const double = arrive();
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([double.session()]);
    expect(double.session()).not.toBe(before);
    expect(double.calls).toMatchObject([
      { name: 'early', outcome: 'discarded', session: '' },
      { properties: { early: true }, outcome: 'discarded', session: '' },
      { name: 'late', outcome: 'accepted', uid, session: double.session() },
      { properties: { late: true }, outcome: 'accepted', uid, session: double.session() },
    ]);
  });

  it('loses what precedes a user property uid of another user', () => {
    const { clock, open, visitAs } = createBrowser(version);
    visitAs('ada');
    const { FS, arrive } = open();
    const starts = observeStart(FS);
    track(FS, 'early');
    setUser(FS, { uid: 'bob' });
    track(FS, 'late');
    const double = arrive();
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([double.session()]);
    expect(double.calls).toMatchObject([
      { name: 'early', outcome: 'discarded' },
      { properties: { uid: 'bob' }, uid: 'bob', session: double.session() },
      { name: 'late', outcome: 'accepted', uid: 'bob', session: double.session() },
    ]);
  });

  it('loses nothing when the uid is the same', () => {
    const { clock, open, visitAs } = createBrowser(version);
    const before = visitAs('ada').session();
    const { FS, arrive } = open();
    track(FS, 'early');
    FS('setIdentity', { uid: 'ada' });
    const double = arrive();
    clock.pass(SECOND);
    expect(double.session()).toBe(before);
    expect(double.calls).toMatchObject([{ name: 'early', outcome: 'accepted', uid: 'ada', session: before }]);
  });

  it('loses nothing of a page that waits for start', () => {
    const { clock, open, visitAs } = createBrowser(version);
    visitAs('ada');
    const { FS, arrive } = open();
    FS('observe', { type: 'start', callback: () => track(FS, 'at start') });
    FS('setIdentity', { uid: 'bob' });
    const double = arrive();
    clock.pass(SECOND);
    expect(double.calls).toMatchObject([{ name: 'at start', outcome: 'accepted', uid: 'bob' }]);
  });

  it('loses what lies between two users in it, and fires start for the second alone', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    const starts = observeStart(FS);
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'between');
    const double = arrive();
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([double.session()]);
    expect(double.calls).toMatchObject([{ outcome: 'discarded', session: '' }]);
  });
});

describe.each(EVERY)('stopped capture with snippet %s', (version) => {
  it('delivers what is called between shutdown and restart after the restart', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const session = double.session();
    FS('shutdown');
    track(FS, 'between');
    setUser(FS, { between: true });
    clock.pass(MINUTE);
    expect(double.calls).toEqual([]);
    FS('restart');
    clock.pass(SECOND);
    expect(double.calls).toMatchObject([
      { name: 'between', outcome: 'accepted', session },
      { kind: 'properties', outcome: 'accepted', session },
    ]);
  });

  it('waits for restart when shutdown was queued in the stub', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    const starts = observeStart(FS);
    FS('shutdown');
    track(FS, 'early');
    const double = arrive();
    clock.pass(MINUTE);
    expect(starts).toEqual([]);
    expect(double.session()).toBeNull();
    FS('restart');
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([double.session()]);
    expect(double.calls).toMatchObject([{ name: 'early', outcome: 'accepted' }]);
  });

  it.each(['_fs_capture_on_startup', 'init env'])("holds with %s false until FS('start')", (way) => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive, ready } = open();
    const isInit = way === 'init env';
    if (isInit) FS('init', { env: { captureOnStartup: false } });
    const starts = observeStart(FS);
    track(FS, 'queued');
    const double = arrive(isInit ? {} : { captureOnStartup: false });
    track(FS, 'waiting');
    clock.pass(MINUTE);
    expect(starts).toEqual([]);
    expect(ready).toEqual([]);
    expect(double.session()).toBeNull();
    expect(double.calls).toEqual([]);
    expect(double.kept.map(([, options]) => options)).toMatchObject([
      { name: 'queued' },
      { name: 'waiting' },
    ]);
    expect(typeof FS._api).toBe('function');
    FS('start');
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([double.session()]);
    expect(double.kept).toEqual([]);
    expect(double.calls).toMatchObject([
      { name: 'queued', outcome: 'accepted', session: double.session() },
      { name: 'waiting', outcome: 'accepted', session: double.session() },
    ]);
  });
});

describe.each(EVERY)('refused capture with snippet %s', (version) => {
  it('tells shutdown observers reason 5 and _fs_ready true, and starts no session', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive, ready } = open();
    const starts = observeStart(FS);
    const shutdowns = observeShutdown(FS);
    const double = arrive({ refuse: true });
    clock.pass(SECOND);
    expect(shutdowns).toEqual([{ reason: 5 }]);
    expect(ready).toEqual([true]);
    expect(starts).toEqual([]);
    expect(double.session()).toBeNull();
    expect(FS.getCurrentSessionURL?.()).toBeFalsy();
  });

  it('discards calls, queued and later', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    track(FS, 'queued');
    const double = arrive({ refuse: true });
    clock.pass(SECOND);
    track(FS, 'later');
    setUser(FS, { later: true });
    expect(outcomes(double)).toEqual(['discarded', 'discarded', 'discarded']);
    expect(double.calls.map(({ session }) => session)).toEqual(['', '', '']);
  });
});

describe.each(EVERY)('a child frame with snippet %s', (version) => {
  it('refuses user properties and identity, and takes events', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit({ isChildFrame: true });
    const session = double.session();
    FS('setIdentity', { uid: 'ada' });
    setUser(FS, { plan: 'free', uid: 'ada' });
    track(FS, 'event');
    clock.pass(SECOND);
    expect(double.session()).toBe(session);
    expect(double.calls).toMatchObject([
      { kind: 'properties', outcome: 'rejected' },
      { kind: 'event', outcome: 'accepted', uid: '', session },
    ]);
  });

  it('refuses another identity that was queued in the stub', () => {
    const { clock, open, visitAs } = createBrowser(version);
    const session = visitAs('ada').session();
    const { FS, arrive } = open({ isChildFrame: true });
    track(FS, 'event');
    FS('setIdentity', { uid: 'bob' });
    const double = arrive();
    clock.pass(SECOND);
    expect(double.session()).toBe(session);
    expect(double.calls).toMatchObject([{ name: 'event', outcome: 'accepted', uid: 'ada', session }]);
  });
});

describe.each([
  { kind: 'events', perMinute: 60, perSecond: 40, call: (FS: Stub) => track(FS, 'event') },
  { kind: 'property calls', perMinute: 30, perSecond: 10, call: (FS: Stub) => setUser(FS, { a: 1 }) },
])('the limits of $kind', ({ perMinute, perSecond, call }) => {
  /** Slow enough for the limit of a second. */
  const GAP = 2 * (SECOND / perSecond);

  function createSender() {
    const browser = createBrowser();
    let page = browser.visit();
    return {
      browser,
      /** How many of so many calls are accepted. */
      send(count: number, gap = 0): number {
        const before = accepted(page.double);
        for (let sent = 0; sent < count; sent++) {
          call(page.FS);
          browser.clock.pass(gap);
        }
        return accepted(page.double) - before;
      },
      page: () => page,
      nextPage() {
        page.double.save();
        page = browser.visit();
      },
    };
  }

  it(`are ${perSecond} a second, sliding`, () => {
    const { browser, send } = createSender();
    const half = perSecond / 2;
    expect(send(half)).toBe(half);
    browser.clock.pass(900);
    expect(send(half)).toBe(half);
    browser.clock.pass(99);
    expect(send(1)).toBe(0);
    browser.clock.pass(1);
    // The first half is a second old, the other is not.
    expect(send(half + 1)).toBe(half);
  });

  it(`are ${perMinute} a minute, sliding`, () => {
    const { browser, send } = createSender();
    const half = perMinute / 2;
    expect(send(half, GAP)).toBe(half);
    browser.clock.pass(50 * SECOND - half * GAP);
    expect(send(half, GAP)).toBe(half);
    expect(send(1)).toBe(0);
    browser.clock.pass(10 * SECOND - half * GAP - 1);
    expect(send(1)).toBe(0);
    browser.clock.pass(1 + half * GAP);
    expect(send(perMinute, GAP)).toBe(half);
  });

  it('show what is over them as rejected calls, whoever makes them', () => {
    const { page, send } = createSender();
    expect(send(perSecond + 5)).toBe(perSecond);
    const { calls } = page().double;
    expect(calls).toHaveLength(perSecond + 5);
    expect(calls.slice(perSecond).every(({ outcome }) => outcome === 'rejected')).toBe(true);
  });

  it('begin anew with every page load, not with a session', () => {
    const { page, nextPage, send } = createSender();
    expect(send(perMinute, GAP)).toBe(perMinute);
    page().double.expireSession();
    expect(send(1)).toBe(0);
    nextPage();
    expect(send(perSecond)).toBe(perSecond);
  });
});

describe('the limits', () => {
  it('are shared by all sources', () => {
    const { FS, double } = createBrowser().visit();
    for (let sent = 0; sent < 40; sent++) track(FS, 'event', {}, sent % 2 ? 'site' : 'bridge');
    track(FS, 'one too many', {}, 'bridge');
    expect(accepted(double)).toBe(40);
    expect(last(double)?.outcome).toBe('rejected');
  });

  it('are separate for events and property calls', () => {
    const { FS, double } = createBrowser().visit();
    for (let sent = 0; sent < 40; sent++) track(FS, 'event');
    for (let sent = 0; sent < 10; sent++) setUser(FS, { a: 1 });
    expect(accepted(double)).toBe(50);
  });
});

describe('a payload', () => {
  /** Properties that are so many bytes as JSON. */
  const ofBytes = (bytes: number, letter = 'x') => {
    const room = bytes - JSON.stringify({ a: '' }).length;
    return { a: letter.repeat(room / new TextEncoder().encode(letter).length) };
  };
  const withKeys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));

  it.each([
    ['an event', (FS: Stub, properties: unknown) => track(FS, 'event', properties)],
    ['user properties', (FS: Stub, properties: unknown) => setUser(FS, properties)],
  ])('of %s is rejected over 512 KB and over 1499 keys', (_, call) => {
    const { FS, double } = createBrowser().visit();
    call(FS, ofBytes(512 * 1024));
    call(FS, ofBytes(512 * 1024 + 1));
    call(FS, ofBytes(512 * 1024, 'é'));
    call(FS, ofBytes(512 * 1024 + 2, 'é'));
    call(FS, withKeys(1499));
    call(FS, withKeys(1500));
    expect(outcomes(double)).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'rejected',
      'accepted',
      'rejected',
    ]);
  });

  it.each([
    ['1 character', 'x', 'accepted'],
    ['250 characters', 'x'.repeat(250), 'accepted'],
    ['any characters', '[Optimizely] größe / 1', 'accepted'],
    ['no character', '', 'rejected'],
    ['251 characters', 'x'.repeat(251), 'rejected'],
    ['no name', undefined, 'rejected'],
  ])('with an event name of %s', (_, name, outcome) => {
    const { FS, double } = createBrowser().visit();
    track(FS, name);
    expect(outcomes(double)).toEqual([outcome]);
  });

  it('has null for NaN, keeps null, and drops undefined', () => {
    const { FS, double } = createBrowser().visit();
    const given = { nan: Number.NaN, nothing: null, missing: undefined, off: 'off' };
    track(FS, 'event', given);
    setUser(FS, given);
    const sent = { nan: null, nothing: null, off: 'off' };
    expect(double.calls.map(({ properties }) => properties)).toStrictEqual([sent, sent]);
  });

  it('keeps property names outside the rule as they are', () => {
    const { FS, double } = createBrowser().visit();
    setUser(FS, { '[Optimizely] checkout_redesign': 'on' });
    expect(double.calls[0]?.properties).toEqual({ '[Optimizely] checkout_redesign': 'on' });
  });

  it('is kept as it was when called', () => {
    const { clock, visit } = createBrowser();
    const { FS, double } = visit();
    const properties = { a: 1 };
    track(FS, 'event', properties);
    properties.a = 2;
    clock.pass(SECOND);
    expect(double.calls[0]?.properties).toEqual({ a: 1 });
  });

  it('that is no JSON never throws, neither live nor from the queue', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const { clock, open } = createBrowser();
    const { FS, arrive } = open();
    track(FS, 'queued', circular);
    FS('observe');
    FS('trackEvent');
    const double = arrive();
    expect(() => clock.pass(SECOND)).not.toThrow();
    expect(() => track(FS, 'live', circular)).not.toThrow();
    expect(double.session()).not.toBeNull();
    expect(outcomes(double)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

it.each(EVERY)('the source is kept with the call on %s, queued and live', (version) => {
  const { clock, open } = createBrowser(version);
  const { FS, arrive } = open();
  track(FS, 'queued', {}, 'optimizely');
  setUser(FS, { a: 1 }, 'segment');
  const double = arrive();
  clock.pass(SECOND);
  track(FS, 'live', {}, 'dlo');
  track(FS, 'none');
  expect(double.calls.map(({ source }) => source)).toEqual(['optimizely', 'segment', 'dlo', undefined]);
});

describe('page properties', () => {
  it('are no data call', () => {
    const { FS, double } = createBrowser().visit();
    FS('setProperties', { type: 'page', properties: { pageName: 'home', uid: 'ada' } });
    track(FS, 'event');
    expect(double.operations).toEqual(['setProperties']);
    expect(double.calls).toMatchObject([{ name: 'event', uid: '' }]);
  });
});

describe.each(EVERY)('across pages with snippet %s', (version) => {
  it('the session, the user and the received calls stay', () => {
    const { clock, visit } = createBrowser(version);
    const first = visit();
    first.FS('setIdentity', { uid: 'ada' });
    track(first.FS, 'first');
    first.double.save();
    clock.pass(MINUTE);
    const second = visit();
    track(second.FS, 'second');
    const session = first.double.session();
    expect(second.double.session()).toBe(session);
    expect(second.double.calls).toMatchObject([
      { name: 'first', page: 1, uid: 'ada', session },
      { name: 'second', page: 2, uid: 'ada', session },
    ]);
  });

  it('a new session of the same user begins after 30 idle minutes, not before', () => {
    const { clock, visit } = createBrowser(version);
    const first = visit();
    first.FS('setIdentity', { uid: 'ada' });
    track(first.FS, 'first');
    first.double.save();
    clock.pass(29 * MINUTE);
    const second = visit();
    expect(second.double.session()).toBe(first.double.session());
    second.double.save();
    clock.pass(30 * MINUTE);
    const third = visit();
    track(third.FS, 'third');
    expect(third.double.session()).not.toBe(second.double.session());
    expect(last(third.double)).toMatchObject({ uid: 'ada', session: third.double.session() });
  });

  it('activity keeps the session', () => {
    const { clock, visit } = createBrowser(version);
    const first = visit();
    clock.pass(20 * MINUTE);
    track(first.FS, 'active');
    first.double.save();
    clock.pass(20 * MINUTE);
    expect(visit().double.session()).toBe(first.double.session());
  });

  it('a returning user is known before the first call', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    track(FS, 'queued');
    FS('setIdentity', { uid: 'bob' });
    const double = arrive({ returningUser: 'ada' });
    expect(double.uid()).toBe('ada');
    clock.pass(SECOND);
    expect(double.uid()).toBe('bob');
    expect(double.calls).toMatchObject([{ name: 'queued', outcome: 'discarded' }]);
  });
});
