// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { about } from '../../test/lane.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { Problem } from '../status.ts';
import { fullstory } from './fullstory.ts';

const NOW = Date.parse('2026-01-02T03:04:05.000Z');

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOW);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The destination, and a FullStory on the page that records its calls. */
function setUp(written: Settings = {}) {
  const problems: Problem[] = [];
  const FS = vi.fn((..._call: unknown[]): unknown => undefined);
  vi.stubGlobal('FS', FS);
  const settings = readSettings([written], (code) => void problems.push(code));
  const destination = fullstory()(settings, (code) => void problems.push(code));
  /** FullStory's calls of an operation. */
  const got = (operation: string) =>
    FS.mock.calls.filter(([called]) => called === operation).map(([, options]) => options);
  return { destination, FS, got, problems };
}

describe('an event', () => {
  it('is sent with its name and properties, and the name of this integration', () => {
    const { destination, FS } = setUp();
    destination.trackEvent({ name: 'Seen', properties: { flag_key: 'a' } }, { at: NOW, id: 'a' });
    expect(FS.mock.calls).toEqual([
      ['trackEvent', { name: 'Seen', properties: { flag_key: 'a' } }, 'optimizely'],
    ]);
  });

  it('has the time of a decision that is more than a second old', () => {
    const { destination, got } = setUp();
    destination.trackEvent({ name: 'Seen', properties: {} }, { at: NOW - 1100, id: 'a' });
    expect(got('trackEvent')).toEqual([
      { name: 'Seen', properties: { decided_at: '2026-01-02T03:04:03.900Z' } },
    ]);
  });

  it.each([[0], [1], [900]])('has no time within a second, as %i ms later', (age) => {
    const { destination, got } = setUp();
    destination.trackEvent({ name: 'Seen', properties: {} }, { at: NOW - age, id: 'a' });
    expect(got('trackEvent')).toEqual([{ name: 'Seen', properties: {} }]);
  });

  it('may have a name of about 250 characters; longer names are cut', () => {
    const { destination, got } = setUp();
    for (const length of [245, 300]) {
      destination.trackEvent({ name: 'n'.repeat(length), properties: {} }, { at: NOW, id: 'a' });
    }
    const lengths = got('trackEvent').map((event) => (event as { name: string }).name.length);
    expect(lengths).toEqual([245, about(250)]);
  });

  it('for which FullStory throws is not sent', () => {
    const { destination, FS } = setUp();
    FS.mockImplementation(() => {
      throw new Error('the page’s');
    });
    expect(() => destination.trackEvent({ name: 'Seen', properties: {} }, { at: NOW, id: 'a' })).toThrow(
      'the page’s',
    );
  });

  it('throws if FullStory is gone', () => {
    const { destination } = setUp();
    vi.stubGlobal('FS', undefined);
    expect(() => destination.trackEvent({ name: 'Seen', properties: {} }, { at: NOW, id: 'a' })).toThrow();
  });
});

describe('properties', () => {
  it('are those of the user', () => {
    const { destination, FS, problems } = setUp();
    destination.setProperties({ a: 'on', b: 'off' });
    expect(FS.mock.calls).toEqual([
      ['setProperties', { type: 'user', properties: { a: 'on', b: 'off' } }, 'optimizely'],
    ]);
    expect(problems).toEqual([]);
  });

  it('are never named uid', () => {
    const { destination, got } = setUp();
    destination.setProperties({ uid: 'on' });
    expect(got('setProperties')).toEqual([]);
    destination.setProperties({ uid: 'on', a: 'on' });
    expect(got('setProperties')).toEqual([{ type: 'user', properties: { a: 'on' } }]);
  });

  it('may be named __proto__', () => {
    const { destination, got } = setUp();
    destination.setProperties(Object.fromEntries([['__proto__', 'on']]));
    const [given] = got('setProperties') as { properties: object }[];
    expect(Object.entries(given?.properties ?? {})).toEqual([['__proto__', 'on']]);
  });

  it.each(['a', 'Z', 'checkout', 'Checkout-2', 'my_uid', 'uids', 'uid-x'])('may be named %s', (name) => {
    expect(setUp().destination.isPropertyName?.(name)).toBe(true);
  });

  it.each(['', 'uid', '1st', '_a', '-a', 'check out', 'checkout!', '[Optimizely] a', 'a.b'])(
    'named %j are outside FullStory’s rule',
    (name) => {
      expect(setUp().destination.isPropertyName?.(name)).toBe(false);
    },
  );
});

describe('the limits', () => {
  it('are FullStory’s', () => {
    const { events, properties } = setUp().destination.limits ?? {};
    expect(events).toEqual([about(60), about(40)]);
    expect(properties?.[0]).toEqual(about(30));
    expect(properties?.[1]).toBeGreaterThan(8);
    expect(properties?.[1]).toBeLessThan(12);
  });

  it('leave half of each limit to the page’s own calls by default', () => {
    const { events = [], properties = [] } = setUp({ eventsPerMinute: 7 }).destination.limits?.ours ?? {};
    expect(events[0]).toBe(7);
    expect(events[1]).toBeGreaterThan(10);
    expect(events[1]).toBeLessThan(25);
    expect(properties[0]).toBeGreaterThan(5);
    expect(properties[0]).toBeLessThan(16);
    expect(properties[1]).toBeGreaterThan(0);
    expect(properties[1]).toBeLessThan(6);
  });
});

