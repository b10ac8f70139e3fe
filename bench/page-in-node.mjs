import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const { generateSnippetText } = require('@fullstory/snippet');
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** The shipped script. */
export const readScript = () => readFile(path('dist/optimizely-fullstory.min.js'), 'utf8');

const PACKAGES = { '5.4.1': 'optimizely-sdk-5', '6.6.1': '@optimizely/optimizely-sdk' };

/** The SDKs that are measured. */
export const SDKS = Object.keys(PACKAGES);

/** The exports of an SDK in Node. */
export const loadSdk = (version) => require(PACKAGES[version]);

/** A TypeScript file of this project with its imports, as a script whose exports are a global. */
async function bundle(file, globalName) {
  const { outputFiles } = await build({
    entryPoints: [path(file)],
    bundle: true,
    format: 'iife',
    globalName,
    write: false,
  });
  return outputFiles[0].text;
}

/**
 * Makes a page of Node's global object, with the parts that the scripts use: so the script, the recipe and FullStory's snippet
 * run in Node without a browser.
 */
export async function openPage() {
  Object.assign(globalThis, {
    window: globalThis,
    parent: globalThis,
    document: {
      currentScript: null,
      readyState: 'complete',
      addEventListener() {},
      removeEventListener() {},
      querySelector: () => null,
      createElement: () => ({ setAttribute() {} }),
      getElementsByTagName: () => [{ parentNode: { insertBefore() {} } }],
    },
    addEventListener() {},
    removeEventListener() {},
    // Node's refuses a window that is none, which takes longer than a hundred decisions.
    EventTarget: class {
      addEventListener() {}
      removeEventListener() {}
    },
  });
  for (const [file, name] of [
    ['e2e/pages/client-config.ts'],
    ['e2e/doubles/fullstory.ts', 'fullstoryDouble'],
  ]) {
    runInThisContext(await bundle(file, name));
  }
  runInThisContext(await readFile(path('bench/recipe.js'), 'utf8'));
}

/**
 * Puts FullStory's snippet 2.1 and a client of SDK 6.6.1 into the page, like a new page.
 *
 * @param script loaded before them.
 * @param datafileOptions for the client.
 * @returns the client.
 */
export function openShop(script, datafileOptions) {
  delete window.FS;
  delete window.optimizelyFullStory;
  runInThisContext(script);
  runInThisContext(
    generateSnippetText({ orgId: 'DOUBLE', namespace: 'FS', host: 'fullstory.com', script: 'fs.js' }),
  );
  window.optimizelySdk = { ...loadSdk('6.6.1') };
  return optimizelySdk.createInstance(clientConfig(datafileOptions));
}

/** The double of fs.js takes over from the snippet. */
export function loadFullStory() {
  return fullstoryDouble.installFullStory({
    stub: window.FS,
    isChildFrame: false,
    ready() {},
    load: () => null,
    save() {},
    now: Date.now,
    setTimeout,
    queueMicrotask: (callback) => callback(),
  });
}
