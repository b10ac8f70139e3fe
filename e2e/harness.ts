import { test as base, expect, type Page } from '@playwright/test';
import type { DropIn } from '../src/entries/drop-in.ts';
import type { Status } from '../src/status.ts';
import type { FullStoryDouble, ReceivedCall } from './doubles/fullstory.ts';

declare global {
  interface Window {
    optimizelyFullStory: DropIn;
    fullstoryDouble?: FullStoryDouble;
  }
}

export const SDKS = ['4.10.1', '5.4.1', '6.0.0', '6.6.1'];
export const SNIPPETS = ['1.3', '2.0', '2.1'];

/** A page of `e2e/pages`, and what reaches FullStory from it. */
export interface Scenario {
  /** @param name the page's situation. */
  open(name: string, parameters?: Record<string, string>): Promise<void>;
  status(): Promise<Status>;
  /** Every data call that FullStory's double received, once nothing waits any more. */
  received(): Promise<ReceivedCall[]>;
  /** The events among them, once there are that many. */
  events(count: number): Promise<ReceivedCall[]>;
  /** What the page wrote to the console or threw. */
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
  const calls = () => page.evaluate(() => window.fullstoryDouble?.calls ?? []) as Promise<ReceivedCall[]>;
  return {
    complaints,
    status,
    async open(name, parameters = {}) {
      await page.goto(`/e2e/${name}.html?${new URLSearchParams(parameters)}`, {
        waitUntil: 'domcontentloaded',
      });
    },
    async received() {
      await expect.poll(async () => (await status()).decisions.waiting).toBe(0);
      return calls();
    },
    async events(count) {
      const events = async () => (await calls()).filter(({ kind }) => kind === 'event');
      await expect.poll(async () => (await events()).length).toBeGreaterThanOrEqual(count);
      await expect.poll(async () => (await status()).decisions.waiting).toBe(0);
      return events();
    },
  };
}

/** What a call says as it was handed over, without what only the double knows of it. */
export function said({ kind, name, given, source, outcome }: ReceivedCall) {
  return { kind, name, properties: given, source, outcome };
}

/** What FullStory is to accept for the A/B flag that most pages decide. */
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
