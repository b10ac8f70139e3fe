// How many calls a page makes to FullStory, and how many of them FullStory accepts under its documented limits. Runs in
// Node after `bench/page-in-node.mjs`, with a clock that jumps.
import { mock } from 'node:test';
import { markdownTable, thousands } from '../scripts/table.mjs';
import { loadFullStory, openShop, readScript } from './page-in-node.mjs';

const FLAGS = [1, 10, 100, 500];
/** Ms that a page stays open: time for 500 events at 40 a minute. */
const OPEN = 13 * 60_000;
const TICK = 10;

/** Opens a page that decides `count` flags once the SDK is ready, and leaves it open for a while. */
async function countCalls(by, count, script) {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  mock.method(performance, 'now', () => Date.now());
  try {
    const client = openShop(by === 'bridge' ? script : '', { moreFlags: count });
    if (by === 'recipe') recipe(client);
    const double = loadFullStory();
    mock.timers.tick(TICK);
    await client.onReady();
    await Promise.resolve();
    client
      .createUserContext('ada')
      .decideForKeys(
        Array.from({ length: count }, (_, number) => `flag_${String(number + 1).padStart(3, '0')}`),
      );
    // The bridge hands over in a microtask.
    await Promise.resolve();
    for (let time = 0; time < OPEN; time += TICK) mock.timers.tick(TICK);
    if (by === 'bridge') optimizelyFullStory.disconnect();
    await client.close();
    const ofKind = (kind) => {
      const calls = double.calls.filter((call) => call.kind === kind);
      return { made: calls.length, accepted: calls.filter(({ outcome }) => outcome === 'accepted').length };
    };
    const events = ofKind('event');
    if (!events.made) throw new Error(`The ${by} sent nothing of ${count} flags`);
    return { properties: ofKind('properties'), events };
  } finally {
    mock.restoreAll();
    mock.timers.reset();
  }
}

/** The table of calls for pages with ever more flags. */
export async function callsTable() {
  const script = await readScript();
  const rows = [];
  for (const count of FLAGS) {
    const cells = [];
    for (const by of ['bridge', 'recipe']) {
      const { properties, events } = await countCalls(by, count, script);
      cells.push(
        ...[properties, events].map(({ made, accepted }) => `${thousands(accepted)} of ${thousands(made)}`),
      );
    }
    rows.push([`${count} ${count > 1 ? 'flags' : 'flag'}`, ...cells]);
  }
  return markdownTable([
    [
      'accepted of made',
      ...['bridge', 'recipe'].flatMap((by) => [`${by}: setProperties`, `${by}: trackEvent`]),
    ],
    ...rows,
  ]);
}
