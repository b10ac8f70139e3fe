import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Calls, delay, spend } from './rate-limit.ts';

describe('the pace', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Makes calls as soon as the pace allows, and tells when. */
  function times(perMinute: number, perSecond: number, count: number): number[] {
    const calls: Calls = [];
    const limits = [perMinute, perSecond] as const;
    const start = performance.now();
    return Array.from({ length: count }, () => {
      vi.advanceTimersByTime(Math.ceil(delay(calls, limits)));
      expect(delay(calls, limits)).toBe(0);
      spend(calls);
      return performance.now() - start;
    });
  }

  function mostWithin(span: number, calls: number[]): number {
    return Math.max(...calls.map((from) => calls.filter((at) => at >= from && at < from + span).length));
  }

  it.each([
    [40, 20],
    [60, 20],
    [10, 2],
    [1, 20],
    [20, 20],
  ])('keeps to %i in any 60 s and %i in any 1 s, and no slower', (perMinute, perSecond) => {
    const calls = times(perMinute, perSecond, perMinute * 3);
    expect(mostWithin(60_000, calls)).toBe(perMinute);
    expect(mostWithin(1000, calls)).toBe(Math.min(perMinute, perSecond));
    expect(calls.at(-1)).toBeLessThan(3 * 60_000);
  });

  it('is free again after a minute without calls', () => {
    const calls: Calls = [];
    spend(calls);
    expect(delay(calls, [1, 20])).toBe(60_000);
    vi.advanceTimersByTime(60_000);
    expect(delay(calls, [1, 20])).toBe(0);
  });

  it('says 0 where the clock moves on between two looks at it', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 0.005));
    const calls: Calls = [];
    expect(delay(calls, [1, 20])).toBe(0);
    spend(calls);
    now += 60_000;
    expect(delay(calls, [1, 20])).toBe(0);
    vi.restoreAllMocks();
  });

  it('says whole ms, and never less than needed', () => {
    let now = 0.3;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const calls: Calls = [];
    spend(calls);
    now = 60_000.2;
    expect(delay(calls, [1, 20])).toBe(1);
    vi.restoreAllMocks();
  });

  it('does not mind the clock being set back', () => {
    const calls: Calls = [];
    spend(calls);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(delay(calls, [1, 20])).toBeLessThanOrEqual(60_000);
  });
});
