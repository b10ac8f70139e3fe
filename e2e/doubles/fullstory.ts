/**
 * A stand-in for FullStory's fs.js and for the server behind it, used by the demo and by every test. It takes over
 * the real snippets' stub as fs.js does, keeps sessions and identities, and applies the documented limits, so that a
 * test can count what FullStory would have accepted. `fullstory-double.test.ts` pins each fact it stands for.
 */

/** What became of a data call. */
export interface ReceivedCall {
  kind: 'event' | 'properties';
  /** The event's name; empty for properties. */
  name: string;
  properties: Record<string, unknown>;
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
}

/** What stays when the page is left: the cookie, and what the server received. */
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
  /** Ends the session as 30 idle minutes do: another begins for the same user. */
  expireSession(): void;
  /** Calls back after every call and change of session. */
  subscribe(callback: () => void): void;
  session(): string | null;
  /** The user's uid; empty while anonymous. */
  uid(): string;
  /** Keeps what there is for the next page. */
  save(): void;
  /** Forgets the cookie and all calls. */
  reset(): void;
}

/** The part of a page that fs.js touches, so that a test can run without a browser. */
export interface Page {
  /** The snippet's stub. */
  stub: Stub;
  isChildFrame: boolean;
  /** The page's `_fs_ready`, if there is one. */
  ready(failed: boolean): void;
  load(): string | null;
  save(kept: string): void;
  now(): number;
  setTimeout(callback: () => void, ms: number): void;
}

