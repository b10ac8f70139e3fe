import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../demo/serve.mjs';

const PAGES = ['index.html', 'setup.html'];

/** What pages load by themselves, so that no page's text names it as a source. */
const LOADED_LATER = ['dist/optimizely-fullstory.min.js', 'fullstory/fs.js'];

/**
 * FullStory's snippet knows the address of its script as a text. Beside any page, that is where the snippet itself
 * comes from.
 */
function findScriptBesideSnippet(text, host) {
  const address = new RegExp(`(["'])${host}/fullstory/fs\\.js\\1`);
  const found =
    '(function(script){return script.host+script.pathname})(new URL("fs.js",document.currentScript.src))';
  return text.replace(address, found).replace(/(["'])http:\/\/\1/, 'location.protocol+"//"');
}

/**
 * Writes the demo and the set-up page as files that any file server can serve, under any path.
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
    const text = await response.text();
    if (path.startsWith('fullstory/snippet-')) return files.set(path, findScriptBesideSnippet(text, host));
    if (!path.endsWith('.html')) return files.set(path, text);
    // All pages lie in the folder itself, so what starts there is beside them.
    const page = text.replace(/(<\w[^>]* (?:src|href)=")\/(?!\/)/g, '$1');
    files.set(path, page);
    for (const [, source] of page.matchAll(/<\w[^>]* (?:src|href)="([^":#]+\.\w+)"/g)) await take(source);
  }

  try {
    for (const path of [...PAGES, ...LOADED_LATER]) await take(path);
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
