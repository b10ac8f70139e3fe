// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTimers } from '../page/timers.ts';
import type { RecordedClient } from '../recordings.ts';
import { discoverClients } from './discovery.ts';

const page = window as unknown as Record<string, { createInstance(): unknown } | undefined>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  delete page.optimizelySdk;
});

/** Starts a discovery, as each script on a page does. */
function discover(client: unknown = null, recorded: RecordedClient[] = []) {
  const clients: unknown[] = [];
  const connect = (candidate: unknown) => {
    const isClient = typeof candidate === 'string';
    if (isClient) clients.push(candidate);
    return isClient;
  };
  const stop = discoverClients(client, connect, () => {}, createTimers(), [recorded, [], []]);
  return { clients, stop };
}

it('offers each client once to each of two scripts, however often they read the SDK', () => {
  const createInstance = () => 'client';
  page.optimizelySdk = { createInstance };
  const scripts = [discover(), discover()] as const;
  const wrapped = page.optimizelySdk.createInstance;
  vi.advanceTimersByTime(60_000);
  expect(page.optimizelySdk.createInstance).toBe(wrapped);
  expect(page.optimizelySdk.createInstance()).toBe('client');
  expect(scripts.map(({ clients }) => clients)).toEqual([['client'], ['client']]);
  scripts[1].stop();
  scripts[0].stop();
  expect(page.optimizelySdk.createInstance).toBe(createInstance);
});

it('wraps an SDK that comes later, and its default export', () => {
  const { clients, stop } = discover();
  const sdk = { createInstance: () => 'one', default: { createInstance: () => 'other' } };
  page.optimizelySdk = sdk;
  sdk.createInstance();
  sdk.default.createInstance();
  page.optimizelySdk = { createInstance: () => 'second copy' };
  page.optimizelySdk.createInstance();
  expect(clients).toEqual(['one', 'other', 'second copy']);
  stop();
});

it('finds a client that a named object gets later, which nothing announces', () => {
  const shop: { client?: string } = {};
  Object.assign(page, { shop });
  const { clients, stop } = discover('shop.client');
  shop.client = 'client';
  vi.advanceTimersByTime(1000);
  expect(clients).toContain('client');
  stop();
  delete page.shop;
});

it('with a named client, offers of the stub’s clients only those that the page has handed over', () => {
  const made = 'made by the SDK' as unknown as RecordedClient[0];
  const handedOver = 'handed over' as unknown as RecordedClient[0];
  const recorded: RecordedClient[] = [
    [made, 1, 0],
    [handedOver, undefined, 0],
  ];
  const named = discover('shop.client', recorded);
  const all = discover(null, recorded);
  expect(named.clients).toEqual([handedOver]);
  expect(all.clients).toEqual([made, handedOver]);
  // The page took the stub's `createInstance` and `connect` before the scripts came, and calls them now.
  recorded.push([made, 1, 0]);
  recorded.push([handedOver, undefined, 0]);
  expect(named.clients).toEqual([handedOver, handedOver]);
  expect(all.clients).toEqual([made, handedOver, made, handedOver]);
  named.stop();
  all.stop();
});
