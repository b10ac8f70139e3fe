import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { bytesOf } from './bytes.mjs';

/** Figures in documents are made when a version is made: a change in between may move them a little. */
const TOLERANCE = 0.03;

const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');
const readme = await read('README.md');

it('the README states about the size that the script has', async () => {
  const { min, gzip, brotli } = bytesOf(await read('dist/optimizely-fullstory.min.js'));
  const [, sentence = ''] = /<!-- size -->(.*?)<!-- \/size -->/s.exec(readme) ?? [];
  const stated = (sentence.match(/\d[\d,]*/g) ?? []).map((figure) => Number(figure.replace(/,/g, '')));
  expect(stated).toHaveLength(3);
  [brotli, gzip, min].forEach((bytes, index) => {
    const ratio = (stated[index] as number) / bytes;
    expect(Math.abs(ratio - 1), `${bytes} bytes: run \`npm run docs\``).toBeLessThan(TOLERANCE);
  });
});

it('the README begins with what the package says of itself', async () => {
  const { description } = JSON.parse(await read('package.json')) as { description: string };
  const beginning = readme.replace(/<!--.*?-->/g, '').replace(/\s+/g, ' ');
  const [, title, sentence] = /^# (\S+) (.*)$/.exec(beginning) ?? [];
  expect(title).toBe('optimizely-fullstory');
  expect(sentence?.startsWith(description.replace(/\.$/, ''))).toBe(true);
});
