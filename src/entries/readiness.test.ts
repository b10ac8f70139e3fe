// @vitest-environment happy-dom
import { createInstance } from '@optimizely/react-sdk';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDatafile } from '../../e2e/doubles/datafile.ts';
import { createBridge } from './index.ts';

/** How long React's `onReady()` waits for a datafile and a user. */
const REACT_WAIT = 5000;

let bridge: ReturnType<typeof createBridge>;

beforeEach(() => {
  vi.useFakeTimers();
  bridge = createBridge();
});

afterEach(() => {
  bridge.disconnect();
  vi.useRealTimers();
});

/** A client of the React SDK, which has its datafile, and no user yet. */
function createReactClient() {
  const client = createInstance({
    datafile: createDatafile(),
    eventDispatcher: { dispatchEvent: () => undefined },
    logLevel: 'error',
  });
  bridge.connect(client);
  return client;
}

function state() {
  const { sdk, problems } = bridge.status();
  return { sdk, isReported: problems.includes('sdk-not-ready') };
}

it('of React, whose user signs in after its onReady() has given up: ready from the first decision on', async () => {
  const client = createReactClient();
  await vi.advanceTimersByTimeAsync(REACT_WAIT);
  expect(state()).toEqual({ sdk: { state: 'failed', reason: 'TIMEOUT' }, isReported: true });
  await client.setUser({ id: 'ada' });
  client.decide('checkout_redesign');
  expect(state()).toEqual({ sdk: { state: 'ready' }, isReported: false });
});

it('of React, whose provider has no user at first: fails in React’s words, and is ready from the first decision on', async () => {
  const client = createReactClient();
  await client.setUser({ id: null });
  await vi.advanceTimersByTimeAsync(0);
  const reason = 'Client or user did not become ready.';
  expect(state()).toEqual({ sdk: { state: 'failed', reason }, isReported: true });
  await client.setUser({ id: 'ada' });
  client.decide('checkout_redesign');
  expect(state()).toEqual({ sdk: { state: 'ready' }, isReported: false });
});

it('that decides before its onReady() gives up stays ready', async () => {
  const client = createReactClient();
  client.decide('checkout_redesign', [], 'ada');
  expect(state().sdk).toEqual({ state: 'ready' });
  await vi.advanceTimersByTimeAsync(REACT_WAIT);
  expect(state()).toEqual({ sdk: { state: 'ready' }, isReported: false });
});

it('that decides does not hide that another client has failed', async () => {
  bridge.connect({
    notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
    onReady: () => Promise.reject(new Error('no datafile')),
  });
  const client = createReactClient();
  await client.setUser({ id: 'ada' });
  client.decide('checkout_redesign');
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toEqual({ sdk: { state: 'failed', reason: 'no datafile' }, isReported: true });
});

it('whose onReady() rejects with what cannot be a text: waits, and no rejection is unhandled', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  bridge.connect({
    notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
    onReady: () => Promise.reject(Symbol('no datafile')),
  });
  vi.useRealTimers();
  // Unhandled rejections are reported after the microtasks of a turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(state()).toEqual({ sdk: { state: 'waiting' }, isReported: false });
});

it('of a client on a page without promises: it is heard, and nobody knows', () => {
  const client = {
    notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
    onReady: vi.fn(),
  };
  vi.stubGlobal('Promise', undefined);
  try {
    expect(bridge.connect(client as never)).toBe(client);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(bridge.status()).toMatchObject({ clients: 1, sdk: { state: 'waiting' } });
  expect(bridge.status().problems).not.toContain('client-invalid');
  expect(client.onReady).not.toHaveBeenCalled();
});
