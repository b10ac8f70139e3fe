import { compileFunction } from 'node:vm';
import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet';
import {
  type FullStoryDouble,
  type FullStoryDoubleOptions,
  installFullStory,
  type Stub,
} from '../e2e/doubles/fullstory.ts';

/** A fake page, as far as the bridge sees one: quick enough for a hundred thousand of them. */

export type SnippetVersion = '1.3' | '2.0' | '2.1';
export type SdkVersion = 5 | 6;

/** The owner of a timer: FullStory's double or the bridge. */
type Owner = 'bridge' | 'fullstory';

export interface Clock {
  now(): number;
  setTimeout(callback: () => void, ms: number, owner?: Owner): number;
  /** FullStory's microtasks: they run when the task ends. */
  queueMicrotask(callback: () => void): void;
  /** Ends a task of the page. */
  endTask(): void;
  clearTimeout(id: number | undefined): void;
  /** Number of the bridge's timers. */
  pending(): number;
  /** Lets time pass and runs due timers. */
  pass(ms: number): void;
  /** Lets time pass without running anything: the page is frozen. */
  freeze(ms: number): void;
  /** Forgets all timers and microtasks: the page is gone. */
  clear(): void;
}

export function createClock(): Clock {
  const timers = new Map<number, { at: number; callback: () => void; owner: Owner }>();
  const microtasks: (() => void)[] = [];
  let now = Date.UTC(2026, 1, 10);
  let ids = 0;

  function endTask(): void {
    for (let next = microtasks.shift(); next; next = microtasks.shift()) next();
  }

  function nextUntil(end: number): number | undefined {
    let next: number | undefined;
    let earliest = Infinity;
    for (const [id, { at }] of timers) {
      if (at <= end && at < earliest) {
        next = id;
        earliest = at;
      }
    }
    return next;
  }

  return {
    now: () => now,
    setTimeout(callback, ms, owner = 'bridge') {
      timers.set(++ids, { at: now + Math.max(0, ms), callback, owner });
      return ids;
    },
    clearTimeout: (id) => void timers.delete(id ?? 0),
    queueMicrotask: (callback) => void microtasks.push(callback),
    endTask,
    pending: () => [...timers.values()].filter(({ owner }) => owner === 'bridge').length,
    pass(ms) {
      endTask();
      const end = now + ms;
      for (let id = nextUntil(end); id !== undefined; id = nextUntil(end)) {
        const timer = timers.get(id);
        timers.delete(id);
        now = Math.max(now, timer?.at ?? now);
        timer?.callback();
        endTask();
      }
      now = Math.max(now, end);
    },
    freeze(ms) {
      now += ms;
    },
    clear() {
      timers.clear();
      microtasks.splice(0);
    },
  };
}

type PageListener = (event: { persisted: boolean }) => void;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'> & {
  /** Reads the item whose key begins with this. */
  findItem(start: string): string | null;
};

export function createStorage(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    findItem: (start) => [...values].find(([key]) => key.startsWith(start))?.[1] ?? null,
  };
}

type NotificationListener = (notification: unknown) => void;

const TYPES: Record<SdkVersion, readonly string[]> = {
  5: ['DECISION:type, userId, attributes, decisionInfo', 'LOG_EVENT:logEvent'],
  6: ['DECISION', 'LOG_EVENT'],
};

/** An impression, as the SDK sends it in its next batch. */
interface Impression {
  uuid: string;
  timestamp: number;
  userId: string;
  experimentId: string;
  metadata: object;
}

/** A client's notification centre, which refuses unknown types and repeated listeners as the SDKs do. */
export function createClient(sdk: SdkVersion) {
  const listeners = new Map<number, { type: string; listener: NotificationListener }>();
  const [decisionType = '', logEventType] = TYPES[sdk];
  let ids = 0;
  /** Impressions of the next batch, and those of the latest one. */
  let waiting: Impression[] = [];
  let sent: Impression[] = [];

  function call(wanted: string | undefined, notification: unknown): void {
    for (const { type, listener } of [...listeners.values()]) {
      if (type === wanted) listener(notification);
    }
  }

  function isRefused(type: string, listener: NotificationListener): boolean {
    const isKnown = [...listeners.values()].some(
      (other) => other.type === type && other.listener === listener,
    );
    return isKnown || !TYPES[sdk].includes(type);
  }

  const notificationCenter = {
    addNotificationListener(type: string, listener: NotificationListener) {
      if (isRefused(type, listener)) return -1;
      listeners.set(++ids, { type, listener });
      return ids;
    },
    removeNotificationListener: (id: number) => listeners.delete(id),
    clearAllNotificationListeners: () => listeners.clear(),
    clearNotificationListeners(type: string) {
      for (const [id, listener] of listeners) if (listener.type === type) listeners.delete(id);
    },
  };
  return {
    notificationCenter,
    listeners: () => listeners.size,
    clearDecisionListeners: () => notificationCenter.clearNotificationListeners(decisionType),
    close: () => notificationCenter.clearAllNotificationListeners(),
    /** Loses its listeners without a call that anybody could see. */
    lose: () => listeners.clear(),
    notify: (notification: unknown) => call(decisionType, notification),
    /** Has an impression wait for the next batch. */
    impress: (impression: Impression) => void waiting.push(impression),
    /** Sends the batch, or the latest one again, as after a failure. */
    sendBatch(isAgain: boolean) {
      if (!isAgain) {
        sent = waiting;
        waiting = [];
      }
      if (!sent[0]) return;
      call(logEventType, {
        params: {
          visitors: sent.map(({ uuid, timestamp, userId, experimentId, metadata }) => ({
            visitor_id: userId,
            snapshots: [
              { decisions: [{ experiment_id: experimentId, metadata }], events: [{ timestamp, uuid }] },
            ],
          })),
        },
      });
    },
  };
}

