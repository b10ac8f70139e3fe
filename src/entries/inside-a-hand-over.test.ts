// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bridge, createBridge, type ModuleSettings } from './index.ts';

// What the page's functions do while the bridge calls them.

let bridge: Bridge;
/** The operations that FullStory got, and the flags of its events. */
let operations: string[];
let arrived: unknown[];
/** The page's function inside each call of FullStory. */
let inside: (operation: string) => void;

function start(settings?: ModuleSettings): void {
  bridge = createBridge(settings);
}

function decide(flagKey: string): void {
  bridge.record({ flagKey, variationKey: 'on', enabled: true }, 'ada');
}

beforeEach(() => {
  vi.useFakeTimers();
  operations = [];
  arrived = [];
  inside = () => undefined;
  vi.stubGlobal('FS', (operation: string, { properties }: { properties: { flag_key: string } }) => {
    if (operation === 'observe') return;
    operations.push(operation);
    if (operation === 'trackEvent') arrived.push(properties.flag_key);
    inside(operation);
  });
});

afterEach(() => {
  bridge.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a beforeSend that makes another decision each time', () => {
  /** Enough to distinguish an endless turn from one that ends. */
  const MANY = 500;
  let made: number;

  function decideNext(): void {
    if (made < MANY) decide(`flag_${made++}`);
  }

  beforeEach(() => {
    made = 0;
    start({
      beforeSend(event) {
        decideNext();
        return event;
      },
    });
    decideNext();
  });

  it('lets a hand-over end', async () => {
    // The timer that comes first in the next turn.
    let madeInTurn = 0;
    setTimeout(() => {
      madeInTurn = made;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(madeInTurn).toBeLessThan(50);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(arrived.slice(0, 3)).toEqual(['flag_0', 'flag_1', 'flag_2']);
  });

  it.each(['beforeunload', 'pagehide'])('lets %s end', async (type) => {
    window.dispatchEvent(new Event(type));
    expect(arrived).toContain('flag_0');
    expect(made).toBeLessThan(50);
  });
});

it('a page that leaves inside a call makes each call once', async () => {
  start();
  inside = () => window.dispatchEvent(new Event('pagehide'));
  decide('a');
  await vi.advanceTimersByTimeAsync(0);
  expect(operations).toEqual(['setProperties', 'trackEvent']);
});

it('a page that leaves inside a call, and keeps what waits, counts the call’s decision and no other', async () => {
  start({ persist: true });
  inside = (operation) => {
    if (operation === 'trackEvent') window.dispatchEvent(new Event('pagehide'));
  };
  decide('a');
  decide('b');
  await Promise.resolve();
  expect(arrived).toEqual(['a']);
  expect(bridge.status().decisions).toMatchObject({ seen: 1, sent: 1, waiting: 0 });
  expect(bridge.status().recent.map(({ flagKey }) => flagKey)).toEqual(['a']);
  window.dispatchEvent(new Event('pageshow'));
  await vi.advanceTimersByTimeAsync(0);
  expect(arrived).toEqual(['a', 'b']);
  expect(bridge.status().decisions).toMatchObject({ seen: 2, sent: 2, waiting: 0 });
});

it('disconnect() inside a call leaves no timer', async () => {
  start({ eventsPerMinute: 1 });
  inside = () => bridge.disconnect();
  decide('a');
  decide('b');
  await vi.advanceTimersByTimeAsync(0);
  expect(arrived).toEqual(['a']);
  expect(vi.getTimerCount()).toBe(0);
});

it('a decision after a hand-over in which the page decided arrives before the page’s await returns', async () => {
  start();
  inside = (operation) => {
    if (operation === 'trackEvent' && !arrived[1]) decide('inside');
  };
  decide('first');
  await Promise.resolve();
  expect(arrived).toEqual(['first']);
  decide('after');
  await Promise.resolve();
  expect(arrived).toEqual(['first', 'inside', 'after']);
});

it('decisions of the page’s own leaving listeners arrive, whatever the limits are', async () => {
  start({ eventsPerMinute: 1 });
  const flags = Array.from({ length: 30 }, (_, index) => `flag_${index}`);
  const leave = () => flags.forEach(decide);
  window.addEventListener('pagehide', leave);
  window.dispatchEvent(new Event('pagehide'));
  window.removeEventListener('pagehide', leave);
  await Promise.resolve();
  expect(arrived).toEqual(flags);
});
