import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDecision, createTestLane, flags } from '../../test/lane.ts';
import type { AnalyticsEvent } from '../destinations/destination.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a decision', () => {
  it('becomes a user property and an event', () => {
    const { decide, handOver, properties, events, counts, problems } = createTestLane();
    decide({});
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': 'treatment' }]);
    expect(events).toEqual([
      {
        name: 'Experiment Viewed',
        properties: {
          flag_key: 'checkout',
          variation_key: 'treatment',
          rule_key: 'checkout_test',
          enabled: true,
        },
      },
    ]);
    expect(counts).toMatchObject({ seen: 1, sent: 1, recovered: 0 });
    expect(problems).toEqual([]);
  });

  it('leaves out of its event what Optimizely named not', () => {
    const { decide, handOver, events } = createTestLane({ include: ['experiment_id', 'variation_id'] });
    decide({ variationKey: null, ruleKey: null, experimentId: null, variationId: null, enabled: false });
    handOver();
    expect(events[0]?.properties).toEqual({ flag_key: 'checkout', enabled: false });
  });

  it('carries the included properties', () => {
    const { decide, handOver, events } = createTestLane({
      include: 'user_id, experiment_id, variation_id, dispatched',
    });
    decide({ dispatched: false });
    handOver();
    expect(events[0]?.properties).toEqual({
      flag_key: 'checkout',
      variation_key: 'treatment',
      rule_key: 'checkout_test',
      enabled: true,
      user_id: 'ada',
      experiment_id: '9300001',
      variation_id: '9300002',
      dispatched: false,
    });
  });

  it('is not recovered when it may have been heard, and is known', () => {
    const { memory, counts, handOver, tracked } = createTestLane({ dedupe: 'none' });
    memory.take_(createDecision());
    memory.take_(createDecision(), true, true);
    memory.take_(createDecision({ variationKey: 'other' }), true, true);
    memory.take_(createDecision(), true);
    handOver();
    expect(counts).toMatchObject({ seen: 3, recovered: 2, sent: 3 });
    expect(tracked()).toHaveLength(3);
  });

  it('counts as recovered when it was made before the bridge listened, and the page is told', () => {
    const { memory, counts, handOver, tracked, problems } = createTestLane();
    memory.take_(createDecision(), true);
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(counts).toMatchObject({ seen: 1, sent: 1, recovered: 1 });
    expect(problems).toEqual(['client-late']);
  });

  it('without a flag is ignored and told', () => {
    const { decide, handOver, calls, counts, onChange, problems } = createTestLane();
    decide({ flagKey: '' });
    handOver();
    expect(calls).toEqual([]);
    expect(onChange).not.toHaveBeenCalled();
    expect(counts).toMatchObject({ seen: 1, ignored: 1 });
    expect(problems).toEqual(['decision-invalid']);
  });

  it('without a flag is ignored also where the site lists flags', () => {
    const { decide, counts } = createTestLane({ flags: '*' });
    decide({ flagKey: '' });
    expect(counts).toMatchObject({ seen: 1, ignored: 1 });
  });
});

describe('flags', () => {
  it.each([
    [[], 'checkout', true],
    [['checkout'], 'checkout', true],
    [['search', 'checkout'], 'checkout', true],
    [['search'], 'checkout', false],
    [['check'], 'checkout', false],
    [['checkout_new'], 'checkout', false],
    [['check*'], 'checkout', true],
    [['checkout*'], 'checkout', true],
    [['*'], 'checkout', true],
    [['out*'], 'checkout', false],
    [['checkouts*'], 'checkout', false],
    [['search', 'check*'], 'checkout', true],
  ])('as %j takes %s: %j', (listed, flagKey, isTaken) => {
    const { decide, handOver, events, properties, counts, problems } = createTestLane({ flags: listed });
    decide({ flagKey });
    handOver();
    expect(events).toHaveLength(isTaken ? 1 : 0);
    expect(properties).toHaveLength(isTaken ? 1 : 0);
    expect(counts).toMatchObject({ seen: 1, ignored: isTaken ? 0 : 1 });
    expect(problems).toEqual([]);
  });
});

