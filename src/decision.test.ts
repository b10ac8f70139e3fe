import { describe, expect, it } from 'vitest';
import { createDecision } from '../test/lane.ts';
import { decisionKey, isSameDecision } from './decision.ts';

const decision = createDecision();

describe.each([
  { userId: 'bob' },
  { variationKey: 'control' },
  { variationKey: null },
  { ruleKey: 'rollout' },
  { ruleKey: null },
  { enabled: false },
])('a decision with %o', (change) => {
  it('is a different decision', () => {
    expect(isSameDecision(decision, createDecision(change))).toBe(false);
    expect(decisionKey(createDecision(change))).not.toBe(decisionKey(decision));
  });
});

describe.each([{ at: 1 }, { dispatched: false }, { experimentId: null }, { variationId: '7' }])(
  'a decision with %o',
  (change) => {
    it('is the same', () => {
      expect(isSameDecision(decision, createDecision(change))).toBe(true);
      expect(decisionKey(createDecision(change))).toBe(decisionKey(decision));
    });
  },
);

describe('decisionKey', () => {
  it('distinguishes flags', () => {
    expect(decisionKey(createDecision({ flagKey: 'search' }))).not.toBe(decisionKey(decision));
  });

  it('is unambiguous for keys that contain separators', () => {
    const one = createDecision({ userId: 'true\nada', ruleKey: null, flagKey: 'c' });
    const other = createDecision({ userId: 'ada', ruleKey: null, flagKey: 'c' });
    expect(decisionKey(one)).not.toBe(decisionKey(other));
  });

  it('distinguishes no variation from a variation named null', () => {
    expect(decisionKey(createDecision({ variationKey: 'null' }))).not.toBe(
      decisionKey(createDecision({ variationKey: null })),
    );
  });
});
