import { expect, test } from 'vitest';
import { isMeasured, SITUATIONS } from './catalogue.ts';

test('ids and names of scenarios are unique', () => {
  const ids = SITUATIONS.map(({ id }) => id);
  const names = SITUATIONS.filter(isMeasured).flatMap(({ fidelity }) => fidelity.map(({ name }) => name));
  for (const all of [ids, names]) expect(all).toEqual([...new Set(all)]);
});
