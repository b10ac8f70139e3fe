// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadAmplitude } from '../../e2e/doubles/amplitude.ts';
import { amplitude, type Bridge, createBridge, type Destination, fullstory } from './index.ts';

type Pushed = Record<string, unknown>;

const guide = readFileSync('docs/destinations.md', 'utf8');
const [, example = ''] = /```js\n([\s\S]*?)```/.exec(guide) ?? [];

const decision = { flagKey: 'checkout_new', variationKey: 'treatment', ruleKey: 'test', enabled: true };

let fullstoryCalls: string[];
let bridges: Bridge[];

function start(...parameters: Parameters<typeof createBridge>): Bridge {
  const bridge = createBridge(...parameters);
  bridges.push(bridge);
  return bridge;
}

beforeEach(() => {
  vi.useFakeTimers();
  fullstoryCalls = [];
  bridges = [];
  vi.stubGlobal('FS', (operation: string) => void fullstoryCalls.push(operation));
  vi.stubGlobal('dataLayer', []);
});
afterEach(() => {
  for (const bridge of bridges) bridge.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the guide’s destination', () => {
  it('has at most 40 lines, and gets the same as FullStory', async () => {
    expect(example.split('\n').length).toBeLessThanOrEqual(40);
    const code = example.replace(/^import .*$/m, '');
    const run = new Function('createBridge', 'fullstory', 'client', `${code}; return bridge`);
    const client = {
      notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
    };
    const bridge = run(createBridge, fullstory, client) as Bridge;
    bridges.push(bridge);
    bridge.record([decision, { ...decision, flagKey: 'search' }], 'ada');
    await vi.advanceTimersByTimeAsync(0);
    expect((window as unknown as { dataLayer: Pushed[] }).dataLayer).toEqual([
      { event: 'optimizely_flags', flags: { '[Optimizely] checkout_new': 'treatment' } },
      {
        event: 'Experiment Viewed',
        flag_key: 'checkout_new',
        variation_key: 'treatment',
        rule_key: 'test',
        enabled: true,
        decided_at: new Date().toISOString(),
      },
    ]);
    expect(fullstoryCalls.filter((operation) => operation !== 'observe')).toEqual([
      'setProperties',
      'trackEvent',
    ]);
    expect(bridge.status().destinations.map(({ name, state }) => [name, state])).toEqual([
      ['FullStory', 'capturing'],
      ['dataLayer', 'capturing'],
    ]);
  });
});

