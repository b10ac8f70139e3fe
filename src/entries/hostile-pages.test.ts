// @vitest-environment happy-dom
import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDatafile } from '../../e2e/doubles/datafile.ts';
import { fullstory } from '../destinations/fullstory.ts';
import { watchGlobal } from '../optimizely/watch-global.ts';
import { SETTINGS } from '../settings.ts';
import { startDropIn } from './drop-in.ts';
import { createBridge, type ModuleSettings } from './index.ts';

// Pages with unusual or faulty code: the page goes on, and so does the script.

type Call = [operation: string, options: { properties: Record<string, unknown> }];
type Bridge = ReturnType<typeof createBridge>;

const page = window as unknown as Record<string, unknown>;
let calls: Call[];
let bridges: Bridge[];
let scripts = 0;

/** Starts the script with settings under a name of its own. */
function startScript(settings: unknown): Bridge {
  const name = `ours${++scripts}`;
  page[name] = settings;
  startDropIn(name, () => page[name], [fullstory()]);
  return page[name] as Bridge;
}

function start(settings: ModuleSettings = {}): Bridge {
  const bridge = createBridge(settings);
  bridges.push(bridge);
  return bridge;
}

const flags = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ flagKey: `flag_${index}`, enabled: true }));

const events = () => calls.filter(([operation]) => operation === 'trackEvent');

function setHidden(isHidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  bridges = [];
  sessionStorage.clear();
  vi.stubGlobal('FS', (...call: Call) => void calls.push(call));
});

