import { nameAsApi1 } from './api-1-names.ts';

/**
 * A double of FullStory's fs.js and the server behind it, for the playground and every test. It takes over the real
 * snippets' stub as fs.js does, keeps sessions and identities, and applies the documented limits, so that a test can
 * count what FullStory would have accepted. `fullstory.test.ts` pins each fact it stands for.
 */

/** The outcome of a data call. */
export interface ReceivedCall {
  kind: 'event' | 'properties';
  /** The event's name; empty for properties. */
  name: string;
  /** As they left the browser: API 1 changes names. */
  properties: Record<string, unknown>;
  /** The original properties. */
  given: Record<string, unknown>;
  /** The types that API 1 read from the ends of property names. */
  types?: Record<string, string>;
  source: unknown;
  /** The session it landed in; empty when it landed in none. */
  session: string;
  /** The user's uid; empty while anonymous. */
  uid: string;
  /** Number of the page load that made the call. */
  page: number;
  at: number;
  outcome: 'accepted' | 'rejected' | 'discarded';
  reason: string;
}

export interface FullStoryDoubleOptions {
  /** Whether the server declines to capture (quota, domain, unsupported browser). */
  refuse?: boolean;
  /** As `_fs_capture_on_startup`: false waits for `FS('start')`. */
  captureOnStartup?: boolean;
  /** Ms that the server takes to answer before a session starts. */
  delay?: number;
  /** The uid that the cookie has from an earlier page. */
  returningUser?: string;
  /** False for an account without session links: every session has the same URL. */
  sessionLinks?: boolean;
  /** Whether a `start` observer added while a session runs is called twice, as has been seen. */
  callsLateStartTwice?: boolean;
}

/** Data that outlives the page: the cookie, and the calls that the server received. */
interface Kept {
  users: number;
  sessions: number;
  pages: number;
  user: number;
  uid: string;
  session: number;
  lastActive: number;
  calls: ReceivedCall[];
}

export interface FullStoryDouble {
  /** Every data call of this and earlier pages, in order. */
  readonly calls: readonly ReceivedCall[];
  /** Names of other operations, in order. */
  readonly operations: readonly string[];
  /** Operations that it keeps until a session runs. */
  readonly kept: readonly Operation[];
  /** 30 minutes pass without a signal: the session's URL stays, calls are discarded. */
  sleep(): void;
  isAsleep(): boolean;
  /** The first activity after a sleep. `sameSession` when another tab has kept the session alive. */
  wake(how?: { sameSession?: boolean }): void;
  /** Sleeps and wakes: another session begins for the same user. */
  expireSession(): void;
  /** The server answers a batch with 403: the capture ends without a signal. */
  refuseBatch(): void;
  /** Calls back after every call and change of session. */
  subscribe(callback: () => void): void;
  /** The running session, distinct from every other even if the account has no session links. */
  session(): string | null;
  /** The user's uid; empty while anonymous. */
  uid(): string;
  /** Stores the data for the next page. */
  save(): void;
  /** Forgets the cookie and all calls. */
  reset(): void;
}

/** The part of a page that fs.js touches, so that a test can run without a browser. */
export interface Page {
  /** The snippet's stub. */
  stub: Stub;
  /** Whether fs.js runs in an inner frame, and not as an outer script there. */
  isChildFrame: boolean;
  /** The page's `_fs_ready`, if there is one: called before the observers. */
  ready(failed: boolean): void;
  load(): string | null;
  save(kept: string): void;
  now(): number;
  setTimeout(callback: () => void, ms: number): void;
  /** Default `queueMicrotask`. */
  queueMicrotask?(callback: () => void): void;
  /**
   * Adds a listener of fs.js to the window. Returns a function that removes it. Without it, the page is never left.
   */
  listen?(type: 'pagehide' | 'pageshow', listener: (event: { persisted: boolean }) => void): () => void;
}

export type Operation = [
  name: string,
  options?: unknown,
  source?: unknown,
  resolve?: (value: unknown) => void,
  reject?: (error: unknown) => void,
  /** 2 for API 2; API 1 gives none. */
  version?: number,
];

export interface Stub {
  (...operation: Operation): unknown;
  q?: Operation[];
  _api?: (...operation: Operation) => unknown;
  getCurrentSessionURL?: () => string | null;
}