describe('two destinations', () => {
  const events: string[] = [];
  const other = (change: Partial<Destination> = {}): Destination => ({
    name: 'Other',
    look: () => ({ state: 'capturing', session: 'one', link: 'one' }),
    watch: () => () => {},
    setProperties() {},
    trackEvent: ({ properties }) => void events.push(String(properties.flag_key)),
    ...change,
  });

  beforeEach(() => {
    events.length = 0;
  });

  it('without limits take 100 decisions in one turn', async () => {
    const bridge = start({}, [other()]);
    bridge.record(Array.from({ length: 100 }, (_, index) => ({ ...decision, flagKey: `flag_${index}` })));
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toHaveLength(100);
  });

  it('do not delay each other', async () => {
    const throws = () => {
      throw new Error('of the destination');
    };
    const bridge = start({}, [other({ name: 'Broken', setProperties: throws, trackEvent: throws }), other()]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual(['checkout_new']);
    const [broken, whole] = bridge.status().destinations;
    expect(broken?.decisions).toMatchObject({ seen: 1, waiting: 1 });
    expect(whole?.decisions).toMatchObject({ seen: 1, sent: 1 });
    expect(bridge.status().problems).toContain('broken-throws');
  });

  it('that throw in isPropertyName() get the property', async () => {
    const setProperties = vi.fn();
    const isPropertyName = () => {
      throw new Error('of the destination');
    };
    const broken = other({ isPropertyName, setProperties });
    const bridge = start({ propertyName: '{flag}' }, [broken, () => broken, other()]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(0);
    expect(setProperties.mock.calls).toEqual([
      [{ checkout_new: 'treatment' }, undefined],
      [{ checkout_new: 'treatment' }, undefined],
    ]);
    expect(events).toEqual(['checkout_new', 'checkout_new', 'checkout_new']);
    expect(bridge.status().problems).toContain('other-throws');
  });

  it('that throw in look() count as absent, without harm', async () => {
    const throws = () => {
      throw new Error('of the destination');
    };
    const bridge = start({}, [other({ name: 'Broken', look: throws, watch: throws }), other()]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual(['checkout_new']);
    expect(bridge.status().problems).toEqual(expect.arrayContaining(['broken-absent', 'broken-throws']));
  });

  it('whose look() and watch() return nothing count as absent, without harm', async () => {
    const nothing = (() => {}) as never;
    const bridge = start({}, [other({ name: 'Broken', look: nothing, watch: nothing }), other()]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(0);
    bridge.disconnect();
    expect(events).toEqual(['checkout_new']);
    expect(bridge.status().problems).toEqual(['broken-absent']);
  });

  it('that throw in who(), flush() or while they stop: decisions arrive, and nothing is thrown', async () => {
    const throws = () => {
      throw new Error('of the destination');
    };
    const bridge = start({}, [other({ who: throws, flush: throws, watch: () => throws })]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(0);
    const thrown = vi.fn();
    window.addEventListener('error', thrown);
    window.dispatchEvent(new Event('pagehide'));
    window.removeEventListener('error', thrown);
    expect(thrown).not.toHaveBeenCalled();
    expect(() => bridge.disconnect()).not.toThrow();
    expect(events).toEqual(['checkout_new']);
    expect(bridge.status().problems).toEqual(['other-throws']);
  });

  it('with only what is needed are called once for each decision, whatever they return', async () => {
    const trackEvent = vi.fn(() => 1 as never);
    const stop = vi.fn();
    const bridge = start({ propertyName: '{flag}' }, [other({ trackEvent, watch: () => stop })]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(60_000);
    window.dispatchEvent(new Event('pagehide'));
    expect(trackEvent).toHaveBeenCalledTimes(1);
    expect(bridge.status().problems).toEqual([]);
    bridge.disconnect();
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('keep to their own limits', async () => {
    const bridge = start({}, [other({ limits: { events: [10, 3] } })]);
    bridge.record(Array.from({ length: 100 }, (_, index) => ({ ...decision, flagKey: `flag_${index}` })));
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toHaveLength(3);
  });

  it.each([
    ['pagehide', ['trackEvent', 'flush']],
    // The page may stay, and what is uploaded while the next one comes may be lost.
    ['beforeunload', ['trackEvent']],
    ['visibilitychange', ['trackEvent', 'flush']],
    ['freeze', ['trackEvent', 'flush']],
  ])('are called on %s: %j', (type, expected) => {
    const calls: string[] = [];
    const bridge = start({}, [
      other({ trackEvent: () => void calls.push('trackEvent'), flush: () => void calls.push('flush') }),
    ]);
    bridge.record(decision);
    if (type === 'visibilitychange') vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const target = ['visibilitychange', 'freeze'].includes(type) ? document : window;
    target.dispatchEvent(new Event(type));
    vi.restoreAllMocks();
    expect(calls).toEqual(expected);
  });

  it('may have their own settings', async () => {
    const named: string[] = [];
    const bridge = start({}, [
      other({
        settings: { eventName: 'Exposure', propertyName: '' },
        trackEvent: ({ name }) => void named.push(name),
      }),
    ]);
    bridge.record(decision);
    await vi.advanceTimersByTimeAsync(0);
    expect(named).toEqual(['Exposure']);
  });
});

describe('two bridges on one page', () => {
  const both = [
    { ...decision, flagKey: 'a1' },
    { ...decision, flagKey: 'b1' },
  ];
  let received: string[];
  /** The sessions of the destinations, which report every change. */
  let sight: ReturnType<Destination['look']>;
  let watching: (() => void)[];

  /** Opens a page with two bridges, the one before having been left. */
  function open(settings: Parameters<typeof createBridge>[0], flagsOfEach = ['a*', 'b*']): void {
    window.dispatchEvent(new Event('pagehide'));
    for (const bridge of bridges) bridge.disconnect();
    bridges = [];
    watching = [];
    const destination = (): Destination => ({
      name: 'Other',
      look: () => sight,
      watch(onChange) {
        watching.push(onChange);
        return () => {};
      },
      setProperties() {},
      trackEvent: ({ properties }) => void received.push(String(properties.flag_key)),
    });
    for (const flags of flagsOfEach) start({ flags, ...settings }, [destination()]);
  }

  async function recordBoth(): Promise<void> {
    for (const bridge of bridges) bridge.record(both);
    await vi.advanceTimersByTimeAsync(0);
  }

  async function change(next: typeof sight): Promise<void> {
    sight = next;
    for (const onChange of watching) onChange();
    await vi.advanceTimersByTimeAsync(10_000);
  }

  beforeEach(() => {
    received = [];
    const storage = new Map<string, string>();
    const area = {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
      removeItem: (key: string) => void storage.delete(key),
    };
    vi.stubGlobal('localStorage', area);
    vi.stubGlobal('sessionStorage', area);
  });

  it('do not take each other’s decisions with persist', async () => {
    sight = { state: 'waiting' };
    open({ persist: true });
    await recordBoth();
    open({ persist: true });
    await change({ state: 'capturing', session: 'one' });
    expect(received.sort()).toEqual(['a1', 'b1']);
  });

  it('deliver each decision once per session with dedupe: session', async () => {
    sight = { state: 'capturing', session: 'one', link: 'link' };
    open({ dedupe: 'session' });
    await recordBoth();
    open({ dedupe: 'session' });
    await recordBoth();
    expect(received.sort()).toEqual(['a1', 'b1']);
    // Another session with the same link: each bridge forgets its own deliveries only.
    await change({ state: 'capturing', session: 'two', link: 'link' });
    expect(received.sort()).toEqual(['a1', 'a1', 'b1', 'b1']);
    open({ dedupe: 'session' });
    await recordBoth();
    expect(received.sort()).toEqual(['a1', 'a1', 'b1', 'b1']);
  });

  it('each deliver a flag that both forward, with dedupe: session', async () => {
    sight = { state: 'capturing', session: 'one', link: 'link' };
    for (const _page of [1, 2]) {
      open({ dedupe: 'session' }, ['a*', 'a1']);
      await recordBoth();
    }
    expect(received).toEqual(['a1', 'a1']);
  });
});

it('async calls that reject leave no unhandled rejection, and are reported', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const bridge = start({}, [
    {
      name: 'Own',
      look: () => ({ state: 'capturing', session: '1' }),
      watch: () => () => {},
      setProperties: () => Promise.reject(new Error('properties')) as never,
      trackEvent: () => Promise.reject(new Error('event')) as never,
    },
  ]);
  bridge.record([{ flagKey: 'price', enabled: true }]);
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  expect(bridge.status().problems).toContain('own-throws');
});

it('two of one name, such as two projects of Amplitude, each get what an earlier page kept', async () => {
  let session: number | undefined;
  const createInstance = () => ({
    track: vi.fn(() => undefined),
    logEvent() {},
    getSessionId: () => session,
    getUserId: () => 'ada',
    getDeviceId: () => 'device',
    getOptOut: () => false,
  });
  const instances = [createInstance(), createInstance()];
  const open = () =>
    start(
      { persist: true },
      instances.map((instance) => amplitude(instance)),
    );
  const first = open();
  first.record(decision, 'ada');
  window.dispatchEvent(new Event('pagehide'));
  first.disconnect();
  session = 1;
  open();
  await vi.advanceTimersByTimeAsync(1000);
  for (const { track } of instances) {
    expect(track).toHaveBeenCalledTimes(2);
    expect(track).toHaveBeenLastCalledWith(expect.objectContaining({ event_type: 'Experiment Viewed' }));
  }
});

it('a session of Amplitude’s is noticed within 300 ms, until the bridge stops', async () => {
  const { global, init, beginSession, sent } = loadAmplitude('2.48');
  const bridge = start({}, [amplitude(global)]);
  bridge.record(decision, 'ada');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([]);
  for (const [begin, calls] of [
    [init, 2],
    [beginSession, 4],
  ] as const) {
    begin();
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toHaveLength(calls);
  }
  bridge.disconnect();
  beginSession();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(4);
});

// The legacy SDK cannot name an earlier user, so a sign-in would hold the decision back.
it('a visitor who opts out of Amplitude and in again is no other user: nothing is held back', async () => {
  const { global, init, setOptOut, sent } = loadAmplitude('legacy');
  init('ada');
  const bridge = start({}, [amplitude(global)]);
  await vi.advanceTimersByTimeAsync(1000);
  setOptOut(true);
  bridge.record(decision, 'ada');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([]);
  setOptOut(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.map(({ event_type }) => event_type)).toEqual(['$identify', 'Experiment Viewed']);
});
