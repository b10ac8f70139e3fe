import { describe, expect, it } from 'vitest';
import { type FullStoryDouble, installFullStory, type Stub } from './fullstory.ts';
import { createBrowser, SECOND, type Version } from './test-browser.ts';

interface Started {
  sessionUrl: string | null;
  settings: object;
}

const EVERY: Version[] = ['1.3', '2.0', '2.1'];
const WITH_PROMISES: Version[] = ['2.0', '2.1'];
const MINUTE = 60 * SECOND;

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
  it('has its version, queues calls and has no _api', () => {
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

  it('has init as first queue entry only on 2.1', () => {
    const { FS } = createBrowser(version).open();
    expect(FS.q?.map(([name]) => name)).toEqual(version === '2.1' ? ['init'] : []);
    if (version === '2.1') expect(FS.q?.[0]?.[1]).toMatchObject({ env: { orgId: 'DOUBLE' } });
  });

  it('inserts one script, which names the namespace only on 2.1', () => {
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
    clock.pass(SECOND);
    expect(starts).toHaveLength(1);
  });

  it.each(WITH_PROMISES)('are refused and not kept on %s while capture is stopped', async (version) => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    FS('shutdown');
    const tracked = FS('trackEventAsync', { name: 'stopped', properties: {} });
    await expect(tracked).rejects.toHaveProperty('message', 'Shutdown called.');
    FS('restart');
    clock.pass(SECOND);
    expect(double.calls).toEqual([]);
  });
});

describe.each(EVERY)('the start of a session with snippet %s', (version) => {
  it('has getCurrentSessionURL as soon as fs.js is live, which returns null until a session runs', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive, ready } = open();
    const double = arrive({ delay: 100 });
    expect(FS.getCurrentSessionURL?.()).toBeNull();
    clock.pass(99);
    expect(FS.getCurrentSessionURL?.()).toBeNull();
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

  it('fires an observer that is added while capturing, in a microtask', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    expect(starts).toEqual([]);
    clock.endTask();
    expect(starts).toEqual([{ sessionUrl: double.session(), settings: {} }]);
  });

  it('fires again after shutdown and restart, with the same sessionUrl', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const before = double.session();
    clock.endTask();
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
    clock.endTask();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([before, double.session()]);
    expect(double.session()).not.toBe(before);
  });

  it('fires again after the session expired, with another sessionUrl of the same user', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const before = double.session();
    FS('setIdentity', { uid: 'ada' });
    clock.endTask();
    double.expireSession();
    track(FS, 'after');
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([before, double.session()]);
    expect(double.session()).not.toBe(before);
    expect(double.calls).toMatchObject([{ uid: 'ada', session: double.session() }]);
  });
});

