// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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

/** A page without FullStory, which keeps what was decided for a user. */
function leaveBehind(variationKey: string, userId: string): void {
  bridge = createBridge({ persist: true });
  bridge.record(decision(variationKey), userId);
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
