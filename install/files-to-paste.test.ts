import { createHash } from 'node:crypto';
import { parse } from 'acorn';
import { describe, expect, it, vi } from 'vitest';
import { filesToPaste } from './files-to-paste.ts';

const SCRIPT = 'optimizely-fullstory.min.js';
const STUB = 'stub.min.js';
const BUILT = {
  [SCRIPT]: 'run()',
  [STUB]: 'run()',
  'index.js': 'ü',
  'index.d.ts': '',
  [`${SCRIPT}.map`]: '{}',
};

function make(files: Record<string, string>, check = vi.fn()) {
  return filesToPaste(files, { version: '1.2.3', check, size: ({ length }: string) => ({ min: length }) });
}

describe('the files to paste', () => {
  it('are made of the built script, and each script in them is checked', async () => {
    const check = vi.fn();
    const files: Record<string, string> = await make(BUILT, check);
    expect(Object.keys(files)).toEqual([
      'snippet.html',
      'snippet-async.html',
      'gtm.html',
      'gtm-container.json',
      'integrity.json',
    ]);
    expect(files['snippet.html']).toBe('<script>run()</script>\n');
    expect(files['snippet-async.html']).toBe(
      `<script>run()</script>\n<script async src="/${SCRIPT}"></script>\n`,
    );
    expect(files['gtm.html']).toContain('run()');
    expect(files['gtm-container.json']).toContain('run()');
    expect(check.mock.calls.map(([, name]) => name)).toEqual([
      'snippet.html',
      'snippet-async.html',
      'gtm.html',
      'gtm-container.json',
    ]);
    for (const [code] of check.mock.calls) {
      expect(code).toContain('run()');
      expect(code).not.toMatch(/<\/?script|\{\{/);
      parse(code, { ecmaVersion: 5 });
    }
  });

  it('come with the hash and the size of each file that can be loaded or pasted', async () => {
    const files: Record<string, string> = await make(BUILT);
    const { version, files: described } = JSON.parse(files['integrity.json'] as string);
    const integrity = (text = '') => `sha384-${createHash('sha384').update(text, 'utf8').digest('base64')}`;
    expect(version).toBe('1.2.3');
    expect(described).toEqual({
      [SCRIPT]: { integrity: integrity('run()'), bytes: { min: 5 } },
      [STUB]: { integrity: integrity('run()'), bytes: { min: 5 } },
      'snippet-async.html': {
        integrity: integrity(files['snippet-async.html']),
        csp: `'sha256-${createHash('sha256').update('run()').digest('base64')}'`,
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

  it('are not made where the script is missing, too large or does not pass', async () => {
    await expect(make({})).rejects.toThrow('The script is missing: build optimizely-fullstory.min.js first');
    await expect(make({ [SCRIPT]: 'run()' })).rejects.toThrow(
      'The script is missing: build stub.min.js first',
    );
    await expect(make({ ...BUILT, [SCRIPT]: 'x'.repeat(102_400) })).rejects.toThrow('The tag has 10');
    await expect(make({ ...BUILT, [SCRIPT]: 'a</script>' })).rejects.toThrow('The script holds </script');
    for (const refused of ['snippet.html', 'snippet-async.html', 'gtm.html', 'gtm-container.json']) {
      const check = vi.fn((_: string, name: string) => {
        if (name === refused) throw new Error(`${name} is not ES5`);
      });
      await expect(make(BUILT, check)).rejects.toThrow(`${refused} is not ES5`);
    }
  });
});
