// Builds and runs the examples from the packed package: `npm run examples`. Names after it choose:
// `npm run examples -- next react`. Nothing but the npm registry is asked.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { containerTag, tagManager } from '../e2e/installations/tag-manager.mjs';
import { launchChromium } from '../scripts/chromium.mjs';
import { importTypeScript } from '../scripts/import-typescript.mjs';
import { packPackage } from '../scripts/package.mjs';
import { serve } from '../scripts/serve.mjs';

const { createDatafile } = await importTypeScript('e2e/doubles/datafile.ts');
const require = createRequire(import.meta.url);
const { generateSnippetText } = require('@fullstory/snippet');
const EXAMPLES = fileURLToPath(new URL('.', import.meta.url));
const ROOT = new URL('..', import.meta.url);
const FLAG = 'checkout_redesign';
/** Ms in which a server has surely started, and a page has surely decided. */
const PATIENCE = 60_000;

/**
 * Runs a program to its end.
 *
 * @throws with its whole output if it fails.
 */
async function run(cwd, command, ...args) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CI: 'true' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${said}`);
}

const listen = (server) =>
  new Promise((resolve, reject) => server.once('error', reject).listen(0, () => resolve(server)));
const addressOf = (server) => `http://localhost:${server.address().port}/`;

/** Serves the built files of an example. */
async function serveFolder(folder) {
  const server = await listen(createServer(sirv(folder, { dev: true, single: true })));
  return { address: addressOf(server), stop: () => server.close() };
}

