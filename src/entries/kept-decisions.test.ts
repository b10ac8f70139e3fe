// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bridge, createBridge } from './index.ts';

type Call = [operation: string, options: { properties: Record<string, unknown> }];

let calls: Call[];
let bridge: Bridge;

const decision = (variationKey: string) => ({ flagKey: 'checkout', variationKey, enabled: true });

const given = (operation: string) =>
  calls.filter(([name]) => name === operation).map(([, { properties }]) => properties);

/** FullStory comes. */
function arrive(): void {
  vi.stubGlobal('FS', (...call: Call) => void calls.push(call));
}

/** A page without FullStory, which keeps what was decided. */
function leaveBehind(...decided: [variation: string, userId: string][]): void {
  bridge = createBridge({ persist: true });
  for (const [variationKey, userId] of decided) bridge.record(decision(variationKey), userId);
  window.dispatchEvent(new Event('pagehide'));
  bridge.disconnect();
}

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  sessionStorage.clear();
});
afterEach(() => {
  bridge.disconnect();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('a prerendered page’s own decision is the current one, and comes last', async () => {
  leaveBehind(['treatment', 'ada']);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  bridge = createBridge({ persist: true });
  vi.advanceTimersByTime(1000);
  bridge.record(decision('control'), 'ada');
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  arrive();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(given('trackEvent').map(({ variation_key }) => variation_key)).toEqual(['treatment', 'control']);
  expect(given('setProperties')).toEqual([{ '[Optimizely] checkout': 'control' }]);
});

describe('what was decided for another of Optimizely’s users on an earlier page', () => {
  const sent = () => given('trackEvent').map(({ variation_key }) => variation_key);

  it('is dropped if this page decides the flag anew before it is sent', async () => {
    leaveBehind(['treatment', 'ada']);
    bridge = createBridge({ persist: true });
    bridge.record(decision('control'), 'bob');
    arrive();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(['control']);
    expect(bridge.status().decisions).toMatchObject({ seen: 2, sent: 1, dropped: 1 });
  });

  it('is sent if this page decides another flag', async () => {
    leaveBehind(['treatment', 'ada']);
    bridge = createBridge({ persist: true });
    bridge.record({ ...decision('red'), flagKey: 'button' }, 'bob');
    arrive();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(['treatment', 'red']);
  });

  it('is sent together with what that page decided for a second user', async () => {
    leaveBehind(['treatment', 'ada'], ['control', 'bob'], ['treatment', 'ada']);
    bridge = createBridge({ persist: true });
    arrive();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(['treatment', 'control']);
  });

  it('is sent if it is the same page that is gone back to', async () => {
    leaveBehind(['treatment', 'ada']);
    bridge = createBridge({ persist: true });
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pageshow'));
    bridge.record(decision('control'), 'bob');
    arrive();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(['treatment', 'control']);
  });

  it('is sent like everything else if it was for the same user', async () => {
    leaveBehind(['treatment', 'ada']);
    bridge = createBridge({ persist: true });
    bridge.record(decision('control'), 'ada');
    arrive();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(['treatment', 'control']);
  });
});
