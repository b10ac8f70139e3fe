import type { Page } from '@playwright/test';
import type { DropIn } from '../src/entries/drop-in.ts';
import type { Status } from '../src/status.ts';
import type { FullStoryDouble, ReceivedCall } from './doubles/fullstory.ts';
import { expect } from './expect.ts';
import { test as base } from './reused-context.ts';

declare global {
  interface Window {
    optimizelyFullStory: DropIn;
    fullstoryDouble?: FullStoryDouble;
  }
}

export const SDKS = ['4.10.1', '5.4.1', '6.0.0', '6.6.1'];
export const SNIPPETS = ['1.3', '2.0', '2.1'];

/** A page of `e2e/pages`, and the calls that reach FullStory from it. */
export interface Scenario {
  /** @param name the page's situation. */
  open(name: string, parameters?: Record<string, string>): Promise<void>;
  /** The same for a visitor who was never there: the page, and later ones, begin with empty storage. */
  openAnew(name: string, parameters?: Record<string, string>): Promise<void>;
  /** Before the next page: no visitor was there, and nothing was complained about. */
  beginAnew(): Promise<void>;
  status(): Promise<Status>;
  /** Every data call that FullStory's double received, once nothing waits any more. See `withoutMoment`. */
  received(): Promise<ReceivedCall[]>;
  /** The events among them, once there are that many. */
  events(count: number): Promise<ReceivedCall[]>;
  /** The moments of decisions that the events carry, in order. */
  moments(): Promise<unknown[]>;
  /** The page's console messages and errors. */
  complaints: string[];
}

export const test = base.extend<{ scenario: Scenario }>({
  scenario: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning' || message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(createScenario(page, complaints));
  },
});

function createScenario(page: Page, complaints: string[]): Scenario {
  const status = () => page.evaluate(() => window.optimizelyFullStory.status());
  const rawCalls = () => page.evaluate(() => window.fullstoryDouble?.calls ?? []) as Promise<ReceivedCall[]>;
  const calls = async () => (await rawCalls()).map(withoutMoment);
  const isEvent = ({ kind }: ReceivedCall) => kind === 'event';
  const expectNoneWaiting = () => expect.poll(async () => (await status()).decisions.waiting).toBe(0);
  const open: Scenario['open'] = async (name, parameters = {}) => {
    await page.goto(`/e2e/${name}.html?${new URLSearchParams(parameters)}`, {
      waitUntil: 'domcontentloaded',
    });
  };
  let isNew = false;
  async function beginAnew(): Promise<void> {
    if (!isNew) await emptyStorage(page);
    isNew = true;
    // Firefox takes two navigations at a time for one.
    await page.waitForLoadState('load');
    complaints.length = 0;
  }
  return {
    complaints,
    status,
    open,
    beginAnew,
    async openAnew(name, parameters) {
      await beginAnew();
      await open(name, parameters);
    },
    async received() {
      await expectNoneWaiting();
      return calls();
    },
    async events(count) {
      const events = async () => (await calls()).filter(isEvent);
      await expect.poll(async () => (await events()).length).toBeGreaterThanOrEqual(count);
      await expectNoneWaiting();
      return events();
    },
    async moments() {
      return (await rawCalls()).filter(isEvent).map(({ properties }) => properties.decided_at);
    },
  };
}

/** Empties the storage of each page before its first script, so that pages of one test do not see each other's. */
export async function emptyStorage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window.top !== window || !/^http/.test(location.protocol)) return;
    localStorage.clear();
    sessionStorage.clear();
  });
}

/**
 * A call without the moment of the decision. An event carries it when more than a second has passed, which depends on
 * how fast the machine is. Tests that control the time read it with `moments()`.
 */
function withoutMoment(call: ReceivedCall): ReceivedCall {
  const { decided_at: _, ...given } = call.given;
  return { ...call, given };
}

/** The original arguments of a call, without members of the double. See `withoutMoment`. */
export function said(call: ReceivedCall) {
  const { kind, name, given, source, outcome } = withoutMoment(call);
  return { kind, name, properties: given, source, outcome };
}

/** Stops the page's clock, from its first line on. Timers run when the test lets time pass. */
export async function stopClock(page: Page): Promise<void> {
  const start = new Date('2026-01-01T12:00:00Z').getTime();
  await page.clock.install({ time: start });
  await page.clock.pauseAt(start + 1000);
}

/** The calls that FullStory should accept for the A/B flag of most pages. */
export function event(properties: Record<string, unknown>, name = 'Experiment Viewed') {
  return { kind: 'event', name, properties, source: 'optimizely', outcome: 'accepted' };
}

export function userProperties(properties: Record<string, unknown>) {
  return { kind: 'properties', name: '', properties, source: 'optimizely', outcome: 'accepted' };
}

/** Ada's decision for `checkout_redesign`. Which variation it is follows from her user id. */
export const CHECKOUT = {
  flag_key: 'checkout_redesign',
  variation_key: 'treatment',
  rule_key: 'checkout_redesign_test',
  enabled: true,
};

export { expect, type Page };
