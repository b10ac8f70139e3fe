import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { build, transform } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { minify } from 'terser';
import ts from 'typescript';
import { bytesOf } from './scripts/bytes.mjs';
import { importTypeScript } from './scripts/import-typescript.mjs';

const { bookmarklet } = await importTypeScript('install/bookmarklet.ts');
const { COMPILE_HINT } = await importTypeScript('install/compile-hint.ts');
const { filesToPaste } = await importTypeScript('install/files-to-paste.ts');

/**
 * The scripts for pages. `bound`: bytes after brotli. It is not met yet: until then, the build fails if a script gets larger
 * than it is `today`.
 */
const SCRIPTS = [
  {
    name: 'optimizely-fullstory',
    entry: 'fullstory',
    bound: 6500,
    today: 7240,
    define: { NAMES_USERS: 'false' },
  },
  { name: 'optimizely-amplitude', entry: 'amplitude', bound: 6700, today: 7750 },
  { name: 'optimizely-fullstory-amplitude', entry: 'fullstory-amplitude', bound: 7400, today: 8480 },
  {
    name: 'stub',
    entry: 'stub',
    bound: 500,
    today: 500,
    // Pages have it inline only.
    isFile: false,
    // This compresses better in such a short script.
    compress: { hoist_funs: true, negate_iife: false },
  },
];

/** Code that a tag manager rewrites or refuses, or that the script promises never to contain. */
const FORBIDDEN = [
  ['{{', /\{\{/],
  ['</script', /<\/script/i],
  ['eval', /\beval\b/],
  ['new Function', /\bFunction\s*\(/],
  ['innerHTML', /innerHTML|outerHTML|insertAdjacentHTML/],
  ['document.write', /document\s*\.\s*write/],
  ['a request', /\bfetch\b|XMLHttpRequest|sendBeacon|WebSocket|EventSource|importScripts|new Image|\.src\b/],
  ['a script element', /createElement/],
  ['a cookie', /\bcookie\s*=|\.cookie\b/],
  // A destination's user, session and transport are the site's.
  ['a sign-in', /setIdentity|setUserId|setDeviceId|\.identify\b/],
  ['a session or transport', /setSessionId|setTransport|logEventWithTimestamp/],
];

const root = new URL('.', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
const define = { VERSION: JSON.stringify(version), NAMES_USERS: 'true' };
const path = (name) => fileURLToPath(new URL(name, root));

/**
 * Internal members of the bundle end in an underscore, and may be renamed. No object that a page, Optimizely, FullStory or the
 * browser shares with us has such a member: the build checks this against the declarations.
 */
const INTERNAL = /[^_]_$/;

/** TypeScript lowers each file to ES5, which esbuild does not. The drop-in uses only syntax that needs no helpers. */
const es5 = {
  name: 'es5',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: fileName }) => {
      const { outputText } = ts.transpileModule(await readFile(fileName, 'utf8'), {
        fileName,
        compilerOptions: {
          target: ts.ScriptTarget.ES5,
          module: ts.ModuleKind.ESNext,
          verbatimModuleSyntax: true,
          ignoreDeprecations: '6.0',
          noEmitHelpers: true,
          inlineSourceMap: true,
          inlineSources: true,
        },
      });
      return { contents: outputText, loader: 'js' };
    });
  },
};

