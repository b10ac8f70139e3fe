import { expect, it } from 'vitest';
import { insertId } from './insert-id.ts';

it('is the same for the same parts, and different for others that are alike', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) =>
    insertId([1_800_000_000_000, 'visitor-1', 'device-1', false, `flag_${index}\non\nrule\ntrue\nada`]),
  );
  expect(new Set(ids).size).toBe(ids.length);
  // Each half alone distinguishes nearly all of them.
  for (const half of [0, 1]) {
    expect(new Set(ids.map((id) => id.split('-')[half])).size).toBeGreaterThan(19_900);
  }
  expect(insertId(['a', 'b'])).toBe(insertId(['a', 'b']));
  expect(insertId(['a', 'b'])).not.toBe(insertId(['b', 'a']));
});
