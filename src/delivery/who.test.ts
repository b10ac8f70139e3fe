import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDecision, createTestLane, flags } from '../../test/lane.ts';
import { KEPT } from '../decision.ts';
import type { Settings } from '../settings.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime('2026-01-02T03:04:05.000Z');
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lane whose destination names the user in each call. `signIn` changes that user; the session goes on or not. */
function setUp(written: Settings = {}, limits: Parameters<typeof createTestLane>[1] = null) {
  let user = 'ada';
  let session = 'one';
  const lane = createTestLane(written, limits, () => user);
  const { destination, handOver, calls } = lane;
  const received: string[] = [];
  destination.setProperties.mockImplementation((properties, who) => {
    calls.push('setProperties');
    received.push(`${who ?? 'now'}: ${Object.entries(properties).map((entry) => entry.join('='))}`);
  });
  destination.trackEvent.mockImplementation(({ properties }, { who }) => {
    calls.push('trackEvent');
    received.push(`${who ?? 'now'}: ${properties.flag_key}=${properties.variation_key}`);
  });
  return {
    ...lane,
    received,
    signIn(next: string, nextSession = session) {
      user = next;
      session = nextSession;
    },
    handOver: (within?: 'ours' | 'none') => handOver(session, within, user),
  };
}

const A = '[Optimizely] a=treatment';

describe('a decision for a destination that names users', () => {
  it('arrives for the user at the time of the decision', () => {
    const { decide, signIn, handOver, received } = setUp();
    decide({ flagKey: 'a' });
    signIn('bob', 'two');
    handOver();
    // No session of Ada has been seen, so there was no sign-in: Bob's calls are made at once.
    expect(received).toEqual([`ada: ${A}`, `now: ${A}`, 'now: a=treatment', 'ada: a=treatment']);
  });

  it('belongs to the user at the hand-over if no user was known', () => {
    const lane = createTestLane({}, null, () => undefined);
    lane.decide({});
    lane.handOver();
    expect(lane.destination.trackEvent.mock.calls[0]?.[1]).toMatchObject({ who: undefined });
  });

  it('that waits during a sign-in arrives with its property, and goes to the new user after a hold', () => {
    const { decide, signIn, handOver, received, counts } = setUp();
    handOver();
    decide({ flagKey: 'a' });
    signIn('bob', 'two');
    handOver();
    expect(received.splice(0)).toEqual([`ada: ${A}`, 'ada: a=treatment']);
    vi.advanceTimersByTime(2100);
    handOver();
    expect(received).toEqual([`now: ${A}`, 'now: a=treatment']);
    expect(counts).toMatchObject({ seen: 1, sent: 1, waiting: 0 });
  });

  it('is not sent to the next user if its flag is decided again', () => {
    const { decide, signIn, handOver, received, counts } = setUp();
    handOver();
    decide({ flagKey: 'a' });
    vi.advanceTimersByTime(1000);
    signIn('bob', 'two');
    decide({ flagKey: 'a', variationKey: 'control', userId: 'bob' });
    handOver();
    vi.advanceTimersByTime(2100);
    handOver();
    expect(received.sort()).toEqual(
      ['ada: a=treatment', 'now: [Optimizely] a=control', 'bob: a=control'].sort(),
    );
    expect(counts).toMatchObject({ seen: 2, sent: 2, dropped: 0 });
  });

  it('that was delivered is sent to the next user', () => {
    const { decide, signIn, handOver, received } = setUp();
    decide({ flagKey: 'a' });
    handOver();
    received.length = 0;
    signIn('bob', 'two');
    handOver();
    expect(received).toEqual([]);
    vi.advanceTimersByTime(2100);
    handOver();
    expect(received).toEqual([`now: ${A}`, 'now: a=treatment']);
  });

  it('keeps its property if it waits for the rate limit during a sign-in', () => {
    const { decide, signIn, handOver, received } = setUp({}, { properties: [1, 1] });
    decide({ flagKey: 'b' });
    handOver();
    decide({ flagKey: 'a' });
    handOver();
    received.length = 0;
    signIn('bob', 'two');
    handOver();
    expect(received).toEqual([`ada: ${A}`]);
  });

  it('sets its property for its own user, also after several sign-ins', () => {
    const { decide, signIn, handOver, received } = setUp({ eventName: '' });
    decide({ flagKey: 'a' });
    signIn('cy');
    decide({ flagKey: 'c' });
    signIn('bob', 'two');
    handOver();
    expect(received).toEqual([
      `ada: ${A}`,
      'cy: [Optimizely] c=treatment',
      `now: ${A},[Optimizely] c=treatment`,
    ]);
  });

  it('that waits keeps its user if the next user repeats it', () => {
    const { decide, signIn, handOver, received } = setUp({ propertyName: '' });
    decide({ flagKey: 'a', variationKey: 'control' }, { flagKey: 'a' });
    signIn('bob');
    decide({ flagKey: 'a', variationKey: 'control' });
    handOver();
    expect(received).toEqual(['now: a=control', 'ada: a=control', 'ada: a=treatment']);
  });

  it('that an earlier page kept keeps its user', () => {
    const { memory, handOver, received } = setUp({ propertyName: '' });
    const decision = createDecision({ flagKey: 'a' });
    memory.take_(decision, KEPT, false, { ...decision, who: 'cy' });
    handOver();
    expect(received).toContain('cy: a=treatment');
  });

  it('that waits for the rate limit keeps to it, under its user', () => {
    const { decide, signIn, handOver, received } = setUp({}, { events: [600, 10] });
    handOver();
    decide(...flags(15));
    handOver();
    signIn('bob', 'two');
    vi.advanceTimersByTime(1000);
    handOver();
    const events = received.filter((line) => !line.includes('[Optimizely]'));
    expect(events).toHaveLength(15);
    expect(events.every((line) => line.startsWith('ada: '))).toBe(true);
  });
});

describe('a sign-in within a session', () => {
  it('sends the properties again after a hold, and no event', () => {
    const { decide, signIn, handOver, received } = setUp();
    decide({ flagKey: 'a' });
    handOver();
    vi.advanceTimersByTime(1000);
    received.length = 0;
    signIn('bob');
    handOver();
    expect(received).toEqual([]);
    vi.advanceTimersByTime(2100);
    handOver();
    expect(received).toEqual([`now: ${A}`]);
  });

  it('leaves an earlier decision of the session a duplicate', () => {
    const { decide, signIn, handOver, received, counts } = setUp({ propertyName: '' });
    decide({ flagKey: 'a', variationKey: 'control' }, { flagKey: 'a' });
    handOver();
    signIn('bob');
    handOver();
    received.length = 0;
    decide({ flagKey: 'a', variationKey: 'control' });
    handOver();
    expect(received).toEqual([]);
    expect(counts).toMatchObject({ sent: 2, duplicate: 1 });
  });
});
