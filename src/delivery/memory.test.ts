import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDecision, createTestLane, flags } from '../../test/lane.ts';
import { KEPT, RECOVERED } from '../decision.ts';
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

  it('omits from its event what Optimizely does not name', () => {
    const { decide, handOver, events } = createTestLane({
      include: ['user_id', 'experiment_id', 'variation_id'],
    });
    // A decision of a server may have no user.
    decide({
      userId: '',
      variationKey: null,
      ruleKey: null,
      experimentId: null,
      variationId: null,
      enabled: false,
    });
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

  it('is not recovered if it may have been heard, and is already known', () => {
    const { memory, counts, handOver, tracked } = createTestLane({ dedupe: 'none' });
    memory.take_(createDecision());
    memory.take_(createDecision(), RECOVERED, true);
    memory.take_(createDecision({ variationKey: 'other' }), RECOVERED, true);
    memory.take_(createDecision(), RECOVERED);
    handOver();
    expect(counts).toMatchObject({ seen: 3, recovered: 2, sent: 3 });
    expect(tracked()).toHaveLength(3);
  });

  it('counts as recovered if it was made before the bridge listened, and is reported', () => {
    const { memory, counts, handOver, tracked, problems } = createTestLane();
    memory.take_(createDecision(), RECOVERED);
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
    expect(counts).toMatchObject({ seen: 1, sent: 1, recovered: 1 });
    expect(problems).toEqual(['client-late']);
  });

  it('without a flag is ignored and reported', () => {
    const { decide, handOver, calls, counts, onChange, problems } = createTestLane();
    decide({ flagKey: '' });
    handOver();
    expect(calls).toEqual([]);
    expect(onChange).not.toHaveBeenCalled();
    expect(counts).toMatchObject({ seen: 1, ignored: 1 });
    expect(problems).toEqual(['decision-invalid']);
  });

  it('without a flag is ignored also if the site lists flags', () => {
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
  ])('set to %j accepts %s: %j', (listed, flagKey, isTaken) => {
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
  ])('set to %j with a dispatched decision (%j): accepted %j', (impressionsOnly, dispatched, isTaken) => {
    const { decide, handOver, tracked, counts } = createTestLane({ impressionsOnly });
    decide({ dispatched });
    handOver();
    expect(tracked()).toHaveLength(isTaken ? 1 : 0);
    expect(counts.ignored).toBe(isTaken ? 0 : 1);
  });
});

describe('an identical decision', () => {
  it('is a duplicate, and triggers no hand-over', () => {
    const { decide, handOver, calls, counts, onChange } = createTestLane();
    decide({});
    handOver();
    decide({ at: Date.now() + 5, dispatched: false });
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent']);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(counts).toMatchObject({ seen: 2, sent: 1, duplicate: 1 });
  });

  it('is a duplicate also while the first one waits', () => {
    const { decide, handOver, tracked, counts } = createTestLane();
    decide({}, {}, {});
    expect(counts).toMatchObject({ seen: 3, duplicate: 2, waiting: 1 });
    handOver();
    expect(tracked()).toEqual(['checkout=treatment']);
  });

  it.each([{ userId: 'bob' }, { variationKey: 'control' }, { ruleKey: 'rollout' }, { enabled: false }])(
    'is not a duplicate with other %o',
    (change) => {
      const { decide, handOver, events } = createTestLane();
      decide({}, change);
      handOver();
      expect(events).toHaveLength(2);
    },
  );

  it('is delivered each time without dedupe, and its property once', () => {
    const { decide, handOver, calls, counts } = createTestLane({ dedupe: 'none' });
    decide({}, {});
    handOver();
    decide({});
    handOver();
    expect(calls).toEqual(['setProperties', 'trackEvent', 'trackEvent', 'trackEvent']);
    expect(counts).toMatchObject({ seen: 3, sent: 3, duplicate: 0 });
  });

  it('may be delivered again after it was dropped', () => {
    const { decide, handOver, tracked, counts } = createTestLane({ bufferSize: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'a' });
    handOver();
    expect(tracked()).toEqual(['a=treatment']);
    expect(counts).toMatchObject({ seen: 3, sent: 1, dropped: 2, duplicate: 0 });
  });
});

