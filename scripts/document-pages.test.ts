import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentPage, documentPaths } from './document-pages.mjs';

const REPOSITORY = 'https://github.com/somebody/optimizely-fullstory';
const pages = await documentPaths();
const linksOf = async (path: string, repository: string | null) =>
  [...String(await documentPage(path, pages, repository)).matchAll(/<a href="([^"]*)"/g)].map(
    ([, address = '']) => address,
  );

it('leads to the repository for files that the site does not have', async () => {
  const links = (await linksOf('README.md', REPOSITORY)).filter((link) => link.startsWith(REPOSITORY));
  expect(links).toContain(`${REPOSITORY}/blob/HEAD/ARCHITECTURE.md`);
  for (const link of links) {
    const path = link.replace(`${REPOSITORY}/blob/HEAD/`, '').replace(/#.*/, '');
    expect(existsSync(new URL(`../${path}`, import.meta.url)), link).toBe(true);
  }
});

it('lets files to paste be saved, instead of shown', async () => {
  const readme = await documentPage('README.md', pages, null);
  expect(readme).toContain('<a href="dist/snippet.html" download>');
  expect(readme).toContain('<a href="docs/install.html">');
});

it('links to nothing outside the site while there is no repository', async () => {
  for (const path of pages) {
    const outside = (await linksOf(path, null)).filter((link) =>
      /ARCHITECTURE|CONTRIBUTING|examples/.test(link),
    );
    expect(outside, path).toEqual([]);
  }
});
