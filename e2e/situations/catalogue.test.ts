import { expect, test } from 'vitest';
import { AMPLITUDE_SITUATIONS } from './amplitude.ts';
import { isMeasured, SITUATIONS } from './catalogue.ts';

test('ids and names of scenarios are unique', () => {
  const ids = SITUATIONS.map(({ id }) => id);
  const names = SITUATIONS.filter(isMeasured).flatMap(({ fidelity }) => fidelity.map(({ name }) => name));
  for (const all of [ids, names]) expect(all).toEqual([...new Set(all)]);
});

test('the situations of Amplitude’s fidelity run are in the catalogue', () => {
  const ids = SITUATIONS.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(AMPLITUDE_SITUATIONS.map(({ id }) => id)));
});
