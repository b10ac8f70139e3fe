import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDecision, createTestLane, flags } from '../../test/lane.ts';

const NOW = Date.parse('2026-01-02T03:04:05.000Z');

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOW);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('recent', () => {
  it('lists each decision, and nothing personal', () => {
    const { decide, handOver, recent } = createTestLane();
    decide({ at: NOW - 7 });
    vi.setSystemTime(NOW + 20);
    handOver();
    expect(recent()).toEqual([
      {
        flagKey: 'checkout',
        variationKey: 'treatment',
        ruleKey: 'checkout_test',
        enabled: true,
        dispatched: true,
        experimentId: '9300001',
        variationId: '9300002',
        at: NOW - 7,
        outcome: 'sent',
        settledAt: NOW + 20,
      },
    ]);
  });

  it('lists the outcome of each decision in the order of decisions', () => {
    const { decide, handOver, recent } = createTestLane({
      bufferSize: 1,
      flags: 'a, b, c',
      beforeSend: (event, { flagKey }) => flagKey !== 'c' && event,
    });
    const outcomes = () => recent().map(({ flagKey, outcome }) => `${flagKey} ${outcome}`);
    decide({ flagKey: '' }, { flagKey: 'z' }, { flagKey: 'a' }, { flagKey: 'b' });
    expect(outcomes()).toEqual([' ignored', 'z ignored', 'a dropped', 'b waiting']);
    expect(recent().map(({ settledAt }) => settledAt)).toEqual([NOW, NOW, NOW, null]);
    handOver();
    decide({ flagKey: 'c' });
    handOver();
    expect(outcomes().slice(3)).toEqual(['b sent', 'c ignored']);
  });

  it('counts repeats, and keeps the decisions that they would push out', () => {
    const { decide, handOver, counts, recent } = createTestLane({
      beforeSend: (event, { flagKey }) => flagKey !== 'left out' && event,
    });
    decide({ flagKey: 'left out' }, { flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    for (let time = 0; time < 100; time++) decide({ flagKey: 'a' }, { flagKey: 'b' });
    decide({ flagKey: 'left out' });
    expect(counts).toMatchObject({ seen: 204, sent: 2, duplicate: 200, ignored: 2 });
    expect(recent().map(({ flagKey, outcome }) => `${flagKey} ${outcome}`)).toEqual([
      'left out ignored',
      'a sent',
      'b sent',
    ]);
  });

  it('holds the latest ones, about 50', () => {
    const { decide, recent } = createTestLane();
    decide(...flags(100));
    const keys = recent().map(({ flagKey }) => flagKey);
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.length).toBeLessThan(60);
    expect(keys).toEqual(flags(keys.length, 100 - keys.length).map(({ flagKey }) => flagKey));
  });

  it('keeps the first outcome of a decision that is sent to a later session again', () => {
    const { decide, handOver, events, recent } = createTestLane({ bufferSize: 1 });
    decide({ flagKey: 'a' });
    handOver('one');
    decide({ flagKey: 'b' });
    handOver('one');
    const before = recent();
    vi.advanceTimersByTime(5000);
    handOver('two');
    expect(events).toHaveLength(3);
    expect(recent()).toEqual(before);
  });

  it('omits decisions that were handed to the next page', () => {
    const { decide, handOver, giveAway, recent } = createTestLane({ eventsPerMinute: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    giveAway();
    expect(recent().map(({ flagKey, outcome }) => `${flagKey} ${outcome}`)).toEqual(['a sent']);
  });

  it('is a copy, which the page may change', () => {
    const { decide, handOver, tracked, recent } = createTestLane();
    decide({});
    const [first] = recent();
    Object.assign(first ?? {}, { flagKey: 'changed', outcome: 'sent' });
    recent().length = 0;
    expect(recent()).toMatchObject([{ flagKey: 'checkout', outcome: 'waiting' }]);
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
  });
});

describe('debug', () => {
  const PREFIX = '[optimizely-fullstory] FullStory: ';

  /** The lines in the console. */
  function listen() {
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((...values: string[]) => {
      const line = values.join(' ');
      expect(line.startsWith(PREFIX)).toBe(true);
      lines.push(line.slice(PREFIX.length));
    });
    return lines;
  }

  it('logs the outcome of each decision', () => {
    const lines = listen();
    const { decide, handOver } = createTestLane({ debug: true, bufferSize: 1, flags: 'a, b' });
    decide({ flagKey: 'a' }, { flagKey: 'b', variationKey: 'control' }, { flagKey: 'z' });
    decide({ flagKey: 'b', variationKey: 'control' });
    expect(lines.splice(0)).toEqual([
      'a = treatment: dropped',
      'z = treatment: ignored',
      'b = control: duplicate',
    ]);
    handOver('one');
    handOver('two');
    expect(lines).toEqual([
      'it is capturing',
      'b = control: sent',
      'a = treatment: dropped',
      'b = control: sent',
    ]);
  });

  it('logs each state of FullStory once', () => {
    const lines = listen();
    const { decide, handOver } = createTestLane({ debug: true });
    decide({});
    handOver('loading');
    handOver('loading');
    handOver('blocked');
    expect(lines).toEqual(['it is loading', 'it is blocked']);
  });

  it('logs nothing by default', () => {
    const lines = listen();
    const { memory, handOver } = createTestLane();
    memory.take_(createDecision());
    handOver('loading');
    handOver();
    expect(lines).toEqual([]);
  });
});
