import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { about, createDecision, createStorage, createTestLane, flags, SHARED } from '../../test/lane.ts';
import { decisionKey } from '../decision.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime('2026-01-02T03:04:05.000Z');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('order of calls', () => {
  it('sends properties first, then events in the order of decisions', () => {
    const { decide, handOver, calls, tracked } = createTestLane();
    decide({ flagKey: 'c' }, { flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent', 'trackEvent', 'trackEvent']);
    expect(tracked()).toEqual(['c=treatment', 'a=treatment', 'b=treatment']);
  });

  it('sends properties and 20 events in one turn', () => {
    const { decide, handOver, calls } = createTestLane();
    decide(...flags(21));
    handOver();
    expect(calls).toEqual(['setProperties', ...Array(20).fill('trackEvent')]);
  });

  it('sends properties as an ordinary object with own members, whatever their names', () => {
    const { decide, handOver, destination } = createTestLane({ propertyName: '{flag}' });
    decide({ flagKey: '__proto__' }, { flagKey: 'constructor' });
    handOver();
    const [properties] = destination.setProperties.mock.calls[0] as [object];
    expect(Object.entries(properties)).toEqual([
      ['__proto__', 'treatment'],
      ['constructor', 'treatment'],
    ]);
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
  });

  it('sends older deliveries before all others', () => {
    const { decide, handOver, tracked, events } = createTestLane();
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver('one');
    events.length = 0;
    decide({ flagKey: 'c' });
    handOver('two');
    expect(tracked()).toEqual(['a=treatment', 'b=treatment', 'c=treatment']);
  });

  it('sends a decision made inside a hand-over in the next turn', () => {
    const { decide, handOver, tracked, destination } = createTestLane();
    const record = destination.trackEvent.getMockImplementation();
    destination.trackEvent.mockImplementationOnce((...given) => {
      record?.(...given);
      decide({ flagKey: 'c' });
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    expect(tracked()).toEqual(['a=treatment', 'b=treatment']);
    handOver();
    expect(tracked()).toEqual(['a=treatment', 'b=treatment', 'c=treatment']);
  });

  it('sends the whole queue in one turn if the destination has no limits', () => {
    const { decide, handOver, calls } = createTestLane({}, null);
    decide(...flags(100));
    expect(handOver()).toBe(Infinity);
    expect(calls).toEqual(['setProperties', ...Array(100).fill('trackEvent')]);
  });
});

describe('without a session', () => {
  it('sends nothing, and looks for a session', () => {
    const { decide, handOver, calls, tracked } = createTestLane();
    expect(handOver('absent')).toBe(250);
    decide({});
    expect(handOver('loading')).toBe(250);
    expect(calls).toEqual([]);
    expect(handOver()).toBe(Infinity);
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(handOver('loading')).toBe(250);
  });
});

describe('the time of a decision', () => {
  it('is sent with its event to each session', () => {
    const { decide, handOver, destination } = createTestLane();
    const at = Date.now();
    const moment = { at, id: decisionKey(createDecision()) };
    decide({});
    vi.advanceTimersByTime(3000);
    handOver('one');
    vi.advanceTimersByTime(5000);
    handOver('two');
    expect(destination.trackEvent.mock.calls.map(([, given]) => given)).toEqual([moment, moment]);
  });
});

describe('the rate limit', () => {
  it('lets no event overtake another, although time passes during a hand-over', () => {
    const { decide, handOver, tracked } = createTestLane({}, { events: [60, 1] });
    decide(...flags(5));
    handOver();
    let now = performance.now() + 999;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 0.4;
      return now;
    });
    handOver();
    vi.mocked(performance.now).mockRestore();
    expect(tracked()).toEqual(['flag_0=treatment']);
  });

  it('is 20 events a second, and the rest waits as long as needed', () => {
    const { decide, handOver, events, counts } = createTestLane();
    decide(...flags(30));
    expect(handOver()).toBe(1000);
    expect(events).toHaveLength(20);
    expect(counts).toMatchObject({ sent: 20, waiting: 10 });
    vi.advanceTimersByTime(999);
    expect(handOver()).toBe(1);
    expect(events).toHaveLength(20);
    vi.advanceTimersByTime(1);
    expect(handOver()).toBe(Infinity);
    expect(events).toHaveLength(30);
  });

  it('is 40 events a minute', () => {
    const { decide, handOver, events } = createTestLane();
    decide(...flags(45));
    handOver();
    vi.advanceTimersByTime(1000);
    expect(handOver()).toBe(59_000);
    expect(events).toHaveLength(40);
    vi.advanceTimersByTime(59_000);
    expect(handOver()).toBe(Infinity);
    expect(events).toHaveLength(45);
  });

  it('is the one set by the site', () => {
    const { decide, handOver, events } = createTestLane({ eventsPerMinute: 3 });
    decide(...flags(5));
    expect(handOver()).toBe(60_000);
    expect(events).toHaveLength(3);
  });

  it('asks for no more time when the queue is empty', () => {
    const { decide, handOver } = createTestLane({ eventsPerMinute: 1 });
    decide({});
    expect(handOver()).toBe(Infinity);
  });

  it('allows 2 property calls a second', () => {
    const { decide, handOver, properties } = createTestLane();
    for (const [index, variationKey] of ['A', 'B', 'C'].entries()) {
      decide({ variationKey });
      handOver();
      expect(properties).toHaveLength(Math.min(index + 1, 2));
    }
    expect(handOver()).toBe(1000);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(properties.at(-1)).toEqual({ '[Optimizely] checkout': 'C' });
  });

  it('allows 10 property calls a minute', () => {
    const { decide, handOver, properties } = createTestLane();
    const start = performance.now();
    for (let index = 0; index < 11; index++) {
      decide({ variationKey: `v${index}` });
      handOver();
      vi.advanceTimersByTime(1000);
    }
    expect(properties).toHaveLength(10);
    expect(handOver()).toBe(start + 60_000 - performance.now());
    vi.advanceTimersByTime(49_000);
    handOver();
    expect(properties).toHaveLength(11);
  });

  it('for properties does not delay events', () => {
    const { decide, handOver, events } = createTestLane();
    for (const variationKey of ['A', 'B', 'C', 'D']) {
      decide({ variationKey });
      handOver();
    }
    expect(events).toHaveLength(4);
  });

  it('reports the shorter of two waits', () => {
    const { decide, handOver } = createTestLane({ eventsPerMinute: 1 });
    for (const variationKey of ['A', 'B', 'C']) {
      decide({ variationKey });
      handOver();
    }
    expect(handOver()).toBe(1000);
    vi.advanceTimersByTime(1000);
    expect(handOver()).toBe(59_000);
  });

  it('for events does not delay properties if there are no events', () => {
    const { decide, handOver, counts } = createTestLane({ eventName: '', eventsPerMinute: 1 });
    decide(...flags(50));
    handOver();
    expect(counts).toMatchObject({ sent: 50, waiting: 0 });
    decide({ variationKey: 'A' });
    handOver();
    decide({ variationKey: 'B' });
    expect(handOver()).toBe(1000);
    expect(counts.sent).toBeLessThan(52);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(counts).toMatchObject({ sent: 52, waiting: 0 });
  });

  it('allows two property calls a second for thousands of flags', () => {
    const { decide, handOver, properties } = createTestLane({ bufferSize: 9999 });
    decide(...flags(2500));
    handOver();
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000]);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000, 500]);
  });
});