describe('observers', () => {
  it('are called in a microtask, not inside the call that caused them', () => {
    const { clock, visit } = createBrowser();
    const { FS } = visit();
    const shutdowns = observeShutdown(FS);
    FS('shutdown');
    expect(shutdowns).toEqual([]);
    clock.endTask();
    expect(shutdowns).toEqual([{ reason: 1 }]);
  });

  it('wait for queueMicrotask if the page does not replace it', async () => {
    const stub: Stub = Object.assign((...operation: Parameters<Stub>) => stub._api?.(...operation), {});
    const timers: (() => void)[] = [];
    installFullStory({
      stub,
      isChildFrame: false,
      ready() {},
      load: () => null,
      save() {},
      now: () => 0,
      setTimeout: (callback) => void timers.push(callback),
    });
    const starts = observeStart(stub);
    for (const callback of timers) callback();
    expect(starts).toEqual([]);
    await new Promise(setImmediate);
    expect(starts).toHaveLength(1);
  });

  it.each(WITH_PROMISES)('are silent after disconnect() on %s', (version) => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const gone: Started[] = [];
    const callback = (started: Started) => void gone.push(started);
    const observer = FS('observe', { type: 'start', callback }) as { disconnect(): void };
    const kept = observeStart(FS);
    clock.endTask();
    observer.disconnect();
    double.expireSession();
    clock.pass(SECOND);
    expect(gone).toHaveLength(1);
    expect(kept).toHaveLength(2);
  });

  it('that are added before a session have nothing to disconnect', () => {
    const { clock, open } = createBrowser();
    const { FS, arrive } = open();
    arrive();
    expect(FS('observe', { type: 'start', callback() {} })).toBeUndefined();
    clock.pass(SECOND);
    FS('shutdown');
    expect(FS('observe', { type: 'start', callback() {} })).toBeUndefined();
  });

  it('of an unknown type never fire', () => {
    const { clock, visit } = createBrowser();
    const { FS, double } = visit();
    let fired = 0;
    FS('observe', { type: 'session', callback: () => void fired++ });
    double.expireSession();
    clock.pass(SECOND);
    FS('shutdown');
    clock.pass(SECOND);
    expect(fired).toBe(0);
  });

  it('are all called twice for one session if one is added in _fs_ready', () => {
    const { clock, open } = createBrowser();
    const late: Started[] = [];
    const { FS, arrive } = open({
      onReady: () => FS('observe', { type: 'start', callback: (started: Started) => late.push(started) }),
    });
    const starts = observeStart(FS);
    const double = arrive();
    clock.pass(SECOND);
    const twice = [double.session(), double.session()];
    expect([urls(starts), urls(late)]).toEqual([twice, twice]);
  });

  it('that are added late are called twice for one session if the double is set so', () => {
    const { clock, visit } = createBrowser();
    const { FS, double } = visit({ callsLateStartTwice: true });
    const starts = observeStart(FS);
    clock.endTask();
    expect(urls(starts)).toEqual([double.session(), double.session()]);
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
    expect(FS.getCurrentSessionURL?.()).toBeNull();
    expect(shutdowns).toEqual([]);
    clock.endTask();
    expect(shutdowns).toEqual([{ reason: 4 }]);
    clock.pass(SECOND);
    track(FS, 'after');
    const userOf = (url: string | null) => url?.split('/').at(-1)?.split(':')[0];
    expect(userOf(double.session())).not.toBe(userOf(before));
    expect(double.calls).toMatchObject([{ name: 'after', uid, session: double.session() }]);
    expect(shutdowns).toHaveLength(1);
  });

  it('keeps calls made after another uid, in the same task and later, for the next session', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const before = double.session();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'same task');
    setUser(FS, { between: true });
    clock.endTask();
    track(FS, 'later');
    expect(double.calls).toEqual([]);
    clock.pass(SECOND);
    const session = double.session();
    expect(session).not.toBe(before);
    expect(double.calls).toMatchObject([
      { name: 'same task', outcome: 'accepted', uid: 'bob', session },
      { kind: 'properties', outcome: 'accepted', uid: 'bob', session },
      { name: 'later', outcome: 'accepted', uid: 'bob', session },
    ]);
  });

  it('takes a call made in the observer of shutdown reason 4 to the new user’s session', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const before = double.session();
    FS('observe', { type: 'shutdown', callback: () => track(FS, 'goodbye') });
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    clock.pass(SECOND);
    expect(double.session()).not.toBe(before);
    expect(double.calls).toMatchObject([{ name: 'goodbye', uid: 'bob', session: double.session() }]);
  });

  it('loses calls for a user whose session never began', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const shutdowns = observeShutdown(FS);
    FS('setIdentity', { uid: 'ada' });
    clock.endTask();
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'bob');
    FS('setIdentity', { uid: 'ada' });
    track(FS, 'ada again');
    clock.pass(SECOND);
    expect(shutdowns).toEqual([{ reason: 4 }]);
    expect(starts).toHaveLength(2);
    expect(double.calls).toMatchObject([
      { name: 'bob', outcome: 'discarded', session: '' },
      { name: 'ada again', outcome: 'accepted', uid: 'ada', session: double.session() },
    ]);
  });

  it('loses nothing if the same uid is set twice', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'first');
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'second');
    clock.pass(SECOND);
    expect(outcomes(double)).toEqual(['accepted', 'accepted']);
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
    expect(last(double)).toMatchObject({ kind: 'properties', uid: 'bob', session: double.session() });
    track(FS, 'second');
    expect(last(double)).toMatchObject({ uid: 'bob', session: double.session() });
    expect(double.session()).not.toBe(session);
  });
});

