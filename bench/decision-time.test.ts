import { expect, it } from 'vitest';
import { measureDecisionTimesInNode } from './decision-time-in-node.mjs';

/**
 * The limit for the bridge's cost of a notification, as a multiple of the recipe's in the same round. A busy machine only adds
 * time, so the fastest quarter of the rounds counts, and the limits are above the bounds in `RESULTS.md`.
 */
const MOST: Record<string, number> = { repeated: 0.75, 'two users': 1, new: 1.3 };

it('a decision costs no more than with the recipe, within noise', async () => {
  const results = await measureDecisionTimesInNode('6.6.1', { rounds: 30, isWhole: false });
  expect(results.map(({ kind }) => kind)).toEqual(Object.keys(MOST));
  for (const { kind, ratio } of results) expect(ratio.low, kind).toBeLessThan(MOST[kind] as number);
});
