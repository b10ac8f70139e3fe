import { expect, it } from 'vitest';
import { sizeComment } from './size-comment.mjs';

const of = (brotli: number) => ({
  files: { 'optimizely-fullstory.min.js': { bytes: { brotli, gzip: 8000, min: 20_000 } } },
});

it('has each size and its change', () => {
  expect(sizeComment(of(7000), of(6900))).toContain('| 7,000 (+100) |');
  expect(sizeComment(of(6900), of(7000))).toContain('| 6,900 (−100) |');
  expect(sizeComment(of(7000), of(7000))).toMatch(/\| +7,000 \|/);
});

it('has only the sizes if there are none to compare', () => {
  const comment = sizeComment(of(7000), {});
  expect(comment).toContain('`optimizely-fullstory.min.js`');
  expect(comment).not.toMatch(/[+−]/);
});