describe('a site with its own event names', () => {
  it('has its events rate limited if the default is no events', () => {
    const { decide, handOver, events } = createTestLane({
      eventName: '',
      beforeSend: (event) => ({ ...event, name: 'Seen' }),
    });
    decide(...flags(30));
    handOver();
    expect(events).toHaveLength(20);
  });

  it('may make endless decisions in beforeSend without blocking the page', () => {
    const lane = createTestLane({
      dedupe: 'none',
      bufferSize: 10,
      beforeSend: () => {
        lane.decide({});
        return false;
      },
    });
    lane.decide({});
    lane.handOver();
    expect(lane.counts).toMatchObject({ seen: 3, ignored: 2, waiting: 1 });
  });
});

describe('a page that is left or hidden', () => {
  it('sends everything at once', () => {
    const { decide, handOver, events, counts } = createTestLane({ eventsPerMinute: 1 });
    decide(...flags(100));
    handOver();
    expect(events).toHaveLength(1);
    expect(handOver('one', 'none')).toBe(Infinity);
    expect(events).toHaveLength(100);
    expect(counts).toMatchObject({ sent: 100, waiting: 0 });
  });

  it('sends all properties at once', () => {
    const { decide, handOver, properties } = createTestLane({ bufferSize: 9999, eventName: '' });
    decide(...flags(4500));
    handOver('one', 'none');
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000, 1000, 1000, 500]);
  });

  it('sends what FullStory takes in a second if it may come back', () => {
    const { decide, handOver, events, counts } = createTestLane({ eventsPerMinute: 1 });
    decide(...flags(50));
    handOver();
    handOver('one', 'theirs');
    expect(events).toHaveLength(40);
    expect(counts).toMatchObject({ sent: 40, waiting: 10 });
  });

  it('sends what FullStory takes in a minute if it may come back', () => {
    const { decide, handOver, events } = createTestLane();
    decide(...flags(40));
    handOver();
    vi.advanceTimersByTime(1000);
    handOver();
    vi.advanceTimersByTime(1000);
    decide(...flags(40, 40));
    handOver('one', 'theirs');
    expect(events).toHaveLength(60);
  });

  it('keeps to our share before that', () => {
    const { decide, handOver, events } = createTestLane();
    decide(...flags(50));
    handOver();
    expect(events).toHaveLength(20);
  });

  it('sends properties up to FullStory’s limit if it may come back', () => {
    const { decide, handOver, properties } = createTestLane();
    const decideAndLeave = (count: number) => {
      for (let index = 0; index < count; index++) {
        decide({ variationKey: `v${performance.now()}-${index}` });
        handOver('one', 'theirs');
      }
    };
    decideAndLeave(12);
    expect(properties).toHaveLength(10);
    vi.advanceTimersByTime(1000);
    decideAndLeave(12);
    expect(properties).toHaveLength(20);
    vi.advanceTimersByTime(1000);
    decideAndLeave(9);
    vi.advanceTimersByTime(1000);
    decideAndLeave(9);
    expect(properties).toHaveLength(30);
  });
});

