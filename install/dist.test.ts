import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { version } from '../package.json';
import { closureErrors } from '../scripts/closure.mjs';
import { COMPILE_HINT } from './compile-hint.ts';
import { lintContainer } from './lint-container.ts';
import { PAGE_SCRIPTS } from './scripts.ts';

const dist = (name: string) => readFile(new URL(`../dist/${name}`, import.meta.url));
const inlineScript = (html: string) =>
  html.replace(/^<script>|<\/script>(\s*<script async .*<\/script>)?\s*$/g, '');
const containerHtml = async (suffix: string) =>
  JSON.parse(`${await dist(`gtm-container${suffix}.json`)}`).containerVersion.tag[0].parameter[0]
    .value as string;

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
    for (const { suffix } of Object.values(PAGE_SCRIPTS)) {
      for (const name of [`snippet${suffix}.html`, `snippet-async${suffix}.html`]) {
        const script = inlineScript(`${await dist(name)}`);
        const hash = createHash('sha256').update(script).digest('base64');
        expect(files[name].csp, name).toBe(`'sha256-${hash}'`);
      }
    }
  });
});

it.each(Object.values(PAGE_SCRIPTS))(
  'dist/gtm-container$suffix.json passes the check',
  async ({ suffix }) => {
    expect(lintContainer(JSON.parse(`${await dist(`gtm-container${suffix}.json`)}`))).toEqual([]);
  },
);

it('the script for FullStory alone has nothing of Amplitude, and the one for Amplitude nothing of FullStory', async () => {
  expect(`${await dist('optimizely-fullstory.min.js')}`).not.toMatch(/amplitude|insert_id|\$identify/i);
  expect(`${await dist('optimizely-amplitude.min.js')}`).not.toMatch(
    /_fs_namespace|getCurrentSessionURL|trackEvent['"]|setProperties['"]/,
  );
});

it('the files have the hint that the browser compiles them whole, and the texts with a script inline have not', async () => {
  for (const { file, suffix } of Object.values(PAGE_SCRIPTS)) {
    expect(`${await dist(file)}`.startsWith(COMPILE_HINT), file).toBe(true);
    for (const name of [`snippet${suffix}.html`, `snippet-async${suffix}.html`, `gtm${suffix}.html`]) {
      expect(`${await dist(name)}`, name).not.toContain(COMPILE_HINT.trim());
    }
    expect(await containerHtml(suffix), suffix).not.toContain(COMPILE_HINT.trim());
  }
});

describe('Closure Compiler in ES5 mode', { timeout: 60_000 }, () => {
  it('accepts each script to paste', async () => {
    const scripts: Record<string, string> = {};
    for (const { suffix } of Object.values(PAGE_SCRIPTS)) {
      for (const name of [`gtm${suffix}.html`, `snippet${suffix}.html`, `snippet-async${suffix}.html`]) {
        scripts[`${name}.js`] = inlineScript(`${await dist(name)}`);
      }
      // Tag Manager puts a value in the place of each variable.
      const filledIn = (await containerHtml(suffix)).replace(/\{\{.*?\}\}/g, '"text"');
      scripts[`gtm-container${suffix}.js`] = inlineScript(filledIn);
    }
    expect(Object.keys(scripts)).toHaveLength(12);
    expect(await closureErrors(scripts)).toEqual([]);
  });

  it.each([
    ['let a = 1;', 'let declaration'],
    ['window.f = () => 1;', 'arrow function'],
    ['if (window.a) { function f() {} }', 'block-scoped function declaration'],
    ['var a = `text`;', 'template literal'],
    ['with (window) {}', 'The with statement'],
  ])('refuses %j', async (script, message) => {
    expect(await closureErrors({ 'script.js': script })).toEqual([expect.stringContaining(message)]);
  });
});
