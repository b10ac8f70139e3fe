// Runs each scenario of the catalogue twice, with the bridge and with the recipe, and compares the pages' decisions
// with the calls that FullStory accepted: `npm run fidelity`. Words after it choose scenarios by their names or their
// situations' ids, and leave the README.
import { readFile, writeFile } from 'node:fs/promises';
import { launchChromium } from '../scripts/chromium.mjs';
import { importTypeScript } from '../scripts/import-typescript.mjs';
import { fillPlaceholder, setOff } from '../scripts/placeholders.mjs';
import { serve } from '../scripts/serve.mjs';
import { markdownTable, thousands } from '../scripts/table.mjs';
import { createPages } from './pages.mjs';

const { isMeasured, SITUATIONS } = await importTypeScript('e2e/situations/catalogue.ts');
const { addTotals, isComplete, NOTHING, totalsOf } = await importTypeScript('e2e/accounting/totals.ts');

const README = new URL('../README.md', import.meta.url);
const AT_ONCE = 4;
const PARTIES = ['bridge', 'recipe'];
const COLUMNS = [
  'once',
  'lost',
  'doubled',
  'rejected',
  'otherUser',
  'otherSession',
  'unexplained',
  'waiting',
  'dropped',
  'unheard',
  'again',
];

/** The catalogue's scenarios, each with the settings of its situation. */
const scenarios = SITUATIONS.filter(isMeasured).flatMap(({ id, settings = {}, fidelity }) =>
  fidelity.map((scenario) => ({ id, settings, ...scenario })),
);

function rowsOf(scenario) {
  return scenario.on.map((versions) => {
    const [sdk, snippet] = versions.split(' ');
    return { scenario, sdk, snippet };
  });
}

async function runOnce(browser, origin, { scenario, sdk, snippet }, by) {
  if (by === 'recipe' && scenario.isBridgeOnly) return undefined;
  const context = await browser.newContext();
  try {
    const pages = await createPages(context, origin, { ...scenario, by, sdk, snippet });
    await scenario.run(pages);
    const { entries, calls, decisions, contradictions } = await pages.collect();
    const totals = totalsOf({
      entries,
      calls,
      waiting: decisions?.waiting ?? 0,
      dropped: decisions?.dropped ?? 0,
      isOncePerSession: scenario.settings.dedupe === 'session',
      isBridge: by === 'bridge',
      isChildFrame: !!scenario.isChildFrame,
    });
    return { ...totals, contradictions };
  } catch (error) {
    throw new Error(`${scenario.name}, SDK ${sdk}, snippet ${snippet}, ${by}: ${error.message}`, {
      cause: error,
    });
  } finally {
    await context.close();
  }
}

