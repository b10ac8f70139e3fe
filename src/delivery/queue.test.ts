import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDecision, createRooms, createStorage, flags } from '../../test/lane.ts';
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
    const { decide, handOver, calls, told } = createRooms();
    decide({ flagKey: 'c' }, { flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent', 'trackEvent', 'trackEvent']);
    expect(told()).toEqual(['c=treatment', 'a=treatment', 'b=treatment']);
  });

  it('gives many events a turn of their own, unless the page is going away', () => {
    const { decide, outbox, calls } = createRooms();
    decide(...flags(21));
    expect(outbox.handOver()).toBe(0);
    expect(calls).toEqual(['setProperties']);
    outbox.handOver();
    expect(calls.filter((call) => call === 'trackEvent')).toHaveLength(20);
    calls.length = 0;
    decide(...flags(30, 21));
    outbox.handOver(true);
    expect(calls.filter((call) => call === 'trackEvent')).toHaveLength(31);
  });

  it('hands over few events in the turn of their properties: in the next one another user may sign in', () => {
    const { decide, outbox, calls } = createRooms();
    decide(...flags(20));
    outbox.handOver();
    expect(calls).toEqual(['setProperties', ...Array(20).fill('trackEvent')]);
  });

  it('has older deliveries ahead of all others', () => {
    const { decide, handOver, told, events } = createRooms();
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver('one');
    events.length = 0;
    decide({ flagKey: 'c' });
    handOver('two');
    expect(told()).toEqual(['a=treatment', 'b=treatment', 'c=treatment']);
  });

  it('is kept when the page decides while it is told', () => {
    const { decide, handOver, told, destination } = createRooms();
    const record = destination.trackEvent.getMockImplementation();
    destination.trackEvent.mockImplementationOnce((event) => {
      record?.(event);
      decide({ flagKey: 'c' });
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    expect(told()).toEqual(['a=treatment', 'b=treatment', 'c=treatment']);
  });
});

describe('while no session runs', () => {
  it('nothing is handed over, and a session is looked for as long as something waits', () => {
    const { decide, handOver, calls, told } = createRooms();
    expect(handOver('loading')).toBe(Infinity);
    decide({});
    expect(handOver('loading')).toBe(250);
    expect(calls).toEqual([]);
    expect(handOver()).toBe(Infinity);
    expect(told()).toEqual(['checkout=treatment']);
    expect(handOver('loading')).toBe(Infinity);
  });

  it('the destination is looked for as long as it is not there', () => {
    const { handOver } = createRooms();
    expect(handOver('absent')).toBe(250);
  });
});

describe('decided_at', () => {
  it('is the moment of a decision that is more than a second old', () => {
    const { decide, handOver, events } = createRooms();
    decide({});
    vi.advanceTimersByTime(1001);
    handOver();
    expect(events[0]?.properties.decided_at).toBe('2026-01-02T03:04:05.000Z');
  });

  it('is left out up to a second', () => {
    const { decide, handOver, events } = createRooms();
    decide({});
    vi.advanceTimersByTime(1000);
    handOver();
    expect(events[0]?.properties).not.toHaveProperty('decided_at');
  });

  it('is there when a later session is told of it', () => {
    const { decide, handOver, events } = createRooms();
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
    const { decide, handOver, events, report } = createRooms();
    decide(...flags(30));
    expect(handOver()).toBe(1000);
    expect(events).toHaveLength(20);
    expect(report.counts).toMatchObject({ sent: 20, waiting: 10 });
    vi.advanceTimersByTime(999);
    expect(handOver()).toBe(1);
    expect(events).toHaveLength(20);
    vi.advanceTimersByTime(1);
    expect(handOver()).toBe(Infinity);
    expect(events).toHaveLength(30);
  });

  it('is 40 events in a minute', () => {
    const { decide, handOver, events } = createRooms();
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
    const { decide, handOver, events } = createRooms({ eventsPerMinute: 3 });
    decide(...flags(5));
    expect(handOver()).toBe(60_000);
    expect(events).toHaveLength(3);
  });

  it('does not ask for more time where nothing is left', () => {
    const { decide, handOver } = createRooms({ eventsPerMinute: 1 });
    decide({});
    expect(handOver()).toBe(Infinity);
  });

  it('of properties is 2 calls in a second', () => {
    const { decide, handOver, properties } = createRooms();
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
    const { decide, handOver, properties } = createRooms();
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
    const { decide, handOver, events } = createRooms();
    for (const variationKey of ['A', 'B', 'C', 'D']) {
      decide({ variationKey });
      handOver();
    }
    expect(events).toHaveLength(4);
  });

  it('tells the shorter of two waits', () => {
    const { decide, handOver } = createRooms({ eventsPerMinute: 1 });
    for (const variationKey of ['A', 'B', 'C']) {
      decide({ variationKey });
      handOver();
    }
    expect(handOver()).toBe(1000);
    vi.advanceTimersByTime(1000);
    expect(handOver()).toBe(59_000);
  });

  it('of events holds nothing back where there are none: decisions arrive with their properties', () => {
    const { decide, handOver, report } = createRooms({ eventName: '', eventsPerMinute: 1 });
    decide(...flags(50));
    handOver();
    expect(report.counts).toMatchObject({ sent: 50, waiting: 0 });
    decide({ variationKey: 'A' });
    handOver();
    decide({ variationKey: 'B' });
    expect(handOver()).toBe(1000);
    expect(report.counts.sent).toBeLessThan(52);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(report.counts).toMatchObject({ sent: 52, waiting: 0 });
  });

  it('of thousands of flags is two calls of properties a second', () => {
    const { decide, handOver, properties } = createRooms({ bufferSize: 9999 });
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
    const { decide, handOver, events } = createRooms({
      eventName: '',
      beforeSend: (event) => ({ ...event, name: 'Seen' }),
    });
    decide(...flags(30));
    handOver();
    expect(events).toHaveLength(20);
  });

  it('may decide in beforeSend without end, and gets its turn', () => {
    const rooms = createRooms({
      dedupe: 'none',
      bufferSize: 10,
      beforeSend: () => {
        rooms.decide({});
        return false;
      },
    });
    rooms.decide({});
    rooms.handOver();
    expect(rooms.report.counts).toMatchObject({ seen: 21, ignored: 20, waiting: 1 });
  });
});

