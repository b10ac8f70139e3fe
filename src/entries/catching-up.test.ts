// @vitest-environment happy-dom
import {
  createBatchEventProcessor,
  createInstance,
  createStaticProjectConfigManager,
} from '@optimizely/optimizely-sdk/browser';
import * as sdk5 from 'optimizely-sdk-5';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatafile } from '../../e2e/doubles/datafile.ts';
import { fullstory } from '../destinations/fullstory.ts';
import { startDropIn } from './drop-in.ts';
import { type Bridge, createBridge } from './index.ts';

// The notification of SDK 6 in browsers for impressions that it sends again.

let bridge: Bridge;
let events: unknown[];
let attempts: number;

/** A client whose impressions do not arrive: the host is blocked. */
function createClient() {
  const eventDispatcher = {
    dispatchEvent() {
      attempts++;
      return Promise.reject(new Error('blocked'));
    },
  };
  return createInstance({
    projectConfigManager: createStaticProjectConfigManager({ datafile: createDatafile() }),
    eventProcessor: createBatchEventProcessor({ eventDispatcher, flushInterval: 1000 }),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  // The storage of the SDK for unsent impressions of all tabs.
  localStorage.clear();
  events = [];
  attempts = 0;
  vi.stubGlobal('FS', (operation: string, { properties }: { properties: { flag_key: string } }) => {
    if (operation === 'trackEvent') events.push(properties.flag_key);
  });
});

afterEach(() => {
  bridge.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('with Optimizely’s host blocked', () => {
  it.each(['page', 'none'] as const)('each impression is recovered once, with dedupe %s', async (dedupe) => {
    const client = createClient();
    await client.onReady();
    const user = client.createUserContext('ada');
    user.decide('checkout_redesign');
    user.decide('pricing_page');
    await vi.advanceTimersByTimeAsync(10);
    bridge = createBridge({ dedupe });
    bridge.connect(client);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(attempts).toBeGreaterThan(1);
    expect(events).toEqual(['checkout_redesign', 'pricing_page']);
    expect(bridge.status().decisions).toMatchObject({ seen: 2, recovered: 2, sent: 2, duplicate: 0 });
  });

  it('a decision that was heard is not recovered', async () => {
    bridge = createBridge({ dedupe: 'none' });
    const client = bridge.connect(createClient());
    await client.onReady();
    client.createUserContext('ada').decide('checkout_redesign');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(attempts).toBeGreaterThan(1);
    expect(events).toEqual(['checkout_redesign']);
    expect(bridge.status().decisions).toMatchObject({ seen: 1, recovered: 0 });
  });
});

describe('a page whose performance', () => {
  it.each<[what: string, changed?: { timing?: { domLoading: number } }]>([
    ['has no timeOrigin, as in Safari 14', { timing: { domLoading: 0 } }],
    ['has neither timeOrigin nor timing', {}],
    ['is replaced by the page'],
  ])('%s: earlier decisions are recovered', async (_, changed) => {
    const now = performance.now.bind(performance);
    if (changed?.timing) changed.timing.domLoading = Date.now() - 1000;
    const client = createClient();
    await client.onReady();
    client.createUserContext('ada').decide('checkout_redesign');
    await vi.advanceTimersByTimeAsync(10);
    vi.stubGlobal('performance', changed && { now, ...changed });
    bridge = createBridge();
    bridge.connect(client);
    await vi.advanceTimersByTimeAsync(5000);
    expect(events).toEqual(['checkout_redesign']);
    expect(bridge.status().decisions).toMatchObject({ seen: 1, recovered: 1 });
  });

  it.each([
    ['timing', (began: number) => ({ timing: { domLoading: began } })],
    [
      'timeOrigin, as in a frame without timing',
      (began: number) => ({ timing: { domLoading: 0 }, timeOrigin: began }),
    ],
  ])('has %s: an impression older than the document comes from another page or tab', async (_, times) => {
    const client = createClient();
    await client.onReady();
    client.createUserContext('ada').decide('checkout_redesign');
    await vi.advanceTimersByTimeAsync(10);
    vi.stubGlobal('performance', { now: () => 0, ...times(Date.now() - 5) });
    bridge = createBridge();
    bridge.connect(client);
    await vi.advanceTimersByTimeAsync(5000);
    expect(events).toEqual([]);
    expect(bridge.status().decisions).toMatchObject({ seen: 0, recovered: 0 });
  });
});

it('a client of SDK 5 that the page makes after the script has nothing to catch up: no legacy call is a decision', async () => {
  const page = window as unknown as Record<string, unknown>;
  startDropIn('ours', () => page.ours, [fullstory()]);
  bridge = page.ours as Bridge;
  page.optimizelySdk = { createInstance: sdk5.createInstance };
  const client = (page.optimizelySdk as typeof sdk5).createInstance({
    datafile: createDatafile(),
    eventDispatcher: { dispatchEvent: () => undefined },
    logLevel: 4,
  } as never);
  await client?.onReady();
  client?.isFeatureEnabled('checkout_redesign', 'ada');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bridge.status()).toMatchObject({ clients: 1, decisions: { seen: 0 } });
  expect(events).toEqual([]);
});
