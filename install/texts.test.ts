import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { name, version } from '../package.json';
import { cspHash, sri } from './integrity.ts';
import { installCommand, moduleText } from './module.ts';
import { PUBLICATION } from './publication.ts';
import { PAGE_SCRIPTS } from './scripts.ts';
import { snippetHtml, snippetScript } from './snippet.ts';
import { cdnTag, fileTag, scriptBeforeTag } from './tag.ts';
import { CUSTOM_HTML_LIMIT, tagManagerHtml } from './tag-manager.ts';

/** A double of the built script: it records the settings that it finds. */
const SCRIPT = 'window.found=window.optimizelyFullStory';
const SETTINGS = { propertyName: '{{flag}} </script>', persist: true };

/** Runs the one script of an HTML text as a page does, and returns the settings that the bridge finds. */
function run(html: string): unknown {
  const [, script = ''] = /^<script>([\s\S]*)<\/script>\n?$/.exec(html) ?? [];
  expect(script).not.toMatch(/<\/script|<!--/i);
  parse(script, { ecmaVersion: 5, allowReserved: false });
  const window: { found?: unknown } = {};
  runInNewContext(script, { window });
  return window.found;
}

const pasting = { snippetHtml, tagManagerHtml };
describe.each(Object.entries(pasting))('%s', (_, html) => {
  it('runs, with the settings in place', () => {
    expect(run(html(SCRIPT, SETTINGS))).toEqual(SETTINGS);
    expect(html(SCRIPT, SETTINGS)).not.toContain('{{');
  });

  it('runs without settings', () => {
    expect(run(html(SCRIPT)) ?? {}).toEqual({});
  });

  it.each([
    ['', 'The script is missing'],
    ['  \n', 'The script is missing'],
    [undefined as unknown as string, 'The script is missing'],
    ['a="</SCRIPT>"', 'The script holds </script'],
    ['a="<!--"', 'The script holds <!--'],
    ['a={b:{{}}}', 'The script holds {{'],
    ['a()\r\nb()', 'The script holds a carriage return'],
    ['a="ü"', 'The script holds a character outside ASCII'],
    ['a()\n//# sourceMappingURL=a.map', 'The script holds a source map comment'],
  ])('refuses the script %j', (script, message) => {
    expect(() => html(script)).toThrow(message);
  });

  it('refuses wrong settings', () => {
    expect(() => html(SCRIPT, { dedupe: 'never' })).toThrow(
      'dedupe has to be page, session or none, not "never"',
    );
  });
});

describe('the block for the head', () => {
  it('has the settings and the script, each on its own line', () => {
    const statement =
      'window.optimizelyFullStory = Object.assign(window.optimizelyFullStory || {}, { debug: true });';
    expect(snippetScript(SCRIPT, { debug: true })).toBe(`${statement}\n${SCRIPT}`);
    expect(snippetHtml(`${SCRIPT}\n`)).toBe(`<script>${SCRIPT}</script>`);
  });
});

describe('the tag for Tag Manager', () => {
  it('says before the script where to change settings', () => {
    const [first, comment, settings, script] = tagManagerHtml(SCRIPT).split('\n');
    expect(first).toBe('<script>');
    expect(comment).toMatch(/^\/\* .*Change settings in the next statement, as in .* \*\/$/);
    expect(settings).toMatch(/, \{\}\);$/);
    expect(script).toBe(SCRIPT);
  });

  it('may have up to Tag Manager’s limit, to the character', () => {
    const rest = tagManagerHtml('x').length - 1;
    const largest = CUSTOM_HTML_LIMIT - 1 - rest;
    expect(tagManagerHtml('x'.repeat(largest))).toHaveLength(CUSTOM_HTML_LIMIT - 1);
    expect(() => tagManagerHtml('x'.repeat(largest + 1))).toThrow(
      `The tag has ${CUSTOM_HTML_LIMIT} characters: Tag Manager takes fewer than ${CUSTOM_HTML_LIMIT} in a Custom HTML tag`,
    );
  });
});

describe('the tag for a CDN', () => {
  const integrity = 'sha384-HnBybcBFqcQ/DoIwB3ARSFneevuUXoq7ecmx0HOLcnT3IPH85l4IbPEm7EsFZb8q';

  it('names the version, its integrity and the settings', () => {
    expect(cdnTag({ version: '1.2.3', integrity, settings: { flags: 'a"b' }, isAsync: true })).toBe(
      `<script src="https://cdn.jsdelivr.net/npm/optimizely-fullstory@1.2.3/dist/optimizely-fullstory.min.js" integrity="${integrity}" crossorigin="anonymous" async data-flags="a&quot;b"></script>`,
    );
    expect(cdnTag({ version: '10.20.30-beta.1', integrity })).toBe(
      `<script src="https://cdn.jsdelivr.net/npm/optimizely-fullstory@10.20.30-beta.1/dist/optimizely-fullstory.min.js" integrity="${integrity}" crossorigin="anonymous"></script>`,
    );
  });

  it.each(['1', '1.2', 'latest', '^1.2.3', '1.2.3"', ''])('refuses %j, which is not a version', (version) => {
    expect(() => cdnTag({ version, integrity })).toThrow('is not an exact version');
  });

  it.each([
    '',
    'sha384-',
    'md5-abc',
    'sha384-a" onload="b',
    '" onload="sha384-ab',
    undefined as unknown as string,
  ])('refuses %j, which is not an integrity', (wrong) => {
    expect(() => cdnTag({ version: '1.2.3', integrity: wrong })).toThrow('The integrity of optimizely-fu');
  });
});

