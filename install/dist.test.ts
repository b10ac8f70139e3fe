import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { version } from '../package.json';
import { closureErrors } from '../scripts/closure.mjs';
import { lintContainer } from './lint-container.ts';

const dist = (name: string) => readFile(new URL(`../dist/${name}`, import.meta.url));
const inlineScript = (html: string) =>
  html.replace(/^<script>|<\/script>(\s*<script async .*<\/script>)?\s*$/g, '');
const containerHtml = async () =>
  JSON.parse(`${await dist('gtm-container.json')}`).containerVersion.tag[0].parameter[0].value as string;

describe('dist/integrity.json', () => {
  it('has the hashes of the files beside it', async () => {
    const { version: described, files } = JSON.parse(`${await dist('integrity.json')}`);
    expect(described).toBe(version);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'optimizely-fullstory.min.js',
        'index.js',
        'snippet.html',
        'snippet-async.html',
        'gtm.html',
      ]),
    );
    for (const [name, { integrity, bytes }] of Object.entries<{ integrity: string; bytes: { min: number } }>(
      files,
    )) {
      const contents = await dist(name);
      expect(integrity, name).toBe(`sha384-${createHash('sha384').update(contents).digest('base64')}`);
      expect(bytes.min, name).toBe(contents.length);
    }
    for (const name of ['snippet.html', 'snippet-async.html']) {
      const script = inlineScript(`${await dist(name)}`);
      expect(files[name].csp, name).toBe(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
  });
});

it('dist/gtm-container.json has no problem that the check knows', async () => {
  expect(lintContainer(JSON.parse(`${await dist('gtm-container.json')}`))).toEqual([]);
});

describe('Closure Compiler in ES5 mode', { timeout: 60_000 }, () => {
  it('accepts each script to paste', async () => {
    // Tag Manager puts a value in the place of each variable.
    const filledIn = (await containerHtml()).replace(/\{\{.*?\}\}/g, '"text"');
    for (const html of [
      `${await dist('gtm.html')}`,
      `${await dist('snippet.html')}`,
      `${await dist('snippet-async.html')}`,
      filledIn,
    ]) {
      expect(await closureErrors(inlineScript(html))).toEqual([]);
    }
  });

  it.each([
    ['let a = 1;', 'let declaration'],
    ['window.f = () => 1;', 'arrow function'],
    ['if (window.a) { function f() {} }', 'block-scoped function declaration'],
    ['var a = `text`;', 'template literal'],
    ['with (window) {}', 'The with statement'],
  ])('refuses %j', async (script, message) => {
    expect(await closureErrors(script)).toEqual([expect.stringContaining(message)]);
  });
});
