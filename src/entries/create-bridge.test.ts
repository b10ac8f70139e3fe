// @vitest-environment happy-dom
import {
  createBatchEventProcessor,
  createInstance,
  createStaticProjectConfigManager,
} from '@optimizely/optimizely-sdk';
import * as sdk4 from 'optimizely-sdk-4';
import * as sdk5 from 'optimizely-sdk-5';
import * as sdk60 from 'optimizely-sdk-6.0';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatafile } from '../../e2e/doubles/datafile.ts';
import { createBridge, type ModuleSettings, type OptimizelyClient } from './index.ts';

type Call = [operation: string, options: { properties: Record<string, unknown> }, source: string];

/** A client with what its tests use, whatever its SDK's version. */
interface Client extends OptimizelyClient {
  createUserContext(userId: string): { decide(flag: string): unknown; decideAll(): unknown } | null;
  activate(experiment: string, userId: string): unknown;
  isFeatureEnabled(flag: string, userId: string): unknown;
  close(): unknown;
}

const datafile = createDatafile();
const silent = { logLevel: 4, eventDispatcher: { dispatchEvent: () => undefined } };
const eventDispatcher = { dispatchEvent: () => Promise.resolve({ statusCode: 200 }) };

const SDKS: Record<string, () => Client> = {
  '4.10.1': () => sdk4.createInstance({ datafile, ...silent } as never) as unknown as Client,
  '5.4.1': () => sdk5.createInstance({ datafile, ...silent } as never) as unknown as Client,
  '6.0.0': () =>
    sdk60.createInstance({
      projectConfigManager: sdk60.createStaticProjectConfigManager({ datafile }),
      eventProcessor: sdk60.createBatchEventProcessor({ eventDispatcher }),
    }) as unknown as Client,
  '6.6.1': () =>
    createInstance({
      projectConfigManager: createStaticProjectConfigManager({ datafile }),
      eventProcessor: createBatchEventProcessor({ eventDispatcher }),
    }) as unknown as Client,
};

let calls: Call[];
let bridges: ReturnType<typeof createBridge>[];

function start(settings?: ModuleSettings) {
  const bridge = createBridge(settings);
  bridges.push(bridge);
  return bridge;
}

/** Data calls that FullStory's global got. */
async function data(): Promise<Call[]> {
  await vi.advanceTimersByTimeAsync(100);
  return calls.filter(([operation]) => operation !== 'observe');
}

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  bridges = [];
  vi.stubGlobal('FS', (...call: Call) => void calls.push(call));
});

