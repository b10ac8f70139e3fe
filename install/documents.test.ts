import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FIGURES } from '../scripts/figures.mjs';
import { headingIds } from '../scripts/heading-id.mjs';
import { fillPlaceholder, setOff } from '../scripts/placeholders.mjs';
import { PUBLICATION, type Publication } from './publication.ts';

/** Text that works only when npm has the package. */
const NEEDS_NPM =
  /cdn\.jsdelivr\.net|unpkg\.com\/optimizely-fullstory|npm (?:i|install) optimizely-fullstory(?![-\w])/;
const REPOSITORY = 'https://github.com/somebody/optimizely-fullstory';

/** A document with another position of the switch. */
async function documentFor(path: string, publication: Publication): Promise<string> {
  let document = await readFile(new URL(`../${path}`, import.meta.url), 'utf8');
  for (const { name, make, isInline } of FIGURES.filter(
    (figure) => figure.group === 'publication' && figure.document === path,
  )) {
    const text = await make(publication);
    document = fillPlaceholder(document, name, isInline ? text : setOff(text));
  }
  return document;
}

it.each(['README.md', 'docs/install.md'])(
  '%s mentions npm only when the package is published',
  async (path) => {
    const before = await documentFor(path, { ...PUBLICATION, isOnNpm: false });
    expect(before).not.toMatch(NEEDS_NPM);
    expect(before).toMatch(/npm install \.\/optimizely-fullstory-[\d.]+\.tgz/);
    const after = await documentFor(path, { ...PUBLICATION, isOnNpm: true, repository: REPOSITORY });
    expect(after).toMatch(NEEDS_NPM);
    expect(after).not.toMatch(/not published|\.tgz/);
    for (const document of [before, after]) {
      const anchors = [...document.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
      expect(headingIds(document)).toEqual(expect.arrayContaining(anchors));
    }
  },
);
