// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FullStoryDouble } from '../../e2e/doubles/fullstory.ts';
import { comeFullStory, type FullStory } from '../../test/fullstory.ts';
import { createBridge } from './index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/**
 * Runs FullStory's snippet and its script, for a visitor without a cookie.
 *
 * @param sessions FullStory's sessions so far: each has a URL of its own.
 */
function install(sessions = 0): FullStory {
  const users = sessions;
  const kept = { users, sessions, pages: 0, user: 0, uid: '', session: 0, lastActive: 0, calls: [] };
  return comeFullStory({ load: () => JSON.stringify(kept), save: () => {} });
}

const flagsOf = ({ calls }: FullStoryDouble, kind: string) =>
  calls.flatMap(({ kind: called, given }) =>
    called !== kind ? [] : kind === 'event' ? [given.flag_key] : Object.keys(given),
  );

/** The page's listeners that some browsers keep no page with. */
function countLeavingListeners() {
  let count = 0;
  for (const [method, change] of [
    ['addEventListener', 1],
    ['removeEventListener', -1],
  ] as const) {
    const original = EventTarget.prototype[method];
    vi.spyOn(EventTarget.prototype, method).mockImplementation(function (
      this: EventTarget,
      ...given: unknown[]
    ) {
      if (given[0] === 'beforeunload') count += change;
      return original.apply(this, given as Parameters<typeof original>);
    });
  }
  return () => count;
}

it('FullStory that a consent tool stops, removes and installs anew gets what holds, with nothing decided since', async () => {
  const first = install();
  const bridge = createBridge();
  bridge.record([
    { flagKey: 'a', variationKey: 'on', enabled: true },
    { flagKey: 'b', variationKey: 'on', enabled: true },
  ]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(flagsOf(first.double, 'event')).toEqual(['a', 'b']);

  first.FS('shutdown');
  await vi.advanceTimersByTimeAsync(1000);
  vi.stubGlobal('FS', undefined);
  await vi.advanceTimersByTimeAsync(120_000);
  const { double } = install(1);
  await vi.advanceTimersByTimeAsync(10_000);
  bridge.disconnect();
  expect(flagsOf(double, 'properties')).toEqual(['[Optimizely] a', '[Optimizely] b']);
  expect(flagsOf(double, 'event')).toEqual(['a', 'b']);
  expect(first.double.calls).toHaveLength(3);
});

it('FullStory that is replaced without a stop gets each decision once, also the one that shows it', async () => {
  install();
  const bridge = createBridge();
  bridge.record({ flagKey: 'a', variationKey: 'on', enabled: true });
  await vi.advanceTimersByTimeAsync(1000);
  const { double } = install(1);
  await vi.advanceTimersByTimeAsync(1000);
  bridge.record({ flagKey: 'b', variationKey: 'on', enabled: true });
  await vi.advanceTimersByTimeAsync(10_000);
  bridge.disconnect();
  expect(flagsOf(double, 'properties')).toEqual(['[Optimizely] a', '[Optimizely] b']);
  expect(flagsOf(double, 'event').sort()).toEqual(['a', 'b']);
});

it('the page’s FullStory gets the first decision, although a widget has brought its own meanwhile', async () => {
  const bridge = createBridge();
  // It has looked once, in vain.
  await vi.advanceTimersByTimeAsync(1000);
  const { double } = install();
  await vi.advanceTimersByTimeAsync(1000);
  const widget = vi.fn();
  vi.stubGlobal('Widget', widget);
  vi.stubGlobal('_fs_namespace', 'Widget');
  bridge.record({ flagKey: 'a', variationKey: 'on', enabled: true });
  await vi.advanceTimersByTimeAsync(10_000);
  bridge.disconnect();
  expect(flagsOf(double, 'event')).toEqual(['a']);
  expect(widget).not.toHaveBeenCalled();
});

it('FullStory that is only stopped leaves no timer after disconnect(), and no listener that hinders going back', async () => {
  const listeners = countLeavingListeners();
  const { FS } = install();
  const bridge = createBridge();
  expect(listeners()).toBe(0);
  bridge.record({ flagKey: 'a', variationKey: 'on', enabled: true });
  expect(listeners()).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(listeners()).toBe(0);
  FS('shutdown');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(listeners()).toBe(0);
  bridge.disconnect();
  expect(vi.getTimerCount()).toBe(0);
});

it('a wrapper around FullStory leaves no listener that hinders going back, once it has everything', async () => {
  const listeners = countLeavingListeners();
  vi.stubGlobal('FS', () => undefined);
  const bridge = createBridge();
  bridge.record({ flagKey: 'a', variationKey: 'on', enabled: true });
  expect(listeners()).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(bridge.status().decisions.sent).toBe(1);
  expect(listeners()).toBe(0);
  bridge.disconnect();
});

it('a page that keeps its decisions for the next one leaves no listener that hinders going back', () => {
  const listeners = countLeavingListeners();
  const bridge = createBridge({ persist: true });
  bridge.record({ flagKey: 'a', variationKey: 'on', enabled: true });
  expect(listeners()).toBe(1);
  window.dispatchEvent(new Event('pagehide'));
  expect(sessionStorage).toHaveLength(1);
  expect(listeners()).toBe(0);
  bridge.disconnect();
  sessionStorage.clear();
});
