import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Rate } from '../destinations/destination.ts';
import { createRateLimit } from './rate-limit.ts';

/** A limit of events: the destination's, and our share. */
function createLimit(theirs: Rate | undefined, ours: Rate | undefined) {
  return createRateLimit(
    { ...(theirs && { events: theirs }), ...(ours && { ours: { events: ours } }) },
    'events',
  );
}

describe('the rate limit', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Makes calls as soon as the rate allows, and returns their times. */
  function times(perMinute: number, perSecond: number, count: number): number[] {
    const rate = [perMinute, perSecond] as const;
    const limit = createLimit(undefined, rate);
    const start = performance.now();
    return Array.from({ length: count }, () => {
      vi.advanceTimersByTime(Math.ceil(limit.delay_('ours')));
      expect(limit.delay_('ours')).toBe(0);
      limit.spend_();
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
  ])('allows exactly %i in any 60 s and %i in any 1 s', (perMinute, perSecond) => {
    const calls = times(perMinute, perSecond, perMinute * 3);
    expect(mostWithin(60_000, calls)).toBe(perMinute);
    expect(mostWithin(1000, calls)).toBe(Math.min(perMinute, perSecond));
    expect(calls.at(-1)).toBeLessThan(3 * 60_000);
  });

  it('is free again after a minute without calls', () => {
    const limit = createLimit([60, 40], [1, 20]);
    limit.spend_();
    expect(limit.delay_('ours')).toBe(60_000);
    vi.advanceTimersByTime(60_000);
    expect(limit.delay_('ours')).toBe(0);
  });

  it('counts each call in both rates', () => {
    const limit = createLimit([3, 3], [1, 1]);
    limit.spend_();
    expect(limit.delay_('ours')).toBe(60_000);
    expect(limit.delay_('theirs')).toBe(0);
    limit.spend_();
    limit.spend_();
    expect(limit.delay_('theirs')).toBe(60_000);
  });

  it('allows everything if there is no limit', () => {
    const limit = createLimit(undefined, undefined);
    for (let call = 0; call < 1000; call++) limit.spend_();
    expect(limit.delay_('ours')).toBe(0);
  });

  it('is the destination’s whole limit if our share is not set', () => {
    const limit = createLimit([2, 2], undefined);
    limit.spend_();
    limit.spend_();
    expect(limit.delay_('theirs')).toBe(60_000);
    expect(limit.delay_('ours')).toBe(60_000);
  });

  it('is our share if the destination has no limit', () => {
    const limit = createLimit(undefined, [2, 2]);
    limit.spend_();
    limit.spend_();
    expect(limit.delay_('ours')).toBe(60_000);
    expect(limit.delay_('theirs')).toBe(0);
  });

  it('allows everything in a mode without limits', () => {
    const limit = createLimit([1, 1], [1, 1]);
    limit.spend_();
    expect(limit.delay_('theirs')).toBe(60_000);
    expect(limit.delay_('none')).toBe(0);
  });

  it('returns 0 if the clock moves between two reads', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 0.005));
    const limit = createLimit([60, 40], [1, 20]);
    expect(limit.delay_('ours')).toBe(0);
    limit.spend_();
    now += 60_000;
    expect(limit.delay_('ours')).toBe(0);
    vi.restoreAllMocks();
  });

  it('returns whole ms, and never less than needed', () => {
    let now = 0.3;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const limit = createLimit([60, 40], [1, 20]);
    limit.spend_();
    now = 60_000.2;
    expect(limit.delay_('ours')).toBe(1);
    vi.restoreAllMocks();
  });

  it('works when the clock is set back', () => {
    const limit = createLimit([60, 40], [1, 20]);
    limit.spend_();
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(limit.delay_('ours')).toBeLessThanOrEqual(60_000);
  });
});
