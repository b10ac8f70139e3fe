import { readdir, readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';

const DOCS = new URL('../docs/', import.meta.url);
/** Bytes of a picture: a page of the documents loads with all of them. */
const MOST = 60_000;

async function picturesOf(document: string) {
  const text = await readFile(new URL(document, DOCS), 'utf8');
  return [...text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, alt = '', path = '']) => ({ alt, path }));
}

test('each step for Tag Manager has a picture, small and in words as well', async () => {
  const pictures = await picturesOf('tag-manager.md');
  expect(pictures.length).toBeGreaterThan(3);
  for (const { alt, path } of pictures) {
    expect([path, alt.split(' ').length > 10]).toEqual([path, true]);
    expect((await stat(new URL(path, DOCS))).size).toBeLessThan(MOST);
  }
});

test('every picture of Tag Manager is in its document', async () => {
  const shown = (await picturesOf('tag-manager.md')).map(({ path }) => path);
  const made = (await readdir(new URL('images/', DOCS))).filter((name) => name.startsWith('tag-manager-'));
  expect(made.map((name) => `images/${name}`).sort()).toEqual(shown.sort());
});