it('FullStory that was found by its script tag, and is removed with it, is found when it is back without one', () => {
  const { destination, FS } = setUp();
  vi.stubGlobal('FS', undefined);
  const tag = document.createElement('script');
  tag.dataset.fsNamespace = 'SITE';
  document.head.append(tag);
  vi.stubGlobal('SITE', FS);
  expect(destination.look()).toMatchObject({ state: 'capturing', namespace: 'SITE' });
  tag.remove();
  vi.stubGlobal('SITE', undefined);
  expect(destination.look()).toMatchObject({ state: 'absent', namespace: 'SITE' });
  vi.stubGlobal('SITE', FS);
  destination.setProperties({ a: 'on' });
  expect(FS).toHaveBeenCalledOnce();
});

describe('a session', () => {
  /** FullStory's script, with the observers that it was given. */
  function running() {
    const { destination, FS } = setUp();
    const observers: Record<string, (detail: object) => void> = {};
    const page = { url: 'https://app.fullstory.com/session/1' as string | null };
    FS.mockImplementation((operation, options) => {
      const { type, callback } = options as { type: string; callback: (detail: object) => void };
      if (operation === 'observe') observers[type] = callback;
      return { disconnect() {} };
    });
    const api = vi.fn((..._call: unknown[]) => undefined);
    Object.assign(FS, { _api: api, getCurrentSessionURL: () => page.url });
    const stop = destination.watch(() => undefined);
    observers.start?.({ sessionUrl: page.url });
    /** Rejects the call to `_api`, which is only there to be rejected. */
    const reject = (error: string) => {
      const rejected = api.mock.calls[0]?.[4] as ((error: string) => void) | undefined;
      rejected?.(error);
    };
    return { destination, observers, page, reject, stop };
  }

  it('of another user is known by its URL, as a build of 2022 tells of none', () => {
    const { destination, observers, page } = running();
    const first = destination.look();
    expect(first).toMatchObject({ state: 'capturing', link: 'https://app.fullstory.com/session/1' });
    page.url = null;
    observers.shutdown?.({ reason: 4 });
    expect(destination.look().session).toBeUndefined();
    page.url = 'https://app.fullstory.com/session/2';
    const second = destination.look();
    expect(second).toMatchObject({ state: 'capturing', link: 'https://app.fullstory.com/session/2' });
    expect(second.session).not.toBe(first.session);
    expect(second.user).not.toBe(first.user);
    // Other builds tell of it as well: it is the same one.
    observers.start?.({ sessionUrl: page.url });
    expect(destination.look().session).toBe(second.session);
  });

  it('that goes on is known by its URL, as builds until early 2023 tell of no start', () => {
    const { destination, observers, page } = running();
    const first = destination.look();
    const { url } = page;
    page.url = null;
    observers.shutdown?.({ reason: 1 });
    expect(destination.look()).toMatchObject({ state: 'waiting' });
    page.url = url;
    expect(destination.look()).toMatchObject({
      state: 'capturing',
      session: first.session,
      user: first.user,
    });
  });

  it('that is over does not go on because its URL is still there', () => {
    const { destination, observers } = running();
    observers.shutdown?.({ reason: 2 });
    expect(destination.look().session).toBeUndefined();
  });

  it('after one without a URL is another if its URL is', () => {
    const { destination, observers, page } = running();
    const first = destination.look();
    observers.start?.({});
    expect(destination.look().session).toBe(first.session);
    page.url = 'https://app.fullstory.com/session/2';
    observers.start?.({ sessionUrl: page.url });
    expect(destination.look().session).not.toBe(first.session);
  });

  it('that a function of the page’s has reported goes on when fs.js stands there itself', () => {
    const { destination, FS } = setUp();
    let start: ((detail: object) => void) | undefined;
    FS.mockImplementation((_operation, options) => {
      const { type, callback } = options as { type: string; callback: (detail: object) => void };
      if (type === 'start') start = callback;
    });
    destination.watch(() => undefined);
    const sessionUrl = 'https://app.fullstory.com/session/1';
    start?.({ sessionUrl });
    const first = destination.look();
    Object.assign(FS, { _api: () => undefined, getCurrentSessionURL: () => sessionUrl });
    expect(destination.look()).toMatchObject({ state: 'capturing', session: first.session });
  });

  it('that runs is not over because fs.js rejects another observer', () => {
    const { destination, observers, reject } = running();
    const first = destination.look();
    reject('Capture disabled');
    expect(destination.look()).toMatchObject({ state: 'capturing', session: first.session });
    observers.shutdown?.({ reason: 5 });
    expect(destination.look()).toMatchObject({ state: 'refused' });
  });

  it('is known by its URL again once nobody watches', () => {
    const { destination, observers, stop } = running();
    observers.shutdown?.({ reason: 2 });
    expect(destination.look()).toMatchObject({ state: 'waiting' });
    stop();
    expect(destination.look()).toMatchObject({ state: 'capturing' });
  });
});