export type Client = ReturnType<typeof createClient>;

interface Script {
  onerror?: () => void;
  setAttribute(): void;
}

type Run = (window: object, document: object, fsScript: string) => void;

const PARAMETERS = ['window', 'document', '_fs_script'];
const SNIPPETS: Record<SnippetVersion, Run> = {
  '1.3': compileFunction(generateSnippetTextV1({ orgId: 'DOUBLE' }), PARAMETERS) as Run,
  '2.0': compileFunction(generateSnippetTextV2({ orgId: 'DOUBLE' }), PARAMETERS) as Run,
  '2.1': compileFunction(generateSnippetText({ orgId: 'DOUBLE' }), PARAMETERS) as Run,
};

/** Runs FullStory's own snippet. Returns its stub, and how its script fails to load. */
function runSnippet(version: SnippetVersion, window: Record<string, unknown>) {
  const scripts: Script[] = [];
  const insert = (script: Script) => void scripts.push(script);
  const document = {
    createElement: (): Script => ({ setAttribute() {} }),
    getElementsByTagName: () => [{ parentNode: { insertBefore: insert } }],
    head: { appendChild: insert },
  };
  SNIPPETS[version](window, document, '');
  return { stub: window.FS as Stub, fail: () => scripts[0]?.onerror?.() };
}

/** The operations of the bridge that FullStory is given, before it takes them and after. */
export interface Watcher {
  /** A call waits at the stub. */
  queued(operation: string): void;
  /** Called instead of a data call: `take` makes the call and returns its outcome. */
  handedOver(take: () => FullStoryDouble['calls'][number] | undefined, isThrowing: boolean): void;
  /** A data call threw before FullStory took it. */
  threw(kind: 'event' | 'properties', properties: Record<string, unknown>): void;
  observing(change: 1 | -1): void;
}

/** How FullStory's function fails. */
export interface Fault {
  of: 'all' | 'events' | 'properties' | 'one flag';
  /** Whether it makes the call before it throws. */
  isLate: boolean;
}

/** The only flag whose events fail. */
const FAULTY_FLAG = 'pricing';

function hits({ of }: Fault, operation: string, properties: Record<string, unknown>): boolean {
  if (of === 'all') return true;
  if (of === 'properties') return operation === 'setProperties';
  return operation === 'trackEvent' && (of === 'events' || properties.flag_key === FAULTY_FLAG);
}

/** Changes and freezes FullStory's arguments, as a wrapper may. */
function spoil(details: { properties: Record<string, unknown> }): void {
  for (const name of Object.keys(details.properties)) details.properties[name] = 'spoilt';
  Object.freeze(details.properties);
  Object.freeze(details);
}

