/**
 * A double of Amplitude's browser SDK without a network, for unit tests: its events and their users. Browser tests run
 * the real packages.
 */
export type AmplitudeVersion = '1.0' | '2.0' | '2.48' | 'legacy';

/** An event as Amplitude's server gets it. */
export interface ProcessedEvent extends Record<string, unknown> {
  event_type: string;
  user_id?: unknown;
  device_id?: unknown;
  session_id?: unknown;
  time?: unknown;
  insert_id?: unknown;
}

interface Plugin {
  setup?(config: object): unknown;
  execute(event: object): unknown;
}

type Methods = Record<string, unknown>;

const CALLS = [
  'init',
  'add',
  'remove',
  'track',
  'logEvent',
  'identify',
  'flush',
  'setUserId',
  'setOptOut',
  'reset',
];
const GETTERS = ['getDeviceId', 'getUserId', 'getSessionId'];

export interface AmplitudeDouble {
  /** The global of Amplitude on a page. */
  readonly global: Methods;
  /** All that was sent. */
  readonly sent: ProcessedEvent[];
  readonly flushes: () => number;
  init(userId?: string): void;
  setUserId(id: string | undefined): void;
  setOptOut(value: boolean): void;
  /** The session ends, and another begins. */
  beginSession(): void;
  reset(): void;
}

/** The stub of a snippet: its methods keep calls, and answer nothing. */
export function createStub(version: AmplitudeVersion): Methods {
  const stub: Methods = { _q: [], _iq: {}, ...(version !== 'legacy' && { invoked: true }) };
  for (const name of [...CALLS, ...GETTERS]) {
    stub[name] = (...args: unknown[]) => void (stub._q as unknown[]).push({ name, args });
  }
  if (version === 'legacy') {
    delete stub.track;
    stub.getInstance = () => stub;
  }
  return stub;
}

/** The library. From 1.0 on it becomes a part of the stub that it finds; the legacy one takes its place. */
export function loadAmplitude(version: AmplitudeVersion, stub: Methods = {}): AmplitudeDouble {
  const isLegacy = version === 'legacy';
  const sent: ProcessedEvent[] = [];
  const plugins: Plugin[] = [];
  const config = { optOut: false };
  let devices = 0;
  let user: unknown;
  let device: string | undefined;
  let session: number | undefined;
  let flushes = 0;

  function send(event: object): void {
    sent.push(event as ProcessedEvent);
  }

  /** Members of a call override those that the SDK adds, also if they are `undefined`. */
  const stamp = (event: object) => ({
    user_id: user,
    device_id: device,
    session_id: session,
    time: Date.now(),
    insert_id: `sdk-${sent.length}`,
    ...event,
  });

  /** Events are stamped when they are processed, in a turn of their own. */
  function process(event: object): void {
    setTimeout(() => {
      for (const plugin of plugins) plugin.execute(event);
      send(stamp(event));
    });
  }

  const isRunning = () => session !== undefined;
  const methods: Methods = {
    getUserId: () => user,
    getDeviceId: () => device,
    getSessionId() {
      if (version === '1.0' && !isRunning()) throw new TypeError('config is undefined');
      return session;
    },
    track(event: object) {
      if (!config.optOut) process(event);
      return { promise: Promise.resolve({ code: config.optOut ? 0 : 200 }) };
    },
    logEvent(event_type: string, event_properties: object) {
      return (methods.track as (event: object) => unknown)({ event_type, event_properties });
    },
    add(plugin: Plugin) {
      plugins.push(plugin);
      setTimeout(() => plugin.setup?.(config));
    },
    flush: () => void flushes++,
    runQueuedFunctions() {},
    ...(version === '2.48' && { getOptOut: () => config.optOut }),
  };
  const legacy: Methods = {
    _q: [],
    options: { userId: null, deviceId: undefined, optOut: false },
    runQueuedFunctions() {},
    getSessionId: () => session ?? null,
    // Stamped at the call.
    logEvent(event_type: string, event_properties: object) {
      if (!config.optOut) send(stamp({ event_type, event_properties }));
    },
    setUserProperties(properties: object) {
      if (!config.optOut) send(stamp({ event_type: '$identify', user_properties: { $set: properties } }));
    },
  };
  const global = isLegacy
    ? {
        _q: [],
        _instances: { $default_instance: legacy },
        getInstance: () => legacy,
        logEvent() {},
        runQueuedFunctions() {},
      }
    : Object.assign(stub, methods);

  function change(next: () => void): void {
    next();
    legacy.options = { userId: user ?? null, deviceId: device, optOut: config.optOut };
  }

  return {
    global,
    sent,
    flushes: () => flushes,
    init: (userId) =>
      change(() => {
        user = userId;
        device = `device-${++devices}`;
        session = Date.now();
      }),
    setUserId: (id) =>
      change(() => {
        user = id;
      }),
    setOptOut: (value) =>
      change(() => {
        config.optOut = value;
      }),
    beginSession() {
      session = Date.now();
    },
    reset: () =>
      change(() => {
        user = undefined;
        device = `device-${++devices}`;
      }),
  };
}