export type Operation = [
  name: string,
  options?: unknown,
  source?: unknown,
  resolve?: (value: unknown) => void,
  reject?: (error: unknown) => void,
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

export function installFullStory(page: Page, options: FullStoryDoubleOptions = {}): FullStoryDouble {
  const { stub } = page;
  const delay = options.delay ?? 20;
  const subscribers: (() => void)[] = [];
  const operations: string[] = [];
  const observers: { type: string; callback: (detail: unknown) => void }[] = [];
  let state: 'waiting' | 'starting' | 'capturing' | 'stopped' | 'switching' | 'refused' = 'starting';
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

  function sessionUrl(): string | null {
    return state === 'capturing'
      ? `https://app.fullstory.com/ui/DOUBLE/session/${kept.user}:${kept.session}`
      : null;
  }

  function notify(type: string, detail: unknown): void {
    for (const observer of observers.slice()) if (observer.type === type) observer.callback(detail);
    changed();
  }

  function newSession(): void {
    kept.session = ++kept.sessions;
  }

  function newUser(uid: string): void {
    kept.user = ++kept.users;
    kept.uid = uid;
    newSession();
  }

  /** Nothing for what JSON cannot say: fs.js does not throw on it. */
  function textOf(properties: unknown): string | undefined {
    try {
      return JSON.stringify(properties ?? {});
    } catch {
      return undefined;
    }
  }

  function receive(
    kind: ReceivedCall['kind'],
    name: string,
    properties: unknown,
    source: unknown,
    lost = '',
  ): void {
    const at = page.now();
    const text = textOf(properties);
    const call: ReceivedCall = {
      kind,
      name,
      properties: JSON.parse(text ?? '{}') as Record<string, unknown>,
      source,
      session: lost ? '' : (sessionUrl() ?? ''),
      uid: kept.uid,
      page: pageNumber,
      at,
      outcome: 'accepted',
      reason: '',
    };
    const reject = (reason: string) => {
      call.outcome = lost ? 'discarded' : 'rejected';
      call.reason = reason;
    };
    if (lost) reject(lost);
    else if (text === undefined) reject('not JSON');
    else if (new TextEncoder().encode(text).length > LONGEST_PAYLOAD) reject('payload over 512 KB');
    else if (Object.keys(call.properties).length > MOST_KEYS) reject('too many keys');
    else if (kind === 'event' && (typeof name !== 'string' || !name || name.length > 250))
      reject('event name');
    else if (kind === 'properties' && page.isChildFrame) reject('child frame');
    else {
      for (const [most, span] of LIMITS[kind]) {
        let recent = 0;
        for (let index = kept.calls.length - 1; index >= 0; index--) {
          const other = kept.calls[index] as ReceivedCall;
          if (other.page !== pageNumber || at - other.at >= span) break;
          if (other.kind === kind && other.outcome === 'accepted') recent++;
        }
        if (recent >= most) reject(`over ${most} in ${span / 1000} s`);
      }
    }
    kept.calls.push(call);
    kept.lastActive = at;
    changed();
  }

  function start(): void {
    if (options.refuse) {
      state = 'refused';
      for (const [name, details, source] of queued) take(name, details, source, 'refused');
      queued = [];
      notify('shutdown', { reason: 5 });
      page.ready(true);
      return;
    }
    if (!kept.user) newUser('');
    else if (page.now() - kept.lastActive > IDLE) newSession();
    kept.lastActive = page.now();
    state = 'capturing';
    stub.getCurrentSessionURL = sessionUrl;
    const waiting = queued;
    queued = [];
    // Another user's identity among the queued calls: those before it are lost, silently.
    const change = waiting.findIndex(([name, details]) => isOtherUser(name, details));
    waiting.forEach(([name, details, source], index) => {
      if (index < change) take(name, details, source, 'another user follows in the queue');
      else {
        if (index === change) newUser(uidOf(identityIn(name, details)));
        operate(name, details, source);
      }
    });
    save();
    // A second change of user in the queue: its own start is to come.
    if (state !== 'capturing') return;
    notify('start', { sessionUrl: sessionUrl(), settings: {} });
    page.ready(false);
  }

  function startLater(): void {
    page.setTimeout(() => {
      if (state === 'starting' || state === 'switching') start();
    }, delay);
  }

  /** Who a call says the user is: a user property `uid` identifies too. */
  function identityIn(name: string, details: unknown): unknown {
    if (name === 'setIdentity') return details;
    const { type, properties } = (details ?? {}) as { type?: unknown; properties?: { uid?: unknown } };
    return name === 'setProperties' && type === 'user' ? { uid: properties?.uid } : undefined;
  }

  function uidOf(details: unknown): string {
    const { uid, anonymous } = (details ?? {}) as { uid?: unknown; anonymous?: unknown };
    return anonymous || !uid ? '' : String(uid);
  }

  function isOtherUser(name: string, details: unknown): boolean {
    const identity = identityIn(name, details);
    const { uid, anonymous } = (identity ?? {}) as { uid?: unknown; anonymous?: unknown };
    if (page.isChildFrame || (!uid && !anonymous)) return false;
    return kept.uid !== '' && uidOf(identity) !== kept.uid;
  }

  function identify(name: string, details: unknown): void {
    if (page.isChildFrame) return;
    if (!isOtherUser(name, details)) {
      kept.uid = uidOf(details) || kept.uid;
      return;
    }
    state = 'switching';
    notify('shutdown', { reason: 4 });
    newUser(uidOf(details));
    startLater();
  }

  /** Takes a call while a session runs, or loses it for a reason. */
  function take(name: string, details: unknown, source: unknown, lost = ''): void {
    const given = (details ?? {}) as Record<string, unknown>;
    if (name === 'trackEvent') receive('event', given.name as string, given.properties, source, lost);
    else if (name === 'setProperties' && given.type === 'user') {
      receive('properties', '', given.properties, source, lost);
      const { uid } = (given.properties ?? {}) as { uid?: unknown };
      if (!lost && uid) identify('setIdentity', { uid });
    } else if (name === 'event') receive('event', given.n as string, given.p, source, lost);
    else {
      operations.push(name);
      if (name === 'setIdentity' && !lost) identify(name, details);
    }
  }

  function operate(name: string, details: unknown, source: unknown): unknown {
    switch (name) {
      case 'observe': {
        const observer = (details ?? {}) as { type: string; callback: (detail: unknown) => void };
        observers.push(observer);
        if (observer.type === 'start' && state === 'capturing') {
          observer.callback({ sessionUrl: sessionUrl(), settings: {} });
        }
        return { disconnect: () => void observers.splice(observers.indexOf(observer), 1) };
      }
      case 'getSession':
        return sessionUrl();
      case 'shutdown':
        operations.push(name);
        if (state === 'capturing') {
          state = 'stopped';
          notify('shutdown', { reason: 1 });
        } else if (state === 'starting' || state === 'switching') state = 'stopped';
        return undefined;
      case 'start':
      case 'restart':
        operations.push(name);
        if (state !== 'waiting' && state !== 'stopped') return undefined;
        state = 'starting';
        startLater();
        return undefined;
      case 'init':
        return undefined;
    }
    if (state === 'capturing') take(name, details, source);
    else if (state === 'refused') take(name, details, source, 'refused');
    else if (state === 'switching') take(name, details, source, 'between two users');
    else queued.push([name, details, source]);
    return undefined;
  }

  const fromStub = stub.q ?? [];
  delete stub.q;
  stub._api = (name, details, source, resolve, reject) => {
    try {
      const value = operate(name, details, source);
      resolve?.(value);
      return value;
    } catch (error) {
      reject?.(error);
      return undefined;
    }
  };
  let { captureOnStartup } = options;
  for (const [name, details] of fromStub) {
    const { env } = ((name === 'init' && details) || {}) as { env?: FullStoryDoubleOptions };
    captureOnStartup = env?.captureOnStartup ?? captureOnStartup;
  }
  if (options.returningUser && !kept.user) {
    newUser(options.returningUser);
    kept.lastActive = page.now();
  }
  if (captureOnStartup === false) state = 'waiting';
  for (const operation of fromStub) stub._api(...operation);
  if (state === 'starting') startLater();
  save();

  return {
    get calls() {
      return kept.calls;
    },
    operations,
    get kept() {
      return queued;
    },
    session: sessionUrl,
    uid: () => kept.uid,
    expireSession() {
      newSession();
      kept.lastActive = page.now();
      notify('start', { sessionUrl: sessionUrl(), settings: {} });
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
