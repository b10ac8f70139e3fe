import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../e2e/document-blocks.ts';
import { createDatafile } from '../e2e/doubles/datafile.ts';
import { scripts } from '../package.json';
import { headingIds } from '../scripts/heading-id.mjs';
import { PUBLICATION } from './publication.ts';
import { SETTING_NAMES } from './written-settings.ts';

const ROOT = new URL('../', import.meta.url);
/** Every document that people read, by its path. */
const DOCUMENTS = [
  ...[
    'README.md',
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'examples/README.md',
    'tag-manager-template/README.md',
    'bench/RESULTS.md',
  ],
  ...(await readdir(new URL('examples/', ROOT), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/${name}/README.md`),
  ...(await readdir(new URL('docs/', ROOT)))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

/** The blocks of a language in a document. */
async function blocks(path: string, language: string): Promise<string[]> {
  const found = (await read(path)).matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm);
  return [...found].filter(([, , written]) => written === language).map(([, , , code = '']) => code);
}

/** The calls that reach the bridge from a script of the page that runs before it. */
function recorded(html: string): unknown {
  const script = html.replace(/<\/?script>/g, '');
  parse(script, { ecmaVersion: 5 });
  const calls: unknown[] = [];
  const bridge = { record: (...call: unknown[]) => calls.push(call) };
  const page = `var window = this;${script};optimizelyFullStory.queue.forEach(function (call) { call(bridge); })`;
  runInNewContext(page, { bridge });
  return calls;
}

describe('the documentation', () => {
  it.each(DOCUMENTS)('%s has code that can be parsed', async (path) => {
    for (const code of await blocks(path, 'js')) {
      parse(code, { ecmaVersion: 2022, sourceType: 'module' });
    }
    for (const html of await blocks(path, 'html')) {
      for (const [, script = ''] of html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
        parse(script, { ecmaVersion: 5 });
      }
    }
    for (const json of await blocks(path, 'json')) JSON.parse(json);
  });

  it.each(DOCUMENTS)('%s links to files and headings that exist', async (path) => {
    const document = await read(path);
    const links = [
      ...document.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g),
      ...document.matchAll(/ (?:src|srcset)="(docs\/[^"]*)"/g),
    ];
    for (const [link, file = '', heading] of links) {
      const url = new URL(file || new URL(path, ROOT), new URL(path, ROOT));
      await expect(stat(url), link).resolves.toBeTruthy();
      if (heading) expect(headingIds(await readFile(url, 'utf8')), link).toContain(heading);
    }
  });

  it('the set-up page links to headings that exist', async () => {
    const page = await read('demo/setup.html');
    const links = [...page.matchAll(/ href="(docs\/[\w-]+)\.html#([^"]*)"/g)];
    expect(links).not.toEqual([]);
    for (const [link, document, heading] of links) {
      expect(headingIds(await read(`${document}.md`)), link).toContain(heading);
    }
  });

  it.each(DOCUMENTS)('%s names commands and files that exist', async (path) => {
    const document = await read(path);
    for (const [command, script = ''] of document.matchAll(/npm run ([\w-]+)/g)) {
      expect(Object.keys(scripts), command).toContain(script);
    }
    for (const [, file = ''] of document.matchAll(
      /`((?:src|dist|docs|demo|install|e2e|bench|scripts|warehouse)\/[\w./-]*)`/g,
    )) {
      // An example's own page names its own files.
      const found = [new URL(path, ROOT), ROOT].some((base) => existsSync(new URL(file, base)));
      expect(found, file).toBe(true);
    }
  });

  it.each(DOCUMENTS)('%s has no text after a comment at the start of a line', async (path) => {
    // Markdown reads such a line as HTML: links and code in it stay as they are written.
    expect(await read(path)).not.toMatch(/^<!--.*?-->[^\n<]/m);
  });

  it.each(DOCUMENTS)('%s has no hash of a file, which the next build would change', async (path) => {
    expect(await read(path)).not.toMatch(/sha(256|384|512)-[\w+/]{20}/);
  });

  it.each(DOCUMENTS)('%s shows nothing that needs npm before the package is published', async (path) => {
    if (PUBLICATION.isOnNpm) return;
    expect(await read(path)).not.toMatch(
      /npm (?:i|install) optimizely-fullstory(?![-\w])|jsdelivr\.net|@latest/,
    );
  });

  it('names no setting that does not exist', async () => {
    for (const path of DOCUMENTS) {
      for (const [, setting = ''] of (await read(path)).matchAll(/`(\w+): (?:'|true)/g)) {
        if (setting !== 'fullstory') expect(SETTING_NAMES, path).toContain(setting);
      }
    }
  });
});

describe('the page about platforms', () => {
  /** The code of a section, in any language. */
  const codeOf = (heading: string) => blocksOf('docs/platforms.md', heading);

  it('shows the client of the Angular example, and the same one for Vue', async () => {
    const example = await read('examples/angular/src/optimizely.ts');
    expect(await codeOf('Angular')).toEqual([example]);
    expect((await codeOf('Vue'))[0]).toBe(example);
  });

  it('shows the client and the layout of the Next.js example, whose layouts differ only in their strategy', async () => {
    const app = 'examples/next-script/app';
    const [client, layout = ''] = await codeOf('Next.js');
    expect(client).toBe(await read(`${app}/optimizely.js`));
    for (const strategy of ['beforeInteractive', 'afterInteractive', 'lazyOnload']) {
      const folder = strategy.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
      expect(layout.replace('beforeInteractive', strategy)).toBe(await read(`${app}/(${folder})/layout.jsx`));
    }
  });
});

describe('the troubleshooting guide', () => {
  it.each(['loading', 'waiting'])('has a section for Amplitude’s state %s', async (state) => {
    expect(await read('docs/troubleshooting.md')).toContain(`### Amplitude is ${state}\n`);
  });
});

describe('server decisions, as documented', () => {
  it('reach the bridge from a page', async () => {
    const [html = ''] = await blocks('docs/server-decisions.md', 'html');
    expect(recorded(html)).toEqual([
      [
        [
          {
            flag_key: 'checkout_redesign',
            variation_key: 'treatment',
            rule_key: 'checkout_test',
            enabled: true,
          },
        ],
        'user-id',
      ],
    ]);
  });

  it('are rendered by Node with the needed fields only', async () => {
    const code =
      (await blocks('docs/server-decisions.md', 'js')).find((block) => block.includes('decideForKeys')) ?? '';
    type Render = (client: unknown, userId: string, attributes: object, flagKeys: string[]) => string;
    const decisionsScript = runInNewContext(`${code.replace('export ', '')};decisionsScript`) as Render;
    const projectConfigManager = createStaticProjectConfigManager({ datafile: createDatafile() });
    const client = createInstance({ projectConfigManager });
    const userId = '</script>ada';
    const html = decisionsScript(client, userId, { plan: 'pro' }, ['checkout_redesign']);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    const decision = client.createUserContext(userId, { plan: 'pro' }).decide('checkout_redesign');
    const { flagKey, variationKey, ruleKey, enabled } = decision;
    expect(flagKey).toBe('checkout_redesign');
    expect(recorded(html)).toEqual([[[{ flagKey, variationKey, ruleKey, enabled }], userId]]);
  });
});
