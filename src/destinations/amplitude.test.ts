// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AmplitudeVersion, createStub, loadAmplitude } from '../../e2e/doubles/amplitude.ts';
import { about } from '../../test/lane.ts';
import { type AmplitudeSetting, readSettings, type Settings } from '../settings.ts';
import type { Problem } from '../status.ts';
import { amplitude } from './amplitude.ts';
import type { Destination } from './destination.ts';

const NOW = Date.parse('2026-01-02T03:04:05.000Z');
const EVERY: AmplitudeVersion[] = ['1.0', '2.0', '2.48', 'legacy'];
const VIEWED = {
  name: 'Experiment Viewed',
  properties: { flag_key: 'a', variation_key: 'b', rule_key: 'c', enabled: true },
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOW);
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function create(setting?: AmplitudeSetting, written: Settings = {}) {
  const problems: Problem[] = [];
  const tell = (code: Problem) => void problems.push(code);
  const setup = amplitude();
  const settings = readSettings([setting === undefined ? written : { ...written, amplitude: setting }], tell);
  return { destination: setup(settings, tell), problems };
}

/** The destination, and Amplitude on the page, initialized unless the test does it. */
function setUp(version: AmplitudeVersion = '2.48', setting?: AmplitudeSetting, written?: Settings) {
  const double = loadAmplitude(version, createStub(version));
  vi.stubGlobal('amplitude', double.global);
  return { ...double, ...create(setting, written) };
}

/** Looks twice, because a plugin of an old version gets the configuration after the first look. */
function stateOf(destination: Destination) {
  destination.look();
  vi.advanceTimersByTime(1);
  return destination.look().state;
}

describe('the state', () => {
  it('is absent without a global, and next to an element of that name', () => {
    expect(create().destination.look()).toEqual({ state: 'absent', namespace: 'amplitude' });
    vi.stubGlobal('amplitude', document.createElement('div'));
    expect(create().destination.look().state).toBe('absent');
  });

  it.each<[what: string, standIn: object, state: string]>([
    ['whose getInstance() returns nothing', { logEvent() {}, getInstance() {} }, 'absent'],
    ['whose instance lacks everything', { logEvent() {}, getInstance: () => ({ options: {} }) }, 'waiting'],
    ['whose members are functions without a result', new Proxy({}, { get: () => () => {} }), 'waiting'],
  ])('never captures with a stand-in of a content blocker, %s', (_, standIn, state) => {
    vi.stubGlobal('amplitude', standIn);
    const { destination } = create();
    expect(stateOf(destination)).toBe(state);
    vi.advanceTimersByTime(60_000);
    expect(stateOf(destination)).toBe(state);
    destination.flush?.();
  });

  it.each(EVERY)(
    'of %s is loading with a stub, and blocked after 10 s, without calls to the stub',
    (version) => {
      const stub = createStub(version);
      vi.stubGlobal('amplitude', stub);
      const { destination } = create();
      expect(destination.look().state).toBe('loading');
      vi.advanceTimersByTime(9_900);
      expect(destination.look().state).toBe('loading');
      vi.advanceTimersByTime(200);
      expect(destination.look().state).toBe('blocked');
      expect(destination.who?.()).toBe(undefined);
      expect(stub._q).toEqual([]);
    },
  );

  it.each(EVERY)('of %s is waiting before init, capturing after, and waiting while opted out', (version) => {
    const { destination, init, setOptOut } = setUp(version);
    expect(stateOf(destination)).toBe('waiting');
    init();
    expect(stateOf(destination)).toBe('capturing');
    setOptOut(true);
    expect(stateOf(destination)).toBe('waiting');
    setOptOut(false);
    expect(stateOf(destination)).toBe('capturing');
  });

  it('before 2.18 is waiting until the opt-out is known, which is read once', () => {
    const { destination, init, global } = setUp('2.0');
    const add = vi.spyOn(global as { add(plugin: object): void }, 'add');
    init();
    expect(destination.look().state).toBe('waiting');
    expect(stateOf(destination)).toBe('capturing');
    stateOf(destination);
    expect(add).toHaveBeenCalledOnce();
  });

  it('of another SDK before 2.18 in its place depends on that one’s opt-out', () => {
    const { destination, init } = setUp('2.0');
    init();
    expect(stateOf(destination)).toBe('capturing');
    const other = loadAmplitude('2.0');
    vi.stubGlobal('amplitude', other.global);
    other.init();
    other.setOptOut(true);
    expect(destination.look().state).toBe('waiting');
    expect(stateOf(destination)).toBe('waiting');
    other.setOptOut(false);
    expect(stateOf(destination)).toBe('capturing');
  });

  it('is absent if the page’s getter throws', () => {
    const holder = Object.defineProperty({ logEvent() {}, track() {} }, 'getSessionId', {
      get() {
        throw new Error('the page’s');
      },
    });
    vi.stubGlobal('amplitude', holder);
    expect(['absent', 'waiting']).toContain(create().destination.look().state);
  });
});