function fail(): never {
  throw new Error('the page’s');
}

/** The names of an event whose call fails, and of one that is accepted. */
const BAD = { flagKey: 'bad' };
const GOOD = { flagKey: 'good' };

/** Lets a lane's wait pass, and checks its approximate length. */
function passWait(wait: number, ms: number): void {
  expect(wait).toEqual(about(ms));
  vi.advanceTimersByTime(wait);
}

/** A lane without user properties, whose destination throws for one flag's events alone. */
function createLaneThatFails() {
  const lane = createTestLane({ propertyName: '' });
  const { trackEvent } = lane.destination;
  const record = trackEvent.getMockImplementation();
  trackEvent.mockImplementation((event, moment) => {
    if (event.properties.flag_key === BAD.flagKey) fail();
    record?.(event, moment);
  });
  return {
    ...lane,
    tries: () =>
      trackEvent.mock.calls.filter(([{ properties }]) => properties.flag_key === BAD.flagKey).length,
  };
}

describe('an event whose call throws', () => {
  it('keeps its place, is retried half a second later, and does not delay later events', () => {
    const { decide, handOver, tracked, queue, destination, counts, problems } = createTestLane();
    destination.trackEvent.mockImplementationOnce(fail);
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    const wait = handOver();
    expect(wait).toEqual(about(500));
    expect(tracked()).toEqual(['b=treatment']);
    expect(counts).toMatchObject({ sent: 1, waiting: 1 });
    expect(problems).toEqual(['fullstory-throws']);
    decide({ flagKey: 'c' });
    expect(queue.decisions_().map(({ flagKey }) => flagKey)).toEqual(['a', 'c']);
    vi.advanceTimersByTime(wait - 1);
    expect(handOver()).toBe(1);
    expect(tracked()).toEqual(['b=treatment', 'c=treatment']);
    vi.advanceTimersByTime(1);
    expect(handOver()).toBe(Infinity);
    expect(tracked()).toEqual(['b=treatment', 'c=treatment', 'a=treatment']);
    expect(counts).toMatchObject({ sent: 3, waiting: 0 });
  });

  it('is retried less and less often while every call fails, and is kept', () => {
    const { decide, handOver, counts } = createLaneThatFails();
    decide(BAD);
    for (const wait of [500, 10_000, 200_000, 300_000, 300_000]) {
      passWait(handOver(), wait);
    }
    expect(counts).toMatchObject({ seen: 1, waiting: 1, dropped: 0 });
  });

  it('is dropped after a few failures if another call has succeeded since the first', () => {
    const { decide, handOver, tries, tracked, counts, recent, problems } = createLaneThatFails();
    decide(BAD, GOOD);
    for (const wait of [500, 10_000]) {
      expect(counts.dropped).toBe(0);
      passWait(handOver(), wait);
    }
    for (let wait = handOver(); wait < Infinity; wait = handOver()) vi.advanceTimersByTime(wait);
    expect(tries()).toBeGreaterThan(2);
    expect(tries()).toBeLessThan(6);
    expect(tracked()).toEqual(['good=treatment']);
    expect(counts).toMatchObject({ seen: 2, sent: 1, waiting: 0, dropped: 1 });
    expect(recent()[0]).toMatchObject({ flagKey: 'bad', outcome: 'dropped', settledAt: Date.now() });
    expect(problems).toEqual(['fullstory-throws']);
  });

  it('is not dropped if the last successful call was before its first failure', () => {
    const { decide, handOver, counts } = createLaneThatFails();
    decide(GOOD, BAD);
    for (const wait of [500, 10_000, 200_000, 300_000]) {
      passWait(handOver(), wait);
    }
    expect(counts).toMatchObject({ sent: 1, waiting: 1, dropped: 0 });
  });

  it('is dropped at its next failure if a call succeeds after many failures', () => {
    const { decide, handOver, counts, tries } = createLaneThatFails();
    decide(BAD);
    for (const wait of [500, 10_000, 200_000, 300_000, 300_000]) passWait(handOver(), wait);
    decide(GOOD);
    const wait = handOver();
    expect(tries()).toBe(6);
    expect(counts).toMatchObject({ sent: 1, waiting: 1, dropped: 0 });
    passWait(wait, 300_000);
    expect(handOver()).toBe(Infinity);
    expect(counts).toMatchObject({ sent: 1, waiting: 0, dropped: 1 });
  });

  it('may be decided again after it was dropped', () => {
    const { decide, handOver, tries, counts } = createLaneThatFails();
    decide(BAD, GOOD);
    for (let wait = handOver(); wait < Infinity; wait = handOver()) vi.advanceTimersByTime(wait);
    const before = tries();
    decide(BAD);
    expect(handOver()).toEqual(about(500));
    expect(tries()).toBe(before + 1);
    expect(counts).toMatchObject({ seen: 3, sent: 1, waiting: 1, dropped: 1 });
  });

  it('gets a full number of retries for a later session', () => {
    const { decide, handOver, destination } = createTestLane({ propertyName: '' });
    destination.trackEvent.mockImplementationOnce(fail);
    decide(BAD, GOOD);
    passWait(handOver('one'), 500);
    destination.trackEvent.mockImplementationOnce(fail);
    passWait(handOver('one'), 10_000);
    expect(handOver('one')).toBe(Infinity);
    destination.trackEvent.mockImplementationOnce(fail);
    expect(handOver('two')).toEqual(about(500));
  });

  it('is retried at once when the page is left', () => {
    const { decide, handOver, destination, tracked } = createTestLane();
    destination.trackEvent.mockImplementationOnce(fail);
    decide({});
    handOver();
    expect(handOver('one', 'none')).toBe(Infinity);
    expect(tracked()).toEqual(['checkout=treatment']);
  });
});

