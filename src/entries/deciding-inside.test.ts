// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Bridge, createBridge } from './index.ts';

// A site's `beforeSend` that makes a new decision each time. The turn must still end.

/** Enough to distinguish an endless turn from one that ends. */
const MANY = 500;

let bridge: Bridge;
let made: number;
let arrived: unknown[];

function decide(): void {
  if (made < MANY) bridge.record({ flagKey: `flag_${made++}`, variationKey: 'on', enabled: true }, 'ada');
}

beforeEach(() => {
  vi.useFakeTimers();
  made = 0;
  arrived = [];
  vi.stubGlobal('FS', (operation: string, { properties }: { properties: { flag_key: string } }) => {
    if (operation === 'trackEvent') arrived.push(properties.flag_key);
  });
  bridge = createBridge({
    beforeSend(event) {
      decide();
      return event;
    },
  });
});

afterEach(() => {
  bridge.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('a hand-over ends although each event makes another decision', async () => {
  decide();
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

it.each(['beforeunload', 'pagehide'])('%s ends although each event makes another decision', async (type) => {
  decide();
  window.dispatchEvent(new Event(type));
  expect(arrived).toContain('flag_0');
  expect(made).toBeLessThan(50);
});
