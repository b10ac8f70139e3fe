import { createHash } from 'node:crypto';
import { parse } from 'acorn';
import { describe, expect, it, vi } from 'vitest';
import { filesToPaste } from './files-to-paste.ts';
import { PAGE_SCRIPTS } from './scripts.ts';

const SCRIPT = 'optimizely-fullstory.min.js';
const STUB = 'stub.min.js';
/** A text for each script, which names it. */
const SCRIPTS = Object.fromEntries(Object.values(PAGE_SCRIPTS).map(({ file }) => [file, `run('${file}')`]));
const PASTED = Object.values(PAGE_SCRIPTS).flatMap(({ suffix, file, global }) =>
  [
    `snippet${suffix}.html`,
    `snippet-async${suffix}.html`,
    `gtm${suffix}.html`,
    `gtm-container${suffix}.json`,
  ].map((name) => ({ name, file, global })),
);
const BUILT = {
  ...SCRIPTS,
  [SCRIPT]: 'run()',
  [STUB]: 'run(1)',
  'index.js': 'ü',
  'index.d.ts': '',
  [`${SCRIPT}.map`]: '{}',
};

function make(files: Record<string, string>, check = vi.fn()) {
  return filesToPaste(files, { version: '1.2.3', check, size: ({ length }: string) => ({ min: length }) });
}

describe('the files to paste', () => {
  it('contain the built script, and each script in them is checked', async () => {
    const check = vi.fn();
    const files: Record<string, string> = await make(BUILT, check);
    expect(Object.keys(files)).toEqual([...PASTED.map(({ name }) => name), 'integrity.json']);
    expect(files['snippet.html']).toBe('<script>run()</script>\n');
    expect(files['snippet-async.html']).toBe(
      `<script>run(1)</script>\n<script async src="/${SCRIPT}"></script>\n`,
    );
    expect(files['gtm.html']).toContain('run()');
    expect(files['gtm-container.json']).toContain('run()');
    for (const { name, file, global } of PASTED.slice(4)) {
      if (name.startsWith('snippet-async')) {
        expect(files[name], name).toBe(`<script>run(1)</script>\n<script async src="/${file}"></script>\n`);
        continue;
      }
      expect(files[name], name).toContain(`run('${file}')`);
      if (!name.startsWith('snippet'))
        expect(files[name], name).toContain(`window.${global} = Object.assign`);
    }
    expect(check.mock.calls.map(([, name]) => name)).toEqual(PASTED.map(({ name }) => name));
    for (const [code] of check.mock.calls) {
      expect(code).toContain('run(');
      expect(code).not.toMatch(/<\/?script|\{\{/);
      parse(code, { ecmaVersion: 5 });
    }
  });

  it('come with the hash and size of each file to load or paste', async () => {
    const files: Record<string, string> = await make(BUILT);
    const { version, files: described } = JSON.parse(files['integrity.json'] as string);
    const integrity = (text = '') => `sha384-${createHash('sha384').update(text, 'utf8').digest('base64')}`;
    expect(version).toBe('1.2.3');
    for (const name of ['snippet-amplitude.html', 'snippet-fullstory-amplitude.html']) {
      const script = files[name]?.replace(/^<script>|<\/script>\n$/g, '') ?? '';
      expect(described[name].csp).toBe(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
    expect(Object.keys(described).sort()).toEqual(
      [...Object.keys(SCRIPTS), STUB, 'index.js', ...PASTED.map(({ name }) => name)].sort(),
    );
    expect(described).toMatchObject({
      [SCRIPT]: { integrity: integrity('run()'), bytes: { min: 5 } },
      [STUB]: { integrity: integrity('run(1)'), bytes: { min: 6 } },
      'snippet-async.html': {
        integrity: integrity(files['snippet-async.html']),
        csp: `'sha256-${createHash('sha256').update('run(1)').digest('base64')}'`,
        bytes: { min: files['snippet-async.html']?.length },
      },
      'index.js': { integrity: integrity('ü'), bytes: { min: 1 } },
      'snippet.html': {
        integrity: integrity(files['snippet.html']),
        csp: `'sha256-${createHash('sha256').update('run()').digest('base64')}'`,
        bytes: { min: files['snippet.html']?.length },
      },
      'gtm.html': { integrity: integrity(files['gtm.html']), bytes: { min: files['gtm.html']?.length } },
      'gtm-container.json': {
        integrity: integrity(files['gtm-container.json']),
        bytes: { min: files['gtm-container.json']?.length },
      },
    });
  });

  it('are not made if the script is missing, too large or fails the check', async () => {
    await expect(make(SCRIPTS)).rejects.toThrow('The script is missing: build stub.min.js first');
    await expect(make({})).rejects.toThrow('The script is missing: build optimizely-fullstory.min.js first');
    await expect(make({ ...BUILT, [SCRIPT]: 'x'.repeat(102_400) })).rejects.toThrow('The tag has 10');
    await expect(make({ ...BUILT, [SCRIPT]: 'a</script>' })).rejects.toThrow('The script holds </script');
    for (const { name: refused } of PASTED) {
      const check = vi.fn((_: string, name: string) => {
        if (name === refused) throw new Error(`${name} is not ES5`);
      });
      await expect(make(BUILT, check)).rejects.toThrow(`${refused} is not ES5`);
    }
  });
});
