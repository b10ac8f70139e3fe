import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { INSTALLATIONS } from './installations/installations.mjs';
import { startSite } from './installations/site.mjs';

// Tests the installations in WebKit, the engine of Safari, with plain WebDriver. It runs if WebKitGTK's driver is
// installed, and otherwise says so.

/**
 * Ms to wait for something. Optimizely's batch takes a second, and a busy machine needs several seconds to start a
 * browser.
 */
const PATIENCE = 10_000;

const EXPECTED = [
  { kind: 'properties', name: '', properties: { '[Optimizely] checkout_redesign': 'treatment' } },
  {
    kind: 'event',
    name: 'Experiment Viewed',
    properties: {
      flag_key: 'checkout_redesign',
      variation_key: 'treatment',
      rule_key: 'checkout_redesign_test',
      enabled: true,
    },
  },
];

function findCommand(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);
}

/** Debian has WebKitGTK's small browser in its library's folder. */
function findBrowser() {
  for (const library of ['/usr/lib', '/usr/libexec', '/usr/lib64']) {
    const folders = existsSync(library) ? readdirSync(library) : [];
    for (const folder of ['', ...folders.filter((name) => name.endsWith('-linux-gnu'))]) {
      for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
        const path = join(library, folder, version, 'MiniBrowser');
        if (existsSync(path)) return path;
      }
    }
  }
  return undefined;
}

async function findFreePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** A virtual screen on a free display, whose number the server reports on another channel. */
async function startScreen(start, command) {
  const screen = start(command, ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp']);
  const [number] = await once(screen.stdio[3], 'data', { signal: AbortSignal.timeout(PATIENCE) });
  return `:${String(number).trim()}`;
}

async function request(method, address, body) {
  const response = await fetch(address, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Repeats a failing call until it succeeds, or the time is over. */
async function eventually(attempt) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Runs in the page. */
function look() {
  return window.fullstoryDouble && window.optimizelyFullStory?.status
    ? { calls: window.fullstoryDouble.calls, status: window.optimizelyFullStory.status() }
    : {};
}

async function tryInstallation(session, site, installation) {
  const { problems = [], decisions = { seen: 1, sent: 1 } } = await installation(site);
  const execute = (code) => request('POST', `${session}/execute/sync`, { script: code, args: [] });
  const open = (url) => request('POST', `${session}/url`, { url });
  // FullStory's double remembers the calls of earlier pages.
  await open(`${site.origin}/empty.html`);
  await execute('localStorage.clear(); sessionStorage.clear();');
  await open(await site.make(installation));
  await eventually(async () => {
    // As a text: members that a page adds to all objects would break the driver.
    const { calls = [], status } = JSON.parse(await execute(`return JSON.stringify((${look})());`));
    const said = calls.map(({ kind, name, properties: { decided_at, ...properties } }) => ({
      kind,
      name,
      properties,
    }));
    const counted = Object.entries(decisions).every(([name, count]) => status?.decisions[name] === count);
    if (!isDeepStrictEqual(said, EXPECTED) || !counted || !isDeepStrictEqual(status.problems, problems)) {
      throw new Error(JSON.stringify({ said, decisions: status?.decisions, problems: status?.problems }));
    }
  });
}

async function run(driver, binary) {
  const children = [];
  const start = (command, args, env = {}) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    children.push(child);
    return child;
  };
  const stop = () => {
    for (const child of children) child.kill();
  };
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const site = await startSite();
  site.add('/empty.html', '<!doctype html><title>Empty</title>');
  let failures = 0;
  let tried = 0;
  try {
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}/session`;
    start(driver, [`--port=${port}`], {
      DISPLAY: process.env.DISPLAY || (await startScreen(start, findCommand('Xvfb'))),
      // WebKit's own sandbox needs rights that containers do not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    });
    const created = await eventually(() =>
      request('POST', address, {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
      }),
    );
    console.log(`Testing in WebKit ${created.capabilities.browserVersion} (${binary})`);
    const session = `${address}/${created.sessionId}`;
    for (const [group, installations] of Object.entries(INSTALLATIONS)) {
      for (const [name, installation] of Object.entries(installations)) {
        tried++;
        try {
          await tryInstallation(session, site, installation);
        } catch (error) {
          failures++;
          console.error(`✘ ${group}: ${name}\n${error.message}`);
        }
      }
    }
    await request('DELETE', session);
  } finally {
    stop();
    site.close();
  }
  console.log(`${tried - failures} of ${tried} installations work in WebKit`);
  if (failures || !tried) process.exitCode = 1;
}

const driver = findCommand('WebKitWebDriver');
const browser = findBrowser();
if (driver && browser && (process.env.DISPLAY || findCommand('Xvfb'))) await run(driver, browser);
else {
  console.log(
    'Not tested in WebKit: its driver is not installed. With Debian: sudo apt-get install webkit2gtk-driver xvfb',
  );
}