/** Runs all rows, a few at once. Each gets totals for each party. */
async function runAll(browser, origin, rows) {
  const waiting = rows.flatMap((row) => PARTIES.map((by) => ({ row, by })));
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      next.row[next.by] = await runOnce(browser, origin, next.row, next.by);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const propertiesOf = ({ right, properties }) => (properties ? `${right}/${properties}` : '–');

function cells(result) {
  if (!result) return [...COLUMNS, 'properties', 'calls refused'].map(() => '—');
  return [...COLUMNS.map((name) => result[name] || '·'), propertiesOf(result), result.refused || '·'];
}

function printTable(rows) {
  const header = ['scenario', 'SDK', 'snippet', 'decisions'];
  for (const by of PARTIES) header.push(`${by}: once`, ...COLUMNS.slice(1), 'properties', 'calls refused');
  const lines = rows.map((row) => [
    row.scenario.name + (row.scenario.isBeyond ? ' *' : ''),
    row.sdk,
    row.snippet,
    row.bridge.decisions,
    ...PARTIES.flatMap((by) => cells(row[by])),
  ]);
  console.log(markdownTable([header, ...lines]));
}

const totalOf = (rows, by) =>
  rows
    .map((row) => row[by])
    .filter(Boolean)
    .reduce(addTotals, NOTHING);

const distinct = (rows, name) => [...new Set(rows.map((row) => row[name]))].sort().join(', ');

/** Whether every decision is in the right session, and the bridge's status is right. */
function isFaultless(row, by) {
  const { scenario, [by]: result } = row;
  const isStated = !result.contradictions.length && result.dropped === (scenario.drops ?? 0);
  return isComplete(result) && (isStated || by !== 'bridge');
}

function faultless(rows, by) {
  const run = rows.filter((row) => row[by]);
  return `${run.filter((row) => isFaultless(row, by)).length} of ${run.length}`;
}

function summary(rows, browserVersion) {
  const totals = PARTIES.map((by) => totalOf(rows, by));
  const line = (title, cell) => [title, ...totals.map(cell)];
  const count = (name) => (total) => thousands(total[name]);
  const situations = new Set(rows.map(({ scenario }) => scenario.id));
  const table = markdownTable([
    ['', ...PARTIES],
    ['scenarios without a fault', ...PARTIES.map((by) => faultless(rows, by))],
    line('distinct decisions', count('decisions')),
    line('in the right session exactly once', count('once')),
    line('lost', count('lost')),
    line('doubled', count('doubled')),
    line('rejected by FullStory’s limits', count('rejected')),
    line('in another user’s session', count('otherUser')),
    line('in another session of the same user', count('otherSession')),
    line('events of no decision', count('unexplained')),
    line('waiting where no session ever starts', count('waiting')),
    line('dropped, oldest first, by `bufferSize`', count('dropped')),
    line('made while the page had disconnected the script', count('unheard')),
    line('sent again to a later session of the page', count('again')),
    line(
      'user properties that hold the latest decision',
      (total) => `${count('right')(total)} of ${count('properties')(total)}`,
    ),
  ]);
  return (
    `${situations.size} situations in ${rows.length} scenarios on ${new Date().toISOString().slice(0, 10)}: ` +
    `SDK ${distinct(rows, 'sdk')}; snippet ${distinct(rows, 'snippet')}; ` +
    `Chromium ${browserVersion.split('.')[0]}.\n\n${table}`
  );
}

async function writeSummary(text) {
  await writeFile(README, fillPlaceholder(await readFile(README, 'utf8'), 'fidelity', setOff(text)));
}

const wanted = process.argv.slice(2).join(' ');
const rows = scenarios.filter(({ id, name }) => `${id}: ${name}`.includes(wanted)).flatMap(rowsOf);
const promised = rows.filter(({ scenario }) => !scenario.isBeyond);
const began = Date.now();
const server = await serve(0);
const browser = await launchChromium({
  // Playwright starts Chromium without the back/forward cache.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
});
try {
  await runAll(browser, `http://localhost:${server.address().port}`, rows);
  printTable(rows);
  const text = summary(promised, browser.version());
  console.log(`\n* not promised, and not in the totals\n\n${text}\n`);
  console.log(`${Math.round((Date.now() - began) / 1000)} s`);
  if (!wanted) await writeSummary(text);
} finally {
  await browser.close();
  server.close();
}
const incomplete = promised.filter((row) => !isFaultless(row, 'bridge'));
for (const { scenario, sdk, snippet, bridge } of incomplete) {
  console.error(`The bridge is incomplete: ${scenario.name}, SDK ${sdk}, snippet ${snippet}`);
  if (bridge.notAgain)
    console.error(`  ${bridge.notAgain} current decisions are not sent to a later session`);
  if (bridge.unexplained) console.error(`  ${bridge.unexplained} events belong to no decision`);
  if (bridge.undated) console.error(`  ${bridge.undated} late events do not say when they were decided`);
  for (const contradiction of bridge.contradictions) console.error(`  ${contradiction}`);
}
if (incomplete.length) process.exitCode = 1;