describe('a page that goes away', () => {
  it('hands over all at once', () => {
    const { decide, handOver, events, report } = createRooms({ eventsPerMinute: 1 });
    decide(...flags(100));
    handOver();
    expect(events).toHaveLength(1);
    expect(handOver('one', true)).toBe(Infinity);
    expect(events).toHaveLength(100);
    expect(report.counts).toMatchObject({ sent: 100, waiting: 0 });
  });

  it('hands over all properties at once', () => {
    const { decide, handOver, properties } = createRooms({ bufferSize: 9999, eventName: '' });
    decide(...flags(4500));
    handOver('one', true);
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000, 1000, 1000, 500]);
  });

  it('hands over what FullStory takes in a second where the next page can go on', () => {
    const { decide, handOver, events, report } = createRooms({ persist: true, eventsPerMinute: 1 });
    decide(...flags(50));
    handOver();
    handOver('one', true);
    expect(events).toHaveLength(40);
    expect(report.counts).toMatchObject({ sent: 40, waiting: 10 });
  });

  it('hands over what FullStory takes in a minute where the next page can go on', () => {
    const { decide, handOver, events } = createRooms({ persist: true });
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
    const { decide, handOver, events } = createRooms({ persist: true });
    decide(...flags(50));
    handOver();
    expect(events).toHaveLength(20);
  });

  it('hands over properties as often as FullStory takes them where the next page can go on', () => {
    const { decide, handOver, properties } = createRooms({ persist: true });
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
    const { decide, handOver, told, report } = createRooms({ bufferSize: 3 });
    decide(...flags(5));
    expect(report.counts).toMatchObject({ seen: 5, waiting: 3, dropped: 2 });
    handOver();
    expect(told()).toEqual(['flag_2=treatment', 'flag_3=treatment', 'flag_4=treatment']);
    expect(report.counts).toMatchObject({ seen: 5, sent: 3, waiting: 0, dropped: 2 });
  });

  it('holds for what is told once more as well, which is not counted again', () => {
    const { decide, handOver, told, events, report } = createRooms({ bufferSize: 3 });
    decide(...flags(3));
    handOver('one');
    events.length = 0;
    decide({ flagKey: 'new' });
    handOver('two');
    expect(told()).toEqual(['flag_1=treatment', 'flag_2=treatment', 'new=treatment']);
    expect(report.counts).toMatchObject({ seen: 4, sent: 4, dropped: 0 });
    decide({ flagKey: 'flag_0' }, { flagKey: 'flag_1' });
    handOver('two');
    expect(told().slice(3)).toEqual(['flag_0=treatment']);
    expect(report.counts).toMatchObject({ seen: 6, sent: 5, duplicate: 1 });
  });

  it('does not count what is being handed over', () => {
    const { decide, handOver, told, destination, report } = createRooms({ bufferSize: 1 });
    const record = destination.trackEvent.getMockImplementation();
    destination.trackEvent.mockImplementationOnce((event) => {
      record?.(event);
      decide({ flagKey: 'b' });
    });
    decide({ flagKey: 'a' });
    handOver();
    expect(told()).toEqual(['a=treatment', 'b=treatment']);
    // What is being handed over is no longer kept, and so is not what has to go.
    expect(report.counts).toMatchObject({ seen: 2, sent: 2, dropped: 0, waiting: 0 });
  });
});

