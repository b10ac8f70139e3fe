import { describe, expect, it } from 'vitest';
import type { Decision } from '../decision.ts';
import { readImpressions } from './read-impressions.ts';

/** The impressions of a batch. */
function impressionsOf(notification: unknown) {
  const impressions: { decision: Decision; uuid: string }[] = [];
  readImpressions(notification, (decision, uuid) => void impressions.push({ decision, uuid }));
  return impressions;
}

/** The decisions of a batch's impressions. */
function read(notification: unknown) {
  return impressionsOf(notification).map(({ decision }) => decision);
}

function impression(flag_key: string, more: object = {}) {
  return {
    campaign_id: '1',
    experiment_id: '2',
    variation_id: '3',
    metadata: {
      flag_key,
      rule_key: 'rule',
      rule_type: 'experiment',
      variation_key: 'on',
      enabled: true,
      ...more,
    },
  };
}

/** A notification with one visitor. */
function batch(...snapshots: object[]) {
  return { params: { visitors: [{ visitor_id: 'ada', snapshots }] } };
}

describe('readImpressions', () => {
  it('reads a decision with its user, ids and time', () => {
    const notification = batch({ decisions: [impression('a')], events: [{ timestamp: 7 }] });
    expect(read(notification)).toEqual([
      {
        userId: 'ada',
        flagKey: 'a',
        variationKey: 'on',
        ruleKey: 'rule',
        enabled: true,
        dispatched: true,
        experimentId: '2',
        variationId: '3',
        at: 7,
      },
    ]);
  });

  it('identifies each impression by its uuid', () => {
    const snapshot = (uuid: string) => ({ decisions: [impression('a')], events: [{ timestamp: 7, uuid }] });
    expect(impressionsOf(batch(snapshot('x'), snapshot('y'))).map(({ uuid }) => uuid)).toEqual(['x', 'y']);
  });

  it('reads no key for a flag that is off or has no rule', () => {
    const decision = impression('a', { enabled: false, rule_key: '', variation_key: '' });
    expect(read(batch({ decisions: [decision], events: [{ timestamp: 7 }] }))).toMatchObject([
      { flagKey: 'a', enabled: false, ruleKey: null, variationKey: null },
    ]);
  });

  it('reads all visitors and snapshots in order', () => {
    const snapshot = (flag: string) => ({ decisions: [impression(flag)], events: [{ timestamp: 7 }] });
    const notification = {
      params: {
        visitors: [
          { visitor_id: 'ada', snapshots: [snapshot('a'), snapshot('b')] },
          { visitor_id: 'bob', snapshots: [snapshot('c')] },
        ],
      },
    };
    expect(read(notification).map(({ userId, flagKey }) => userId + ' ' + flagKey)).toEqual([
      'ada a',
      'ada b',
      'bob c',
    ]);
  });

  it('gives all decisions of a snapshot the time of its event', () => {
    const decisions = [impression('a'), impression('b')];
    const found = read(batch({ decisions, events: [{ timestamp: 7 }] }));
    expect(found.map(({ flagKey, at }) => [flagKey, at])).toEqual([
      ['a', 7],
      ['b', 7],
    ]);
  });

  it('skips conversions', () => {
    const conversion = { events: [{ timestamp: 7, key: 'bought' }] };
    const view = { decisions: [impression('a')], events: [{ timestamp: 8 }] };
    expect(read(batch(conversion, view)).map(({ flagKey }) => flagKey)).toEqual(['a']);
  });

  it('reads a legacy impression without a flag as no decision', () => {
    const decision = { campaign_id: '1', experiment_id: '2', variation_id: '3' };
    expect(read(batch({ decisions: [decision], events: [{ timestamp: 7 }] }))).toMatchObject([
      { flagKey: '' },
    ]);
  });

  it.each([[undefined], [{}], [{ params: {} }], [batch({ decisions: [impression('a')], events: [] })]])(
    'throws for another format, as %j',
    (notification) => {
      expect(() => read(notification)).toThrow(TypeError);
    },
  );
});