describe('properties whose call throws', () => {
  it('do not delay events, and are retried half a second later', () => {
    const { decide, handOver, calls, properties, destination, counts, problems } = createTestLane({
      propertyName: '{flag}',
    });
    destination.setProperties.mockImplementationOnce(fail);
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    const wait = handOver();
    expect(wait).toEqual(about(500));
    expect(problems).toEqual(['fullstory-throws']);
    expect(calls).toEqual(['trackEvent', 'trackEvent']);
    expect(counts).toMatchObject({ sent: 2, waiting: 0 });
    vi.advanceTimersByTime(wait - 1);
    expect(handOver()).toBe(1);
    expect(properties).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(handOver()).toBe(Infinity);
    expect(properties).toEqual([{ a: 'treatment', b: 'treatment' }]);
  });

  it('are retried less and less often while they fail', () => {
    const { decide, handOver, destination } = createTestLane();
    destination.setProperties.mockImplementation(fail);
    decide({});
    for (const wait of [500, 10_000, 200_000, 300_000, 300_000]) {
      passWait(handOver(), wait);
    }
  });

  it('are retried half a second after a failure that follows a success', () => {
    const { decide, handOver, destination } = createTestLane();
    destination.setProperties.mockImplementationOnce(fail).mockImplementationOnce(fail);
    decide({});
    for (const wait of [500, 10_000]) passWait(handOver(), wait);
    expect(handOver()).toBe(Infinity);
    destination.setProperties.mockImplementationOnce(fail);
    decide({ variationKey: 'control' });
    expect(handOver()).toEqual(about(500));
  });

  it('are not retried earlier because of new decisions', () => {
    const { decide, handOver, destination, tracked } = createTestLane();
    destination.setProperties.mockImplementation(fail);
    decide({ flagKey: 'a' });
    handOver();
    decide({ flagKey: 'b' });
    expect(handOver()).toEqual(about(500));
    expect(destination.setProperties).toHaveBeenCalledTimes(1);
    expect(tracked()).toEqual(['a=treatment', 'b=treatment']);
  });

  it('delay later properties if there are no events', () => {
    const { decide, handOver, destination, counts } = createTestLane({ eventName: '' });
    destination.setProperties.mockImplementationOnce(fail);
    decide({});
    const wait = handOver();
    expect(counts).toMatchObject({ sent: 0, waiting: 1 });
    passWait(wait, 500);
    expect(handOver()).toBe(Infinity);
    expect(counts).toMatchObject({ sent: 1, waiting: 0 });
  });

  it('are retried at once when the page is left', () => {
    const { decide, handOver, destination, properties } = createTestLane();
    destination.setProperties.mockImplementationOnce(fail);
    decide({});
    handOver();
    handOver('one', 'theirs');
    expect(properties).toHaveLength(1);
  });
});

