import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base } from '@playwright/test';
import { buildWithVite, createProject, packPackage } from '../scripts/package.mjs';
import { startSite } from './installations/site.mjs';

// What the tests of a worker share. It stands in one place, because Playwright starts a worker and a browser anew where the
// next file shares something else, which takes 2 s in Chromium and 9 s in Firefox. Nothing is made before a test asks for it.

export type Site = Awaited<ReturnType<typeof startSite>>;

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

/** The context that the next test of `reused-context.ts` uses again. */
export interface Reused {
  context?: BrowserContext | undefined;
}

export const test = base.extend<object, { site: Site; buildApp: BuildApp; reused: Reused }>({
  reused: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names here what it needs.
    async ({}, use) => {
      const reused: Reused = {};
      await use(reused);
      await reused.context?.close();
    },
    { scope: 'worker' },
  ],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names here what it needs.
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      site.close();
    },
    { scope: 'worker' },
  ],
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
