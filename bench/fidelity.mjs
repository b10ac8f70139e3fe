// Runs each scenario twice, once with the bridge and once with the recipe instead, and compares what the pages decided
// with what FullStory has: `npm run fidelity`. Words after it choose scenarios by their names, and leave the README.
import { readFile, writeFile } from 'node:fs/promises';
import { serve } from '../demo/serve.mjs';
import { fillPlaceholder, setOff } from '../scripts/placeholders.mjs';
import { account, add, emptyAccount, isComplete } from './account.mjs';
import { launchChromium } from './chromium.mjs';
import { createPages } from './pages.mjs';
import { scenarios } from './scenarios.mjs';
import { markdownTable, thousands } from './table.mjs';

const README = new URL('../README.md', import.meta.url);
const AT_ONCE = 4;
const PARTIES = ['bridge', 'recipe'];
const COLUMNS = ['once', 'lost', 'doubled', 'rejected', 'astray', 'waiting', 'dropped', 'again'];

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
    const { ledger, calls, status, contradictions } = await pages.collect();
    const isOncePerSession = scenario.settings?.includes('data-dedupe="session"');
    return { ...account(ledger, calls, { ...scenario, isOncePerSession, status }), contradictions };
  } catch (error) {
    throw new Error(`${scenario.name}, SDK ${sdk}, snippet ${snippet}, ${by}: ${error.message}`, {
      cause: error,
    });
  } finally {
    await context.close();
  }
}

/** Runs all rows, a few at once. Each gets an account for each party. */
async function runAll(browser, origin, rows) {
  const waiting = rows.flatMap((row) => PARTIES.map((by) => ({ row, by })));
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      next.row[next.by] = await runOnce(browser, origin, next.row, next.by);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const properties = ({ told, values }) => (values ? `${told}/${values}` : '–');

function cells(result) {
  if (!result) return [...COLUMNS, 'properties', 'calls refused'].map(() => '—');
  return [...COLUMNS.map((name) => result[name] || '·'), properties(result), result.refused || '·'];
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

function totalOf(rows, by) {
  const total = emptyAccount();
  for (const row of rows) {
    if (!row[by]) continue;
    const { contradictions, ...counts } = row[by];
    add(total, counts);
  }
  return total;
}

const distinct = (rows, name) => [...new Set(rows.map((row) => row[name]))].sort().join(', ');

/** Whether all is where it belongs, and the bridge tells what it did. */
function isFaultless(row, by) {
  const { scenario, [by]: result } = row;
  const isTold = !result.contradictions.length && result.dropped === (scenario.drops ?? 0);
  return isComplete(result) && (isTold || by !== 'bridge');
}

function faultless(rows, by) {
  const run = rows.filter((row) => row[by]);
  return `${run.filter((row) => isFaultless(row, by)).length} of ${run.length}`;
}

function summary(rows, browserVersion) {
  const totals = PARTIES.map((by) => totalOf(rows, by));
  const line = (title, cell) => [title, ...totals.map(cell)];
  const count = (name) => (total) => thousands(total[name]);
  const names = new Set(rows.map(({ scenario }) => scenario.name));
  const table = markdownTable([
    ['', ...PARTIES],
    ['scenarios without a fault', ...PARTIES.map((by) => faultless(rows, by))],
    line('distinct decisions', count('decisions')),
    line('in the right session exactly once', count('once')),
    line('lost', count('lost')),
    line('doubled', count('doubled')),
    line('rejected by FullStory’s limits', count('rejected')),
    line('in a session where nobody decided them', count('astray')),
    line('waiting where no session ever starts', count('waiting')),
    line('dropped, oldest first, by `bufferSize`', count('dropped')),
    line('told again to a later session of the page', count('again')),
    line(
      'user properties that hold the latest decision',
      (total) => `${count('told')(total)} of ${count('values')(total)}`,
    ),
  ]);
  return (
    `${names.size} situations in ${rows.length} scenarios on ${new Date().toISOString().slice(0, 10)}: ` +
    `SDK ${distinct(rows, 'sdk')}; snippet ${distinct(rows, 'snippet')}; ` +
    `Chromium ${browserVersion.split('.')[0]}.\n\n${table}`
  );
}

async function writeSummary(text) {
  await writeFile(README, fillPlaceholder(await readFile(README, 'utf8'), 'fidelity', setOff(text)));
}

const wanted = process.argv.slice(2).join(' ');
const rows = scenarios.filter(({ name }) => name.includes(wanted)).flatMap(rowsOf);
const promised = rows.filter(({ scenario }) => !scenario.isBeyond);
const began = Date.now();
const server = await serve(0);
const browser = await launchChromium({
  // Playwright starts Chromium without the cache from which pages come back.
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
  if (bridge.untold) console.error(`  ${bridge.untold} decisions that hold are not told to a later session`);
  if (bridge.astray) console.error(`  ${bridge.astray} events tell a session what nobody decided in it`);
  if (bridge.undated) console.error(`  ${bridge.undated} late events do not say when they were decided`);
  for (const contradiction of bridge.contradictions) console.error(`  ${contradiction}`);
}
if (incomplete.length) process.exitCode = 1;
