import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../package.json';
import { buildWithVite, createProject, packPackage, runTool } from '../scripts/package.mjs';

const run = promisify(execFile);

/** What pages in TypeScript write; the comments in them name what the types have to refuse. */
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

describe('the package as it is published', { timeout: 120_000 }, () => {
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

  it('is consistent', async () => {
    await runTool('publint', ['run', tarball, '--strict']);
    await runTool('attw', [tarball, '--profile', 'esm-only']);
  });

  it('has what it names, and nothing that is not for its users', async () => {
    const installed = join(project, 'node_modules/optimizely-fullstory');
    expect((await readdir(installed)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    const files = await readdir(join(installed, 'dist'));
    expect(files).toEqual(
      expect.arrayContaining([
        ...['index.js', 'index.d.ts', 'global.d.ts', 'integrity.json'],
        ...['optimizely-fullstory.js', 'optimizely-fullstory.min.js', 'optimizely-fullstory.min.js.map'],
        ...['snippet.html', 'gtm.html', 'gtm-container.json'],
      ]),
    );
    const { unpkg, jsdelivr, dependencies } = JSON.parse(
      await readFile(join(installed, 'package.json'), 'utf8'),
    );
    expect([unpkg, jsdelivr]).toEqual(Array(2).fill('./dist/optimizely-fullstory.min.js'));
    expect(dependencies).toBeUndefined();
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

  it.each(['Bundler', 'NodeNext'])('has types for pages in TypeScript (%s)', async (moduleResolution) => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'ES2020',
      lib: ['ES2020', 'DOM'],
      module: moduleResolution === 'Bundler' ? 'ESNext' : 'NodeNext',
      moduleResolution,
      types: ['optimizely-fullstory/global'],
    };
    const files = ['module-page.ts', 'drop-in-page.ts'];
    await writeFile(join(project, 'module-page.ts'), MODULE_PAGE);
    await writeFile(join(project, 'drop-in-page.ts'), DROP_IN_PAGE);
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    expect(await runTool('tsc', ['-p', project])).toBe('');
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