/** Starts an example's own server on a free port, and waits until it answers. */
async function startServer(folder, datafileAddress) {
  const free = await listen(createServer());
  const address = addressOf(free);
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), DATAFILE_URL: datafileAddress, NEXT_TELEMETRY_DISABLED: '1' },
    // A group of its own, so that npm's child ends with it.
    detached: true,
  });
  let said = '';
  let isOver = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  child.once('close', () => (isOver = true));
  const stop = () => isOver || process.kill(-child.pid);
  const deadline = Date.now() + PATIENCE;
  while (!(await fetch(address).catch(() => undefined))?.ok) {
    if (isOver || Date.now() > deadline) {
      stop();
      throw new Error(`npm start does not answer in ${folder}:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, stop };
}

/** Puts FullStory's and Tag Manager's snippets into an example's page. */
async function withSnippets(html, folder) {
  const snippet = generateSnippetText({
    orgId: 'YOUR_ORG_ID',
    host: 'fullstory.com',
    namespace: 'FS',
    script: 'edge.fullstory.com/s/fs.js',
  });
  let page = html.replace("<!-- FullStory's snippet -->", () => `<script>${snippet}</script>`);
  if (page.includes("<!-- Google Tag Manager's snippet -->")) {
    const container = await readFile(join(folder, 'dist/gtm-container.json'), 'utf8');
    const [tags] = tagManager([await containerTag({}, container)]).split('<script src=');
    const manager = await readFile(new URL('e2e/pages/tag-manager.js', ROOT), 'utf8');
    page = page.replace("<!-- Google Tag Manager's snippet -->", () => `${tags}<script>${manager}</script>`);
  }
  return page;
}

/** Opens an example's page, with stand-ins for its external requests, and reports what is wrong. */
async function check(browser, address, folder, doubles) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const cors = { 'access-control-allow-origin': '*' };
    if (url.href === address) {
      const response = await route.fetch();
      return route.fulfill({ response, body: await withSnippets(await response.text(), folder) });
    }
    if (url.hostname === 'localhost') return route.continue();
    if (url.pathname === '/s/fs.js')
      return route.fulfill({ body: doubles.fullstory, contentType: 'text/javascript' });
    if (url.hostname === 'cdn.optimizely.com') {
      return route.fulfill({ body: doubles.datafile, contentType: 'application/json', headers: cors });
    }
    if (url.hostname === 'logx.optimizely.com') return route.fulfill({ status: 204, headers: cors });
    if (url.hostname === 'unpkg.com') {
      const [, name, file] = /^\/(@[^@]*)@[^/]*\/(.*)$/.exec(url.pathname) ?? [];
      return route.fulfill({ path: fileURLToPath(new URL(`node_modules/${name}/${file}`, ROOT)) });
    }
    problems.push(`The page asks ${url}`);
    return route.abort();
  });
  try {
    await page.goto(address);
    await page.waitForFunction(
      (flag) =>
        window.fullstoryDouble?.calls.some(
          ({ kind, properties }) => kind === 'event' && properties.flag_key === flag,
        ) &&
        // Optimizely's batch keeps Angular's zone busy for a second.
        (document.querySelector('#stable')?.textContent ?? 'stable') === 'stable',
      FLAG,
      { timeout: PATIENCE },
    );
    const found = await page.evaluate(() => ({
      calls: window.fullstoryDouble.calls.map(({ kind, properties, outcome }) => ({
        kind,
        properties,
        outcome,
      })),
      shown: document.querySelector('#variation')?.textContent,
    }));
    const [values, event, ...more] = found.calls;
    const variation = event?.properties.variation_key;
    const isRight =
      more.length === 0 &&
      found.calls.every(({ outcome }) => outcome === 'accepted') &&
      values.properties[`[Optimizely] ${FLAG}`] === variation &&
      found.shown === variation;
    if (!isRight) problems.push(`The page has ${JSON.stringify(found)}`);
    return { problems, variation };
  } catch (error) {
    return { problems: [...problems, String(error)] };
  } finally {
    await context.close();
  }
}

async function runExample(name, { tarball, work, browser, doubles }) {
  const folder = join(work, name);
  await cp(join(EXAMPLES, name), folder, {
    recursive: true,
    filter: (path) => !/node_modules|\.next/.test(path),
  });
  // Most have one page.
  const { scripts, pages = [''] } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', tarball);
  if (scripts.build) await run(folder, 'npm', 'run', 'build');
  if (scripts.test) {
    await run(folder, 'npm', 'test');
    return 'its tests pass';
  }
  const site = await (scripts.start
    ? startServer(folder, doubles.datafileAddress)
    : serveFolder(join(folder, 'dist')));
  try {
    const arrived = [];
    for (const path of pages) {
      const { problems, variation } = await check(browser, site.address + path, folder, doubles);
      if (problems.length) throw new Error([`/${path}`, ...problems].join('\n'));
      arrived.push(variation);
    }
    return `${FLAG} = ${arrived.join(', ')} has arrived`;
  } finally {
    await site.stop();
  }
}

const all = (await readdir(EXAMPLES)).filter((name) => existsSync(join(EXAMPLES, name, 'package.json')));
const wanted = process.argv.slice(2);
for (const name of wanted) if (!all.includes(name)) throw new Error(`There is no example ${name}`);
const work = await mkdtemp(join(tmpdir(), 'examples-'));
const datafile = createDatafile();
const datafiles = await listen(createServer((_, response) => response.end(datafile)));
const project = await serve(0);
const browser = await launchChromium();
const failed = [];
try {
  const tarball = await packPackage(work);
  const doubles = {
    datafile,
    datafileAddress: addressOf(datafiles),
    fullstory: await (await fetch(`${addressOf(project)}fullstory/fs.js`)).text(),
  };
  for (const name of wanted.length ? wanted : all) {
    try {
      console.log(`${name}: ${await runExample(name, { tarball, work, browser, doubles })}`);
    } catch (error) {
      failed.push(name);
      console.error(`${name}: ${error.message}`);
    }
  }
} finally {
  await browser.close();
  project.close();
  datafiles.close();
  await rm(work, { recursive: true, force: true });
}
console.log(`${(wanted.length || all.length) - failed.length} passed, ${failed.length} failed`);
if (failed.length) process.exitCode = 1;