afterEach(() => {
  for (const bridge of bridges) bridge.disconnect();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('SystemJS finds the script’s global: it is the newest that can be listed', () => {
  const name = `ours${++scripts}`;
  startDropIn(name, () => page[name], [fullstory()]);
  expect(Object.keys(window).at(-1)).toBe(name);
  (page[name] as Bridge).disconnect();
});

it('a form named hidden does not prevent the page from taking kept decisions', async () => {
  vi.stubGlobal('FS', undefined);
  start({ persist: true }).record(flags(1));
  window.dispatchEvent(new Event('pagehide'));
  bridges.pop()?.disconnect();
  // `document.hidden` is the element then, as `document.currentScript` would be.
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(document.createElement('form') as never);
  vi.stubGlobal('FS', (...call: Call) => void calls.push(call));
  start({ persist: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect(events()).toHaveLength(1);
});

it.each(['value', 'writable'])(
  'a page’s Object.prototype.%s removes no global, throws nothing, and the script has its own',
  (name) => {
    page.sdkOfThePage = { createInstance: true };
    Object.defineProperty(Object.prototype, name, { value: true, configurable: true, writable: true });
    let undo: () => void;
    let bridge: Bridge;
    try {
      undo = watchGlobal('sdkOfThePage', () => {});
      bridge = startScript(undefined);
    } finally {
      // The test runner cannot work with it either.
      Reflect.deleteProperty(Object.prototype, name);
    }
    expect(page.sdkOfThePage).toEqual({ createInstance: true });
    bridges.push(bridge);
    expect(bridge.status().version).toBe(bridge.version);
    undo();
    delete page.sdkOfThePage;
  },
);

it.each(['disconnect', 'queue'])('settings whose %s throws do not stop the script', (name) => {
  const settings = Object.defineProperty({}, name, {
    get() {
      throw new Error('no');
    },
  });
  expect(() => bridges.push(startScript(settings))).not.toThrow();
});

it('settings in a `var`, evaluated again with the script (Turbo, a tag that fires twice): one bridge, still reachable', async () => {
  // As `var oursInVar = {}` in a classic script makes it.
  Object.defineProperty(page, 'oursInVar', { value: {}, writable: true, enumerable: true });
  const evaluate = (): Bridge => {
    page.oursInVar = {};
    startDropIn('oursInVar', () => page.oursInVar, [fullstory()]);
    return page.oursInVar as Bridge;
  };
  bridges.push(evaluate(), evaluate());
  const listeners: ((notification: unknown) => void)[] = [];
  page.optimizelyClientInstance = {
    notificationCenter: {
      addNotificationListener: (_: string, listener: () => void) => listeners.push(listener),
      removeNotificationListener: () => true,
    },
  };
  const notification = { type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'price', enabled: true } };
  for (const listener of listeners) listener(notification);
  await vi.advanceTimersByTimeAsync(1000);
  delete page.optimizelyClientInstance;
  expect(events()).toHaveLength(1);
  expect(bridges.map((bridge) => bridge.status().decisions.sent)).toEqual([1, 1]);
});

it('a script that runs again finds the running bridge, although the page’s variable has become a proxy that throws', async () => {
  Object.defineProperty(page, 'oursInProxy', { value: {}, writable: true, enumerable: true });
  const evaluate = () => startDropIn('oursInProxy', () => page.oursInProxy, [fullstory()]);
  evaluate();
  bridges.push(page.oursInProxy as Bridge);
  const listeners: ((notification: unknown) => void)[] = [];
  page.optimizelyClientInstance = {
    notificationCenter: {
      addNotificationListener: (_: string, listener: () => void) => listeners.push(listener),
      removeNotificationListener: () => true,
    },
  };
  page.oursInProxy = new Proxy(
    {},
    {
      get() {
        throw new Error('of the page');
      },
    },
  );
  evaluate();
  const notification = { type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'price', enabled: true } };
  for (const listener of listeners) listener(notification);
  await vi.advanceTimersByTimeAsync(1000);
  delete page.optimizelyClientInstance;
  expect(events()).toHaveLength(1);
});

it('a client with a new notification centre at each read does not cause endless listening', async () => {
  const bridge = startScript({});
  bridges.push(bridge);
  page.optimizelyClientInstance = {
    get notificationCenter() {
      return { addNotificationListener: () => 1, removeNotificationListener: () => true };
    },
  };
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  delete page.optimizelyClientInstance;
  expect(bridge.status().clients).toBeLessThan(100);
});

it('a page that makes a client at each of 200 visits has all of them heard', async () => {
  const bridge = startScript({});
  bridges.push(bridge);
  for (let visit = 0; visit < 200; visit++) {
    const listeners: ((notification: unknown) => void)[] = [];
    page.optimizelyClientInstance = {
      notificationCenter: {
        addNotificationListener: (_: string, listener: () => void) => listeners.push(listener),
        removeNotificationListener: () => true,
      },
    };
    const decisionInfo = { flagKey: `flag_${visit}`, enabled: true };
    for (const listener of listeners) listener({ type: 'flag', userId: 'ada', decisionInfo });
  }
  delete page.optimizelyClientInstance;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(events()).toHaveLength(200);
  expect(bridge.status().clients).toBeLessThan(100);
});

it('a clock that is set back does not make looking for FullStory more frequent', async () => {
  vi.stubGlobal('FS', undefined);
  const set = vi.fn(setTimeout);
  vi.stubGlobal('setTimeout', set);
  start().record(flags(1));
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(600_000);
  // Four times a second at first, and every 5 s after a minute.
  expect(set.mock.calls.length).toBeLessThan(200);
});

it('a page’s getter _fs_namespace that throws does not stop the script, and FS is found', async () => {
  Object.defineProperty(page, '_fs_namespace', {
    configurable: true,
    get() {
      throw new Error('not yet');
    },
  });
  try {
    const bridge = start();
    bridge.record(flags(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(events()).toHaveLength(1);
  } finally {
    delete page._fs_namespace;
  }
});

it('with persist and a storage that keeps nothing, everything is handed over when the page is left', () => {
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem() {}, removeItem() {} });
  const bridge = start({ persist: true });
  // At once: FullStory may come on another page only, and then this one has nothing to send.
  expect(bridge.status().problems).toContain('storage');
  bridge.record(flags(100));
  window.dispatchEvent(new Event('pagehide'));
  expect(events()).toHaveLength(100);
});

it('a page’s accessor that throws does not stop the script, and stays', () => {
  const get = () => {
    throw new Error('not yet');
  };
  Object.defineProperty(page, 'optimizelySdk', { configurable: true, get, set() {} });
  try {
    expect(() => bridges.push(startScript({}))).not.toThrow();
    expect(() => page.optimizelySdk).toThrow('not yet');
  } finally {
    delete page.optimizelySdk;
  }
});

it('with persist, two bridges of a tab (a frame, a micro-frontend) send nothing twice after being hidden and shown', async () => {
  start({ persist: true });
  const other = start({ persist: true });
  other.record(flags(65));
  await vi.advanceTimersByTimeAsync(2500);
  expect(events()).toHaveLength(SETTINGS.eventsPerMinute[0]);
  setHidden(true);
  setHidden(false);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(events()).toHaveLength(65);
});

it.each([
  ['a Proxy that throws', () => new Proxy({}, { get: () => expect.unreachable.bind(null)() })],
  [
    'a revoked Proxy, as an Immer draft is after its recipe',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  ['a list whose getter throws', () => Object.defineProperty([1], 0, { get: () => expect.unreachable() })],
])('record() with %s does not throw into the page', (_, make) => {
  expect(() => start().record(make())).not.toThrow();
});

it('an async beforeSend that rejects leaves no unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const bridge = start({ beforeSend: (async () => Promise.reject(new Error('site'))) as never });
  bridge.record(flags(1));
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

it.each([
  [
    'whose members throw, such as a frame of another site',
    {
      get root() {
        throw new Error('Blocked a frame with origin …');
      },
    },
  ],
  ['whose root runs nothing', { root: {} }],
])('a global Zone %s does not stop the script', async (_, zone) => {
  vi.stubGlobal('Zone', zone);
  bridges.push(startScript({}));
  bridges[0]?.record(flags(1));
  await vi.advanceTimersByTimeAsync(100);
  expect(events()).toHaveLength(1);
});

it.each([
  ['an accessor that binds it anew', (real: object) => () => (real as () => void).bind(null)],
  [
    'a membrane, as a sandbox of a micro-frontend is',
    (real: object) => {
      const wrap = (target: object): object =>
        new Proxy(target, {
          get: (of, key) => {
            const value: unknown = Reflect.get(of, key);
            return typeof value === 'function' ? wrap(value) : value;
          },
        });
      const fs = wrap(real);
      return () => fs;
    },
  ],
])('a FullStory that is a new function at each read, by %s, does not hang the page', async (_, by) => {
  let observed = 0;
  const real = (
    operation: string,
    { type, callback }: { type?: string; callback?(detail: object): void },
  ) => {
    if (operation !== 'observe') return undefined;
    observed++;
    // fs.js calls an observer that comes while a session runs. Bounded, so that the test ends.
    if (type === 'start' && observed < 500) {
      void Promise.resolve().then(() => callback?.({ sessionUrl: 'https://app.fullstory.com/ui/1' }));
    }
    return { disconnect() {} };
  };
  Object.assign(real, { _api: real, getCurrentSessionURL: () => 'https://app.fullstory.com/ui/1' });
  Object.defineProperty(window, 'FS', { configurable: true, get: by(real) });
  const bridge = start();
  await vi.advanceTimersByTimeAsync(0);
  bridge.disconnect();
  Reflect.deleteProperty(window, 'FS');
  expect(observed).toBeLessThan(50);
});

it.each<[string, () => unknown]>([
  [
    'that throws when it is read, as a revoked Proxy does',
    () =>
      new Proxy(() => {}, {
        get() {
          throw new Error('of the page');
        },
      }),
  ],
  [
    'whose session URL has no text, as with a mock that answers everything with itself',
    () => Object.assign(() => {}, { _api() {}, getCurrentSessionURL: () => Object.create(null) }),
  ],
])('a FullStory %s harms nothing, and decisions wait', async (_, make) => {
  vi.stubGlobal('FS', make());
  const bridge = start();
  bridge.record(flags(1));
  await vi.advanceTimersByTimeAsync(1000);
  expect(bridge.status().decisions).toMatchObject({ waiting: 1 });
  const live = { _api() {}, getCurrentSessionURL: () => 'https://app.fullstory.com/ui/1/session/1' };
  vi.stubGlobal(
    'FS',
    Object.assign((...call: Call) => void calls.push(call), live),
  );
  await vi.advanceTimersByTimeAsync(1000);
  expect(events()).toHaveLength(1);
});

it.each<[string, () => unknown]>([
  ['a `then` that is no function', () => Object.fromEntries([['then', true]])],
  [
    'a Proxy that throws when it is read',
    () =>
      new Proxy(
        {},
        {
          get() {
            throw new Error('of the page');
          },
        },
      ),
  ],
])('a FullStory that returns %s gets each event once', async (_, result) => {
  vi.stubGlobal('FS', (...call: Call) => {
    calls.push(call);
    return result();
  });
  const bridge = start();
  bridge.record(flags(3));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(events()).toHaveLength(3);
  expect(bridge.status().decisions).toMatchObject({ sent: 3 });
});

it('an SDK that is a new Proxy at each read has its createInstance wrapped once', () => {
  let createInstance = () => ({});
  let wrapped = 0;
  const target = Object.defineProperty({}, 'createInstance', {
    configurable: true,
    get: () => createInstance,
    set(wrapper) {
      wrapped++;
      createInstance = wrapper;
    },
  });
  Object.defineProperty(page, 'optimizelySdk', {
    configurable: true,
    get: () => new Proxy(target, {}),
    set() {},
  });
  bridges.push(startScript({}));
  for (let read = 0; read < 20; read++) void page.optimizelySdk;
  delete page.optimizelySdk;
  expect(wrapped).toBe(1);
});

it('a client that refuses listeners, such as a React wrapper that warns each time, is not asked forever', async () => {
  bridges.push(startScript({}));
  let asked = 0;
  page.optimizelyClientInstance = {
    notificationCenter: {
      addNotificationListener: () => 0 * ++asked,
      removeNotificationListener: () => false,
    },
  };
  await vi.advanceTimersByTimeAsync(600_000);
  delete page.optimizelyClientInstance;
  expect(asked).toBeLessThan(200);
});

it('a client that keeps its listener after disconnect() does not delay what comes after the next connect()', async () => {
  let listener: ((notification: unknown) => void) | undefined;
  const client = {
    notificationCenter: {
      addNotificationListener(_: string, added: (notification: unknown) => void) {
        listener ??= added;
        return 1;
      },
      removeNotificationListener: () => false,
    },
  };
  const bridge = start();
  bridge.connect(client);
  await vi.advanceTimersByTimeAsync(0);
  bridge.disconnect();
  listener?.({ type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'a', enabled: true } });
  await vi.advanceTimersByTimeAsync(0);
  expect(events()).toEqual([]);
  bridge.connect(client);
  await Promise.resolve();
  expect(events()).toHaveLength(1);
});

it('an SDK or a client in a worker, behind a Proxy of functions as Comlink makes it, gets no message', async () => {
  const messages: string[] = [];
  const remote = (path: string): unknown =>
    new Proxy(() => {}, {
      get: (_, name) => remote(`${path}.${String(name)}`),
      set: (_, name) => !!messages.push(`${path}.${String(name)} =`),
      apply: () => {
        messages.push(path);
        return Promise.reject(new Error('a function cannot be cloned'));
      },
    });
  page.optimizelySdk = remote('sdk');
  page.optimizelyClientInstance = remote('client');
  const bridge = startScript({});
  bridges.push(bridge);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(bridge.status().clients).toBe(0);
  bridge.connect(remote('connected') as never);
  expect(bridge.status().problems).toContain('client-invalid');
  delete page.optimizelySdk;
  delete page.optimizelyClientInstance;
  expect(messages).toEqual([]);
});

it('a client that is a function with a notification centre is listened to', () => {
  const client = createInstance({
    projectConfigManager: createStaticProjectConfigManager({ datafile: createDatafile() }),
  });
  const { notificationCenter } = client;
  const bridge = startScript({ client: 'flags' });
  bridges.push(bridge);
  page.flags = Object.assign((key: string) => client.createUserContext('ada').decide(key), {
    notificationCenter,
  });
  (page.flags as (key: string) => unknown)('pricing_page');
  expect(bridge.status()).toMatchObject({ clients: 1, decisions: { seen: 1 } });
  start().connect(page.flags as never);
  expect(bridges[1]?.status()).toMatchObject({ clients: 1, problems: [] });
  delete page.flags;
});

it('a locked notification centre whose listeners were cleared as the page was left hears again when it is back', async () => {
  const listeners: ((notification: unknown) => void)[] = [];
  const notificationCenter = Object.freeze({
    addNotificationListener: (_: string, listener: (notification: unknown) => void) =>
      listeners.push(listener),
    removeNotificationListener: () => true,
    clearAllNotificationListeners: () => void listeners.splice(0),
  });
  start().connect({ notificationCenter });
  // As SDK 5.x, 6.0 and 6.1 do on `pagehide`.
  notificationCenter.clearAllNotificationListeners();
  window.dispatchEvent(new Event('pageshow'));
  const notification = { type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'price', enabled: true } };
  for (const listener of listeners) listener(notification);
  await vi.advanceTimersByTimeAsync(1000);
  expect(events()).toHaveLength(1);
});
