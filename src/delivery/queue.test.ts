import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDecision, createTestLane, createStorage, flags } from '../../test/lane.ts';
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

describe('the order', () => {
  it('is properties first, then the events as they were decided', () => {
    const { decide, handOver, calls, tracked } = createTestLane();
    decide({ flagKey: 'c' }, { flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent', 'trackEvent', 'trackEvent']);
    expect(tracked()).toEqual(['c=treatment', 'a=treatment', 'b=treatment']);
  });

  it('gives many events a turn of their own, unless the page is going away', () => {
    const { decide, queue, calls } = createTestLane();
    decide(...flags(21));
    expect(queue.handOver()).toBe(0);
    expect(calls).toEqual(['setProperties']);
    queue.handOver();
    expect(calls.filter((call) => call === 'trackEvent')).toHaveLength(20);
    calls.length = 0;
    decide(...flags(30, 21));
    queue.handOver(true);
    expect(calls.filter((call) => call === 'trackEvent')).toHaveLength(31);
  });

  it('hands over few events in the turn of their properties: in the next one another user may sign in', () => {
    const { decide, queue, calls } = createTestLane();
    decide(...flags(20));
    queue.handOver();
    expect(calls).toEqual(['setProperties', ...Array(20).fill('trackEvent')]);
  });

  it('has older deliveries ahead of all others', () => {
    const { decide, handOver, tracked, events } = createTestLane();
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver('one');
    events.length = 0;
    decide({ flagKey: 'c' });
    handOver('two');
    expect(tracked()).toEqual(['a=treatment', 'b=treatment', 'c=treatment']);
  });

  it('is kept when the page decides while it is told', () => {
    const { decide, handOver, tracked, destination } = createTestLane();
    const record = destination.trackEvent.getMockImplementation();
    destination.trackEvent.mockImplementationOnce((event) => {
      record?.(event);
      decide({ flagKey: 'c' });
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    expect(tracked()).toEqual(['a=treatment', 'b=treatment', 'c=treatment']);
  });
});

describe('while no session runs', () => {
  it('nothing is handed over, and a session is looked for as long as something waits', () => {
    const { decide, handOver, calls, tracked } = createTestLane();
    expect(handOver('loading')).toBe(Infinity);
    decide({});
    expect(handOver('loading')).toBe(250);
    expect(calls).toEqual([]);
    expect(handOver()).toBe(Infinity);
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(handOver('loading')).toBe(Infinity);
  });

  it('the destination is looked for as long as it is not there', () => {
    const { handOver } = createTestLane();
    expect(handOver('absent')).toBe(250);
  });
});

describe('decided_at', () => {
  it('is the moment of a decision that is more than a second old', () => {
    const { decide, handOver, events } = createTestLane();
    decide({});
    vi.advanceTimersByTime(1001);
    handOver();
    expect(events[0]?.properties.decided_at).toBe('2026-01-02T03:04:05.000Z');
  });

  it('is left out up to a second', () => {
    const { decide, handOver, events } = createTestLane();
    decide({});
    vi.advanceTimersByTime(1000);
    handOver();
    expect(events[0]?.properties).not.toHaveProperty('decided_at');
  });

  it('is there when a later session is told of it', () => {
    const { decide, handOver, events } = createTestLane();
    decide({});
    handOver('one');
    vi.advanceTimersByTime(5000);
    handOver('two');
    expect(events.map(({ properties }) => properties.decided_at)).toEqual([
      undefined,
      '2026-01-02T03:04:05.000Z',
    ]);
  });
});

describe('the pace', () => {
  it('is 20 events in a second, and the rest waits as long as told', () => {
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

  it('is 40 events in a minute', () => {
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

  it('is what the site says', () => {
    const { decide, handOver, events } = createTestLane({ eventsPerMinute: 3 });
    decide(...flags(5));
    expect(handOver()).toBe(60_000);
    expect(events).toHaveLength(3);
  });

  it('does not ask for more time where nothing is left', () => {
    const { decide, handOver } = createTestLane({ eventsPerMinute: 1 });
    decide({});
    expect(handOver()).toBe(Infinity);
  });

  it('of properties is 2 calls in a second', () => {
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

  it('of properties is 10 calls in a minute', () => {
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

  it('of properties does not hold back events', () => {
    const { decide, handOver, events } = createTestLane();
    for (const variationKey of ['A', 'B', 'C', 'D']) {
      decide({ variationKey });
      handOver();
    }
    expect(events).toHaveLength(4);
  });

  it('tells the shorter of two waits', () => {
    const { decide, handOver } = createTestLane({ eventsPerMinute: 1 });
    for (const variationKey of ['A', 'B', 'C']) {
      decide({ variationKey });
      handOver();
    }
    expect(handOver()).toBe(1000);
    vi.advanceTimersByTime(1000);
    expect(handOver()).toBe(59_000);
  });

  it('of events holds nothing back where there are none: decisions arrive with their properties', () => {
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

  it('of thousands of flags is two calls of properties a second', () => {
    const { decide, handOver, properties } = createTestLane({ bufferSize: 9999 });
    decide(...flags(2500));
    handOver();
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000]);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000, 500]);
  });
});

describe('a site that names its events itself', () => {
  it('has them paced where there are none by default', () => {
    const { decide, handOver, events } = createTestLane({
      eventName: '',
      beforeSend: (event) => ({ ...event, name: 'Seen' }),
    });
    decide(...flags(30));
    handOver();
    expect(events).toHaveLength(20);
  });

  it('may decide in beforeSend without end, and gets its turn', () => {
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
    expect(lane.counts).toMatchObject({ seen: 21, ignored: 20, waiting: 1 });
  });
});

describe('a page that goes away', () => {
  it('hands over all at once', () => {
    const { decide, handOver, events, counts } = createTestLane({ eventsPerMinute: 1 });
    decide(...flags(100));
    handOver();
    expect(events).toHaveLength(1);
    expect(handOver('one', true)).toBe(Infinity);
    expect(events).toHaveLength(100);
    expect(counts).toMatchObject({ sent: 100, waiting: 0 });
  });

  it('hands over all properties at once', () => {
    const { decide, handOver, properties } = createTestLane({ bufferSize: 9999, eventName: '' });
    decide(...flags(4500));
    handOver('one', true);
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000, 1000, 1000, 500]);
  });

  it('hands over what FullStory takes in a second where the next page can go on', () => {
    const { decide, handOver, events, counts } = createTestLane({ persist: true, eventsPerMinute: 1 });
    decide(...flags(50));
    handOver();
    handOver('one', true);
    expect(events).toHaveLength(40);
    expect(counts).toMatchObject({ sent: 40, waiting: 10 });
  });

  it('hands over what FullStory takes in a minute where the next page can go on', () => {
    const { decide, handOver, events } = createTestLane({ persist: true });
    decide(...flags(40));
    handOver();
    vi.advanceTimersByTime(1000);
    handOver();
    vi.advanceTimersByTime(1000);
    decide(...flags(40, 40));
    handOver('one', true);
    expect(events).toHaveLength(60);
  });

  it('keeps to the site’s share until then', () => {
    const { decide, handOver, events } = createTestLane({ persist: true });
    decide(...flags(50));
    handOver();
    expect(events).toHaveLength(20);
  });

  it('hands over properties as often as FullStory takes them where the next page can go on', () => {
    const { decide, handOver, properties } = createTestLane({ persist: true });
    const decideAndLeave = (count: number) => {
      for (let index = 0; index < count; index++) {
        decide({ variationKey: `v${performance.now()}-${index}` });
        handOver('one', true);
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

describe('bufferSize', () => {
  it('drops the oldest', () => {
    const { decide, handOver, tracked, counts } = createTestLane({ bufferSize: 3 });
    decide(...flags(5));
    expect(counts).toMatchObject({ seen: 5, waiting: 3, dropped: 2 });
    handOver();
    expect(tracked()).toEqual(['flag_2=treatment', 'flag_3=treatment', 'flag_4=treatment']);
    expect(counts).toMatchObject({ seen: 5, sent: 3, waiting: 0, dropped: 2 });
  });

  it('holds for what is told once more as well, which is not counted again', () => {
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

  it('does not count what is being handed over', () => {
    const { decide, handOver, tracked, destination, counts } = createTestLane({ bufferSize: 1 });
    const record = destination.trackEvent.getMockImplementation();
    destination.trackEvent.mockImplementationOnce((event) => {
      record?.(event);
      decide({ flagKey: 'b' });
    });
    decide({ flagKey: 'a' });
    handOver();
    expect(tracked()).toEqual(['a=treatment', 'b=treatment']);
    // What is being handed over is no longer kept, and so is not what has to go.
    expect(counts).toMatchObject({ seen: 2, sent: 2, dropped: 0, waiting: 0 });
  });
});

describe('a destination that throws', () => {
  it('keeps an event, and gets it half a second later', () => {
    const { decide, handOver, tracked, destination, counts } = createTestLane();
    destination.trackEvent.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    expect(handOver()).toBe(500);
    expect(tracked()).toEqual([]);
    expect(counts).toMatchObject({ sent: 0, waiting: 2 });
    expect(problems).toEqual(['fullstory-throws']);
    vi.advanceTimersByTime(500);
    handOver();
    expect(tracked()).toEqual(['a=treatment', 'b=treatment']);
    expect(counts).toMatchObject({ sent: 2, waiting: 0 });
  });

  it('gets the properties again, and the events after them', () => {
    const { decide, handOver, calls, properties, destination, counts } = createTestLane({
      propertyName: '{flag}',
    });
    decide({ flagKey: 'a' });
    handOver();
    destination.setProperties.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    decide({ flagKey: 'b' });
    expect(handOver()).toBe(500);
    expect(problems).toEqual(['fullstory-throws']);
    expect(calls).toEqual(['setProperties', 'trackEvent']);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(properties).toEqual([{ a: 'treatment' }, { b: 'treatment' }]);
    expect(calls).toEqual(['setProperties', 'trackEvent', 'setProperties', 'trackEvent']);
  });

  it('is not asked more often than the pace allows', () => {
    const { decide, handOver, destination } = createTestLane();
    destination.setProperties.mockImplementation(() => {
      throw new Error('the page’s');
    });
    decide({});
    for (let index = 0; index < 5; index++) handOver();
    expect(destination.setProperties).toHaveBeenCalledTimes(2);
  });
});

describe('release', () => {
  it('gives away what waits, as if it had never been seen', () => {
    const { decide, release, handOver, tracked, counts } = createTestLane({ eventsPerMinute: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    expect(release().map((decision) => decision.flagKey)).toEqual(['b', 'c']);
    expect(release()).toEqual([]);
    expect(counts).toMatchObject({ seen: 1, sent: 1, waiting: 0, dropped: 0 });
    vi.advanceTimersByTime(60_000);
    handOver();
    expect(tracked()).toEqual(['a=treatment']);
  });

  it('lets the same decision come again', () => {
    const { decide, release, handOver, tracked, counts } = createTestLane();
    decide({});
    release();
    decide({});
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(counts).toMatchObject({ seen: 1, sent: 1, duplicate: 0 });
  });

  it('gives away what is told once more, which stays counted and may come again', () => {
    const { decide, release, handOver, destination, counts } = createTestLane();
    decide({});
    handOver('one');
    destination.trackEvent.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    handOver('two');
    expect(release()).toHaveLength(1);
    expect(counts).toMatchObject({ seen: 1, sent: 1, waiting: 0 });
    decide({});
    expect(counts).toMatchObject({ seen: 2, sent: 1, waiting: 1, duplicate: 0 });
  });
});

describe('release', () => {
  it('leaves all as it was when it cannot be kept', () => {
    const { decide, queue, handOver, tracked, counts } = createTestLane();
    decide({ flagKey: 'a' });
    expect(queue.release((deliveries) => deliveries.splice(0).length === 0)).toBe(false);
    expect(counts).toMatchObject({ seen: 1, waiting: 1 });
    handOver();
    expect(tracked()).toEqual(['a=treatment']);
  });
});

describe('what holds', () => {
  it('comes last of its flag when all is given away, even when it has been delivered', () => {
    const { decide, release, handOver } = createTestLane();
    decide({ variationKey: 'x' });
    handOver();
    decide({ variationKey: 'y' }, { variationKey: 'x' });
    expect(release().map((decision) => decision.variationKey)).toEqual(['y', 'x']);
  });

  it('comes last of its flag alone', () => {
    const { decide, release } = createTestLane();
    decide({ flagKey: 'a', variationKey: 'x' }, { flagKey: 'b' }, { flagKey: 'a', variationKey: 'y' });
    expect(release()).toHaveLength(3);
  });

  it('is told once to a session that began before the one before it was told all', () => {
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

  it('tell a decision once between them, its user property on each', () => {
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
    expect([...second.problems]).toEqual([]);
  });

  it('leave the session and its decisions in the storage, and nothing else', () => {
    const { decide, handOver } = createTestLane({ dedupe: 'session' });
    const kept = () => JSON.parse(localStorage.getItem('optimizely-fullstory') || '');
    decide({ flagKey: 'a' });
    handOver('one');
    const a = decisionKey(createDecision({ flagKey: 'a' }));
    expect(kept()).toEqual(['one', a]);
    decide({ flagKey: 'b' });
    handOver('one');
    const b = decisionKey(createDecision({ flagKey: 'b' }));
    expect(kept()).toEqual(['one', a, b]);
    decide({ flagKey: 'c' });
    handOver('two');
    const c = decisionKey(createDecision({ flagKey: 'c' }));
    expect(kept()).toEqual(['two', a, b, c]);
  });

  it('see what another page tells while they are open', () => {
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

  it('tell it again in another session', () => {
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
    for (const { decide, handOver, told } of [first, second]) {
      decide({});
      handOver();
      expect(tracked()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.getItem).not.toHaveBeenCalled();
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('do not share decisions while nothing tells their session from others', () => {
    const first = createTestLane({ dedupe: 'session' });
    const second = createTestLane({ dedupe: 'session' });
    for (const { decide, handOver, told } of [first, second]) {
      decide({});
      handOver('');
      expect(tracked()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('remember nothing that was left out', () => {
    const first = createTestLane({ dedupe: 'session', beforeSend: () => false });
    first.decide({});
    first.handOver();
    expect(localStorage.setItem).not.toHaveBeenCalled();
    expect(first.counts).toMatchObject({ ignored: 1 });
  });

  it('remember nothing that could not be handed over', () => {
    const first = createTestLane({ dedupe: 'session' });
    first.destination.trackEvent.mockImplementation(() => {
      throw new Error('the page’s');
    });
    first.decide({});
    first.handOver();
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('remember the latest 1000 decisions', () => {
    const first = createTestLane({ dedupe: 'session' });
    first.decide(...flags(1000));
    first.handOver('one', true);
    const second = createTestLane({ dedupe: 'session' });
    second.decide({ flagKey: 'flag_0' }, { flagKey: 'one_more' });
    second.handOver();
    expect(second.tracked()).toEqual(['one_more=treatment']);
    const third = createTestLane({ dedupe: 'session' });
    third.decide({ flagKey: 'flag_1' }, { flagKey: 'flag_0' });
    third.handOver();
    expect(third.tracked()).toEqual(['flag_0=treatment']);
  });

  it.each(['7', '"text"', '[]', 'null', '[', '["one"]', '["one",null,{}]', '{"0":"one"}'])(
    'are not misled by %s in the storage',
    (text) => {
      localStorage.setItem('optimizely-fullstory', text);
      const { decide, handOver, tracked, counts } = createTestLane({ dedupe: 'session' });
      decide({}, { variationKey: 'control' });
      handOver();
      expect(tracked()).toEqual(['checkout=treatment', 'checkout=control']);
      expect(problems).toEqual([]);
    },
  );

  it('go on where the storage is forbidden, and say so', () => {
    vi.stubGlobal('window', {});
    const { decide, handOver, tracked, counts } = createTestLane({ dedupe: 'session' });
    decide({}, {});
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(problems).toEqual(['storage']);
  });
});
