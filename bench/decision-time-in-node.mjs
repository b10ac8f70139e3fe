// Measures decisions in a fresh process, because how the engine compiles the listeners depends on everything that has run
// before. Run by its path, it is that process.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measureDecisionTimes, measureInFreshPages } from './decision-time.mjs';
import { loadSdk, openPage, readScript } from './page-in-node.mjs';

const path = fileURLToPath(import.meta.url);

/**
 * @param {string} version the SDK's.
 * @param {{ rounds: number, kinds?: string[], isWhole?: boolean }} options as for `measureDecisionTimes`.
 */
export function measureDecisionTimesInNode(version, options) {
  return measureInFreshPages(async (some) => {
    const { stdout } = await promisify(execFile)(process.execPath, [path, version, JSON.stringify(some)], {
      maxBuffer: 2 ** 26,
    });
    return JSON.parse(stdout);
  }, options);
}

if (process.argv[1] === path) {
  const [, , version, options] = process.argv;
  await openPage();
  const measured = await measureDecisionTimes({
    version,
    sdk: loadSdk(version),
    script: await readScript(),
    ...JSON.parse(options),
  });
  console.log(JSON.stringify(measured));
}
