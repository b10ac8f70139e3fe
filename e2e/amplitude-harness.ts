import { gunzipSync } from 'node:zlib';
import type { Page, Route } from '@playwright/test';
import type { DropIn } from '../src/entries/drop-in.ts';
import type { Status } from '../src/status.ts';
import { expect } from './expect.ts';
import { CHECKOUT, stopClock } from './harness.ts';
import { test as base } from './reused-clock.ts';
import { QUIET } from './situations/amplitude-options.ts';

export { CHECKOUT, QUIET };

/** The user property for `CHECKOUT`. */
export const PROPERTY = { '[Optimizely] checkout_redesign': 'treatment' };

declare global {
  interface Window {
    optimizelyAmplitude: DropIn;
    optimizelyFullStory: DropIn;
    /** Of `e2e/pages/amplitude.html`: decides flags for a user. */
    decide(flags: string[], userId?: string): void;
  }
}

/** An event as it leaves the page. */
export interface WireEvent {
  event_type: string;
  event_properties?: Record<string, unknown>;
  user_properties?: Record<string, unknown>;
  user_id?: string | null;
  device_id?: string;
  session_id?: number;
  time?: number;
  insert_id?: string;
}

/** The parts of Amplitude's API that the tests call. */
interface Sdk {
  init(key: string, ...more: unknown[]): unknown;
  setUserId(id: unknown): void;
  track(name: string): unknown;
  logEvent(name: string): unknown;
  [method: string]: (...values: never[]) => unknown;
}

/** `e2e/pages/amplitude.html`, and the uploads that reach Amplitude from it. */
export interface AmplitudePage {
  /** Opens it. Its clock goes on by itself, unless the test has stopped it, and faster while something is awaited. */
  open(parameters?: Record<string, string>): Promise<void>;
  /** Before the page opens: time passes only by `page.clock`, or while something is awaited. */
  stopClock(): Promise<void>;
  /** Before the page opens: it keeps the browser's own clock. */
  keepClock(): void;
  /** Waits until a value is as expected, and lets time pass on the page meanwhile. */
  eventually<Value>(look: () => Value | Promise<Value>, ms?: number): ReturnType<typeof expect.poll<Value>>;
  status(): Promise<Status>;
  /** Calls a method of Amplitude's global, or of another object by a dotted path. */
  call(method: string, ...values: unknown[]): Promise<void>;
  init(...more: unknown[]): Promise<void>;
  decide(flags: string[], userId?: string): Promise<void>;
  /** All that has reached Amplitude, in order. */
  readonly wire: WireEvent[];
  /** The uploads for decisions: the events, and the values of user properties. */
  events(): WireEvent[];
  properties(): WireEvent[];
  /** Waits until so many events, and all that waited, have reached it. */
  arrived(events: number): Promise<WireEvent[]>;
  /** The page's console messages and errors. */
  complaints: string[];
  /**
   * The answers of Amplitude's servers: the status, or a function of a request's events, and the library for a snippet.
   * Without one, it is blocked.
   */
  answer: { status: number | ((events: WireEvent[]) => number | Promise<number>); library?: string };
}

const HOSTS = /^https?:\/\/[\w.-]*amplitude\.com\//;

export const flagsOf = (events: WireEvent[]) =>
  events.map(({ event_properties }) => event_properties?.flag_key);
export const usersOf = (events: WireEvent[]) => events.map(({ user_id }) => user_id ?? null);

/** The content of a request: JSON, which newer versions compress, or the legacy SDK's form. */
export function eventsOf(data: Buffer | null): WireEvent[] {
  if (!data) return [];
  const body = (data[0] === 0x1f ? gunzipSync(data) : data).toString();
  const text = body.startsWith('{') ? body : `{"events":${new URLSearchParams(body).get('e') ?? '[]'}}`;
  return (JSON.parse(text) as { events?: WireEvent[] }).events ?? [];
}

export const test = base.extend<{ amplitude: AmplitudePage }>({
  amplitude: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning' || message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(await createPage(page, complaints));
  },
});

async function createPage(page: Page, complaints: string[]): Promise<AmplitudePage> {
  const wire: WireEvent[] = [];
  const answer: AmplitudePage['answer'] = { status: 200 };
  await page.context().route(HOSTS, async (route: Route) => {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (route.request().url().startsWith('https://cdn.amplitude.com/')) {
      if (!answer.library) return route.abort();
      const library = await route.fetch({
        url: `${new URL(page.url()).origin}/amplitude/${answer.library}.js`,
      });
      return route.fulfill({ response: library, headers: { ...library.headers(), ...headers } });
    }
    if (route.request().method() === 'POST') {
      const events = eventsOf(route.request().postDataBuffer());
      const code = typeof answer.status === 'number' ? answer.status : await answer.status(events);
      if (code === 200) wire.push(...events);
      const json = { code, events_ingested: events.length };
      // The legacy SDK expects only this word.
      const isLegacy = /^https?:\/\/api\.amplitude\.com\/$/.test(route.request().url());
      await route.fulfill({
        status: code,
        headers,
        body: isLegacy ? 'success' : JSON.stringify(json),
      });
    } else await route.fulfill({ status: 200, headers, json: {} });
  });

  const status = () =>
    page.evaluate(() => {
      const { optimizelyAmplitude: own, optimizelyFullStory: both } = window as unknown as Record<
        string,
        DropIn
      >;
      return (own && 'status' in own ? own : (both as DropIn)).status();
    });
  async function call(method: string, ...values: unknown[]): Promise<void> {
    await page.evaluate(
      ([path, given]) => {
        const keys = (path as string).split('.');
        const name = keys.pop() as string;
        let holder = window as unknown as Record<string, unknown>;
        for (const key of keys) holder = holder[key] as Record<string, unknown>;
        (holder as unknown as Sdk)[name]?.(...(given as never[]));
      },
      [method.includes('.') ? method : `amplitude.${method}`, values] as const,
    );
  }
  /** Whether time can be let pass; undefined before that is decided. */
  let hasClock: boolean | undefined;
  const eventually: AmplitudePage['eventually'] = (look, ms = 500) =>
    expect.poll(
      async () => {
        if (hasClock) await page.clock.runFor(ms);
        return look();
      },
      { intervals: [20] },
    );
  const events = () => wire.filter(({ event_type }) => /^(Experiment Viewed|\$exposure)$/.test(event_type));

  return {
    wire,
    complaints,
    answer,
    status,
    call,
    eventually,
    async stopClock() {
      hasClock = true;
      await stopClock(page);
    },
    keepClock() {
      hasClock = false;
    },
    async open(parameters = {}) {
      if (hasClock === undefined) await page.clock.install();
      hasClock ??= true;
      await page.goto(`/e2e/amplitude.html?${new URLSearchParams(parameters)}`, {
        waitUntil: 'domcontentloaded',
      });
    },
    init: (...more) => call('init', 'KEY', ...(more.length ? more : [undefined, QUIET])),
    decide: (flags, userId) =>
      page.evaluate(([keys, id]) => window.decide(keys, id), [flags, userId] as const),
    events,
    properties: () => wire.filter(({ event_type }) => event_type === '$identify'),
    async arrived(count) {
      await eventually(() => events().length).toBeGreaterThanOrEqual(count);
      return events();
    },
  };
}

export { expect, type Page };
