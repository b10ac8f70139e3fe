import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../package.json';
import { buildWithVite, createProject, packPackage, runTool } from '../scripts/package.mjs';
import type { Publication } from './publication.ts';

const run = promisify(execFile);

/** Code of pages in TypeScript. Its comments mark the lines that the types must refuse. */
const MODULE_PAGE = `
import { createBridge, type Status } from 'optimizely-fullstory';

declare const client: { notificationCenter: { addNotificationListener(type: string, listener: (notification: unknown) => void): number; removeNotificationListener(id: number): boolean }; decide(): string };
const bridge = createBridge({ flags: ['checkout_*'], dedupe: 'session' });
const decided: string = bridge.connect(client).decide();
const status: Status = bridge.status();
bridge.record({ flag_key: decided, enabled: true }, status.version);
// @ts-expect-error there is no such setting
createBridge({ colour: 'red' });
// @ts-expect-error a client has a notification centre
bridge.connect({});
`;

const DROP_IN_PAGE = `
window.optimizelyFullStory = { flags: 'checkout_*', queue: [(bridge) => bridge.record([])] };
window.optimizelyFullStory = window.optimizelyFullStory || {};
optimizelyFullStory = optimizelyFullStory || {};
optimizelyFullStory.queue = optimizelyFullStory.queue || [];
optimizelyFullStory.queue.push((bridge) => console.log(bridge.status().decisions.seen));
export const seen: number | undefined = window.optimizelyFullStory?.status?.().decisions.seen;
// @ts-expect-error there is no such setting
window.optimizelyFullStory = { colour: 'red' };
export const read = () => {
  // @ts-expect-error a blocker may have stopped the script
  window.optimizelyFullStory.queue;
  // @ts-expect-error the script may not have run yet
  window.optimizelyFullStory?.status();
};
`;

const UNPUBLISHED: Publication = { isOnNpm: false, repository: null, homepage: null, bugs: null };
/** An example of a published state. */
const PUBLISHED: Publication = {
  isOnNpm: true,
  repository: 'https://github.com/somebody/optimizely-fullstory',
  homepage: null,
  bugs: null,
};

/** The targets of a document's links and pictures. */
const targets = (document: string) =>
  [
    ...document
      .replace(/^ *```[\s\S]*?^ *```$/gm, '')
      .matchAll(/\]\(([^)]*)\)| (?:src|srcset|href)="([^"]*)"/g),
  ].map(([, link, picture]) => link ?? picture ?? '');

