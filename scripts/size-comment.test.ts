import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PAGE_SCRIPTS } from '../install/scripts.ts';
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

it('has every script that a page may load', async () => {
  const integrity = JSON.parse(await readFile(new URL('../dist/integrity.json', import.meta.url), 'utf8'));
  const comment = sizeComment(integrity, {});
  for (const name of [...Object.values(PAGE_SCRIPTS).map(({ file }) => file), 'stub.min.js']) {
    expect(comment).toContain(`\`${name}\``);
  }
});
