import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWithVite, createProject, packPackage } from '../scripts/package.mjs';
import { test as base, expect, type Page, said } from './installation-harness.ts';

export * from './installation-harness.ts';

/** Packages that apps import, besides this one. */
const LINKED = [
  '@openfeature/core',
  '@openfeature/web-sdk',
  '@optimizely/optimizely-sdk',
  '@optimizely/react-sdk',
  'react',
  'react-dom',
  'vue',
];

/**
 * Builds an app from the packed package, and adds the built files to the site. Returns the tag that loads it.
 *
 * @param main the app's `main.js`.
 * @param files its other files, by name.
 */
export type BuildApp = (main: string, files?: Record<string, string>) => Promise<string>;

export const test = base.extend<object, { buildApp: BuildApp }>({
  buildApp: [
    async ({ site }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'app-'));
      await createProject(join(folder, 'project'), await packPackage(folder), LINKED);
      await use(async (main, files = {}) => {
        const built = await buildWithVite(join(folder, 'project'), {
          'index.html': '<!doctype html><title>App</title><script type="module" src="/main.js"></script>',
          'main.js': main,
          ...files,
        });
        for (const name of await readdir(join(built, 'assets'))) {
          site.add(`/assets/${name}`, await readFile(join(built, 'assets', name)));
        }
        const page = await readFile(join(built, 'index.html'), 'utf8');
        return /<script[^>]*src="\.\/assets\/[^>]*><\/script>/.exec(page)?.[0] ?? '';
      });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

declare global {
  interface Window {
    /** The module's status, if the page has no script of ours. */
    bridge?: Window['optimizelyFullStory'];
  }
}

/** The calls that FullStory accepted, and the module's status. */
export async function outcome(page: Page, events: number) {
  const calls = () => page.evaluate(() => window.fullstoryDouble?.calls ?? []);
  await expect
    .poll(async () => (await calls()).filter(({ kind }) => kind === 'event').length)
    .toBeGreaterThanOrEqual(events);
  const status = await page.evaluate(() => (window.bridge ?? window.optimizelyFullStory).status());
  return { status, calls: (await calls()).map(said) };
}
