// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { type Node, parse } from 'acorn';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DropIn } from '../src/entries/drop-in.ts';
import { SETTINGS } from '../src/settings.ts';
import {
  createSandbox,
  neededPermissions,
  readFields,
  readPermissions,
  readScenarios,
  readTemplate,
  requiredApis,
} from './template-sandbox.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const template = readTemplate(read('tag-manager-template/template.tpl'));
const code = template.SANDBOXED_JS_FOR_WEB_TEMPLATE ?? '';
const fields = readFields(template);
const { setup, scenarios } = readScenarios(template);
const URL_OF_SCRIPT = 'https://www.example.com/optimizely-fullstory.min.js';

/** Every node of a program. */
function* nodes(value: unknown): Generator<Node & Record<string, unknown>> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item);
  else if (value && typeof value === 'object') {
    if ('type' in value) yield value as Node & Record<string, unknown>;
    for (const part of Object.values(value)) yield* nodes(part);
  }
}

describe('the template', () => {
  it('has the parts that Tag Manager imports', () => {
    expect(Object.keys(template)).toEqual([
      'INFO',
      'TEMPLATE_PARAMETERS',
      'SANDBOXED_JS_FOR_WEB_TEMPLATE',
      'WEB_PERMISSIONS',
      'TESTS',
      'NOTES',
    ]);
    const info = JSON.parse(template.INFO ?? '');
    expect(info).toMatchObject({ type: 'TAG', containerContexts: ['WEB'] });
    expect(info.description.length).toBeLessThanOrEqual(200);
  });

  it('has one field for each setting that it sets, and sets the values of its fields', () => {
    const own = ['scriptUrl', 'forwardTo'];
    const handedOver = [...code.matchAll(/^ {2}'(\w+)',$/gm)].map(([, name]) => name as string);
    expect(fields.map(({ name }) => name).sort()).toEqual([...own, ...handedOver].sort());
    for (const name of handedOver) expect([...Object.keys(SETTINGS), 'amplitude']).toContain(name);
    const dedupe = fields.find(({ name }) => name === 'dedupe')?.selectItems?.map(({ value }) => value);
    expect(dedupe).toEqual(SETTINGS.dedupe[1]);
  });

  it('uses only features of the sandbox', () => {
    const program = parse(code, { ecmaVersion: 2015, sourceType: 'script' });
    const kinds = [...nodes(program)].map(({ type }) => type);
    // The sandbox's language has no template texts, classes, `this`, `new` or regular expressions.
    expect(
      kinds.filter((kind) => /Template|Class|ThisExpression|NewExpression|Try|Throw|Spread/.test(kind)),
    ).toEqual([]);
    expect(code).not.toMatch(/\b(window|document|console|Object|String|JSON|Math|setTimeout)\b(?!')/);
  });

  it('declares exactly the permissions that its APIs need', () => {
    expect(neededPermissions(requiredApis(template))).toEqual(Object.keys(readPermissions(template)).sort());
    expect(code.match(/\brequire\(/g)).toHaveLength(requiredApis(template).length);
    for (const api of requiredApis(template)) {
      expect(code.match(new RegExp(`\\b${api}\\(`)), api).toBeTruthy();
    }
  });

  it('writes only the two globals of the scripts', () => {
    const { keys } = readPermissions(template).access_globals as { keys: Record<string, unknown>[] };
    for (const { key, read: mayRead, write, execute } of keys) {
      expect(key).toMatch(/^optimizely(FullStory|Amplitude)(\.\w+)?$/);
      expect([mayRead, write, execute]).toEqual(
        String(key).endsWith('.version') ? [true, false, false] : [false, true, false],
      );
    }
  });
});

describe('its own test', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    createSandbox(template).runScenario(setup, scenario);
  });

  it('fails if a permission is missing', () => {
    for (const permission of ['access_globals', 'inject_script']) {
      const WEB_PERMISSIONS = JSON.stringify(
        JSON.parse(template.WEB_PERMISSIONS ?? '').filter(
          ({ instance }: { instance: { key: { publicId: string } } }) => instance.key.publicId !== permission,
        ),
      );
      const sandbox = createSandbox({ ...template, WEB_PERMISSIONS });
      expect(() => sandbox.runScenario(setup, scenarios[0] as (typeof scenarios)[0])).toThrow();
    }
  });
});

describe('on a page', () => {
  let bridge: DropIn | undefined;
  afterEach(() => {
    bridge?.disconnect();
    bridge = undefined;
    vi.unstubAllGlobals();
    for (const name of ['optimizelyFullStory', 'optimizelyAmplitude', 'FS'])
      Reflect.deleteProperty(window, name);
  });

  /** The sandbox's APIs, on this window. The shipped script is the file at the address. */
  function pageApis(file: string) {
    const at = (path: string) => path.split('.');
    type Tree = Record<string, Record<string, unknown> | undefined>;
    const page = window as unknown as Tree;
    return {
      copyFromWindow(path: string) {
        const [global = '', name = ''] = at(path);
        return page[global]?.[name];
      },
      setInWindow(path: string, value: unknown, overrides: boolean) {
        const [global = '', name] = at(path);
        const holder = (name ? page[global] : page) as Record<string, unknown>;
        const key = name ?? global;
        if (overrides || holder[key] === undefined) holder[key] = value;
        return true;
      },
      injectScript(_url: string, onSuccess: () => void) {
        // Runs the script as a page runs a file. The script itself evaluates no text.
        new Function(read(`dist/${file}`))();
        onSuccess();
      },
    };
  }

  it('the shipped script runs with the settings of the fields, and with the queue of the page', async () => {
    const calls: [string, { name?: string; properties: object }][] = [];
    Object.assign(window, {
      FS: (operation: string, given: { name?: string; properties: object }) =>
        void calls.push([operation, given]),
      optimizelyFullStory: {
        queue: [
          (running: DropIn) => {
            bridge = running;
            running.record([
              { flag_key: 'checkout', variation_key: 'on', enabled: true },
              { flag_key: 'search', variation_key: 'on', enabled: true },
            ]);
          },
        ],
      },
    });
    const sandbox = createSandbox(template, pageApis('optimizely-fullstory.min.js'));
    const data = {
      scriptUrl: URL_OF_SCRIPT,
      forwardTo: 'fullstory',
      flags: 'check*',
      propertyName: 'opt_{flag}',
    };
    sandbox.run({ ...data, eventName: 'none' });
    expect(sandbox.calls.at(-1)?.api).toBe('gtmOnSuccess');
    await vi.waitFor(() => expect(bridge?.status().decisions.sent).toBe(1));
    expect(
      calls
        .filter(([operation]) => operation !== 'observe')
        .map(([operation, given]) => [operation, given.properties]),
    ).toEqual([['setProperties', { opt_checkout: 'on' }]]);
    expect(bridge?.status()).toMatchObject({
      decisions: { seen: 2, ignored: 1 },
      problems: [],
    });

    // A second tag finds the script running.
    const second = createSandbox(template, pageApis('optimizely-fullstory.min.js'));
    second.run({ ...data, flags: 'nothing' });
    expect(second.calls.map(({ api }) => api)).toEqual(['copyFromWindow', 'gtmOnSuccess']);
  });
});