describe('impressionsOnly', () => {
  it.each([
    [true, false, false],
    [true, true, true],
    [false, false, true],
  ])('as %j takes a decision dispatched or not (%j): %j', (impressionsOnly, dispatched, isTaken) => {
    const { decide, handOver, tracked, counts } = createTestLane({ impressionsOnly });
    decide({ dispatched });
    handOver();
    expect(tracked()).toHaveLength(isTaken ? 1 : 0);
    expect(counts.ignored).toBe(isTaken ? 0 : 1);
  });
});

describe('an identical decision', () => {
  it('is a duplicate, and asks for no hand-over', () => {
    const { decide, handOver, calls, counts, onChange } = createTestLane();
    decide({});
    handOver();
    decide({ at: Date.now() + 5, dispatched: false });
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent']);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(counts).toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
  });

  it('is a duplicate of one that still waits', () => {
    const { decide, handOver, tracked, counts } = createTestLane();
    decide({}, {}, {});
    expect(counts).toMatchObject({ seen: 3, duplicate: 2, waiting: 1 });
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
  });

  it.each([{ userId: 'bob' }, { variationKey: 'control' }, { ruleKey: 'rollout' }, { enabled: false }])(
    'is none with %o',
    (change) => {
      const { decide, handOver, events } = createTestLane();
      decide({}, change);
      handOver();
      expect(events).toHaveLength(2);
    },
  );

  it('is delivered each time where nothing is deduplicated, its property once', () => {
    const { decide, handOver, calls, counts } = createTestLane({ dedupe: 'none' });
    decide({}, {});
    handOver();
    decide({});
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent', 'trackEvent', 'trackEvent']);
    expect(counts).toMatchObject({ seen: 3, sent: 3, duplicate: 0 });
  });

  it('may come again after it was dropped', () => {
    const { decide, handOver, tracked, counts } = createTestLane({ bufferSize: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'a' });
    handOver();
    expect(tracked()).toEqual(['a=treatment']);
    expect(counts).toMatchObject({ seen: 3, sent: 1, dropped: 2, duplicate: 0 });
  });
});

describe('a flag that alternates', () => {
  it('makes each event once, and the user property follows', () => {
    const { decide, handOver, tracked, properties, counts } = createTestLane();
    for (const variationKey of ['A', 'B', 'A', 'B']) {
      decide({ variationKey });
      handOver();
      vi.advanceTimersByTime(1000);
    }
    expect(tracked()).toEqual(['checkout=A', 'checkout=B']);
    expect(properties.map((given) => given['[Optimizely] checkout'])).toEqual(['A', 'B', 'A', 'B']);
    expect(counts).toMatchObject({ seen: 4, sent: 2, duplicate: 2 });
  });

  it('asks for a hand-over of the property alone', () => {
    const { decide, handOver, onChange } = createTestLane();
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    handOver();
    onChange.mockClear();
    decide({ variationKey: 'A' });
    expect(onChange.mock.calls).toEqual([[undefined]]);
  });

  it('has no new property when it is back before the hand-over', () => {
    const { decide, handOver, properties } = createTestLane();
    decide({ variationKey: 'A' });
    handOver();
    decide({ variationKey: 'B' }, { variationKey: 'A' });
    handOver();
    expect(properties).toHaveLength(1);
  });
});

