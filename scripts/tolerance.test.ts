import { expect, it } from 'vitest';
import { withinTolerance } from './tolerance.mjs';

it.each([
  ['4,847 bytes with brotli', '4,980 bytes with brotli'],
  ['| a | 999 |\n| --- | ---: |', '| a   | 1,001 |\n| ----- | ---: |'],
  ['1 to 60, in 3.97 ms', '1 to 61, in 4.02 ms'],
  ['| SDK 4.10.1 | 13 of 13 |', '| SDK 4.10.1 | 13 of 13 |'],
])('%j is accepted for %j', (written, made) => {
  const [expected, similar] = withinTolerance(written, made);
  expect(similar).toBe(expected);
});

it.each([
  ['4,847 bytes', '5,000 bytes'],
  ['500 of 500', '500 of 480'],
  ['40 events', '38 events'],
  ['0 lost', '1 lost'],
  ['100 bytes', '100 characters'],
  ['`page`', '`none`'],
  ['1 and 2', '1 and 2 and 3'],
])('%j is not accepted for %j', (written, made) => {
  const [expected, similar] = withinTolerance(written, made);
  expect(similar).not.toBe(expected);
});