describe('a destination that throws', () => {
  it('keeps an event, and gets it half a second later', () => {
    const { decide, handOver, told, destination, report } = createRooms();
    destination.trackEvent.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    expect(handOver()).toBe(500);
    expect(told()).toEqual([]);
    expect(report.counts).toMatchObject({ sent: 0, waiting: 2 });
    expect([...report.problems]).toEqual(['fullstory-throws']);
    vi.advanceTimersByTime(500);
    handOver();
    expect(told()).toEqual(['a=treatment', 'b=treatment']);
    expect(report.counts).toMatchObject({ sent: 2, waiting: 0 });
  });

  it('gets the properties again, and the events after them', () => {
    const { decide, handOver, calls, properties, destination, report } = createRooms({
      propertyName: '{flag}',
    });
    decide({ flagKey: 'a' });
    handOver();
    destination.setProperties.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    decide({ flagKey: 'b' });
    expect(handOver()).toBe(500);
    expect([...report.problems]).toEqual(['fullstory-throws']);
    expect(calls).toEqual(['setProperties', 'trackEvent']);
    vi.advanceTimersByTime(1000);
    handOver();
    expect(properties).toEqual([{ a: 'treatment' }, { b: 'treatment' }]);
    expect(calls).toEqual(['setProperties', 'trackEvent', 'setProperties', 'trackEvent']);
  });

  it('is not asked more often than the pace allows', () => {
    const { decide, handOver, destination } = createRooms();
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
    const { decide, release, handOver, told, report } = createRooms({ eventsPerMinute: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    expect(release().map((decision) => decision.flagKey)).toEqual(['b', 'c']);
    expect(release()).toEqual([]);
    expect(report.counts).toMatchObject({ seen: 1, sent: 1, waiting: 0, dropped: 0 });
    vi.advanceTimersByTime(60_000);
    handOver();
    expect(told()).toEqual(['a=treatment']);
  });

  it('lets the same decision come again', () => {
    const { decide, release, handOver, told, report } = createRooms();
    decide({});
    release();
    decide({});
    handOver();
    expect(told()).toEqual(['checkout=treatment']);
    expect(report.counts).toMatchObject({ seen: 1, sent: 1, duplicate: 0 });
  });

  it('gives away what is told once more, which stays counted and may come again', () => {
    const { decide, release, handOver, destination, report } = createRooms();
    decide({});
    handOver('one');
    destination.trackEvent.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    handOver('two');
    expect(release()).toHaveLength(1);
    expect(report.counts).toMatchObject({ seen: 1, sent: 1, waiting: 0 });
    decide({});
    expect(report.counts).toMatchObject({ seen: 2, sent: 1, waiting: 1, duplicate: 0 });
  });
});

describe('release', () => {
  it('leaves all as it was when it cannot be kept', () => {
    const { decide, outbox, handOver, told, report } = createRooms();
    decide({ flagKey: 'a' });
    expect(outbox.release((deliveries) => deliveries.splice(0).length === 0)).toBe(false);
    expect(report.counts).toMatchObject({ seen: 1, waiting: 1 });
    handOver();
    expect(told()).toEqual(['a=treatment']);
  });
});

describe('what holds', () => {
  it('comes last of its flag when all is given away, even when it has been delivered', () => {
    const { decide, release, handOver } = createRooms();
    decide({ variationKey: 'x' });
    handOver();
    decide({ variationKey: 'y' }, { variationKey: 'x' });
    expect(release().map((decision) => decision.variationKey)).toEqual(['y', 'x']);
  });

  it('comes last of its flag alone', () => {
    const { decide, release } = createRooms();
    decide({ flagKey: 'a', variationKey: 'x' }, { flagKey: 'b' }, { flagKey: 'a', variationKey: 'y' });
    expect(release()).toHaveLength(3);
  });

  it('is told once to a session that began before the one before it was told all', () => {
    const { decide, handOver, told } = createRooms({ eventsPerMinute: 1 });
    decide({ flagKey: 'a' });
    handOver('one');
    handOver('two');
    vi.advanceTimersByTime(60_000);
    handOver('three');
    vi.advanceTimersByTime(60_000);
    handOver('three');
    expect(told()).toEqual(['a=treatment', 'a=treatment']);
  });
});

describe('pages of one session', () => {
  let localStorage: ReturnType<typeof createStorage>;

  beforeEach(() => {
    localStorage = createStorage();
    vi.stubGlobal('window', { localStorage });
  });

  it('tell a decision once between them, its user property on each', () => {
    const first = createRooms({ dedupe: 'session' });
    const second = createRooms({ dedupe: 'session' });
    first.decide({ flagKey: 'a' }, { flagKey: 'b' });
    first.handOver();
    second.decide({ flagKey: 'b' }, { flagKey: 'c' }, { flagKey: 'a', variationKey: 'control' });
    second.handOver();
    expect(first.told()).toEqual(['a=treatment', 'b=treatment']);
    expect(second.told()).toEqual(['c=treatment', 'a=control']);
    expect(Object.keys(second.properties[0] || {})).toHaveLength(3);
    expect(second.report.counts).toMatchObject({ seen: 3, sent: 2, duplicate: 1 });
    expect([...second.report.problems]).toEqual([]);
  });

  it('leave the session and its decisions in the storage, and nothing else', () => {
    const { decide, handOver } = createRooms({ dedupe: 'session' });
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
    const first = createRooms({ dedupe: 'session', eventsPerMinute: 1 });
    const second = createRooms({ dedupe: 'session' });
    first.decide({ flagKey: 'a' }, { flagKey: 'b' });
    first.handOver();
    second.decide({ flagKey: 'b' });
    second.handOver();
    vi.advanceTimersByTime(60_000);
    first.handOver();
    expect(first.told()).toEqual(['a=treatment']);
    expect(first.report.counts).toMatchObject({ sent: 1, duplicate: 1 });
  });

  it('tell it again in another session', () => {
    const first = createRooms({ dedupe: 'session' });
    const second = createRooms({ dedupe: 'session' });
    first.decide({ flagKey: 'a' });
    first.handOver('one');
    second.decide({ flagKey: 'b' }, { flagKey: 'a' });
    second.handOver('two');
    expect(second.told()).toEqual(['b=treatment', 'a=treatment']);
  });

  it.each(['page', 'none'] as const)('do not share decisions with dedupe %s', (dedupe) => {
    const first = createRooms({ dedupe });
    const second = createRooms({ dedupe });
    for (const { decide, handOver, told } of [first, second]) {
      decide({});
      handOver();
      expect(told()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.getItem).not.toHaveBeenCalled();
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('do not share decisions while nothing tells their session from others', () => {
    const first = createRooms({ dedupe: 'session' });
    const second = createRooms({ dedupe: 'session' });
    for (const { decide, handOver, told } of [first, second]) {
      decide({});
      handOver('');
      expect(told()).toEqual(['checkout=treatment']);
    }
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('remember nothing that was left out', () => {
    const first = createRooms({ dedupe: 'session', beforeSend: () => false });
    first.decide({});
    first.handOver();
    expect(localStorage.setItem).not.toHaveBeenCalled();
    expect(first.report.counts).toMatchObject({ ignored: 1 });
  });

  it('remember nothing that could not be handed over', () => {
    const first = createRooms({ dedupe: 'session' });
    first.destination.trackEvent.mockImplementation(() => {
      throw new Error('the page’s');
    });
    first.decide({});
    first.handOver();
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('remember the latest 1000 decisions', () => {
    const first = createRooms({ dedupe: 'session' });
    first.decide(...flags(1000));
    first.handOver('one', true);
    const second = createRooms({ dedupe: 'session' });
    second.decide({ flagKey: 'flag_0' }, { flagKey: 'one_more' });
    second.handOver();
    expect(second.told()).toEqual(['one_more=treatment']);
    const third = createRooms({ dedupe: 'session' });
    third.decide({ flagKey: 'flag_1' }, { flagKey: 'flag_0' });
    third.handOver();
    expect(third.told()).toEqual(['flag_0=treatment']);
  });

  it.each(['7', '"text"', '[]', 'null', '[', '["one"]', '["one",null,{}]', '{"0":"one"}'])(
    'are not misled by %s in the storage',
    (text) => {
      localStorage.setItem('optimizely-fullstory', text);
      const { decide, handOver, told, report } = createRooms({ dedupe: 'session' });
      decide({}, { variationKey: 'control' });
      handOver();
      expect(told()).toEqual(['checkout=treatment', 'checkout=control']);
      expect([...report.problems]).toEqual([]);
    },
  );

  it('go on where the storage is forbidden, and say so', () => {
    vi.stubGlobal('window', {});
    const { decide, handOver, told, report } = createRooms({ dedupe: 'session' });
    decide({}, {});
    handOver();
    expect(told()).toEqual(['checkout=treatment']);
    expect([...report.problems]).toEqual(['storage']);
  });
});
