import { expect, it } from 'vitest';
import { sizeComment } from './size-comment.mjs';

const of = (brotli: number) => ({
  files: { 'optimizely-fullstory.min.js': { bytes: { brotli, gzip: 8000, min: 20_000 } } },
});

it('tells each size, and what changed', () => {
  expect(sizeComment(of(7000), of(6900))).toContain('| 7,000 (+100) |');
  expect(sizeComment(of(6900), of(7000))).toContain('| 6,900 (−100) |');
  expect(sizeComment(of(7000), of(7000))).toMatch(/\| +7,000 \|/);
});

it('tells the sizes alone where there was nothing', () => {
  const comment = sizeComment(of(7000), {});
  expect(comment).toContain('`optimizely-fullstory.min.js`');
  expect(comment).not.toMatch(/[+−]/);
});
