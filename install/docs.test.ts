import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { createDatafile } from '../demo/datafile.ts';
import { withInstallTexts } from '../scripts/install-texts.mjs';
import { SETTING_NAMES } from './settings.mjs';

const DOCUMENTS = ['install', 'tag-manager', 'server-decisions', 'privacy'];
const read = (name: string) => readFile(new URL(`../docs/${name}.md`, import.meta.url), 'utf8');

/** The blocks of a language in a document. */
async function blocks(name: string, language: string): Promise<string[]> {
  const found = (await read(name)).matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm);
  return [...found].filter(([, , written]) => written === language).map(([, , , code = '']) => code);
}

/** What reaches the bridge when the script of a page runs before it. */
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
  it('has the version and the hashes of what is built', async () => {
    const document = await read('install');
    expect(await withInstallTexts(document), 'run `npm run docs`').toBe(document);
    await expect(withInstallTexts('')).rejects.toThrow('There is no place for cdn-tag');
  });

  it.each(DOCUMENTS)('docs/%s.md shows code that can be read', async (name) => {
    for (const code of await blocks(name, 'js')) {
      parse(code, { ecmaVersion: 2022, sourceType: 'module' });
    }
    for (const html of await blocks(name, 'html')) {
      for (const [, script = ''] of html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
        parse(script, { ecmaVersion: 5 });
      }
    }
    for (const json of await blocks(name, 'json')) JSON.parse(json);
  });

  it.each(DOCUMENTS)('docs/%s.md links to what there is', async (name) => {
    const headings = (text: string) =>
      [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replace(/\s/g, '-'),
      );
    for (const [, file = '', heading] of (await read(name)).matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)) {
      const url = new URL(file || `${name}.md`, new URL('../docs/', import.meta.url));
      const text = await readFile(url, 'utf8');
      if (heading) expect(headings(text), `${file}#${heading}`).toContain(heading);
    }
  });

  it('names no setting that does not exist', async () => {
    for (const name of DOCUMENTS) {
      for (const [, setting = ''] of (await read(name)).matchAll(/`(\w+): (?:'|true)/g)) {
        if (setting !== 'fullstory') expect(SETTING_NAMES, `docs/${name}.md`).toContain(setting);
      }
    }
  });
});

describe('decisions of a server, as documented', () => {
  it('reach the bridge from a page', async () => {
    const [html = ''] = await blocks('server-decisions', 'html');
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

  it('are rendered by Node, and nothing but what is needed', async () => {
    const code =
      (await blocks('server-decisions', 'js')).find((block) => block.includes('decideForKeys')) ?? '';
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