const IDLE = 30 * 60_000;
const MINUTE = 60_000;
/** https://help.fullstory.com/hc/en-us/articles/360020623234 and the browser API's reference. */
const LIMITS = {
  event: [
    [60, MINUTE],
    [40, 1000],
  ],
  properties: [
    [30, MINUTE],
    [10, 1000],
  ],
} as const;
const LONGEST_PAYLOAD = 512 * 1024;
const MOST_KEYS = 1499;
/** The URL of every session of an account without session links. */
const NO_LINK = 'https://app.fullstory.com/opt/upgrade';
const REFUSED = 'Capture disabled. Turn on debug mode for more information.';
const STOPPED = 'Shutdown called.';

interface Observer {
  type?: string;
  callback?: (detail: unknown) => void;
}

interface Identity {
  uid?: unknown;
  anonymous?: unknown;
}

/** The arguments of a data call. */
interface Data {
  name: string;
  properties: unknown;
  source: unknown;
  version: number | undefined;
}

export function installFullStory(page: Page, options: FullStoryDoubleOptions = {}): FullStoryDouble {
  const { stub } = page;
  const delay = options.delay ?? 20;
  const later = (callback: () => void) =>
    page.queueMicrotask ? page.queueMicrotask(callback) : queueMicrotask(callback);
  const subscribers: (() => void)[] = [];
  const operations: string[] = [];
  const observers: Observer[] = [];
  /** `switching`: a session has ended, and the next one is about to start. */
  let state: 'waiting' | 'starting' | 'capturing' | 'stopped' | 'switching' | 'refused' = 'starting';
  /** Whether the observers know of the running session. */
  let announced: 'no' | 'soon' | 'yes' = 'no';
  let announcements = 1;
  /** Why a running session takes nothing; empty when it takes all. */
  let silence = '';
  let isLeft = false;
  let stopListening: (() => void) | undefined;
  let queued: Operation[] = [];
  let kept: Kept = read();
  kept.pages++;
  const pageNumber = kept.pages;

  function read(): Kept {
    const stored = page.load();
    return stored
      ? (JSON.parse(stored) as Kept)
      : { users: 0, sessions: 0, pages: 0, user: 0, uid: '', session: 0, lastActive: 0, calls: [] };
  }

  function save(): void {
    page.save(JSON.stringify(kept));
  }

  function changed(): void {
    for (const callback of subscribers) callback();
  }

  function session(): string | null {
    return state === 'capturing'
      ? `https://app.fullstory.com/ui/DOUBLE/session/${kept.user}:${kept.session}`
      : null;
  }

  function sessionUrl(): string | null {
    return session() && options.sessionLinks === false ? NO_LINK : session();
  }

  function call(observer: Observer, detail: unknown): void {
    if (observers.includes(observer)) observer.callback?.(detail);
  }

  function fire(type: string, detail: unknown): void {
    for (const observer of observers.slice()) if (observer.type === type) call(observer, detail);
    changed();
  }

  /** Calls observers in a microtask, and so after the call that caused it. */
  function notify(type: string, detail: unknown): void {
    changed();
    later(() => fire(type, detail));
  }

  const started = () => ({ sessionUrl: sessionUrl(), settings: {} });

  function announce(ofSession: string | null): void {
    // Ended before it was announced.
    if (session() !== ofSession || announced !== 'soon') return;
    announced = 'yes';
    for (let time = 0; time < announcements; time++) fire('start', started());
  }

  function observe(details: unknown): { disconnect(): void } {
    const observer = { ...((details ?? {}) as Observer) };
    observers.push(observer);
    if (observer.type === 'start') {
      // Seen: an observer added while the session runs, before any observer was called, makes all of them be called
      // twice.
      if (announced === 'soon') announcements = 2;
      if (announced === 'yes') {
        later(() => {
          for (let time = options.callsLateStartTwice ? 2 : 1; time; time--) call(observer, started());
        });
      }
    }
    return {
      disconnect() {
        const index = observers.indexOf(observer);
        if (index >= 0) observers.splice(index, 1);
      },
    };
  }

  function newSession(): void {
    kept.session = ++kept.sessions;
    kept.lastActive = page.now();
  }

  function newUser(uid: string): void {
    kept.user = ++kept.users;
    kept.uid = uid;
    newSession();
  }

  /** Nothing for values that JSON cannot represent: fs.js does not throw for them. */
  function textOf(properties: unknown): string | undefined {
    try {
      return JSON.stringify(properties ?? {});
    } catch {
      return undefined;
    }
  }

  function receive(kind: ReceivedCall['kind'], data: Data, lost: string): void {
    const { name, source } = data;
    const at = page.now();
    const text = textOf(data.properties);
    const given = JSON.parse(text ?? '{}') as Record<string, unknown>;
    const { properties, types } = data.version === 2 ? { properties: given, types: {} } : nameAsApi1(given);
    const received: ReceivedCall = {
      kind,
      name,
      properties,
      given,
      ...(Object.keys(types)[0] !== undefined && { types }),
      source,
      session: lost ? '' : (session() ?? ''),
      uid: kept.uid,
      page: pageNumber,
      at,
      outcome: 'accepted',
      reason: '',
    };
    const reject = (reason: string) => {
      received.outcome = lost ? 'discarded' : 'rejected';
      received.reason = reason;
    };
    if (lost) reject(lost);
    else if (text === undefined) reject('not JSON');
    else if (new TextEncoder().encode(text).length > LONGEST_PAYLOAD) reject('payload over 512 KB');
    else if (Object.keys(given).length > MOST_KEYS) reject('too many keys');
    else if (kind === 'event' && (typeof name !== 'string' || !name || name.length > 250))
      reject('event name');
    else if (kind === 'properties' && page.isChildFrame) reject('child frame');
    else {
      for (const [most, span] of LIMITS[kind]) {
        let recent = 0;
        for (let index = kept.calls.length - 1; index >= 0; index--) {
          const other = kept.calls[index] as ReceivedCall;
          // Whole ms: Playwright's stopped clock has fractions, and a minute of 59,999.9998 ms.
          if (other.page !== pageNumber || Math.round(at - other.at) >= span) break;
          if (other.kind === kind && other.outcome === 'accepted') recent++;
        }
        if (recent >= most) reject(`over ${most} in ${span / 1000} s`);
      }
    }
    kept.calls.push(received);
    if (!lost) kept.lastActive = at;
    changed();
  }

  function start(): void {
    const waiting = queued;
    queued = [];
    if (options.refuse) {
      state = 'refused';
      for (const operation of waiting) operate(operation);
      notify('shutdown', { reason: 5 });
      page.ready(true);
      return;
    }
    if (!kept.user) newUser('');
    else if (page.now() - kept.lastActive > IDLE) newSession();
    kept.lastActive = page.now();
    state = 'capturing';
    announced = 'no';
    announcements = 1;
    silence = '';
    // Another user's identity in the queue: earlier calls are silently lost.
    const change = lastChangeOfUser(waiting);
    waiting.forEach((operation, index) => {
      if (index === change) newUser(uidOf(identityIn(operation)));
      operate(operation, index < change ? 'another user follows in the queue' : '');
    });
    save();
    announced = 'soon';
    changed();
    page.ready(false);
    const ofSession = session();
    later(() => later(() => announce(ofSession)));
  }

  function startLater(): void {
    listen();
    page.setTimeout(() => {
      if (state === 'starting' || state === 'switching') start();
    }, delay);
  }

  /** Ends the running session; observers hear of it when nothing can be sent to it any more. */
  function end(next: 'stopped' | 'switching', reason: number): void {
    state = next;
    announced = 'no';
    // Put back when it starts again, and so after the page's own by then.
    stopListening?.();
    stopListening = undefined;
    notify('shutdown', { reason });
    if (next === 'switching') startLater();
  }

  function listen(): void {
    stopListening ??= page.listen?.('pagehide', ({ persisted }) => {
      // A page in the back/forward cache also keeps its unsent calls.
      isLeft = !persisted;
    });
  }

  /** The user that a call identifies: a user property `uid` identifies too. */
  function identityIn([name, details]: Operation): Identity | undefined {
    if (page.isChildFrame) return undefined;
    const { type, properties } = (details ?? {}) as { type?: unknown; properties?: Identity | null };
    const identity: Identity | undefined =
      name === 'setIdentity'
        ? ((details ?? {}) as Identity)
        : name === 'setProperties' && type === 'user'
          ? // An own one: libraries put all kinds of names on all objects.
            { uid: Object.getOwnPropertyDescriptor(properties ?? {}, 'uid')?.value }
          : undefined;
    return identity?.uid || identity?.anonymous ? identity : undefined;
  }

  function uidOf(identity: Identity | undefined): string {
    return identity?.anonymous || !identity?.uid ? '' : String(identity.uid);
  }

  function isOtherUser(operation: Operation, uid = kept.uid): boolean {
    const identity = identityIn(operation);
    return identity !== undefined && uid !== '' && uidOf(identity) !== uid;
  }

  /** The index of the last operation that makes another user; -1 for none. */
  function lastChangeOfUser(waiting: readonly Operation[]): number {
    let { uid } = kept;
    let last = -1;
    waiting.forEach((operation, index) => {
      if (isOtherUser(operation, uid)) last = index;
      const identity = identityIn(operation);
      if (identity) uid = uidOf(identity);
    });
    return last;
  }

  /** Takes a data call for the running session, or loses it for a reason. */
  function take(operation: Operation, lost: string): void {
    const [name, details, source, , , version] = operation;
    const given = (details ?? {}) as Record<string, unknown>;
    const data = { name: '', properties: given.properties, source, version };
    if (!lost || lost === silence) {
      if (isOtherUser(operation)) {
        newUser(uidOf(identityIn(operation)));
        // It is the first call of the new user's next session.
        queued.push(operation);
        end('switching', 4);
        return;
      }
      const identity = identityIn(operation);
      if (identity) kept.uid = uidOf(identity) || kept.uid;
    }
    if (name === 'trackEvent') receive('event', { ...data, name: given.name as string }, lost);
    else if (name === 'setProperties' && given.type === 'user') receive('properties', data, lost);
    else if (name === 'event') {
      receive('event', { ...data, name: given.n as string, properties: given.p }, lost);
    } else operations.push(name);
  }

  function operate(operation: Operation, lost = ''): unknown {
    const [name, details, , resolve, reject] = operation;
    const done = (value?: unknown) => {
      resolve?.(value);
      return value;
    };
    if (name === 'init') return done();
    if (name === 'shutdown') {
      operations.push(name);
      if (state === 'capturing') end('stopped', 1);
      else if (state === 'starting' || state === 'switching') state = 'stopped';
      return done();
    }
    if (name === 'start' || name === 'restart') {
      operations.push(name);
      if (state !== 'waiting' && state !== 'stopped') return done();
      state = 'starting';
      startLater();
      return done();
    }
    if (state === 'refused') {
      if (name === 'observe') observe(details);
      else take(operation, 'refused');
      return void reject?.(new Error(REFUSED));
    }
    if (state === 'capturing') {
      if (name === 'observe') return done(observe(details));
      if (name === 'getSession') return done(sessionUrl());
      take(operation, lost || silence || (isLeft ? 'after the last batch' : ''));
      return done();
    }
    // A call that asks for an answer gets one; another waits for the session.
    if (reject && state !== 'starting') return void reject(new Error(STOPPED));
    queued.push(operation);
    return undefined;
  }

  function wake({ sameSession = false } = {}): void {
    if (state !== 'capturing') return;
    if (!sameSession) newSession();
    kept.lastActive = page.now();
    end('switching', 3);
  }

  const fromStub = stub.q ?? [];
  delete stub.q;
  stub._api = (...operation) => operate(operation);
  stub.getCurrentSessionURL = sessionUrl;
  page.listen?.('pageshow', ({ persisted }) => {
    if (persisted) isLeft = false;
  });
  listen();
  let { captureOnStartup } = options;
  for (const [name, details] of fromStub) {
    const { env } = ((name === 'init' && details) || {}) as { env?: FullStoryDoubleOptions };
    captureOnStartup = env?.captureOnStartup ?? captureOnStartup;
  }
  if (options.returningUser && !kept.user) newUser(options.returningUser);
  if (captureOnStartup === false) state = 'waiting';
  for (const operation of fromStub) operate(operation);
  if (state === 'starting') startLater();
  save();

  return {
    get calls() {
      return kept.calls;
    },
    operations,
    get kept() {
      return queued.filter(([name]) => name !== 'observe');
    },
    session,
    uid: () => kept.uid,
    sleep() {
      if (state !== 'capturing') return;
      silence = 'asleep';
      kept.lastActive = page.now() - IDLE - 1;
    },
    isAsleep: () => state === 'capturing' && silence === 'asleep',
    wake,
    expireSession: () => wake(),
    refuseBatch() {
      if (state === 'capturing') silence = 'after a refused batch';
    },
    subscribe: (callback) => void subscribers.push(callback),
    reset() {
      kept = {
        users: 0,
        sessions: 0,
        pages: pageNumber,
        user: 0,
        uid: '',
        session: 0,
        lastActive: 0,
        calls: [],
      };
      save();
    },
    save,
  };
}
