import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { eventually, PATIENCE } from './eventually.mjs';

/** Starts WebKitGTK's small browser under its driver, and speaks plain WebDriver with it. */

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

/** The paths of what WebKit needs here; undefined if something is missing. */
export function findWebKit() {
  const driver = findCommand('WebKitWebDriver');
  const browser = findBrowser();
  const screen = findCommand('Xvfb');
  return driver && browser && (process.env.DISPLAY || screen) ? { driver, browser, screen } : undefined;
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
    // Otherwise the driver may close an idle connection just when the next command uses it.
    headers: { connection: 'close' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/**
 * Starts a browser with one tab.
 *
 * @returns its version, how to send a command of WebDriver's session, and how to stop.
 */
export async function startWebKit({ driver, browser, screen }) {
  const children = [];
  const start = (command, args, env = {}) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    children.push(child);
    return child;
  };
  const kill = () => {
    for (const child of children) child.kill();
  };
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}/session`;
    start(driver, [`--port=${port}`], {
      DISPLAY: process.env.DISPLAY || (await startScreen(start, screen)),
      // WebKit's own sandbox needs rights that containers do not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    });
    const { capabilities, sessionId } = await eventually(() =>
      request('POST', address, {
        capabilities: {
          alwaysMatch: { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } },
        },
      }),
    );
    const session = `${address}/${sessionId}`;
    return {
      version: capabilities.browserVersion,
      command: (name, body) => request('POST', `${session}/${name}`, body),
      async stop() {
        try {
          await request('DELETE', session);
        } finally {
          kill();
        }
      },
    };
  } catch (error) {
    kill();
    throw error;
  }
}