describe('user properties', () => {
  it.each([
    [{ enabled: true, variationKey: 'treatment' }, 'treatment'],
    [{ enabled: true, variationKey: null }, 'on'],
    [{ enabled: false, variationKey: 'treatment' }, 'off'],
    [{ enabled: false, variationKey: null }, 'off'],
  ])('say of %o: %s', (change, value) => {
    const { decide, handOver, properties } = createTestLane();
    decide(change);
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': value }]);
  });

  it('of flags that changed go in one call, and only of those', () => {
    const { decide, handOver, properties } = createTestLane({ propertyName: '{flag}' });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    decide({ flagKey: 'b', variationKey: 'control' });
    handOver();
    expect(properties).toEqual([{ a: 'treatment', b: 'treatment', c: 'treatment' }, { b: 'control' }]);
  });

  it('are told once when another user gets the same variation', () => {
    const { decide, handOver, properties, events } = createTestLane();
    decide({ userId: 'ada' });
    handOver();
    decide({ userId: 'bob' });
    handOver();
    expect(properties).toHaveLength(1);
    expect(events).toHaveLength(2);
  });

  it('are none with an empty name, and events go on', () => {
    const { decide, handOver, calls, problems } = createTestLane({ propertyName: '' });
    decide({});
    handOver();
    expect(calls).toEqual(['trackEvent']);
    expect(problems).toEqual([]);
  });

  it('are all that is told with an empty event name', () => {
    const { decide, handOver, calls, counts } = createTestLane({ eventName: '' });
    decide({}, { variationKey: 'control' });
    handOver();
    expect(calls).toEqual(['setProperties']);
    expect(counts).toMatchObject({ seen: 2, sent: 2 });
  });

  it('have the flag wherever the template says so, as it is', () => {
    const { decide, handOver, properties } = createTestLane({ propertyName: '{flag}-{flag}' });
    decide({ flagKey: '$&' });
    handOver();
    expect(properties).toEqual([{ '$&-$&': 'treatment' }]);
  });

  it.each([
    ['{flag}', 'checkout'],
    ['optimizely_{flag}', 'Checkout-2'],
    ['{flag}', 'A'],
    ['{flag}', 'uids'],
    ['{flag}', 'my_uid'],
    ['{flag}', 'uid-x'],
  ])('named %s for %s keep to the rule', (propertyName, flagKey) => {
    const { decide, handOver, properties, problems } = createTestLane({ propertyName });
    decide({ flagKey });
    handOver();
    expect(problems).toEqual([]);
    expect(properties).toHaveLength(1);
  });

  it.each([
    ['{flag}', '1st'],
    ['{flag}', 'check out'],
    ['{flag}', 'checkout!'],
    ['{flag}', '_checkout'],
    ['[Opt] {flag}', 'checkout'],
    ['[Optimizely]  {flag}', 'checkout'],
  ])('named %s for %s are handed over and told', (propertyName, flagKey) => {
    const { decide, handOver, properties, problems } = createTestLane({ propertyName });
    decide({ flagKey });
    handOver();
    expect(problems).toEqual(['property-name-rule']);
    expect(properties).toHaveLength(1);
  });

  it('may be called __proto__', () => {
    const { decide, handOver, properties } = createTestLane({ propertyName: '{flag}' });
    decide({ flagKey: '__proto__' }, { flagKey: 'constructor' });
    handOver();
    expect(properties.map((given) => Object.entries(given))).toEqual([
      [
        ['__proto__', 'treatment'],
        ['constructor', 'treatment'],
      ],
    ]);
  });

  it('are told again when the destination failed to take them', () => {
    const { decide, handOver, destination, properties } = createTestLane({ propertyName: '{flag}' });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    destination.setProperties.mockImplementationOnce(() => {
      throw new Error('the page’s');
    });
    handOver();
    expect(properties).toEqual([]);
    vi.advanceTimersByTime(1000);
    handOver();
    handOver();
    expect(properties).toEqual([{ a: 'treatment', b: 'treatment' }]);
  });

  it.each([
    [999, [999]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2500, [1000, 1000, 500]],
  ])('of %i flags go in calls of %j', (count, sizes) => {
    const { decide, handOver, properties } = createTestLane({ bufferSize: 9999 });
    decide(...flags(count));
    handOver('one', 'none');
    expect(properties.map((given) => Object.keys(given).length)).toEqual(sizes);
    expect(Object.keys(Object.assign({}, ...properties))).toHaveLength(count);
  });

  it('of any number of flags go in one call where the destination has no limits', () => {
    const { decide, handOver, properties, problems } = createTestLane({ bufferSize: 9999 }, null);
    decide(...flags(2500));
    handOver();
    expect(properties.map((given) => Object.keys(given).length)).toEqual([2500]);
    expect(problems).toEqual([]);
  });

  it('of more flags than the destination takes names are told', () => {
    const { decide, handOver, problems } = createTestLane({}, { propertyNames: 3 });
    decide(...flags(3));
    handOver();
    expect(problems).toEqual([]);
    decide({ flagKey: 'one_more' });
    handOver();
    expect(problems).toEqual(['property-limit']);
  });

  it('have no limit where there are none', () => {
    const { decide, handOver, problems } = createTestLane({ propertyName: '' }, { propertyNames: 3 });
    decide(...flags(4));
    handOver();
    expect(problems).toEqual([]);
  });
});

