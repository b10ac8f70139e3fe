import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import sirv from 'sirv';
import { documentPage, documentPaths } from './document-pages.mjs';
import { packPackage } from './package.mjs';

const require = createRequire(import.meta.url);
const snippets = require('@fullstory/snippet');
const { version } = require('../package.json');
const root = fileURLToPath(new URL('..', import.meta.url));
const modules = `${root}node_modules/`;

/** Files of installed packages for pages, by their path on this server. */
export const LIBRARIES = {
  '/optimizely/4.10.1.js': 'optimizely-sdk-4/dist/optimizely.browser.umd.min.js',
  '/optimizely/5.4.1.js': 'optimizely-sdk-5/dist/optimizely.browser.umd.min.js',
  '/optimizely/6.0.0.js': 'optimizely-sdk-6.0/dist/optimizely.browser.umd.min.js',
  '/optimizely/6.6.1.js': '@optimizely/optimizely-sdk/dist/optimizely.browser.umd.min.js',
  '/optimizely/react.js': '@optimizely/react-sdk/dist/react-sdk.umd.js',
  '/amplitude/2.48.1.js': '@amplitude/analytics-browser/lib/scripts/amplitude-min.js',
  '/amplitude/2.0.0.js': 'amplitude-browser-2.0/lib/scripts/amplitude-min.js',
  '/amplitude/1.0.2.js': 'amplitude-browser-1.0/lib/scripts/amplitude-min.js',
  '/amplitude/8.21.10.js': 'amplitude-js/amplitude.umd.min.js',
  '/amplitude/7.4.4.js': 'amplitude-js-7/amplitude.umd.min.js',
  '/amplitude/6.2.0.js': 'amplitude-js-6/amplitude.umd.js',
  '/amplitude/5.11.0.js': 'amplitude-js-5/amplitude.js',
  '/amplitude/gtm.js': '@amplitude/analytics-browser/lib/scripts/amplitude-gtm-min.js',
  '/amplitude/unified.js': '@amplitude/unified/lib/scripts/amplitude-min.umd.js',
  '/amplitude/snippet-2.48.1.js': '@amplitude/analytics-browser/lib/scripts/amplitude-snippet-min.js',
  '/amplitude/snippet-2.0.0.js': 'amplitude-browser-2.0/lib/scripts/amplitude-snippet-min.js',
  '/amplitude/snippet-8.21.10.js': 'amplitude-js/amplitude-snippet.min.js',
  '/react.js': 'react/umd/react.production.min.js',
};

/** The path of the package, packed on request. */
export const PACKAGE_PATH = `/optimizely-fullstory-${version}.tgz`;

