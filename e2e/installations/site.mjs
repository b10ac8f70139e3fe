import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/serve.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };

/** Libraries that only some of the pages load. */
const LIBRARIES = {
  '/require.js': 'requirejs/require.js',
  '/react.development.js': 'react/umd/react.development.js',
  '/react-dom.development.js': 'react-dom/umd/react-dom.development.js',
  '/~partytown/partytown.js': '@qwik.dev/partytown/lib/partytown.js',
  '/~partytown/partytown-atomics.js': '@qwik.dev/partytown/lib/partytown-atomics.js',
  '/system.js': 'systemjs/dist/system.min.js',
  '/turbo.js': '@hotwired/turbo/dist/turbo.es2017-umd.js',
  '/vue.js': 'vue/dist/vue.global.prod.js',
  '/zone.js': 'zone.js/bundles/zone.umd.min.js',
};

/** A file that was built to be shipped. */
export const shipped = (name) => readFile(`${root}dist/${name}`, 'utf8');

/**
 * An installation: the page's head and body, the headers, and the expected `status()`.
 *
 * @typedef {object} Installation
 * @property {(string | false)[]} head
 * @property {string[]} [body]
 * @property {Record<string, string>} [headers]
 * @property {string[]} [problems] in `status()`. Default none.
 * @property {Record<string, number>} [decisions] that it counts. Default one, seen and sent.
 */

/**
 * Serves pages that use the shipped files as a site does: from the site itself and, on another origin, from a CDN with
 * the package's files.
 */
export async function startSite() {
  const files = new Map();
  let installations = 0;
  const server = await serve(0, files);
  const { port } = server.address();
  const { version, files: hashes } = JSON.parse(await shipped('integrity.json'));

  /** Adds a file to the site. */
  function add(path, body, headers = {}) {
    files.set(path, {
      body,
      headers: { 'content-type': `${TYPES[extname(path)]}; charset=utf-8`, ...headers },
    });
  }

  for (const [path, file] of Object.entries(LIBRARIES)) {
    add(path, await readFile(`${root}node_modules/${file}`));
  }
  const script = 'optimizely-fullstory.min.js';
  add(`/npm/optimizely-fullstory@${version}/dist/${script}`, await shipped(script), {
    'access-control-allow-origin': '*',
  });

  const site = {
    origin: `http://localhost:${port}`,
    /** Another origin, as a CDN is. */
    cdn: `http://127.0.0.1:${port}`,
    version,
    hashes,
    add,
    /**
     * @param {(site: object) => Installation | Promise<Installation>} installation
     * @returns {Promise<string>} the address of its page: each has its own.
     */
    async make(installation) {
      const { head, body = [], headers } = await installation(site);
      const page = [
        ...[
          '<!doctype html>',
          '<html lang="en">',
          '<head>',
          '<meta charset="utf-8">',
          '<title>Installation</title>',
        ],
        ...[...head.filter(Boolean), '</head>', '<body>', ...body, '</body>', '</html>'],
      ];
      const path = `/installation-${++installations}.html`;
      add(path, page.join('\n'), { 'cache-control': 'no-store', ...headers });
      return `${site.origin}${path}`;
    },
    close: () => server.close(),
  };
  return site;
}