describe('a sign-in of another user', () => {
  /** A lane whose first session got one decision, made this many ms before another user signs in. */
  function tellBefore(ms: number) {
    const lane = createTestLane();
    lane.decide({ variationKey: 'A' });
    lane.handOver('one');
    lane.calls.length = lane.events.length = lane.properties.length = 0;
    vi.advanceTimersByTime(ms);
    return lane;
  }

  it('receives earlier decisions after 2 s', () => {
    const { handOver, calls } = tellBefore(550);
    const wait = handOver('two', 'ours', 'bob');
    expect(wait).toEqual(about(2000));
    vi.advanceTimersByTime(wait - 1);
    expect(handOver('two', 'ours', 'bob')).toBe(1);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(handOver('two', 'ours', 'bob')).toBe(Infinity);
    expect(calls).toEqual(['setProperties', 'trackEvent']);
  });

  it.each(['theirs', 'none'] as const)(
    'receives earlier decisions at once if the page may be left, within %s',
    (within) => {
      const { handOver, calls } = tellBefore(550);
      handOver('two', within, 'bob');
      expect(calls).toEqual(['setProperties', 'trackEvent']);
    },
  );

  it('receives after 2 s what the earlier user’s session has, however late it was decided', () => {
    const { handOver, calls } = tellBefore(0);
    const wait = handOver('two', 'ours', 'bob');
    expect(wait).toEqual(about(2000));
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(wait);
    handOver('two', 'ours', 'bob');
    expect(calls).toEqual(['setProperties', 'trackEvent']);
  });

  it('receives at once a waiting decision made less than half a second before', () => {
    const { decide, handOver, calls } = createTestLane();
    handOver('one');
    decide({ userId: 'bob' });
    vi.advanceTimersByTime(450);
    handOver('two', 'ours', 'bob');
    expect(calls).toEqual(['setProperties', 'trackEvent']);
  });

  it('receives at once what is decided again for the new user', () => {
    const { decide, handOver, calls } = tellBefore(100);
    handOver('two', 'ours', 'bob');
    vi.advanceTimersByTime(1);
    decide({ variationKey: 'A' });
    handOver('two', 'ours', 'bob');
    expect(calls).toEqual(['setProperties', 'trackEvent']);
  });

  it('receives decisions for other flags at once', () => {
    const { decide, handOver, tracked, properties } = tellBefore(1000);
    handOver('two', 'ours', 'bob');
    decide({ flagKey: 'search' });
    expect(handOver('two', 'ours', 'bob')).toEqual(about(2000));
    expect(tracked()).toEqual(['search=treatment']);
    expect(properties).toEqual([{ '[Optimizely] search': 'treatment' }]);
  });

  it('causes no wait if the user is the same', () => {
    const { handOver, calls } = tellBefore(1000);
    expect(handOver('two', 'ours', 'ada')).toBe(Infinity);
    expect(calls).toEqual(['setProperties', 'trackEvent']);
  });

  it.each([
    [0, 1000],
    [1900, 1000],
    [500, 0],
    [500, 100],
    [500, 400],
  ])(
    'receives only the new decision for a flag, made %i ms later, of one made %i ms before',
    (ms, before) => {
      const { decide, handOver, tracked, properties, counts } = tellBefore(before);
      handOver('two', 'ours', 'bob');
      vi.advanceTimersByTime(ms);
      decide({ variationKey: 'B', userId: 'bob' });
      handOver('two', 'ours', 'bob');
      vi.advanceTimersByTime(5000);
      expect(handOver('two', 'ours', 'bob')).toBe(Infinity);
      expect(tracked()).toEqual(['checkout=B']);
      expect(properties).toEqual([{ '[Optimizely] checkout': 'B' }]);
      // The first user's session has it.
      expect(counts).toMatchObject({ seen: 2, sent: 2, dropped: 0, waiting: 0 });
    },
  );

  it('receives both decisions if a flag is decided again after 2 s, because the visitor saw both', () => {
    const { decide, handOver, tracked, properties } = tellBefore(1000);
    handOver('two', 'ours', 'bob');
    vi.advanceTimersByTime(2100);
    decide({ variationKey: 'B', userId: 'bob' });
    handOver('two', 'ours', 'bob');
    expect(tracked()).toEqual(['checkout=A', 'checkout=B']);
    expect(properties).toEqual([{ '[Optimizely] checkout': 'B' }]);
  });

  it('receives only the decision that the page made just before', () => {
    const { decide, handOver, tracked } = tellBefore(1000);
    decide({ variationKey: 'B', userId: 'bob' });
    vi.advanceTimersByTime(450);
    expect(handOver('two', 'ours', 'bob')).toBe(Infinity);
    expect(tracked()).toEqual(['checkout=B']);
  });

  it('does not receive two earlier decisions for a flag at once', () => {
    const { decide, handOver, tracked } = tellBefore(1000);
    decide({ variationKey: 'B' });
    vi.advanceTimersByTime(550);
    const wait = handOver('two', 'ours', 'bob');
    expect(tracked()).toEqual([]);
    vi.advanceTimersByTime(wait);
    handOver('two', 'ours', 'bob');
    expect(tracked()).toEqual(['checkout=B']);
  });

  it.each(['ours', 'theirs', 'none'] as const)(
    'drops a waiting decision of the earlier user if its flag is decided again, within %s',
    (within) => {
      const { decide, handOver, tracked, counts } = createTestLane();
      handOver('one');
      decide({ variationKey: 'A' });
      vi.advanceTimersByTime(1000);
      decide({ variationKey: 'B', userId: 'bob' });
      handOver('two', within, 'bob');
      expect(tracked()).toEqual(['checkout=B']);
      expect(counts).toMatchObject({ seen: 2, sent: 1, dropped: 1, waiting: 0 });
    },
  );

  it('waits no longer if the clock is set back', () => {
    const { handOver, calls } = tellBefore(1000);
    handOver('two', 'ours', 'bob');
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(2100);
    handOver('two', 'ours', 'bob');
    expect(calls).toEqual(['setProperties', 'trackEvent']);
  });
});

