import { describe, expect, it } from 'vitest';
import { readDecision, readJson } from './read-decision.ts';

const NONE = {
  userId: '',
  flagKey: '',
  variationKey: null,
  ruleKey: null,
  enabled: false,
  dispatched: false,
  experimentId: null,
  variationId: null,
  at: 7,
};

describe('readDecision', () => {
  it('reads a notification of SDK 6', () => {
    const info = {
      flagKey: 'checkout',
      enabled: true,
      variationKey: 'treatment',
      ruleKey: 'checkout_test',
      variables: { colour: 'green' },
      reasons: [],
      decisionEventDispatched: true,
      experimentId: '1',
      variationId: '2',
    };
    expect(readDecision(info, 'ada', 7)).toEqual({
      userId: 'ada',
      flagKey: 'checkout',
      variationKey: 'treatment',
      ruleKey: 'checkout_test',
      enabled: true,
      dispatched: true,
      experimentId: '1',
      variationId: '2',
      at: 7,
    });
  });

  it('reads missing members as empty', () => {
    expect(readDecision({}, undefined, 7)).toEqual(NONE);
  });

  it.each([[''], [undefined], [null], [{}]])('reads %j as no key and no id', (nothing) => {
    const info = { enabled: false, flagKey: 'a', variationKey: nothing, ruleKey: nothing };
    expect(readDecision({ ...info, experimentId: nothing, variationId: nothing }, nothing, 7)).toEqual({
      ...NONE,
      flagKey: 'a',
    });
  });

  // PHP’s `JSON_NUMERIC_CHECK` writes keys and ids like this.
  it('reads a number as its text', () => {
    const info = { enabled: true, flagKey: 7, variationKey: 1, ruleKey: 2, experimentId: 3, variationId: 4 };
    expect(readDecision(info, 42, 7)).toEqual({
      ...NONE,
      userId: '42',
      flagKey: '7',
      variationKey: '1',
      ruleKey: '2',
      enabled: true,
      experimentId: '3',
      variationId: '4',
    });
  });

  it.each([[''], [undefined], [null], [{}], [true], [() => 'a']])(
    'reads no flag from the key %j',
    (flagKey) => {
      expect(readDecision({ enabled: true, flagKey }, 'ada', 7).flagKey).toBe('');
    },
  );

  it.each([[undefined], [null], ['true'], [1]])('reads no flag if enabled is %j', (enabled) => {
    expect(readDecision({ enabled, flagKey: 'a' }, 'ada', 7)).toMatchObject({ flagKey: '', enabled: false });
  });

  it.each([[undefined], [false], ['true'], [1]])('reads %j as not dispatched', (decisionEventDispatched) => {
    expect(readDecision({ decisionEventDispatched }, 'ada', 7).dispatched).toBe(false);
  });
});

describe('readJson', () => {
  const read = {
    userId: 'ada',
    flagKey: 'checkout',
    variationKey: 'treatment',
    ruleKey: 'checkout_test',
    enabled: true,
    dispatched: true,
    experimentId: null,
    variationId: null,
    at: 7,
  };

  it.each([
    { flagKey: 'checkout', variationKey: 'treatment', ruleKey: 'checkout_test', enabled: true },
    { flag_key: 'checkout', variation_key: 'treatment', rule_key: 'checkout_test', enabled: true },
  ])('reads %o', (json) => {
    expect(readJson(json, 'ada', 7)).toEqual(read);
  });

  it('reads the user from the decision if no other is given', () => {
    const json = { flag_key: 'a', enabled: true, user_id: 'bob' };
    expect(readJson(json, undefined, 7).userId).toBe('bob');
    expect(readJson(json, '', 7).userId).toBe('bob');
    expect(readJson(json, 'ada', 7).userId).toBe('ada');
  });

  it.each([
    [{ decision_event_dispatched: false }, false],
    [{ decisionEventDispatched: false }, false],
    [{ decision_event_dispatched: true }, true],
    [{}, true],
  ])('reads dispatched from %j as %j', (json, dispatched) => {
    expect(readJson(json, '', 7).dispatched).toBe(dispatched);
  });

  it.each([true, false])('reads its own output, with dispatched %j', (dispatched) => {
    const decision = { ...read, dispatched, experimentId: '1', variationId: '2' };
    expect(readJson(JSON.parse(JSON.stringify(decision)), '', 7)).toEqual(decision);
  });

  it.each([[null], [undefined], ['text'], [7], [[]], [true]])('reads no flag from %j', (json) => {
    expect(readJson(json, undefined, 7)).toMatchObject({ flagKey: '', at: 7 });
  });

  it('reads no flag from an object that throws', () => {
    const json = {
      flagKey: 'checkout',
      enabled: true,
      get ruleKey(): string {
        throw new Error('the page’s');
      },
    };
    expect(readJson(json, 'ada', 7)).toEqual(NONE);
  });
});

describe('the user of a decision written as JSON', () => {
  const decision = { flagKey: 'a', enabled: true };

  it.each([
    ['its context', { userContext: { userId: 'ada' } }, undefined, 'ada'],
    [
      'its context’s getUserId()',
      { user_context: { userId: 'x', getUserId: () => 'ada' } },
      undefined,
      'ada',
    ],
    ['its user_id before its context', { user_id: 'ada', userContext: { userId: 'x' } }, undefined, 'ada'],
    ['the caller’s user id before all others', { userContext: { userId: 'x' } }, 'ada', 'ada'],
    ['its context’s user_id, as in Python and Ruby', { user_context: { user_id: 'ada' } }, undefined, 'ada'],
    ['its context’s id, as in React', { userContext: { id: 'ada', attributes: {} } }, undefined, 'ada'],
    ['a number in its context', { userContext: { userId: 42 } }, undefined, '42'],
    ['its own number', { user_id: 42 }, undefined, '42'],
    ['the caller’s number', {}, 42, '42'],
    ['not the id of the decision', { id: 'decision-1' }, undefined, ''],
    ['nobody', {}, undefined, ''],
  ])('is %s', (_, more, userId, expected) => {
    expect(readJson({ ...decision, ...more }, userId, 0).userId).toBe(expected);
  });
});