describe('beforeSend', () => {
  it('sees each event once, and a copy of its decision', () => {
    const beforeSend = vi.fn((event: AnalyticsEvent) => event);
    const { memory, handOver, tracked } = createTestLane({ beforeSend });
    const decision = createDecision();
    memory.take_(decision);
    expect(beforeSend).not.toHaveBeenCalled();
    handOver();
    memory.take_(decision);
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(beforeSend.mock.calls).toEqual([
      [expect.objectContaining({ name: 'Experiment Viewed' }), decision],
    ]);
    expect(beforeSend.mock.calls[0]).not.toContain(decision);
  });

  it('is asked once for a delivery that is made again, and for one that waits', () => {
    const beforeSend = vi.fn((event: AnalyticsEvent) => event);
    const { decide, handOver } = createTestLane({ beforeSend, eventsPerMinute: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver();
    vi.advanceTimersByTime(60_000);
    handOver();
    vi.advanceTimersByTime(60_000);
    handOver('two');
    expect(beforeSend).toHaveBeenCalledTimes(2);
  });

  it('cannot change what is remembered', () => {
    const { decide, handOver, properties, counts } = createTestLane({
      beforeSend(event, decision) {
        Object.assign(decision, { variationKey: 'changed', flagKey: 'changed' });
        return event;
      },
    });
    decide({}, {});
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': 'treatment' }]);
    expect(counts).toMatchObject({ sent: 1, duplicate: 1 });
  });

  it('changes the event, and the user property stays', () => {
    const { decide, handOver, properties, events } = createTestLane({
      beforeSend: ({ properties }) => ({
        name: 'Seen',
        properties: { flag: properties.flag_key, team: 'web' },
      }),
    });
    decide({});
    handOver();
    expect(events).toEqual([{ name: 'Seen', properties: { flag: 'checkout', team: 'web' } }]);
    expect(properties).toEqual([{ '[Optimizely] checkout': 'treatment' }]);
  });

  it('hands over a copy, which the page cannot change any more', () => {
    const page: AnalyticsEvent = { name: 'Seen', properties: { team: 'web' } };
    const { decide, handOver, events } = createTestLane({ beforeSend: () => page });
    decide({});
    handOver();
    page.name = 'changed';
    page.properties.team = 'changed';
    handOver('two');
    expect(events[1]).toEqual({ name: 'Seen', properties: { team: 'web' } });
  });

  it('leaves a decision out altogether with false, and an identical one as well', () => {
    const { decide, handOver, calls, counts, problems } = createTestLane({ beforeSend: () => false });
    decide({});
    handOver();
    decide({});
    handOver();
    expect(calls).toEqual([]);
    expect(counts).toMatchObject({ seen: 2, ignored: 2, duplicate: 0 });
    expect(problems).toEqual([]);
  });

  it('leaves out one flag and not the others', () => {
    const { decide, handOver, properties, tracked } = createTestLane({
      propertyName: '{flag}',
      beforeSend: (event, { flagKey }) => flagKey !== 'b' && event,
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    expect(properties).toEqual([{ a: 'treatment', c: 'treatment' }]);
    expect(tracked()).toEqual(['a=treatment', 'c=treatment']);
  });

  it('leaves out the event alone with an empty name', () => {
    const { decide, handOver, calls, counts } = createTestLane({
      beforeSend: () => ({ name: '', properties: {} }),
    });
    decide({});
    handOver();
    expect(calls).toEqual(['setProperties']);
    expect(counts).toMatchObject({ sent: 1 });
  });

  it('may leave out the properties', () => {
    const { decide, handOver, events, problems } = createTestLane({
      beforeSend: () => ({ name: 'Seen' }) as AnalyticsEvent,
    });
    decide({});
    handOver();
    expect(events).toEqual([{ name: 'Seen', properties: {} }]);
    expect(problems).toEqual([]);
  });

  it.each([[undefined], [null], [true], [0], [''], [{}], [{ name: 7, properties: {} }]])(
    'that returns %j is told, and the event is as it was',
    (returned) => {
      const { decide, handOver, events, properties, problems } = createTestLane({
        beforeSend(event) {
          event.name = 'changed';
          event.properties.flag_key = 'changed';
          return returned as unknown as AnalyticsEvent;
        },
      });
      decide({});
      handOver();
      expect(events).toMatchObject([{ name: 'Experiment Viewed', properties: { flag_key: 'checkout' } }]);
      expect(properties).toHaveLength(1);
      expect(problems).toEqual(['before-send']);
    },
  );

  it('that throws is told, and the event is as it was', () => {
    const beforeSend = vi.fn((event: AnalyticsEvent) => {
      event.properties = {};
      throw new Error('the page’s');
    });
    const { decide, handOver, tracked, counts, problems } = createTestLane({ beforeSend });
    decide({});
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(beforeSend).toHaveBeenCalledTimes(1);
    expect(counts).toMatchObject({ sent: 1 });
    expect(problems).toEqual(['before-send']);
  });
});

describe('renew', () => {
  it('tells the next session what holds once more, and counts it once', () => {
    const { decide, handOver, tracked, properties, counts } = createTestLane({
      propertyName: '{flag}',
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    handOver('one');
    handOver('two');
    expect(tracked()).toEqual(['a=treatment', 'b=treatment', 'a=treatment', 'b=treatment']);
    expect(properties).toEqual([
      { a: 'treatment', b: 'treatment' },
      { a: 'treatment', b: 'treatment' },
    ]);
    expect(counts).toMatchObject({ seen: 2, sent: 2, duplicate: 0, waiting: 0 });
  });

  it('is silent of what no longer holds, which is new when it comes back', () => {
    const { decide, handOver, tracked, events } = createTestLane();
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    handOver('one');
    events.length = 0;
    handOver('two');
    expect(tracked()).toEqual(['checkout=B']);
    decide({ variationKey: 'B' }, { variationKey: 'A' });
    handOver('two');
    expect(tracked()).toEqual(['checkout=B', 'checkout=A']);
  });

  it('repeats what the flag is back at', () => {
    const { decide, memory, handOver } = createTestLane();
    decide({ variationKey: 'A' }, { variationKey: 'B' }, { variationKey: 'A' });
    handOver('one');
    expect(memory.renew_().map(({ decision_ }) => decision_.variationKey)).toEqual(['A']);
  });

  it('does not double what still waits, neither then nor when it is decided again', () => {
    const { decide, memory, handOver, tracked, counts } = createTestLane();
    handOver('one');
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    expect(memory.renew_()).toEqual([]);
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    handOver('two');
    expect(tracked()).toEqual(['checkout=A', 'checkout=B']);
    expect(counts).toMatchObject({ seen: 4, sent: 2, duplicate: 2 });
  });

  it('does not bring back what the site refused', () => {
    const { decide, memory, handOver, calls, properties, counts } = createTestLane({
      beforeSend: () => false,
    });
    decide({});
    handOver('one');
    expect(memory.renew_()).toEqual([]);
    handOver('two');
    expect(calls).toEqual([]);
    expect(properties).toEqual([]);
    expect(counts).toMatchObject({ seen: 1, ignored: 1 });
  });

  it('tells what was lost, which is known from then on', () => {
    const { decide, memory, giveAway, handOver, tracked, counts } = createTestLane({ bufferSize: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    giveAway();
    expect(memory.renew_().map(({ decision_ }) => decision_.flagKey)).toEqual(['a', 'b']);
    decide({ flagKey: 'a' });
    expect(counts).toMatchObject({ seen: 2, dropped: 1, duplicate: 1 });
    handOver('two');
    expect(tracked()).toEqual([]);
  });

  it('brings the properties back where no event is', () => {
    const { decide, handOver, properties } = createTestLane({ eventName: '' });
    decide({});
    handOver('one');
    handOver('two');
    expect(properties).toHaveLength(2);
  });
});

describe('the memory of a page', () => {
  it('holds about 5000 flags, and forgets the one that came first', () => {
    const { decide, counts } = createTestLane({ bufferSize: 99_999 });
    decide(...flags(4900), { flagKey: 'flag_0' });
    expect(counts.duplicate).toBe(1);
    decide(...flags(200, 4900), { flagKey: 'flag_5099' }, { flagKey: 'flag_200' });
    expect(counts.duplicate).toBe(3);
    decide({ flagKey: 'flag_0' });
    expect(counts.duplicate).toBe(3);
  });

  it('holds about 50 decisions of a flag, and forgets the one that has not held for longest', () => {
    const { decide, counts } = createTestLane({ bufferSize: 99_999 });
    const variations = Array.from({ length: 65 }, (_, index) => ({ variationKey: `v${index}` }));
    decide(...variations.slice(0, 45), { variationKey: 'v0' });
    expect(counts.duplicate).toBe(1);
    // Of these 65, those that have not held for longest are forgotten: not `v0`, which did a while ago.
    decide(...variations.slice(45), { variationKey: 'v0' }, { variationKey: 'v30' });
    expect(counts.duplicate).toBe(3);
    decide({ variationKey: 'v1' });
    expect(counts.duplicate).toBe(3);
  });
});

describe('a recovered decision', () => {
  it('does not hold where a newer one does, and is delivered', () => {
    const { memory, handOver, tracked, properties, counts } = createTestLane();
    memory.take_(createDecision({ variationKey: 'new', at: 2000 }));
    memory.take_(createDecision({ variationKey: 'old', at: 1000 }), true);
    handOver();
    expect(tracked()).toEqual(['checkout=old', 'checkout=new']);
    expect(properties).toEqual([{ '[Optimizely] checkout': 'new' }]);
    expect(counts).toMatchObject({ recovered: 1 });
  });
});

describe('a decision that is lost again and again', () => {
  it('takes one place in the memory, and pushes nothing out of it', () => {
    const { decide, giveAway, handOver, counts } = createTestLane();
    decide({ userId: 'grace' });
    handOver();
    for (let time = 0; time < 60; time++) {
      decide({});
      giveAway();
    }
    decide({ userId: 'grace' });
    expect(counts).toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
  });
});

describe('a recovered decision that is not older', () => {
  it.each([[1000], [2000]])('holds, made %i ms later', (at) => {
    const { memory, handOver, properties } = createTestLane();
    memory.take_(createDecision({ variationKey: 'first', at: 1000 }), true);
    memory.take_(createDecision({ variationKey: 'second', at }), true);
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': 'second' }]);
  });
});