describe('a flag that alternates', () => {
  it('sends each event once, and updates the user property', () => {
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

  it('triggers a hand-over of the property only', () => {
    const { decide, handOver, onChange } = createTestLane();
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    handOver();
    onChange.mockClear();
    decide({ variationKey: 'A' });
    expect(onChange.mock.calls.map(([delivery]) => delivery)).toEqual([undefined]);
  });

  it('sets no property if it is back before the hand-over', () => {
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
  ])('of %o: %s', (change, value) => {
    const { decide, handOver, properties } = createTestLane();
    decide(change);
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': value }]);
  });

  it('of all changed flags go in one call, without the others', () => {
    const { decide, handOver, properties } = createTestLane({ propertyName: '{flag}' });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    decide({ flagKey: 'b', variationKey: 'control' });
    handOver();
    expect(properties).toEqual([{ a: 'treatment', b: 'treatment', c: 'treatment' }, { b: 'control' }]);
  });

  it('are sent once if another user gets the same variation', () => {
    const { decide, handOver, properties, events } = createTestLane();
    decide({ userId: 'ada' });
    handOver();
    decide({ userId: 'bob' });
    handOver();
    expect(properties).toHaveLength(1);
    expect(events).toHaveLength(2);
  });

  it('are not sent with an empty name, and events go on', () => {
    const { decide, handOver, calls, problems } = createTestLane({ propertyName: '' });
    decide({});
    handOver();
    expect(calls).toEqual(['trackEvent']);
    expect(problems).toEqual([]);
  });

  it('are sent alone with an empty event name', () => {
    const { decide, handOver, calls, counts } = createTestLane({ eventName: '' });
    decide({}, { variationKey: 'control' });
    handOver();
    expect(calls).toEqual(['setProperties']);
    expect(counts).toMatchObject({ seen: 2, sent: 2 });
  });

  it('have the flag’s key in each place of the template, unchanged', () => {
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
  ])('named %s for %s are within the rule', (propertyName, flagKey) => {
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
  ])('named %s for %s are sent and reported', (propertyName, flagKey) => {
    const { decide, handOver, properties, problems } = createTestLane({ propertyName });
    decide({ flagKey });
    handOver();
    expect(problems).toEqual(['property-name-rule']);
    expect(properties).toHaveLength(1);
  });

  it('may be named __proto__', () => {
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

  it('are sent again if the destination failed to take them', () => {
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

  it('of any number of flags go in one turn if the destination has no limits', () => {
    const { decide, handOver, properties, problems } = createTestLane({ bufferSize: 9999 }, null);
    decide(...flags(2500));
    handOver();
    expect(properties.map((given) => Object.keys(given).length)).toEqual([1000, 1000, 500]);
    expect(problems).toEqual([]);
  });

  it('of more flags than the destination has names are reported', () => {
    const { decide, handOver, problems } = createTestLane({}, { propertyNames: 3 });
    decide(...flags(3));
    handOver();
    expect(problems).toEqual([]);
    decide({ flagKey: 'one_more' });
    handOver();
    expect(problems).toEqual(['property-limit']);
  });

  it('have no limit if there are no user properties', () => {
    const { decide, handOver, problems } = createTestLane({ propertyName: '' }, { propertyNames: 3 });
    decide(...flags(4));
    handOver();
    expect(problems).toEqual([]);
  });
});

describe('beforeSend', () => {
  it('gets each event once, with a copy of its decision', () => {
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

  it('is called once for a delivery that is retried, and for one that waits', () => {
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

  it('cannot change the memory', () => {
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

  it('changes the event, but not the user property', () => {
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

  it('returns an event that is copied, so later changes have no effect', () => {
    const page: AnalyticsEvent = { name: 'Seen', properties: { team: 'web' } };
    const { decide, handOver, events } = createTestLane({ beforeSend: () => page });
    decide({});
    handOver();
    page.name = 'changed';
    page.properties.team = 'changed';
    handOver('two');
    expect(events[1]).toEqual({ name: 'Seen', properties: { team: 'web' } });
  });

  it('leaves out a decision and identical ones if it returns false', () => {
    const { decide, handOver, calls, counts, problems } = createTestLane({ beforeSend: () => false });
    decide({});
    handOver();
    decide({});
    handOver();
    expect(calls).toEqual([]);
    expect(counts).toMatchObject({ seen: 2, ignored: 2, duplicate: 0 });
    expect(problems).toEqual([]);
  });

  it('can leave out one flag only', () => {
    const { decide, handOver, properties, tracked } = createTestLane({
      propertyName: '{flag}',
      beforeSend: (event, { flagKey }) => flagKey !== 'b' && event,
    });
    decide({ flagKey: 'a' }, { flagKey: 'b' }, { flagKey: 'c' });
    handOver();
    expect(properties).toEqual([{ a: 'treatment', c: 'treatment' }]);
    expect(tracked()).toEqual(['a=treatment', 'c=treatment']);
  });

  it('leaves out only the event if its name is empty', () => {
    const { decide, handOver, calls, counts } = createTestLane({
      beforeSend: () => ({ name: '', properties: {} }),
    });
    decide({});
    handOver();
    expect(calls).toEqual(['setProperties']);
    expect(counts).toMatchObject({ sent: 1 });
  });

  it('may return an event without properties', () => {
    const { decide, handOver, events, problems } = createTestLane({
      beforeSend: () => ({ name: 'Seen' }) as AnalyticsEvent,
    });
    decide({});
    handOver();
    expect(events).toEqual([{ name: 'Seen', properties: {} }]);
    expect(problems).toEqual([]);
  });

  it.each([[undefined], [null], [true], [0], [''], [{}], [{ name: 7, properties: {} }]])(
    'that returns %j is reported, and the event stays unchanged',
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

  it('that throws is reported, and the event stays unchanged', () => {
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
  it('sends current decisions to the next session, and counts them once', () => {
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

  it('does not send an outdated decision, which is new when it comes back', () => {
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

  it('sends the decision to which the flag has returned', () => {
    const { decide, memory, handOver } = createTestLane();
    decide({ variationKey: 'A' }, { variationKey: 'B' }, { variationKey: 'A' });
    handOver('one');
    expect(memory.renew_().map(({ decision_ }) => decision_.variationKey)).toEqual(['A']);
  });

  it('does not double waiting decisions, also if they are made again', () => {
    const { decide, memory, handOver, tracked, counts } = createTestLane();
    handOver('one');
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    expect(memory.renew_()).toEqual([]);
    decide({ variationKey: 'A' }, { variationKey: 'B' });
    handOver('two');
    expect(tracked()).toEqual(['checkout=A', 'checkout=B']);
    expect(counts).toMatchObject({ seen: 4, sent: 2, duplicate: 2 });
  });

  it('does not send what the site left out', () => {
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

  it('sends dropped decisions, which are known from then on', () => {
    const { decide, memory, giveAway, handOver, tracked, counts } = createTestLane({ bufferSize: 1 });
    decide({ flagKey: 'a' }, { flagKey: 'b' });
    giveAway();
    expect(memory.renew_().map(({ decision_ }) => decision_.flagKey)).toEqual(['a', 'b']);
    decide({ flagKey: 'a' });
    expect(counts).toMatchObject({ seen: 2, dropped: 1, duplicate: 1 });
    handOver('two');
    expect(tracked()).toEqual([]);
  });

  it('sends properties again even without events', () => {
    const { decide, handOver, properties } = createTestLane({ eventName: '' });
    decide({});
    handOver('one');
    handOver('two');
    expect(properties).toHaveLength(2);
  });
});

describe('the memory of a page', () => {
  it('holds about 5000 flags, and forgets the oldest', () => {
    const { decide, counts } = createTestLane({ bufferSize: 90_000 });
    decide(...flags(4900), { flagKey: 'flag_0' });
    expect(counts.duplicate).toBe(1);
    decide(...flags(200, 4900), { flagKey: 'flag_5099' }, { flagKey: 'flag_200' });
    expect(counts.duplicate).toBe(3);
    decide({ flagKey: 'flag_0' });
    expect(counts.duplicate).toBe(3);
  });

  it('holds about 50 decisions per flag, and forgets the least recent', () => {
    const { decide, counts } = createTestLane({ bufferSize: 90_000 });
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
  it('is delivered, but does not replace a newer decision', () => {
    const { memory, handOver, tracked, properties, counts } = createTestLane();
    memory.take_(createDecision({ variationKey: 'new', at: 2000 }));
    memory.take_(createDecision({ variationKey: 'old', at: 1000 }), RECOVERED);
    handOver();
    expect(tracked()).toEqual(['checkout=old', 'checkout=new']);
    expect(properties).toEqual([{ '[Optimizely] checkout': 'new' }]);
    expect(counts).toMatchObject({ recovered: 1 });
  });

  it('does not replace a newer decision that an earlier page had made too', () => {
    const { memory, handOver, properties } = createTestLane();
    memory.take_(createDecision({ variationKey: 'new', at: 3000 }));
    memory.take_(createDecision({ variationKey: 'new', at: 1000 }), KEPT);
    memory.take_(createDecision({ variationKey: 'old', at: 2000 }), RECOVERED);
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': 'new' }]);
  });
});

describe('a decision that is dropped again and again', () => {
  it('takes one entry of the memory, and displaces no other', () => {
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
  it.each([[1000], [2000]])('is the current one, made %i ms later', (at) => {
    const { memory, handOver, properties } = createTestLane();
    memory.take_(createDecision({ variationKey: 'first', at: 1000 }), RECOVERED);
    memory.take_(createDecision({ variationKey: 'second', at }), RECOVERED);
    handOver();
    expect(properties).toEqual([{ '[Optimizely] checkout': 'second' }]);
  });
});