function check(code, name) {
  try {
    parse(code, { ecmaVersion: 5, allowReserved: false });
  } catch (error) {
    throw new Error(`${name} is not ES5: ${error.message}`);
  }
  for (const [what, pattern] of FORBIDDEN) {
    if (pattern.test(code)) throw new Error(`${name} contains ${what}`);
  }
  if (/\b__\w+\(/.test(code)) throw new Error(`${name} needs a helper: ${/\b__\w+\(/.exec(code)?.[0]}`);
}

/** A member that the declarations promise to pages must keep its name. */
function checkPublicNames(declarations) {
  const visit = (node) => {
    if (ts.isTypeElement(node) && INTERNAL.test(node.name?.getText() ?? '')) {
      throw new Error(`${node.name.getText()} is public: its name cannot end in an underscore`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('index.d.ts', declarations, ts.ScriptTarget.Latest, true));
}

async function buildDropIn({ name, entry, define: features, compress, isFile = true }) {
  const bundle = await build({
    entryPoints: [path(`src/entries/${entry}.ts`)],
    plugins: [es5],
    define: { ...define, ...features },
    bundle: true,
    format: 'iife',
    target: 'es5',
    sourcemap: 'external',
    outfile: path(`dist/${name}.js`),
    write: false,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const [map, code] = bundle.outputFiles.map(({ text }) => text);
  const minified = await minify(
    // Strict mode would only turn refused assignments into errors, and the script must not throw.
    { [`${name}.js`]: code.replace('"use strict";', '') },
    {
      ecma: 5,
      toplevel: true,
      // Functions that are not inlined repeat each other, which compresses better. So do unchanged comparisons and loops.
      compress: {
        passes: 3,
        unsafe: true,
        pure_getters: true,
        inline: 1,
        comparisons: false,
        lhs_constants: false,
        loops: false,
        ...compress,
      },
      mangle: { properties: { regex: INTERNAL, builtins: true } },
      format: { ascii_only: true, ...(isFile && { preamble: COMPILE_HINT.trim() }) },
      sourceMap: { content: map, includeSources: true },
    },
  );
  return { [`${name}.js`]: code, [`${name}.min.js`]: minified.code, [`${name}.min.js.map`]: minified.map };
}

async function bundleModule(format) {
  const bundle = await build({
    entryPoints: [path('src/entries/index.ts')],
    define,
    bundle: true,
    format,
    // Syntax that webpack 4 can read.
    target: 'es2019',
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return bundle.outputFiles[0].text;
}

/** The module for `import` and for `require`. Both have the same declarations, in separate files. */
async function buildModule() {
  const types = await rollup({ input: path('src/entries/index.ts'), plugins: [dts()], onwarn: () => {} });
  const { output } = await types.generate({ format: 'es' });
  const declarations = output[0].code;
  const globalTypes = await readFile(path('install/global.d.ts'), 'utf8');
  return {
    'index.js': await bundleModule('esm'),
    'index.cjs': await bundleModule('cjs'),
    'index.d.ts': declarations,
    'index.d.cts': declarations,
    'global.d.ts': globalTypes,
    'global.d.cts': globalTypes.replace("'./index.js'", "'./index.cjs'"),
  };
}

/** Minifies the panel's style sheet, the only text in its file. */
const minifyStyle = {
  name: 'minify-style',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]inspector[\\/]style\.ts$/ }, async (file) => {
      const source = await readFile(file.path, 'utf8');
      const [before, style, after] = source.split('`');
      const { code } = await transform(style, { loader: 'css', minify: true, target: 'safari15' });
      return { contents: `${before}${JSON.stringify(code)}${after}`, loader: 'ts' };
    });
  },
};

/** The inspector is a single file, small enough for a bookmark. */
async function buildInspector() {
  const bundle = await build({
    entryPoints: [path('inspector/main.ts')],
    plugins: [minifyStyle],
    define,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2019',
    write: false,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const code = bundle.outputFiles[0].text;
  for (const [what, pattern] of FORBIDDEN) {
    // The panel consists of elements, but of no script elements.
    if (what !== 'a script element' && pattern.test(code)) throw new Error(`inspector.js contains ${what}`);
  }
  bookmarklet(code);
  return { 'inspector.js': code };
}

const files = { ...(await buildModule()), ...(await buildInspector()) };
for (const script of SCRIPTS) Object.assign(files, await buildDropIn(script));
checkPublicNames(files['index.d.ts']);
Object.assign(files, await filesToPaste(files, { version, check, size: bytesOf }));
await mkdir(path('dist'), { recursive: true });
for (const [name, contents] of Object.entries(files)) {
  await writeFile(path(`dist/${name}`), contents);
  if (!/\.c?js$/.test(name)) continue;
  if (!name.startsWith('index.') && name !== 'inspector.js') check(contents, name);
  const { min, gzip, brotli } = bytesOf(contents);
  console.log(`${name.padEnd(28)} ${[min, gzip, brotli].map((n) => n.toLocaleString('en')).join(' / ')}`);
}
for (const { name, bound, today } of SCRIPTS) {
  const { brotli } = bytesOf(files[`${name}.min.js`]);
  console.log(`${name}.min.js has ${brotli} bytes after brotli: bound ${bound}`);
  if (brotli > bound) console.warn(`It is ${brotli - bound} bytes over its bound`);
  if (brotli > Math.max(bound, today)) {
    throw new Error(`${name}.min.js has more than the ${today} bytes of today (brotli)`);
  }
}
