import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';
import { bytesOf } from './bytes.mjs';
import { markdownTable, thousands } from './table.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFile(root + name, 'utf8');

const SHIPPED = [
  'optimizely-fullstory.min.js',
  'optimizely-fullstory.js',
  'index.js',
  'index.d.ts',
  'global.d.ts',
  'stub.min.js',
  'snippet.html',
  'snippet-async.html',
  'gtm.html',
  'gtm-container.json',
  'inspector.js',
];

/** What is not among this project's packages, measured once from its own repository or package, as its own build makes it. */
const UMAMI = ['umami 3.1.0', { min: 4594, gzip: 2221, brotli: 1957 }];
const OBSERVER = ['FullStory’s data-layer-observer', { min: 44_403, gzip: 12_336, brotli: 11_105 }];
const SEGMENT = ['Segment’s snippet (@segment/snippet 5.2.1)', { min: 1543, gzip: 803, brotli: 602 }];
const SENTRY = ['Sentry’s loader', { min: 1823, gzip: 969, brotli: 793 }];

/** A module as bundled for a page, with all its exports. */
async function bundle(module) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${module}'`, resolveDir: root },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return (await minify(outputFiles[0].text, { module: true })).code;
}

async function versionOf(name) {
  const { version } = JSON.parse(await read(`node_modules/${name}/package.json`));
  return `${name} ${version}`;
}

async function fullStorySnippet() {
  const { generateSnippetText } = require('@fullstory/snippet');
  return [
    `FullStory’s snippet 2.1 (${await versionOf('@fullstory/snippet')})`,
    generateSnippetText({
      orgId: 'ORG',
      namespace: 'FS',
      host: 'fullstory.com',
      script: 'edge.fullstory.com/s/fs.js',
    }),
  ];
}

async function others() {
  return [
    ['the guides’ recipe, by terser', (await minify(await read('bench/recipe.js'))).code],
    await fullStorySnippet(),
    [
      await versionOf('@plausible-analytics/tracker'),
      await read('node_modules/@plausible-analytics/tracker/plausible.js'),
    ],
    [`${await versionOf('@fullstory/browser')}, bundled`, await bundle('@fullstory/browser')],
    [`${await versionOf('web-vitals')}, iife`, await read('node_modules/web-vitals/dist/web-vitals.iife.js')],
    [
      `${await versionOf('@optimizely/optimizely-sdk')}, UMD`,
      await read('node_modules/@optimizely/optimizely-sdk/dist/optimizely.browser.umd.min.js'),
    ],
  ].map(([name, code]) => [name, bytesOf(code)]);
}

const bySize = ([, one], [, other]) => one.brotli - other.brotli;

function tableOf(rows) {
  return markdownTable([
    ['', 'as it is', 'gzip', 'brotli'],
    ...rows.map(([name, sizes]) => [name, ...Object.values(sizes).map(thousands)]),
  ]);
}

/** The table of bytes: each shipped file, and other packages for comparison. */
export async function sizesTable() {
  const shipped = [];
  for (const name of SHIPPED) shipped.push([`\`dist/${name}\``, bytesOf(await read(`dist/${name}`))]);
  shipped.push(['`dist/index.js`, bundled', bytesOf(await bundle('./dist/index.js'))]);
  return tableOf([...shipped, ...[...(await others()), UMAMI, OBSERVER].sort(bySize)]);
}

/** The table of bytes that a page's rendering waits for: the stub, and other tools' snippets in front of an async file. */
export async function criticalPathTable() {
  const [name, code] = await fullStorySnippet();
  const stub = ['`dist/stub.min.js`', bytesOf(await read('dist/stub.min.js'))];
  return tableOf([stub, ...[[name, bytesOf(code)], SEGMENT, SENTRY].sort(bySize)]);
}