describe('the instance', () => {
  it.each([
    ['the Tag Manager template’s', 'amplitudeGTM', undefined],
    ['by an empty name, as by none', 'amplitudeGTM', ''],
    ['a global by its name', 'stats', 'stats'],
  ])('is found: %s', (_, name, setting) => {
    const { global, init } = loadAmplitude('2.48');
    init();
    vi.stubGlobal(name, global);
    expect(create(setting).destination.look()).toMatchObject({ state: 'capturing', namespace: name });
  });

  it.each([
    ['of generation 2', '_iq'],
    ['of the legacy SDK, which has it in lower case', '_instances'],
  ])('is found by a name: %s', (_, kind) => {
    const { global, init } = loadAmplitude('2.48');
    init();
    const key = kind === '_iq' ? 'myShop' : 'myshop';
    vi.stubGlobal('amplitude', { logEvent() {}, [kind]: { [key]: global } });
    expect(create('myShop').destination.look()).toMatchObject({ state: 'capturing', namespace: 'myShop' });
  });

  it('is found although the page’s getter under the other name throws', () => {
    const { global, init } = loadAmplitude('2.48');
    init();
    vi.stubGlobal('amplitudeGTM', global);
    Object.defineProperty(window, 'amplitude', {
      configurable: true,
      get() {
        throw new Error('the page’s');
      },
    });
    const { destination } = create();
    expect(destination.look()).toMatchObject({ state: 'capturing', namespace: 'amplitudeGTM' });
    Reflect.deleteProperty(window, 'amplitude');
  });

  it('may be passed in, also within an object of settings', () => {
    const { global, init } = loadAmplitude('2.48');
    init();
    for (const setting of [global, { instance: global }]) {
      expect(create(setting).destination.look()).toMatchObject({
        state: 'capturing',
        // It has no name.
        namespace: undefined,
      });
    }
  });

  it('that was found first stays', () => {
    const first = loadAmplitude('2.48');
    first.init();
    vi.stubGlobal('amplitudeGTM', first.global);
    const { destination } = create();
    destination.look();
    vi.stubGlobal('amplitude', loadAmplitude('2.48').global);
    expect(destination.look()).toMatchObject({ state: 'capturing', namespace: 'amplitudeGTM' });
  });

  it.each([
    ['a promise', Promise.resolve(), 'setting-wrong:amplitude'],
    ['a module without Amplitude', { default: {} }, 'setting-unknown:amplitude.default'],
    ['an instance that tracks nothing', { init() {} }, 'setting-unknown:amplitude.init'],
    ['a number', 7 as never, 'setting-wrong:amplitude'],
    ['settings with a wrong instance', { instance: {} }, 'setting-wrong:amplitude.instance'],
    ['settings with a wrong word', { dedupe: 'always' as never }, 'setting-wrong:amplitude.dedupe'],
    ['settings with a wrong exposure', { exposure: 'yes' as never }, 'setting-wrong:amplitude.exposure'],
    ['settings with an unknown name', { exposure: true, colour: 1 }, 'setting-unknown:amplitude.colour'],
  ])('%s is reported, and the default holds', (_, setting, code) => {
    const { destination, problems } = create(setting);
    expect(problems).toEqual([code]);
    expect(destination.look()).toEqual({ state: 'absent', namespace: 'amplitude' });
    if (code.endsWith('exposure')) expect(destination.settings?.eventName).toBe('Experiment Viewed');
  });

  it('that does not exist is absent', () => {
    expect(create('nowhere').destination.look()).toEqual({ state: 'absent', namespace: 'nowhere' });
  });
});

