import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, firefox } from '@playwright/test';

/** The commands of browsers on different systems. */
const BROWSERS = {
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    paths: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    debian: 'chromium',
    bundled: () => chromium.executablePath(),
  },
  firefox: {
    commands: ['firefox-esr'],
    paths: [],
    debian: 'firefox-esr',
    bundled: () => firefox.executablePath(),
  },
};

/** Chromium without windows: tests take a quarter of the processor time. It has no back/forward cache. */
const HEADLESS_SHELL = 'chromium-headless-shell';

function findInstalled({ commands, paths }) {
  const folders = (process.env.PATH || '').split(delimiter);
  return [...commands.flatMap((command) => folders.map((folder) => join(folder, command))), ...paths].find(
    existsSync,
  );
}

/**
 * Finds a browser for the tests.
 *
 * @returns its path, and whether it is installed on the system; `undefined` if there is none.
 */
export function findBrowser(name) {
  const installed = findInstalled(BROWSERS[name]);
  if (installed) return { path: installed, isSystem: true };
  const bundled = BROWSERS[name].bundled();
  return bundled && existsSync(bundled) ? { path: bundled, isSystem: false } : undefined;
}

/** The Chromium for most tests; `undefined` for Playwright's own, which has a headless shell. */
export function findChromiumForTests() {
  const shell = findInstalled({ commands: [HEADLESS_SHELL], paths: [] });
  if (shell) return shell;
  const whole = findBrowser('chromium');
  return whole?.isSystem ? whole.path : undefined;
}

function run(command, ...options) {
  console.log(`> ${[command, ...options].join(' ')}`);
  return (
    spawnSync(command, options, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  );
}

const canInstallPackages =
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function installPackages(...names) {
  return run('apt-get', 'install', '-y', '-qq', ...names);
}

function install(missing) {
  if (canInstallPackages) {
    console.log(`No ${missing.join(' and no ')} found: installing the system's packages.`);
    run('apt-get', 'update', '-qq');
    if (installPackages(...missing.map((name) => BROWSERS[name].debian))) return;
  }
  console.log(`No ${missing.join(' and no ')} found: downloading Playwright's own.`);
  run('npx', 'playwright', 'install', ...missing);
}

function ensure() {
  const names = Object.keys(BROWSERS);
  const missing = names.filter((name) => !findBrowser(name));
  if (missing.length) install(missing);
  // Not every system has it, and the tests run without it, more slowly.
  if (findBrowser('chromium')?.isSystem && findChromiumForTests() === findBrowser('chromium').path) {
    if (!canInstallPackages || !installPackages(HEADLESS_SHELL)) {
      console.log(`Tests take a quarter of the time with ${HEADLESS_SHELL}, which is a package of Debian's.`);
    }
  }
  for (const name of names) {
    const found = findBrowser(name);
    if (found) console.log(`Testing in ${(name === 'chromium' && findChromiumForTests()) || found.path}`);
    else {
      console.error(
        `There is no ${name} to test in, and none could be installed. Run one of these and try again:\n` +
          `  sudo apt-get install ${BROWSERS[name].debian}\n  npx playwright install ${name}`,
      );
      process.exitCode = 1;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensure();