describe.each(EVERY)('the queue of snippet %s after an earlier page', (version) => {
  it.each([
    ['another uid', { uid: 'bob' }, 'bob'],
    ['anonymous:true', { anonymous: true }, ''],
  ])('silently loses calls before %s, and delivers the rest to the new user', (_, identity, uid) => {
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

  it('loses calls before a user property uid of another user', () => {
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

  it('loses nothing if the uid is the same', () => {
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

  it('takes the last of several users after an earlier page, and loses earlier calls', () => {
    const { clock, open, visitAs } = createBrowser(version);
    visitAs('ada');
    const { FS, arrive } = open();
    track(FS, 'ada');
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'bob');
    FS('setIdentity', { uid: 'cleo' });
    track(FS, 'cleo');
    const double = arrive();
    clock.pass(SECOND);
    expect(double.calls).toMatchObject([
      { name: 'ada', outcome: 'discarded' },
      { name: 'bob', outcome: 'discarded' },
      { name: 'cleo', outcome: 'accepted', uid: 'cleo', session: double.session() },
    ]);
  });

  it('takes the last user in the queue, and loses earlier calls', () => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    const starts = observeStart(FS);
    track(FS, 'early');
    FS('setIdentity', { uid: 'ada' });
    track(FS, 'ada');
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'bob');
    const double = arrive();
    clock.pass(SECOND);
    expect(urls(starts)).toEqual([double.session()]);
    expect(double.calls).toMatchObject([
      { name: 'early', outcome: 'discarded', session: '' },
      { name: 'ada', outcome: 'discarded', session: '' },
      { name: 'bob', outcome: 'accepted', uid: 'bob', session: double.session() },
    ]);
  });
});

describe.each(EVERY)('stopped capture with snippet %s', (version) => {
  it('delivers calls between shutdown and restart after the restart', () => {
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
  it('calls shutdown observers with reason 5 and _fs_ready with true, and starts no session', () => {
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

describe.each(EVERY)('a sleeping fs.js with snippet %s', (version) => {
  function sleep() {
    const browser = createBrowser(version);
    const page = browser.visit();
    const starts = observeStart(page.FS);
    const shutdowns = observeShutdown(page.FS);
    const before = page.double.session();
    browser.clock.endTask();
    page.double.sleep();
    return { ...browser, ...page, starts, shutdowns, before };
  }

  it('returns the same URL, and discards calls', () => {
    const { FS, double, before, shutdowns } = sleep();
    track(FS, 'asleep');
    setUser(FS, { asleep: true });
    expect(FS.getCurrentSessionURL?.()).toBe(before);
    expect(double.calls).toMatchObject([
      { name: 'asleep', outcome: 'discarded', reason: 'asleep', session: '' },
      { kind: 'properties', outcome: 'discarded', reason: 'asleep', session: '' },
    ]);
    expect(shutdowns).toEqual([]);
  });

  it('calls an observer that is added meanwhile', () => {
    const { FS, clock, before } = sleep();
    const late = observeStart(FS);
    clock.endTask();
    expect(urls(late)).toEqual([before]);
  });

  it('fires shutdown reason 3 with the next activity, then start of another session of the user', () => {
    const { FS, double, clock, before, starts, shutdowns } = sleep();
    double.wake();
    expect(FS.getCurrentSessionURL?.()).toBeNull();
    clock.endTask();
    expect([shutdowns, starts.length]).toEqual([[{ reason: 3 }], 1]);
    track(FS, 'waking');
    clock.pass(SECOND);
    expect(double.session()).not.toBe(before);
    expect(urls(starts)).toEqual([before, double.session()]);
    expect(last(double)).toMatchObject({ name: 'waking', outcome: 'accepted', session: double.session() });
  });

  it('has the next page begin another session', () => {
    const { double, before, visit } = sleep();
    double.save();
    expect(double.isAsleep()).toBe(true);
    expect(visit().double.session()).not.toBe(before);
  });

  it('continues with the same URL if another tab has kept the session alive', () => {
    const { FS, double, clock, before, starts, shutdowns } = sleep();
    track(FS, 'asleep');
    double.wake({ sameSession: true });
    clock.pass(SECOND);
    track(FS, 'awake');
    expect(shutdowns).toEqual([{ reason: 3 }]);
    expect(urls(starts)).toEqual([before, before]);
    expect(outcomes(double)).toEqual(['discarded', 'accepted']);
  });

  it('handles another user, and later calls, as if awake', () => {
    const { FS, double, clock, shutdowns } = sleep();
    FS('setIdentity', { uid: 'ada' });
    FS('setIdentity', { uid: 'bob' });
    track(FS, 'bob');
    clock.pass(SECOND);
    expect(shutdowns).toEqual([{ reason: 4 }]);
    expect(double.calls).toMatchObject([{ name: 'bob', outcome: 'accepted', uid: 'bob' }]);
  });

  it('does not wake by restart', () => {
    const { FS, double, clock, starts } = sleep();
    FS('restart');
    clock.pass(SECOND);
    track(FS, 'asleep');
    expect(starts).toHaveLength(1);
    expect(last(double)?.outcome).toBe('discarded');
  });

  it('begins no session if none runs', () => {
    const { FS, double, clock, starts } = sleep();
    FS('shutdown');
    double.expireSession();
    clock.pass(SECOND);
    expect([double.session(), starts.length]).toEqual([null, 1]);
  });
});

it('an expired session fires shutdown reason 3 before start', () => {
  const { clock, visit } = createBrowser();
  const { FS, double } = visit();
  const heard: string[] = [];
  FS('observe', {
    type: 'shutdown',
    callback: ({ reason }: { reason: number }) => heard.push(`end ${reason}`),
  });
  FS('observe', { type: 'start', callback: () => heard.push('start') });
  clock.endTask();
  double.expireSession();
  clock.pass(SECOND);
  expect(heard).toEqual(['start', 'end 3', 'start']);
});

describe('leaving the page', () => {
  const trackOnLeaving = (
    { FS, listen }: ReturnType<ReturnType<typeof createBrowser>['open']>,
    name: string,
  ) => listen('pagehide', () => track(FS, name));

  it('delivers calls of listeners before that of fs.js, and loses those of later ones', () => {
    const { clock, open } = createBrowser();
    const page = open();
    trackOnLeaving(page, 'before');
    const double = page.arrive();
    trackOnLeaving(page, 'after');
    clock.pass(SECOND);
    page.leave();
    setUser(page.FS, { unload: true });
    expect(double.calls).toMatchObject([
      { name: 'before', outcome: 'accepted' },
      { name: 'after', outcome: 'discarded', reason: 'after the last batch', session: '' },
      { kind: 'properties', outcome: 'discarded', reason: 'after the last batch' },
    ]);
  });

  it.each([
    ['restart', (FS: Stub) => void [FS('shutdown'), FS('restart')]],
    ['another user', (FS: Stub) => void [FS('setIdentity', { uid: 'a' }), FS('setIdentity', { uid: 'b' })]],
    ['waking', (_: Stub, double: FullStoryDouble) => double.wake()],
  ])('puts the listener of fs.js behind those of the page with %s', (_, begin) => {
    const { clock, visit } = createBrowser();
    const page = visit();
    trackOnLeaving(page, 'late');
    begin(page.FS, page.double);
    clock.pass(SECOND);
    page.leave();
    expect(page.double.calls).toMatchObject([{ name: 'late', outcome: 'accepted' }]);
  });

  it('loses nothing if the page is in the back/forward cache, and goes on afterwards', () => {
    const { visit } = createBrowser();
    const page = visit();
    trackOnLeaving(page, 'after');
    page.leave(true);
    page.comeBack();
    track(page.FS, 'back');
    expect(outcomes(page.double)).toEqual(['accepted', 'accepted']);
  });

  it('goes on if a page that seemed gone comes back', () => {
    const { FS, double, leave, comeBack } = createBrowser().visit();
    leave();
    track(FS, 'gone');
    comeBack();
    track(FS, 'back');
    expect(outcomes(double)).toEqual(['discarded', 'accepted']);
  });
});

describe.each(EVERY)('a refused batch with snippet %s', (version) => {
  it('ends the capture without a signal: the URL stays, observers are silent, calls are discarded', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    const starts = observeStart(FS);
    const shutdowns = observeShutdown(FS);
    const before = double.session();
    double.refuseBatch();
    track(FS, 'unheard');
    clock.pass(MINUTE);
    expect(FS.getCurrentSessionURL?.()).toBe(before);
    expect([shutdowns.length, starts.length]).toEqual([0, 1]);
    expect(double.calls).toMatchObject([{ outcome: 'discarded', reason: 'after a refused batch' }]);
  });

  it('ends with the next session', () => {
    const { clock, visit } = createBrowser(version);
    const { FS, double } = visit();
    double.refuseBatch();
    FS('shutdown');
    FS('restart');
    clock.pass(SECOND);
    track(FS, 'heard');
    expect(outcomes(double)).toEqual(['accepted']);
  });
});

describe('a late query of the state, by _api with a callback,', () => {
  function ask({ _api }: Stub): string[] {
    const answers: string[] = [];
    const refused = (error: unknown) => answers.push(`${(error as Error).name}: ${(error as Error).message}`);
    _api?.('observe', { type: 'start', callback() {} }, 'test', () => answers.push('taken'), refused);
    return answers;
  }

  it('is refused with “Capture disabled” if the server refused, and FS(…) does not throw', () => {
    const { FS } = createBrowser().visit({ refuse: true });
    expect(ask(FS)).toEqual([expect.stringMatching(/^Error: Capture disabled/)]);
    expect(() => FS('observe', { type: 'start', callback() {} })).not.toThrow();
  });

  it('is refused with “Shutdown called.” when stopped, delayed, or between two users', () => {
    const stopped = createBrowser().visit();
    stopped.FS('shutdown');
    const delayed = createBrowser('2.0').visit({ captureOnStartup: false });
    const between = createBrowser().visit();
    between.FS('setIdentity', { uid: 'ada' });
    between.FS('setIdentity', { uid: 'bob' });
    for (const { FS } of [stopped, delayed, between]) {
      expect(ask(FS)).toEqual(['Error: Shutdown called.']);
      expect(() => FS('observe', { type: 'start', callback() {} })).not.toThrow();
    }
  });

  it('is answered while a session runs, or as soon as it starts', () => {
    expect(ask(createBrowser().visit().FS)).toEqual(['taken']);
    const { clock, open } = createBrowser();
    const { FS, arrive } = open();
    arrive();
    const answers = ask(FS);
    expect(answers).toEqual([]);
    clock.pass(SECOND);
    expect(answers).toEqual(['taken']);
  });
});

describe('names on the wire', () => {
  const GIVEN = {
    '[Optimizely] flag_1': 'on',
    '[Optimizely] ship_date': 'on',
    '[Optimizely] checkout-v2.1': 'on',
    optimizely_ship_date: 'on',
    optimizely_sort_int: 'on',
    checkout_redesigns: 'on',
    '1st_strs': ['on'],
    nested: { 'a b_int': 1 },
    '%': 'on',
  };

  it('are changed by API 1, which reads suffixes as types; the original call is available too', () => {
    const { FS, double } = createBrowser('1.3').visit();
    setUser(FS, GIVEN);
    expect(double.calls[0]).toMatchObject({ given: GIVEN, outcome: 'accepted' });
    expect(double.calls[0]?.properties).toEqual({
      Optimizelyflag_1: 'on',
      Optimizelyship: 'on',
      Optimizelycheckoutv21: 'on',
      optimizely_ship: 'on',
      optimizely_sort: 'on',
      checkout_redesigns: 'on',
      st: ['on'],
      nested: { ab: 1 },
      '%': 'on',
    });
    expect(double.calls[0]?.types).toEqual({
      Optimizelyship: 'date',
      optimizely_ship: 'date',
      optimizely_sort: 'int',
      st: 'str',
    });
  });

  it('collide with API 1 if they differ only in removed characters', () => {
    const { FS, double } = createBrowser('1.3').visit();
    setUser(FS, { 'a-b': 1, ab: 2 });
    expect(double.calls[0]?.properties).toEqual({ ab: 2 });
  });

  it('of events, and of this script’s event properties, are unchanged by API 1', () => {
    const { FS, double } = createBrowser('1.3').visit();
    const properties = { flag_key: 'a', variation_key: 'b', rule_key: 'c', enabled: true, decided_at: 'd' };
    track(FS, '[Optimizely] größe_int', { ...properties, 'x y': 1 });
    expect(double.calls[0]).toMatchObject({ name: '[Optimizely] größe_int' });
    expect(double.calls[0]?.properties).toEqual({ ...properties, xy: 1 });
  });

  it.each(WITH_PROMISES)('are unchanged by API 2 (snippet %s), queued and live', (version) => {
    const { clock, open } = createBrowser(version);
    const { FS, arrive } = open();
    setUser(FS, GIVEN);
    const double = arrive();
    clock.pass(SECOND);
    setUser(FS, GIVEN);
    expect(double.calls.map(({ properties }) => properties)).toEqual([GIVEN, GIVEN]);
    expect(double.calls[0]).not.toHaveProperty('types');
  });

  it('are unchanged by snippet 1.3 if the call requests API 2', () => {
    const { FS, double } = createBrowser('1.3').visit();
    FS._api?.('setProperties', { type: 'user', properties: GIVEN }, 'test', undefined, undefined, 2);
    expect(double.calls[0]?.properties).toEqual(GIVEN);
  });
});

it('an account without session links has one URL for all sessions, which are distinct all the same', () => {
  const NO_LINK = 'https://app.fullstory.com/opt/upgrade';
  const { clock, open } = createBrowser();
  const { FS, arrive } = open();
  const starts = observeStart(FS);
  const double = arrive({ sessionLinks: false });
  expect(FS.getCurrentSessionURL?.()).toBeNull();
  clock.pass(SECOND);
  track(FS, 'first');
  double.expireSession();
  expect(FS.getCurrentSessionURL?.()).toBeNull();
  clock.pass(SECOND);
  track(FS, 'second');
  expect(urls(starts)).toEqual([NO_LINK, NO_LINK]);
  expect(FS.getCurrentSessionURL?.()).toBe(NO_LINK);
  const [first, second] = double.calls.map(({ session }) => session);
  expect(first).toContain('/session/');
  expect(second).toBe(double.session());
  expect(second).not.toBe(first);
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
      { kind: 'properties', outcome: 'rejected', reason: 'child frame' },
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

  it('show calls over them as rejected, whoever makes them', () => {
    const { page, send } = createSender();
    expect(send(perSecond + 5)).toBe(perSecond);
    const { calls } = page().double;
    expect(calls).toHaveLength(perSecond + 5);
    expect(calls.slice(perSecond).every(({ outcome }) => outcome === 'rejected')).toBe(true);
  });

  it('begin again with every page load, not with a session', () => {
    const { browser, page, nextPage, send } = createSender();
    expect(send(perMinute, GAP)).toBe(perMinute);
    page().double.expireSession();
    browser.clock.pass(SECOND);
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

  it('that is not JSON never throws, neither live nor from the queue', () => {
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
  it('are not a data call', () => {
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
