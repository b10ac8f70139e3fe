import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestLane, flags } from '../../test/lane.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('bufferSize', () => {
  it('drops the oldest', () => {
    const { decide, handOver, tracked, counts } = createTestLane({ bufferSize: 3 });
    decide(...flags(5));
    expect(counts).toMatchObject({ seen: 5, waiting: 3, dropped: 2 });
    handOver();
    expect(tracked()).toEqual(['flag_2=treatment', 'flag_3=treatment', 'flag_4=treatment']);
    expect(counts).toMatchObject({ seen: 5, sent: 3, waiting: 0, dropped: 2 });
  });

  it('also limits repeated deliveries, which are not counted again', () => {
    const { decide, handOver, tracked, events, counts } = createTestLane({ bufferSize: 3 });
    decide(...flags(3));
    handOver('one');
    events.length = 0;
    decide({ flagKey: 'new' });
    handOver('two');
    expect(tracked()).toEqual(['flag_1=treatment', 'flag_2=treatment', 'new=treatment']);
    expect(counts).toMatchObject({ seen: 4, sent: 4, dropped: 0 });
    decide({ flagKey: 'flag_0' }, { flagKey: 'flag_1' });
    handOver('two');
    expect(tracked().slice(3)).toEqual(['flag_0=treatment']);
    expect(counts).toMatchObject({ seen: 6, sent: 5, duplicate: 1 });
  });

  it('does not count a delivery that is being sent', () => {
    const { decide, handOver, tracked, destination, counts } = createTestLane({ bufferSize: 1 });
    const record = destination.trackEvent.getMockImplementation();
    destination.trackEvent.mockImplementationOnce((...given) => {
      record?.(...given);
      decide({ flagKey: 'b' });
    });
    decide({ flagKey: 'a' });
    handOver();
    handOver();
    expect(tracked()).toEqual(['a=treatment', 'b=treatment']);
    // A delivery in progress is not in the queue any more, so it is not dropped.
    expect(counts).toMatchObject({ seen: 2, sent: 2, dropped: 0, waiting: 0 });
  });

  it('holds after a hand-over in which the page decided', () => {
    const { decide, handOver, destination, counts } = createTestLane({ bufferSize: 2 });
    destination.trackEvent
      .mockImplementationOnce(() => {
        throw new Error('try this one again');
      })
      .mockImplementationOnce(() => decide({ flagKey: 'b' }, { flagKey: 'c' }));
    decide(...flags(2));
    handOver();
    expect(counts).toMatchObject({ seen: 4, sent: 1, waiting: 2, dropped: 1 });
  });
});

describe('the order', () => {
  it('stays when the clock is set back', () => {
    vi.setSystemTime(3_600_000);
    const { decide, handOver, tracked } = createTestLane();
    decide({ variationKey: 'first' });
    vi.setSystemTime(0);
    decide({ variationKey: 'second' });
    handOver();
    expect(tracked()).toEqual(['checkout=first', 'checkout=second']);
  });
});

describe('a queue handed to the next page', () => {
  it('hands on the waiting deliveries, and uncounts them', () => {
    const { decide, giveAway, handOver, tracked, counts } = createTestLane({ eventsPerMinute: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    expect(giveAway().map((decision) => decision.flagKey)).toEqual(['b', 'c']);
    expect(giveAway()).toEqual([]);
    expect(counts).toMatchObject({ seen: 1, sent: 1, waiting: 0, dropped: 0 });
    vi.advanceTimersByTime(60_000);
    handOver();
    expect(tracked()).toEqual(['a=treatment']);
  });

  it('does not count what a later session of the same page gets of it', () => {
    const { decide, giveAway, handOver, tracked, counts } = createTestLane();
    handOver('one');
    decide({});
    giveAway();
    handOver('two');
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(counts).toMatchObject({ seen: 0, sent: 0, waiting: 0 });
  });

  it('lets the same decision be made again', () => {
    const { decide, giveAway, handOver, tracked, counts } = createTestLane();
    decide({});
    giveAway();
    decide({});
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(counts).toMatchObject({ seen: 1, sent: 1, duplicate: 0 });
  });

  it('hands on repeated deliveries, which stay counted and may come again', () => {
    const { decide, giveAway, handOver, destination, counts } = createTestLane();
    decide({});
    handOver('one');
    destination.trackEvent.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    handOver('two');
    expect(giveAway()).toHaveLength(1);
    expect(counts).toMatchObject({ seen: 1, sent: 1, waiting: 0 });
    decide({});
    expect(counts).toMatchObject({ seen: 2, sent: 1, waiting: 1, duplicate: 0 });
  });

  it('changes nothing when only a copy is taken', () => {
    const { decide, queue, handOver, tracked, counts } = createTestLane();
    decide({ flagKey: 'a' });
    expect(queue.decisions_()).toHaveLength(1);
    expect(counts).toMatchObject({ seen: 1, waiting: 1 });
    handOver();
    expect(tracked()).toEqual(['a=treatment']);
  });
});

describe('the current decision', () => {
  it('comes last for its flag when the queue is handed on, even if it was delivered', () => {
    const { decide, giveAway, handOver } = createTestLane();
    decide({ variationKey: 'x' });
    handOver();
    decide({ variationKey: 'y' }, { variationKey: 'x' });
    expect(giveAway().map((decision) => decision.variationKey)).toEqual(['y', 'x']);
  });

  it('comes last for its own flag only', () => {
    const { decide, giveAway } = createTestLane();
    decide({ flagKey: 'a', variationKey: 'x' }, { flagKey: 'b' }, { flagKey: 'a', variationKey: 'y' });
    expect(giveAway()).toHaveLength(3);
  });
});
