import { expect, it } from 'vitest';
import { measureDecisionTimesInNode } from './decision-time-in-node.mjs';

/**
 * The most that the bridge may add to a notification, as a multiple of what the recipe adds in the same round. A busy machine
 * only adds time, so the lower quartile of the rounds is compared. `RESULTS.md` has those of a quiet machine.
 */
const MOST: Record<string, number> = { repeated: 0.75, 'two users': 1, new: 1.3 };

it('repeated decisions cost less than with the recipe, and new ones at most a third more', async () => {
  const results = await measureDecisionTimesInNode('6.6.1', { rounds: 30, isWhole: false });
  expect(results.map(({ kind }) => kind)).toEqual(Object.keys(MOST));
  for (const { kind, ratio } of results) expect(ratio.low, kind).toBeLessThan(MOST[kind] as number);
});
