import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentPaths } from './document-pages.mjs';
import { importTypeScript } from './import-typescript.mjs';
import { LIBRARIES, PACKAGE_PATH, serve } from './serve.mjs';

const { PAGE_SCRIPTS } = await importTypeScript('install/scripts.ts');

const DEMO = new URL('../demo/', import.meta.url);

/** Files whose addresses pages build at run time. */
const LOADED_LATER = [
  'fullstory/fs.js',
  ...[PACKAGE_PATH, ...Object.keys(LIBRARIES)].map((path) => path.slice(1)),
];

/** FullStory's snippet has its script's address as a text. On the site, the script is next to the snippet. */
function findScriptBesideSnippet(text, host) {
  const address = new RegExp(`(["'])${host}/fullstory/fs\\.js\\1`);
  const found =
    '(function(script){return script.host+script.pathname})(new URL("fs.js",document.currentScript.src))';
  return text.replace(address, found).replace(/(["'])http:\/\/\1/, 'location.protocol+"//"');
}

/** Addresses in a page's attributes, and full addresses in scripts of the demo. */
function findSources(path, text) {
  const names = path.endsWith('.html')
    ? /<\w[^>]* (?:src|srcset|href)="([^":#?]+\.\w+)"/g
    : /["'`]((?:bench|dist)\/[\w.-]+\.js)["'`]/g;
  if (!path.endsWith('.html') && !path.startsWith('demo/')) return [];
  const base = path.endsWith('.html') ? '' : '../';
  return [...text.matchAll(names)].map(([, source]) => base + source);
}

/**
 * Writes the demo, the set-up page and the documents as files that any file server can serve, under any path.
 *
 * @param {string} folder is emptied first.
 * @returns {Promise<string[]>} the files, by their paths in it.
 */
export async function writeSite(folder) {
  const server = await serve(0);
  const host = `localhost:${server.address().port}`;
  const files = new Map();

  async function take(path) {
    if (files.has(path)) return;
    const response = await fetch(`http://${host}/${path}`);
    if (!response.ok) throw new Error(`${path} is not there: run “npm run build” first`);
    if (`/${path}` === PACKAGE_PATH || path.endsWith('.png')) {
      files.set(path, Buffer.from(await response.arrayBuffer()));
      return;
    }
    let text = await response.text();
    if (path.startsWith('fullstory/snippet-')) text = findScriptBesideSnippet(text, host);
    // All pages are in the folder itself, so absolute paths become relative.
    if (path.endsWith('.html')) text = text.replace(/(<\w[^>]* (?:src|href)=")\/(?!\/)/g, '$1');
    files.set(path, text);
    for (const source of findSources(path, text)) await take(posix.join(posix.dirname(path), source));
  }

  try {
    const pages = (await readdir(DEMO)).filter((name) => name.endsWith('.html'));
    const documents = (await documentPaths()).map((path) => path.replace(/\.md$/, '.html'));
    for (const path of [...pages, ...documents, ...LOADED_LATER]) await take(path);
    for (const { file } of Object.values(PAGE_SCRIPTS)) await take(`dist/${file}`);
    await take('dist/stub.min.js');
  } finally {
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return [...files.keys()].sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL('../site', import.meta.url));
  for (const path of await writeSite(folder)) console.log(`site/${path}`);
}