describe('a session that begins before the last one received everything', () => {
  it('receives each decision once', () => {
    const { decide, handOver, tracked } = createTestLane({ eventsPerMinute: 1 });
    decide({ flagKey: 'a' });
    handOver('one');
    handOver('two');
    vi.advanceTimersByTime(60_000);
    handOver('three');
    vi.advanceTimersByTime(60_000);
    handOver('three');
    expect(tracked()).toEqual(['a=treatment', 'a=treatment']);
  });
});

describe('pages of one session', () => {
  let localStorage: ReturnType<typeof createStorage>;

  beforeEach(() => {
    localStorage = createStorage();
    vi.stubGlobal('window', { localStorage });
  });

  it('together send a decision once, and its user property on each page', () => {
    const first = createTestLane({ dedupe: 'session' });
    const second = createTestLane({ dedupe: 'session' });
    first.decide({ flagKey: 'a' }, { flagKey: 'b' });
    first.handOver();
    second.decide({ flagKey: 'b' }, { flagKey: 'c' }, { flagKey: 'a', variationKey: 'control' });
    second.handOver();
    expect(first.tracked()).toEqual(['a=treatment', 'b=treatment']);
    expect(second.tracked()).toEqual(['c=treatment', 'a=control']);
    expect(Object.keys(second.properties[0] || {})).toHaveLength(3);
    expect(second.counts).toMatchObject({ seen: 3, sent: 2, duplicate: 1 });
    expect(second.problems).toEqual([]);
  });

  it('store the session and its decisions, and nothing else', () => {
    const { decide, handOver } = createTestLane({ dedupe: 'session' });
    const kept = () => JSON.parse(localStorage.getItem(SHARED) || '');
    decide({ flagKey: 'a' });
    handOver('one');
    const a = decisionKey(createDecision({ flagKey: 'a' }));
    expect(kept()).toEqual([`${a}one`]);
    decide({ flagKey: 'b' });
    handOver('one');
    const b = decisionKey(createDecision({ flagKey: 'b' }));
    expect(kept()).toEqual([`${a}one`, `${b}one`]);
    decide({ flagKey: 'c' });
    handOver('two');
    const c = decisionKey(createDecision({ flagKey: 'c' }));
    expect(kept()).toEqual([`${a}one`, `${b}one`, `${a}two`, `${b}two`, `${c}two`]);
  });

  it('see what another open page sends', () => {
    const first = createTestLane({ dedupe: 'session', eventsPerMinute: 1 });
    const second = createTestLane({ dedupe: 'session' });
    first.decide({ flagKey: 'a' }, { flagKey: 'b' });
    first.handOver();
    second.decide({ flagKey: 'b' });
    second.handOver();
    vi.advanceTimersByTime(60_000);
    first.handOver();
    expect(first.tracked()).toEqual(['a=treatment']);
    expect(first.counts).toMatchObject({ sent: 1, duplicate: 1 });
  });

  it('send it again in another session', () => {
    const first = createTestLane({ dedupe: 'session' });
    const second = createTestLane({ dedupe: 'session' });
    first.decide({ flagKey: 'a' });
    first.handOver('one');
    second.decide({ flagKey: 'b' }, { flagKey: 'a' });
    second.handOver('two');
    expect(second.tracked()).toEqual(['b=treatment', 'a=treatment']);
  });

  it.each(['page', 'none'] as const)('do not share decisions with dedupe %s', (dedupe) => {
    const first = createTestLane({ dedupe });
    const second = createTestLane({ dedupe });
    for (const { decide, handOver, tracked } of [first, second]) {
      decide({});
      handOver();
      expect(tracked()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.getItem).not.toHaveBeenCalled();
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('do not share decisions while nothing identifies their session', () => {
    const first = createTestLane({ dedupe: 'session' });
    const second = createTestLane({ dedupe: 'session' });
    for (const { decide, handOver, tracked } of [first, second]) {
      decide({});
      handOver('');
      expect(tracked()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('do not share decisions if all sessions have the same link', () => {
    const first = createTestLane({ dedupe: 'session' });
    const second = createTestLane({ dedupe: 'session' });
    for (const { decide, handOver, tracked } of [first, second]) {
      decide({});
      handOver('0', 'ours', 'ada', '');
      expect(tracked()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('identify their session by its link, whatever each page calls it', () => {
    const [first, second, third] = [1, 2, 3].map(() => createTestLane({ dedupe: 'session' }));
    first?.decide({});
    first?.handOver('0', 'ours', 'ada', 'link');
    second?.decide({});
    second?.handOver('7', 'ours', 'ada', 'link');
    expect(second?.counts).toMatchObject({ sent: 0, duplicate: 1 });
    third?.decide({});
    third?.handOver('0', 'ours', 'ada', 'another link');
    expect(third?.counts).toMatchObject({ sent: 1, duplicate: 0 });
  });

  it('forget the last session’s decisions when another begins under the same link', () => {
    const first = createTestLane({ dedupe: 'session' });
    const second = createTestLane({ dedupe: 'session' });
    first.decide({ flagKey: 'a' }, { flagKey: 'b' });
    first.handOver('0', 'ours', 'ada', 'link');
    first.handOver('1', 'ours', 'ada', 'link');
    expect(first.tracked()).toEqual(['a=treatment', 'b=treatment', 'a=treatment', 'b=treatment']);
    second.decide({ flagKey: 'a' }, { flagKey: 'c' });
    second.handOver('0', 'ours', 'ada', 'link');
    expect(second.tracked()).toEqual(['c=treatment']);
  });

  it('forget a session that is over once, and keep what another page sends meanwhile', () => {
    const [first, second, third] = [1, 2, 3].map(() => createTestLane({ dedupe: 'session' }));
    first?.decide({ flagKey: 'a' });
    first?.handOver();
    first?.handOver('over');
    second?.decide({ flagKey: 'a' });
    second?.handOver();
    first?.handOver('over');
    third?.decide({ flagKey: 'a' });
    third?.handOver();
    expect(second?.tracked()).toEqual(['a=treatment']);
    expect(third?.counts).toMatchObject({ sent: 0, duplicate: 1 });
  });

  it.each([
    ['page', 'link'],
    ['none', 'link'],
    ['session', ''],
  ] as const)(
    'touch no storage with dedupe %s under the link %j, when another session begins',
    (dedupe, link) => {
      vi.stubGlobal('window', {});
      const { decide, handOver, problems } = createTestLane({ dedupe });
      decide({});
      handOver('0', 'ours', 'ada', link);
      handOver('1', 'ours', 'ada', link);
      expect(problems).toEqual([]);
    },
  );

  it('do not remember decisions that were left out', () => {
    const first = createTestLane({ dedupe: 'session', beforeSend: () => false });
    first.decide({});
    first.handOver();
    expect(localStorage.setItem).not.toHaveBeenCalled();
    expect(first.counts).toMatchObject({ ignored: 1 });
  });

  it('do not remember decisions that could not be sent', () => {
    const first = createTestLane({ dedupe: 'session' });
    first.destination.trackEvent.mockImplementation(() => {
      throw new Error('the page’s');
    });
    first.decide({});
    first.handOver();
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('remember the latest decisions, about 1000', () => {
    const first = createTestLane({ dedupe: 'session' });
    first.decide(...flags(950));
    first.handOver('one', 'none');
    const second = createTestLane({ dedupe: 'session' });
    second.decide({ flagKey: 'flag_0' }, ...flags(100, 950));
    second.handOver('one', 'none');
    expect(second.events).toHaveLength(100);
    const third = createTestLane({ dedupe: 'session' });
    third.decide({ flagKey: 'flag_100' }, { flagKey: 'flag_0' });
    third.handOver();
    expect(third.tracked()).toEqual(['flag_0=treatment']);
  });

  it.each(['7', '"text"', '[]', 'null', '[', '["one"]', '["one",null,{}]', '{"0":"one"}'])(
    'ignore %s in the storage',
    (text) => {
      localStorage.setItem(SHARED, text);
      const { decide, handOver, tracked, problems } = createTestLane({ dedupe: 'session' });
      decide({}, { variationKey: 'control' });
      handOver();
      expect(tracked()).toEqual(['checkout=treatment', 'checkout=control']);
      expect(problems).toEqual([]);
    },
  );

  it('go on without storage, and report it', () => {
    vi.stubGlobal('window', {});
    const { decide, handOver, tracked, problems } = createTestLane({ dedupe: 'session' });
    decide({}, {});
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(problems).toEqual(['storage']);
  });
});