describe('the published package', { timeout: 120_000 }, () => {
  let folder = '';
  let tarball = '';
  let project = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    tarball = await packPackage(folder);
    project = join(folder, 'project');
    await createProject(project, tarball, ['@optimizely/optimizely-sdk']);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('resolves in every module system', async () => {
    expect(await runTool('publint', ['run', tarball, '--strict'])).toMatch(/All good!\s*$/);
    expect(await runTool('attw', [tarball])).toContain('No problems found');
  });

  it('links to files that exist, published or not', async () => {
    for (const publication of [UNPUBLISHED, PUBLISHED]) {
      const file = await packPackage(await mkdtemp(join(folder, 'packed-')), publication);
      const address = publication.repository;
      const unpacked = await mkdtemp(join(folder, 'unpacked-'));
      await run('tar', ['xzf', file, '-C', unpacked]);
      const packed = join(unpacked, 'package');
      for (const name of ['README.md', 'CHANGELOG.md']) {
        const document = await readFile(join(packed, name), 'utf8');
        for (const target of targets(document)) {
          const isThere = /^#/.test(target) || existsSync(join(packed, target));
          const leadsToOurs = address !== null && target.startsWith(`${address}/`);
          expect(isThere || leadsToOurs || /^https:\/\/(?!github)/.test(target), target).toBe(true);
          // A file of the repository must exist here.
          const path = /\/(?:blob|raw)\/v[\d.]+\/([^#]*)/.exec(target)?.[1];
          if (path) expect(existsSync(new URL(`../${path}`, import.meta.url)), target).toBe(true);
        }
      }
      const manifest = JSON.parse(await readFile(join(packed, 'package.json'), 'utf8'));
      expect(manifest.repository?.url).toBe(address ? `git+${address}.git` : undefined);
      expect(await runTool('publint', ['run', file, '--strict'])).toMatch(/All good!\s*$/);
    }
  });

  it('has the files that it names, and only files for its users', async () => {
    const installed = join(project, 'node_modules/optimizely-fullstory');
    expect((await readdir(installed)).sort()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json'],
    ]);
    const files = await readdir(join(installed, 'dist'));
    expect(files).toEqual(
      expect.arrayContaining([
        ...['index.js', 'index.d.ts', 'global.d.ts', 'integrity.json'],
        ...['index.cjs', 'index.d.cts', 'global.d.cts'],
        ...['optimizely-fullstory.js', 'optimizely-fullstory.min.js', 'optimizely-fullstory.min.js.map'],
        ...['stub.js', 'stub.min.js', 'stub.min.js.map', 'snippet-async.html'],
        ...['snippet.html', 'gtm.html', 'gtm-container.json'],
        ...['snippet-amplitude.html', 'gtm-amplitude.html', 'gtm-container-amplitude.json'],
        ...['snippet-fullstory-amplitude.html', 'gtm-fullstory-amplitude.html'],
        'gtm-container-fullstory-amplitude.json',
      ]),
    );
    const { unpkg, jsdelivr, dependencies, scripts } = JSON.parse(
      await readFile(join(installed, 'package.json'), 'utf8'),
    );
    expect([unpkg, jsdelivr]).toEqual(Array(2).fill('./dist/optimizely-fullstory.min.js'));
    expect([dependencies, scripts]).toEqual([undefined, undefined]);
  });

  it('does nothing on a server, and throws nothing', async () => {
    await writeFile(
      join(project, 'server.js'),
      `const before = Object.getOwnPropertyNames(globalThis).length;
      const { createBridge } = await import('optimizely-fullstory');
      const bridge = createBridge({ debug: true });
      const client = {};
      bridge.record([{ flagKey: 'a', enabled: true }]);
      const added = Object.getOwnPropertyNames(globalThis).length - before;
      console.log(JSON.stringify([bridge.connect(client) === client, bridge.status().version, added]));
      bridge.disconnect();`,
    );
    const { stdout, stderr } = await run(process.execPath, ['server.js'], { cwd: project });
    expect(JSON.parse(stdout)).toEqual([true, version, 0]);
    expect(stderr).toBe('');
  });

  it('is the same for import and require, and its files can be resolved', async () => {
    await writeFile(
      join(project, 'required.cjs'),
      `const required = require('optimizely-fullstory');
      const { version } = required.createBridge().status();
      import('optimizely-fullstory').then((imported) => console.log(JSON.stringify({
        version,
        required: Object.keys(required).sort(),
        imported: Object.keys(imported).sort(),
        main: require.resolve('optimizely-fullstory'),
        snippet: require.resolve('optimizely-fullstory/dist/snippet.html'),
      })));`,
    );
    const { stdout } = await run(process.execPath, ['required.cjs'], { cwd: project });
    const found = JSON.parse(stdout);
    expect(found.version).toBe(version);
    expect(found.required).toEqual(found.imported);
    expect(found.required).toContain('createBridge');
    expect(found.main).toMatch(/dist.index\.cjs$/);
    expect(existsSync(found.snippet)).toBe(true);
  });

  it('is accepted by Yarn 1, which refuses a package that wants another Node', async () => {
    const folderOfYarn = join(folder, 'yarn-1');
    await mkdir(folderOfYarn);
    await writeFile(join(folderOfYarn, 'package.json'), '{ "private": true }');
    const cache = join(folder, 'yarn-cache');
    await runTool(
      'yarn',
      ['add', '--offline', '--no-lockfile', '--non-interactive', '--cache-folder', cache, `file:${tarball}`],
      folderOfYarn,
    );
    const { stdout } = await run(
      process.execPath,
      ['-p', "typeof require('optimizely-fullstory').createBridge"],
      { cwd: folderOfYarn },
    );
    expect(stdout.trim()).toBe('function');
  });

  it.each([
    ['module', 'Bundler', 'ESNext'],
    ['module', 'NodeNext', 'NodeNext'],
    ['commonjs', 'Node16', 'Node16'],
  ])('has types for pages in TypeScript (%s, %s)', async (type, moduleResolution, module) => {
    const pages = join(project, `pages-${type}-${moduleResolution}`);
    await mkdir(pages);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      // TypeScript's own files take longest to check.
      skipDefaultLibCheck: true,
      target: 'ES2020',
      lib: ['ES2020', 'DOM'],
      module,
      moduleResolution,
      types: ['optimizely-fullstory/global'],
    };
    const files = ['module-page.ts', 'drop-in-page.ts'];
    await writeFile(join(pages, 'package.json'), JSON.stringify({ type }));
    await writeFile(join(pages, 'module-page.ts'), MODULE_PAGE);
    await writeFile(join(pages, 'drop-in-page.ts'), DROP_IN_PAGE);
    await writeFile(join(pages, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    expect(await runTool('tsc', ['-p', pages])).toBe('');
  });

  it.each(['esbuild', 'Rollup'])('is bundled by %s without unused code', async (bundler) => {
    const entry = join(project, 'bundled.js');
    await writeFile(
      entry,
      `import { createBridge } from 'optimizely-fullstory';
      globalThis.bundled = createBridge().status().version;`,
    );
    const unused = join(project, 'unused.js');
    await writeFile(unused, `import 'optimizely-fullstory'; globalThis.bundled = 'nothing';`);
    async function bundle(input: string): Promise<string> {
      if (bundler === 'esbuild') {
        const { outputFiles } = await build({
          entryPoints: [input],
          bundle: true,
          format: 'iife',
          write: false,
          logLevel: 'error',
        });
        return outputFiles[0]?.text ?? '';
      }
      const { generate } = await rollup({ input, plugins: [nodeResolve()] });
      return (await generate({ format: 'iife' })).output[0].code;
    }
    const page: { bundled?: string } = {};
    runInNewContext(await bundle(entry), { globalThis: page });
    expect(page.bundled).toBe(version);
    expect(await bundle(unused)).not.toContain('Experiment Viewed');
  });

  it('is bundled by Vite into a page', async () => {
    const built = await buildWithVite(project, {
      'index.html': '<!doctype html><title>App</title><script type="module" src="/main.js"></script>',
      'main.js': `import { createInstance } from '@optimizely/optimizely-sdk';
        import { createBridge } from 'optimizely-fullstory';
        globalThis.bridge = createBridge({ flags: 'checkout_*' });
        globalThis.connect = (options) => bridge.connect(createInstance(options));`,
    });
    const page = await readFile(join(built, 'index.html'), 'utf8');
    const [, script = ''] = /src="\.\/(assets\/.*?\.js)"/.exec(page) ?? [];
    const code = await readFile(join(built, script), 'utf8');
    // Of both packages, and complete.
    expect(code).toContain('Experiment Viewed');
    expect(code).toContain('onReady');
    expect(code).not.toMatch(/from\s*["']optimizely-fullstory|import\(/);
  });
});
