// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Bridge, createBridge, type Destination } from './index.ts';

const START = Date.parse('2026-01-05T09:00:00Z');

let bridge: Bridge;
let decide: (changes?: { userId?: string }) => void;

function destination(name: string, dedupe: 'page' | 'none'): Destination {
  return {
    name,
    settings: { dedupe },
    look: () => ({ state: 'capturing', session: 'one' }),
    watch: () => () => undefined,
    setProperties: () => undefined,
    trackEvent: () => undefined,
  };
}

/** The moments of what a destination got last, in ms since the start. */
const momentsOf = (index: number) =>
  bridge.status().destinations[index]?.recent.map(({ at, outcome }) => [at - START, outcome]);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  bridge = createBridge({}, [destination('One', 'page'), destination('Other', 'none')]);
  const listeners: ((notification: unknown) => void)[] = [];
  bridge.connect({
    notificationCenter: {
      addNotificationListener: (_, listener) => listeners.push(listener),
      removeNotificationListener: () => true,
    },
  });
  decide = ({ userId = 'ada' } = {}) =>
    listeners[0]?.({
      type: 'flag',
      userId,
      decisionInfo: {
        flagKey: 'checkout',
        enabled: true,
        variationKey: 'treatment',
        ruleKey: 'test',
        decisionEventDispatched: true,
      },
    });
});
afterEach(() => {
  bridge.disconnect();
  vi.useRealTimers();
});

it('have the moment of the decision that they repeat, and their own for a destination that gets each', async () => {
  decide();
  await vi.advanceTimersByTimeAsync(1000);
  decide();
  await vi.advanceTimersByTimeAsync(1000);
  expect(momentsOf(0)).toEqual([
    [0, 'sent'],
    [0, 'duplicate'],
  ]);
  expect(momentsOf(1)).toEqual([
    [0, 'sent'],
    [1000, 'sent'],
  ]);
});

it('have their own where another decision of their flag may wait', async () => {
  decide();
  await vi.advanceTimersByTimeAsync(1000);
  decide({ userId: 'bob' });
  await vi.advanceTimersByTimeAsync(1000);
  decide();
  expect(momentsOf(0)?.[2]).toEqual([2000, 'duplicate']);
});