async function readPackage() {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  try {
    return await readFile(await packPackage(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The guides' recipes, which the playground runs next to the script. */
const RECIPES = ['/bench/recipe.js', '/bench/recipe-amplitude.js'];

const SNIPPETS = {
  1.3: snippets.generateSnippetTextV1,
  '2.0': snippets.generateSnippetTextV2,
  2.1: snippets.generateSnippetText,
};

/**
 * FullStory's own snippet text. It requests its script from the given host by http: only this word is changed, because
 * a local server has no certificate.
 */
function snippet(version, host, search) {
  const namespace = search.get('namespace') || 'FS';
  const script = search.get('script') || `${host}/fullstory/fs.js`;
  return SNIPPETS[version]({ orgId: 'DOUBLE', host: 'fullstory.com', namespace, script }).replace(
    /(["'])https:\/\//,
    '$1http://',
  );
}

/**
 * Answers with a text. Browsers may keep it, and what they have compiled of it, but ask each time whether it is still the same.
 */
function send(request, response, type, text) {
  const etag = `"${createHash('sha1').update(text).digest('base64url')}"`;
  response.setHeader('cache-control', 'no-cache');
  response.setHeader('etag', etag);
  if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.end(text);
}

/** This project's scripts for pages, built when the server starts. */
async function bundles() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      'fullstory/fs': 'e2e/doubles/fs.ts',
      'demo/main': 'demo/main.ts',
      'demo/setup': 'demo/setup.ts',
      'demo/shop': 'demo/shop.ts',
      'e2e/client-config': 'e2e/pages/client-config.ts',
    },
    define: { VERSION: JSON.stringify(version) },
    bundle: true,
    format: 'iife',
    target: 'es2020',
    outdir: '/',
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [path.replace(/\\/g, '/'), text]));
}

/**
 * Bodies that pages have sent to a path below `/upload/`, in base64. A test cannot intercept requests from a page that
 * is being left.
 */
const uploads = new Map();

async function takeUpload(request, response, pathname) {
  const bodies = uploads.get(pathname) ?? [];
  if (request.method === 'POST') {
    const chunks = await request.toArray();
    uploads.set(pathname, [...bodies, Buffer.concat(chunks).toString('base64')]);
  }
  response.setHeader('content-type', 'application/json');
  // Amplitude's legacy SDK sends a form, and expects only this word.
  const isForm = `${request.headers['content-type']}`.startsWith('application/x-www-form-urlencoded');
  const taken = isForm ? 'success' : '{"code":200}';
  response.end(request.method === 'POST' ? taken : JSON.stringify(bodies));
}

/**
 * Serves the demo on `/`, the built files on `/dist/`, and the pages of the end-to-end tests on `/e2e/`.
 *
 * @param {number} port
 * @param {Map<string, { body: string | Buffer, headers: Record<string, string> }>} [files] more of them, by path.
 */
export async function serve(port, files = new Map()) {
  const made = await bundles();
  // Their header is `no-cache` too: `no-store` would forbid browsers to keep a page for going back.
  const options = { dev: true, etag: true };
  const folders = [
    ['/dist/', sirv(`${root}dist`, options)],
    ['/e2e/', sirv(`${root}e2e/pages`, options)],
    ['/docs/', sirv(`${root}docs`, options)],
    ['/', sirv(`${root}demo`, options)],
  ];

  async function answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const script = (text) => send(request, response, 'text/javascript', text);
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    if (pathname.startsWith('/upload/')) return takeUpload(request, response, pathname);
    const file = files.get(pathname);
    if (file) return response.writeHead(200, file.headers).end(file.body);
    const document = /^\/(README|docs\/[\w-]+)\.html$/.exec(pathname)?.[1];
    const page = document && (await documentPage(`${document}.md`, await documentPaths()));
    if (page) return send(request, response, 'text/html', page);
    const version = /^\/fullstory\/snippet-(.*)\.js$/.exec(pathname)?.[1];
    if (version && SNIPPETS[version]) return script(snippet(version, request.headers.host, searchParams));
    if (made.has(pathname)) return script(made.get(pathname));
    if (LIBRARIES[pathname]) return script(await readFile(modules + LIBRARIES[pathname], 'utf8'));
    if (pathname === PACKAGE_PATH) {
      response.setHeader('content-type', 'application/gzip');
      return response.end(await readPackage());
    }
    if (RECIPES.includes(pathname)) return script(await readFile(root + pathname.slice(1), 'utf8'));
    if (/^\/e2e\/.*\.html$/.test(pathname)) {
      // A page has variables with defaults: [sdk=6.6.1].
      const page = await readFile(`${root}e2e/pages/${pathname.slice(5)}`, 'utf8');
      const filled = page.replace(
        /\[(\w+)=([^\]]*)\]/g,
        (_, name, fallback) => searchParams.get(name) ?? fallback,
      );
      return send(request, response, 'text/html', filled);
    }
    const [prefix, folder] = folders.find(([start]) => pathname.startsWith(start));
    request.url = `/${request.url.slice(prefix.length)}`;
    return folder(request, response, () => {
      response.statusCode = 404;
      response.end('Not found');
    });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      response.statusCode = error.code === 'ENOENT' ? 404 : 500;
      response.end(String(error));
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = Number(process.env.PORT || 4173);
  // Use another port if that one is taken, unless STRICT_PORT is set.
  const server = await serve(wanted).catch((error) => {
    if (process.env.STRICT_PORT) throw error;
    return serve(0);
  });
  const address = `http://localhost:${server.address().port}/`;
  console.log(`Playground:  ${address}`);
  console.log(`Set-up page: ${address}setup.html`);
}