describe('the session', () => {
  it.each(['2.48', 'legacy'] as const)(
    'of %s is the same until the user, device or session changes',
    (version) => {
      const { destination, init, setUserId, reset, beginSession } = setUp(version);
      init();
      const sessions = [destination.look().session];
      const note = () => void sessions.push(destination.look().session);
      note();
      setUserId('ada');
      note();
      expect(new Set(sessions).size).toBe(1);
      setUserId('bob');
      note();
      vi.advanceTimersByTime(1);
      beginSession();
      note();
      reset();
      note();
      // An anonymous user is followed by another one, on another device.
      reset();
      note();
      expect(new Set(sessions).size).toBe(5);
    },
  );

  it('is identified by its start', () => {
    const { destination, init } = setUp();
    init('ada');
    expect(destination.look()).toMatchObject({ link: `${NOW}`, user: 'ada' });
  });
});

describe('an event', () => {
  const track = (destination: Destination, moment: object = {}) => {
    destination.trackEvent(
      { ...VIEWED, properties: { ...VIEWED.properties } },
      { at: NOW - 500, id: 'x', ...moment },
    );
    vi.advanceTimersByTime(1);
  };

  it.each(['1.0', '2.0', '2.48'] as const)(
    'reaches %s with its time, under the user of the decision',
    (version) => {
      const { destination, init, setUserId, sent } = setUp(version);
      init('ada');
      const who = destination.who?.();
      setUserId('bob');
      track(destination, { who });
      expect(sent).toMatchObject([
        {
          event_type: 'Experiment Viewed',
          event_properties: VIEWED.properties,
          time: NOW - 500,
          user_id: 'ada',
          device_id: 'device-1',
        },
      ]);
    },
  );

  it('of an anonymous user stays anonymous', () => {
    const { destination, init, setUserId, sent } = setUp();
    init();
    const who = destination.who?.();
    setUserId('bob');
    track(destination, { who });
    expect(sent[0]).toMatchObject({ user_id: undefined, device_id: 'device-1' });
  });

  it('without a user belongs to the user at the hand-over', () => {
    const { destination, init, setUserId, sent } = setUp();
    expect(destination.who?.()).toBe(undefined);
    init('ada');
    destination.trackEvent({ ...VIEWED }, { at: NOW, id: 'x' });
    setUserId('bob');
    vi.advanceTimersByTime(1);
    expect(sent[0]).toMatchObject({ user_id: 'ada' });
  });

  it('reaches a wrapper without the whole SDK, and fixes no user', () => {
    const tracked: object[] = [];
    const track_ = (event: object) => void tracked.push(event);
    vi.stubGlobal('amplitude', { logEvent() {}, track: track_, getSessionId: () => 1 });
    const { destination } = create();
    expect(destination.look()).toMatchObject({ state: 'capturing' });
    expect(destination.who?.()).toBe(undefined);
    track(destination);
    expect(tracked).toHaveLength(1);
    expect(tracked[0]).not.toHaveProperty('user_id');
    expect(tracked[0]).not.toHaveProperty('device_id');
  });

  it('never fixes the session', () => {
    const { destination, init, global } = setUp();
    const given = vi.spyOn(global as { track(event: object): unknown }, 'track');
    init('ada');
    track(destination);
    expect(Object.keys(given.mock.calls[0]?.[0] ?? {}).sort()).toEqual(
      ['device_id', 'event_properties', 'event_type', 'insert_id', 'time', 'user_id'].sort(),
    );
  });

  it.each([
    ['another decision', () => {}, { id: 'y' }],
    ['another user', ({ setUserId }: ReturnType<typeof setUp>) => setUserId('bob'), {}],
    ['another session', ({ beginSession }: ReturnType<typeof setUp>) => beginSession(), {}],
  ])('has the same insert id for the same decision, and another for another %s', (_, change, moment) => {
    const page = setUp();
    page.init('ada');
    track(page.destination);
    track(page.destination);
    change(page);
    track(page.destination, moment);
    const [first, again, other] = page.sent.map(({ insert_id }) => insert_id);
    expect(first).toMatch(/^[0-9a-z]+-[0-9a-z]+$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('has another insert id on another page with dedupe: page, and by default the same', () => {
    const idOn = (setting?: AmplitudeSetting) => {
      vi.setSystemTime(NOW);
      const { destination, init, sent } = setUp('2.48', setting);
      init('ada');
      track(destination);
      return sent[0]?.insert_id;
    };
    expect(idOn()).toBe(idOn());
    expect(idOn({ dedupe: 'session' })).toBe(idOn());
    expect(idOn({ dedupe: 'page' })).not.toBe(idOn({ dedupe: 'page' }));
  });

  it('has the SDK’s own insert id with dedupe: none', () => {
    const { destination, init, sent } = setUp('2.48', { dedupe: 'none' });
    init('ada');
    track(destination);
    expect(sent[0]?.insert_id).toBe('sdk-0');
  });

  it.each([{ exposure: true }, { eventName: '$exposure' }])(
    'may be Amplitude’s own exposure: %o',
    (setting) => {
      const { destination, init, sent } = setUp('2.48', setting);
      init('ada');
      expect(destination.settings?.eventName).toBe('$exposure');
      for (const change of [{}, { enabled: false }, { variation_key: undefined }]) {
        destination.trackEvent(
          { name: '$exposure', properties: { ...VIEWED.properties, ...change } },
          { at: NOW, id: 'x' },
        );
      }
      vi.advanceTimersByTime(1);
      expect(sent.map(({ event_properties }) => event_properties)).toEqual([
        { flag_key: 'a', variant: 'b', experiment_key: 'c' },
        { flag_key: 'a', variant: 'off', experiment_key: 'c' },
        { flag_key: 'a', variant: 'on', experiment_key: 'c' },
      ]);
    },
  );

  it('of the legacy SDK has the time of the decision if that is more than a second ago', () => {
    const { destination, init, sent } = setUp('legacy');
    init('ada');
    expect(destination.who?.()).toBe(undefined);
    track(destination, { at: NOW - 1100 });
    track(destination, { at: Date.now() - 900 });
    expect(sent).toMatchObject([
      { event_type: 'Experiment Viewed', event_properties: { decided_at: '2026-01-02T03:04:03.900Z' } },
      { event_properties: VIEWED.properties },
    ]);
    expect(sent[1]?.event_properties).not.toHaveProperty('decided_at');
  });

  it('throws if Amplitude is gone, so it is retried', () => {
    const { destination } = create();
    expect(() => track(destination)).toThrow();
    expect(() => destination.setProperties({ a: 'on' })).toThrow();
    expect(() => destination.flush?.()).not.toThrow();
  });

  it('has another insert id under another name: Amplitude must not take one for the other', () => {
    const page = setUp();
    page.init('ada');
    track(page.destination);
    page.destination.trackEvent({ ...VIEWED, name: '$exposure' }, { at: NOW, id: 'x' });
    vi.advanceTimersByTime(1);
    expect(new Set(page.sent.map(({ insert_id }) => insert_id)).size).toBe(2);
  });

  it.each<[method: string, version: AmplitudeVersion, call: (destination: Destination) => void]>([
    ['track', '2.48', track],
    ['logEvent', 'legacy', track],
    ['setUserProperties', 'legacy', (destination) => destination.setProperties({ a: 'on' })],
    ['flush', '2.48', (destination) => destination.flush?.()],
    ['add', '2.0', (destination) => destination.look()],
  ])('leaves no unhandled rejection by %s of a wrapper', (method, version, call) => {
    for (const wrap of [(promise: unknown) => promise, (promise: unknown) => ({ promise })]) {
      const { destination, init, global } = setUp(version);
      init('ada');
      const rejected = Promise.reject(new Error('a wrapper’s'));
      const then = vi.spyOn(rejected, 'then');
      const { getInstance = () => global } = global as { getInstance?: () => object };
      Object.assign(getInstance(), { [method]: () => wrap(rejected) });
      call(destination);
      expect(then).toHaveBeenCalledWith(expect.any(Function), expect.any(Function));
    }
  });
});

describe('properties', () => {
  it.each(EVERY)('of %s are set, without a sign-in', (version) => {
    const { destination, init, setUserId, sent } = setUp(version);
    init('ada');
    const who = destination.who?.();
    if (version !== 'legacy') setUserId('bob');
    destination.setProperties({ a: 'on' }, who);
    vi.advanceTimersByTime(1);
    expect(sent).toMatchObject([
      {
        event_type: '$identify',
        user_properties: { $set: { a: 'on' } },
        user_id: 'ada',
        device_id: 'device-1',
      },
    ]);
  });

  it('that change back are no repetition to Amplitude', () => {
    const { destination, init, sent } = setUp();
    init('ada');
    for (const a of ['on', 'off', 'on']) destination.setProperties({ a });
    vi.advanceTimersByTime(1);
    expect(new Set(sent.map(({ insert_id }) => insert_id)).size).toBe(3);
  });
});

it('a flush that throws, as in SDK 1.0 before init, does not throw into the page', () => {
  const { destination, global } = setUp();
  global.flush = () => {
    throw new TypeError('before init');
  };
  expect(() => destination.flush?.()).not.toThrow();
});

it('leaving the page flushes', () => {
  const { destination, init, flushes } = setUp();
  init();
  destination.flush?.();
  expect(flushes()).toBe(1);
});

it('settings are the bridge’s, or Amplitude’s own', () => {
  const dedupes = (setting?: AmplitudeSetting, written?: Settings) =>
    create(setting, written).destination.settings;
  expect(dedupes()).toEqual({
    propertyName: '[Optimizely] {flag}',
    eventName: 'Experiment Viewed',
    dedupe: 'page',
  });
  expect(dedupes(undefined, { dedupe: 'none', eventName: 'Seen' })).toMatchObject({
    eventName: 'Seen',
    dedupe: 'none',
  });
  expect(dedupes({ eventName: 'Exposed', propertyName: '' }, { eventName: 'Seen' })).toMatchObject({
    eventName: 'Exposed',
    propertyName: '',
  });
});

it('the limits leave the site two thirds of Amplitude’s events', () => {
  const { limits } = create().destination;
  const [perMinute = 0, perSecond = 0] = limits?.events ?? [];
  expect(perMinute).toEqual(about(30 * 60));
  expect((limits?.ours?.events?.[0] ?? 0) / perMinute).toEqual(about(1 / 3));
  expect((limits?.ours?.events?.[1] ?? 0) / perSecond).toBeLessThan(0.4);
  expect(limits?.ours?.properties?.[0]).toBeLessThan(perMinute / 10);
});