/** One page load: its window, its listeners, its FullStory. */
export function createPage(
  clock: Clock,
  storages: { local: Storage; session: Storage; cookie: Storage },
  watcher: Watcher,
  /** Whether FullStory sends its last batch in its own `pagehide` listener, so later listeners are too late. */
  { hasLastBatch = true } = {},
) {
  let listeners: { type: string; listener: PageListener; owner: Owner }[] = [];
  const timeOrigin = clock.now();
  const target = {
    addEventListener: (type: string, listener: PageListener) => listen(type, listener, 'bridge'),
    removeEventListener: unlisten,
  };
  const window: Record<string, unknown> = {
    ...target,
    localStorage: storages.local,
    sessionStorage: storages.session,
  };
  window.top = window;
  let stub: Stub | undefined;
  let fail: (() => void) | undefined;
  let double: FullStoryDouble | undefined;
  let fault: Fault | undefined;
  let spoils = false;
  const document = { ...target, hidden: false, querySelectorAll: () => [] };

  const globals: Record<string, unknown> = {
    window,
    document,
    // Node's would refuse a window that is none, slowly.
    EventTarget: undefined,
    performance: { timeOrigin, timing: { domLoading: timeOrigin }, now: () => clock.now() - timeOrigin },
    setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms),
    clearTimeout: (id: number) => clock.clearTimeout(id),
    Promise: {
      resolve: () => ({
        // biome-ignore lint/suspicious/noThenProperty: it stands for a promise that is fulfilled.
        then(task: () => void) {
          clock.queueMicrotask(task);
          return Promise.resolve();
        },
      }),
    },
  };

  function listen(type: string, listener: PageListener, owner: Owner): void {
    const isThere = listeners.some((other) => other.type === type && other.listener === listener);
    if (!isThere) listeners.push({ type, listener, owner });
  }

  function unlisten(type: string, listener: PageListener): void {
    listeners = listeners.filter((other) => other.type !== type || other.listener !== listener);
  }

  function watch(api: NonNullable<Stub['_api']>): NonNullable<Stub['_api']> {
    return (...operation) => {
      const [name, , source, resolve] = operation;
      // A call with a callback is only a query, and gets the observer through it.
      if (source !== 'optimizely' || resolve) return api(...operation);
      if (name !== 'observe') {
        const details = operation[1] as { properties: Record<string, unknown> };
        const fails = fault && hits(fault, name, details.properties);
        if (fails && !fault?.isLate) {
          watcher.threw(name === 'trackEvent' ? 'event' : 'properties', details.properties);
          throw new Error('FullStory throws');
        }
        watcher.handedOver(() => {
          const before = double?.calls.length;
          api(...operation);
          return double?.calls[before ?? 0];
        }, !!fails);
        if (spoils) spoil(details);
        if (fails) throw new Error('FullStory throws');
        return undefined;
      }
      const observer = api(...operation) as { disconnect(): void } | undefined;
      // FullStory gives nothing to disconnect an observer by before a session runs.
      if (!observer) return undefined;
      watcher.observing(1);
      return {
        disconnect() {
          watcher.observing(-1);
          observer.disconnect();
        },
      };
    };
  }

  return {
    globals,
    listeners: () => listeners.filter(({ owner }) => owner === 'bridge').length,
    /** Calls listeners in the order in which they were added, FullStory's among them. */
    dispatch(type: 'beforeunload' | 'pagehide' | 'pageshow' | 'visibilitychange', persisted = false) {
      for (const added of listeners.slice()) {
        if (added.type === type && listeners.includes(added)) added.listener({ persisted });
        clock.endTask();
      }
    },
    setVisibility(state: 'visible' | 'hidden') {
      document.hidden = state === 'hidden';
    },
    isHidden: () => document.hidden,
    /** From now on FullStory's function fails so; or no more. */
    fail(how: Fault | undefined) {
      fault = how;
    },
    isFailing: () => fault !== undefined,
    /** From now on FullStory's function changes and freezes its arguments. */
    spoil() {
      spoils = true;
    },
    hasStub: () => stub !== undefined,
    hasArrived: () => double !== undefined,
    isAsleep: () => !!double?.isAsleep(),
    appear(version: SnippetVersion) {
      if (!stub) ({ stub, fail } = runSnippet(version, window));
    },
    /** fs.js arrives, also after it was blocked. */
    arrive(options: FullStoryDoubleOptions) {
      if (!stub || double) return;
      for (const [name, , source] of stub.q ?? []) {
        if (source === 'optimizely' && name !== 'observe') watcher.queued(name);
      }
      double = installFullStory(
        {
          stub,
          isChildFrame: false,
          ready() {},
          load: () => storages.cookie.getItem('double'),
          save: (kept) => storages.cookie.setItem('double', kept),
          now: clock.now,
          setTimeout: (callback, ms) => void clock.setTimeout(callback, ms, 'fullstory'),
          queueMicrotask: clock.queueMicrotask,
          listen(type, listener) {
            if (hasLastBatch) listen(type, listener, 'fullstory');
            return () => unlisten(type, listener);
          },
        },
        options,
      );
      if (stub._api) stub._api = watch(stub._api);
    },
    block() {
      if (!double) fail?.();
    },
    /** A call of the site itself. @param called runs before any observer of the change. */
    call(operation: string, options?: object, called?: () => void) {
      stub?.(operation, options);
      called?.();
      clock.endTask();
    },
    expireSession() {
      double?.expireSession();
      clock.endTask();
    },
    /** 30 minutes without a signal. */
    sleep: () => double?.sleep(),
    /** The first activity after them. */
    wake(how?: { sameSession?: boolean }) {
      double?.wake(how);
      clock.endTask();
    },
    /** The server refuses a batch in mid-session. */
    refuseBatch: () => double?.refuseBatch(),
    session: () => double?.session() ?? null,
    unload() {
      double?.save();
      clock.clear();
    },
  };
}

export type FakePage = ReturnType<typeof createPage>;

/** Runs something with the globals and the clock of a page. */
export function createStage(clock: Clock) {
  const names = ['window', 'document', 'EventTarget', 'performance', 'setTimeout', 'clearTimeout', 'Promise'];
  const originals = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  const dateNow = Date.now;
  return {
    enter({ globals }: FakePage) {
      for (const name of names) {
        Object.defineProperty(globalThis, name, {
          value: globals[name],
          configurable: true,
          writable: true,
        });
      }
      Date.now = clock.now;
    },
    leave() {
      for (const [name, original] of originals) {
        if (original) Object.defineProperty(globalThis, name, original);
        else Reflect.deleteProperty(globalThis, name);
      }
      Date.now = dateNow;
    },
  };
}