describe('the tag for a file of the site', () => {
  it('has the settings', () => {
    expect(fileTag()).toBe('<script src="/optimizely-fullstory.min.js"></script>');
    expect(fileTag({ flags: 'a"b' })).toBe(
      '<script src="/optimizely-fullstory.min.js" data-flags="a&quot;b"></script>',
    );
  });
});

describe('the texts for Amplitude', () => {
  const { amplitude, 'fullstory-amplitude': both } = PAGE_SCRIPTS;
  const settings = { flags: 'checkout_*', amplitude: 'analytics', 'amplitude.exposure': true };
  const object = { instance: 'analytics', exposure: true };

  it.each([amplitude, both])('put the settings under the global of $file', (pageScript) => {
    const script = `window.found=window.${pageScript.global}`;
    for (const html of [snippetHtml, tagManagerHtml]) {
      expect(run(html(script, settings, pageScript))).toEqual({ flags: 'checkout_*', amplitude: object });
      expect(run(html(script, { amplitude: 'analytics' }, pageScript))).toEqual({ amplitude: 'analytics' });
      expect(run(html(script, { 'amplitude.dedupe': 'page' }, pageScript))).toEqual({
        amplitude: { dedupe: 'page' },
      });
    }
    expect(tagManagerHtml(script, {}, pageScript)).toContain(`decisions in ${pageScript.title}.`);
    expect(() => snippetHtml('', {}, pageScript)).toThrow(`build ${pageScript.file} first`);
  });

  it('use attributes of the tag if possible, and a statement before it for the rest', () => {
    expect(fileTag({ amplitude: 'analytics' }, amplitude)).toBe(
      '<script src="/optimizely-amplitude.min.js" data-amplitude="analytics"></script>',
    );
    expect(scriptBeforeTag({ amplitude: 'analytics' }, amplitude.global)).toBe('');
    expect(
      scriptBeforeTag({ amplitude: 'analytics', 'amplitude.dedupe': 'page' }, amplitude.global),
    ).toContain("{ amplitude: { instance: 'analytics', dedupe: 'page' } }");
    const statement =
      "window.optimizelyFullStory = Object.assign(window.optimizelyFullStory || {}, { amplitude: { instance: 'analytics', exposure: true } });";
    expect(scriptBeforeTag(settings, both.global)).toBe(statement);
    expect(fileTag(settings, both)).toBe(
      `<script>${statement}</script>\n<script src="/optimizely-fullstory-amplitude.min.js" data-flags="checkout_*"></script>`,
    );
  });

  it('name the destinations of a module', () => {
    expect(moduleText({}, amplitude)).toMatch(
      /^import \{ amplitude, createBridge } from .*\n\nconst bridge = createBridge\(\{}, \[amplitude\(\)]\);\n/,
    );
    expect(moduleText(settings, both)).toMatch(
      /^import \{ amplitude, createBridge, fullstory } from[\s\S]*\}, \[fullstory\(\), amplitude\(\)]\);\n/,
    );
    for (const pageScript of [amplitude, both]) {
      parse(moduleText(settings, pageScript), { ecmaVersion: 2020, sourceType: 'module' });
    }
  });

  it('refuse wrong settings for Amplitude', () => {
    expect(() => snippetHtml(SCRIPT, { 'amplitude.exposure': 'yes' }, both)).toThrow(
      'amplitude.exposure has to be true or false, not "yes"',
    );
    expect(() => snippetHtml(SCRIPT, { 'amplitude.dedupe': 'often' }, both)).toThrow(
      'amplitude.dedupe has to be page, session or none, not "often"',
    );
  });
});

describe('the lines for a module', () => {
  it('start a bridge with the settings, and connect the client', () => {
    expect(moduleText({ flags: 'a', client: 'shop.client', debug: true })).toBe(
      `import { createBridge } from 'optimizely-fullstory';

const bridge = createBridge({
  flags: 'a',
  debug: true
});
bridge.connect(client);
// Lets the console and the inspector ask the bridge.
Object.assign(globalThis, { optimizelyFullStory: bridge });
`,
    );
    expect(moduleText()).toContain('createBridge();');
    parse(moduleText(SETTINGS), { ecmaVersion: 2020, sourceType: 'module' });
  });

  it('come with a command that installs by name only if npm has the package', () => {
    expect(installCommand({ ...PUBLICATION, isOnNpm: true })).toBe(`npm install ${name}`);
    expect(installCommand({ ...PUBLICATION, isOnNpm: false })).toBe(`npm install ./${name}-${version}.tgz`);
  });
});

describe('hashes', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('are those of the bytes and of the text', async () => {
    const bytes = new Uint8Array([0, 255, 13, 10]);
    expect(await sri(bytes)).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`);
    const text = snippetScript(SCRIPT, { eventName: 'Gesehen: ü' });
    const hash = createHash('sha256').update(text, 'utf8').digest('base64');
    expect(await cspHash(text)).toBe(`'sha256-${hash}'`);
    expect(await cspHash(`${text}\n`)).not.toBe(`'sha256-${hash}'`);
    expect(snippetHtml(SCRIPT, { eventName: 'Gesehen: ü' })).toBe(`<script>${text}</script>`);
  });

  it('are refused with a reason on a page without https', async () => {
    vi.stubGlobal('crypto', {});
    await expect(cspHash('')).rejects.toThrow('https or from localhost');
  });
});