afterEach(() => {
  for (const bridge of bridges) bridge.disconnect();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe.each(Object.keys(SDKS))('SDK %s', (version) => {
  const create = SDKS[version] as () => Client;

  it('forwards each flag decision, and no legacy call', async () => {
    const bridge = start();
    const client = bridge.connect(create());
    client.createUserContext('ada')?.decideAll();
    client.activate('checkout_redesign_test', 'ada');
    const received = await data();
    expect(received.map(([operation]) => operation)).toEqual([
      'setProperties',
      ...Array(5).fill('trackEvent'),
    ]);
    expect(received[1]).toEqual([
      'trackEvent',
      {
        name: 'Experiment Viewed',
        properties: {
          flag_key: 'checkout_redesign',
          variation_key: 'treatment',
          rule_key: 'checkout_redesign_test',
          enabled: true,
        },
      },
      'optimizely',
    ]);
    expect(bridge.status()).toMatchObject({ clients: 1, decisions: { seen: 5, sent: 5 }, problems: [] });
  });

  it('reports a site that makes only legacy calls', async () => {
    const bridge = start();
    const client = bridge.connect(create());
    expect(bridge.status().problems).toEqual([]);
    client.activate('checkout_redesign_test', 'ada');
    client.isFeatureEnabled('pricing_page', 'ada');
    expect(bridge.status().problems).toEqual(['legacy-calls']);
    expect(await data()).toEqual([]);
    client.createUserContext('ada')?.decide('pricing_page');
    expect(await data()).toHaveLength(2);
    expect(bridge.status().problems).toEqual([]);
  });

  it('connects a client once', async () => {
    const bridge = start();
    const client = create();
    expect(bridge.connect(client)).toBe(client);
    bridge.connect(client);
    client.createUserContext('ada')?.decide('pricing_page');
    expect(await data()).toHaveLength(2);
  });

  it('reports that the SDK is ready', async () => {
    vi.useRealTimers();
    const bridge = start();
    bridge.connect(create());
    expect(bridge.status().sdk).toEqual({ state: 'waiting' });
    await vi.waitFor(() => expect(bridge.status().sdk).toEqual({ state: 'ready' }));
  });

  it('hears nothing after disconnect, and goes on after another connect', async () => {
    const bridge = start();
    const client = bridge.connect(create());
    bridge.disconnect();
    client.createUserContext('ada')?.decide('pricing_page');
    expect(await data()).toEqual([]);
    bridge.connect(client);
    client.createUserContext('ada')?.decide('pricing_page');
    expect(await data()).toHaveLength(2);
  });

  it('catches up once, however often it is disconnected and connected', async () => {
    const bridge = start();
    const client = create();
    const decide = (flag: string) => client.createUserContext('ada')?.decide(flag);
    /** Until the SDK has sent its batch of impressions. */
    const passBatch = () => vi.advanceTimersByTimeAsync(60_000);
    await client.onReady?.();
    decide('pricing_page');
    bridge.connect(client);
    decide('checkout_redesign');
    await passBatch();
    expect(bridge.status().decisions).toMatchObject({ seen: 2, recovered: 1, sent: 2 });
    decide('free_shipping_banner');
    bridge.disconnect();
    decide('loyalty_points');
    bridge.connect(client);
    decide('search_ranking');
    await passBatch();
    expect(bridge.status().decisions).toMatchObject({ seen: 4, recovered: 1, sent: 4, duplicate: 0 });
  });

  it('catches up even if the page clears its listeners before the batch is sent', async () => {
    const bridge = start();
    const client = create();
    await client.onReady?.();
    client.createUserContext('ada')?.decide('pricing_page');
    bridge.connect(client);
    (
      client.notificationCenter as unknown as { clearAllNotificationListeners(): void }
    ).clearAllNotificationListeners();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(bridge.status().decisions).toMatchObject({ seen: 1, recovered: 1, sent: 1 });
  });

  it('leaves the page’s wrapper around a patch in place, and hears nothing through it', async () => {
    const bridge = start();
    const client = bridge.connect(create());
    const center = client.notificationCenter as OptimizelyClient['notificationCenter'] & {
      clearAllNotificationListeners(): void;
    };
    const patched = center.clearAllNotificationListeners;
    const wrapper = vi.fn(function (this: unknown) {
      patched.call(this);
    });
    center.clearAllNotificationListeners = wrapper;
    bridge.disconnect();
    expect(center.clearAllNotificationListeners).toBe(wrapper);

    const own = vi.fn();
    for (const type of ['DECISION', 'DECISION:type, userId, attributes, decisionInfo']) {
      center.addNotificationListener(type, own);
    }
    client.createUserContext('ada')?.decide('pricing_page');
    expect(own).toHaveBeenCalledOnce();
    center.clearAllNotificationListeners();
    client.createUserContext('ada')?.decide('pricing_page');
    expect(wrapper).toHaveBeenCalledOnce();
    expect(own).toHaveBeenCalledOnce();
    expect(bridge.status()).toMatchObject({ clients: 0, decisions: { seen: 0 } });
    expect(await data()).toEqual([]);

    bridge.connect(client);
    center.clearAllNotificationListeners();
    client.createUserContext('ada')?.decide('pricing_page');
    expect(wrapper).toHaveBeenCalledTimes(2);
    expect(bridge.status()).toMatchObject({ clients: 1, decisions: { seen: 1 } });
    expect(await data()).toHaveLength(2);
  });
});

describe('createBridge', () => {
  it('takes its client as a setting', async () => {
    const client = SDKS['6.6.1']?.() as Client;
    start({ client });
    client.createUserContext('ada')?.decide('pricing_page');
    expect(await data()).toHaveLength(2);
  });

  it('does not call FullStory before decide() has returned', async () => {
    const bridge = start();
    const client = bridge.connect(SDKS['6.6.1']?.() as Client);
    client.createUserContext('ada')?.decide('pricing_page');
    expect(calls.map(([operation]) => operation)).toEqual(['observe', 'observe']);
    expect(await data()).toHaveLength(2);
  });

  it('takes decisions after disconnect, too, and starts again', async () => {
    const bridge = start();
    bridge.disconnect();
    bridge.record({ flagKey: 'price', enabled: true }, 'ada');
    expect(await data()).toHaveLength(2);
  });

  it('counts as ignored what throws when it is read', async () => {
    const bridge = start();
    const throws = () => {
      throw new Error('of the page');
    };
    bridge.record(new Proxy({}, { get: throws, has: throws }), 'ada');
    expect(await data()).toEqual([]);
    expect(bridge.status()).toMatchObject({
      decisions: { seen: 1, ignored: 1 },
      problems: ['decision-invalid'],
    });
  });

  it('reports a problem once, however often it is met', () => {
    const bridge = start();
    for (let time = 0; time < 3; time++) bridge.connect(null);
    expect(bridge.status().problems.filter((code) => code === 'client-invalid')).toHaveLength(1);
  });

  it('still finds FullStory within 10 s when it comes after hours', async () => {
    vi.stubGlobal('FS', undefined);
    const bridge = start();
    bridge.record({ flagKey: 'price', enabled: true }, 'ada');
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    vi.stubGlobal('FS', (...call: Call) => void calls.push(call));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await data()).toHaveLength(2);
  });

  it('leaves no timer and no listener behind', async () => {
    const listeners = new Set<number>();
    let ids = 0;
    const clearAllNotificationListeners = () => listeners.clear();
    const notificationCenter = {
      addNotificationListener() {
        listeners.add(++ids);
        return ids;
      },
      removeNotificationListener: (id: number) => listeners.delete(id),
      clearAllNotificationListeners,
    };
    const added = vi.spyOn(EventTarget.prototype, 'addEventListener');
    const removed = vi.spyOn(EventTarget.prototype, 'removeEventListener');
    // While FullStory is absent and something waits, it is looked for.
    vi.stubGlobal('FS', undefined);
    const bridge = start();
    bridge.connect({ notificationCenter });
    bridge.record({ flagKey: 'checkout', variationKey: 'on', enabled: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(listeners.size).toBe(2);
    expect(vi.getTimerCount()).toBe(1);
    bridge.disconnect();
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners.size).toBe(0);
    expect(notificationCenter.clearAllNotificationListeners).toBe(clearAllNotificationListeners);
    expect(added.mock.calls.map(([type]) => type)).toEqual(
      expect.arrayContaining(['pageshow', 'pagehide', 'beforeunload', 'visibilitychange', 'freeze']),
    );
    for (const [type, listener] of added.mock.calls) expect(removed).toHaveBeenCalledWith(type, listener);
  });

  it('may be disconnected during a hand-over: waiting decisions are kept for a later connect', async () => {
    const bridge = start({
      eventsPerMinute: 3,
      beforeSend(event) {
        bridge.disconnect();
        return event;
      },
    });
    const flags = ['a', 'b', 'c', 'd', 'e'];
    bridge.record(flags.map((flagKey) => ({ flagKey, variationKey: 'on', enabled: true })));
    await vi.advanceTimersByTimeAsync(1000);
    const { decisions } = bridge.status();
    expect(decisions).toMatchObject({ seen: 5, sent: 3, waiting: 2 });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    window.dispatchEvent(new Event('beforeunload'));
    window.dispatchEvent(new Event('pagehide'));
    expect(bridge.status().decisions).toEqual(decisions);
    bridge.connect(SDKS['6.6.1']?.() as Client);
    await vi.advanceTimersByTimeAsync(1000);
    expect(bridge.status().decisions).toMatchObject({ seen: 5, sent: 5, waiting: 0 });
  });

  it('schedules nothing for a known decision: Angular would check the page again, which decides again', async () => {
    const notifications: ((notification: unknown) => void)[] = [];
    const bridge = start();
    bridge.connect({
      notificationCenter: {
        addNotificationListener: (_, listener) => notifications.push(listener),
        removeNotificationListener: () => true,
      },
    });
    const decide = () =>
      notifications[0]?.({ type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'a', enabled: true } });
    decide();
    expect(await data()).toHaveLength(2);
    await Promise.resolve();
    const timers = vi.getTimerCount();
    const then = vi.spyOn(Promise.prototype, 'then');
    decide();
    expect(then).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(timers);
    expect(bridge.status().decisions).toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
    then.mockRestore();
  });

  it('does not look for clients and defines no global', async () => {
    const before = Object.keys(window);
    start();
    expect(Object.keys(window)).toEqual(before);
    expect('optimizelySdk' in window).toBe(false);
  });

  it('keeps to the rate limits, and sends at once when the page is left', async () => {
    const bridge = start({ eventsPerMinute: 3 });
    const client = bridge.connect(SDKS['6.6.1']?.() as Client);
    client.createUserContext('ada')?.decideAll();
    expect(await data()).toHaveLength(1 + 3);
    expect(bridge.status().decisions).toMatchObject({ seen: 5, sent: 3, waiting: 2 });
    window.dispatchEvent(new Event('pagehide'));
    expect(calls.filter(([operation]) => operation === 'trackEvent')).toHaveLength(5);
  });
});
