// Measures the script's size, costs and calls, compared with the recipe of the public guides, and writes
// `bench/RESULTS.md` and the figures that the README quotes: `npm run bench`.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { launchChromium, openEmptyPage } from '../scripts/chromium.mjs';
import { importTypeScript } from '../scripts/import-typescript.mjs';
import { fillPlaceholder, setOff } from '../scripts/placeholders.mjs';
import { serve } from '../scripts/serve.mjs';
import { criticalPathTable, sizesTable } from '../scripts/sizes.mjs';
import { markdownTable, thousands } from '../scripts/table.mjs';
import { callsTable } from './calls.mjs';
import { measureInFreshPages } from './decision-time.mjs';
import { measureDecisionTimesInNode } from './decision-time-in-node.mjs';
import { measureFirstPaints } from './first-paint.mjs';
import { measureGrowth } from './growth.mjs';
import { openPage, readScript, SDKS } from './page-in-node.mjs';
import { measureStarts } from './start-up.mjs';
import { show, spreadOf } from './statistics.mjs';
import { measureDelivery, measureEvaluation } from './tasks.mjs';

const ROUNDS = 300;
const RUNS = 15;
const SLOW_DOWN = 4;
const README = new URL('../README.md', import.meta.url);
const RESULTS = new URL('RESULTS.md', import.meta.url);

const { generateSnippetText } = createRequire(import.meta.url)('@fullstory/snippet');
const { scriptText } = await importTypeScript('install/script-text.ts');

const began = Date.now();
const script = await readScript();
/** Its text in `dist/snippet.html`. */
const inlineScript = scriptText(script, 'dist/optimizely-fullstory.min.js');
const library = (name) => readFile(new URL(`../node_modules/${name}`, import.meta.url), 'utf8');
await openPage();

const server = await serve(0);
const origin = `http://localhost:${server.address().port}`;
const browser = await launchChromium();
const version = browser.version().split('.')[0];

/** Runs in the page. */
async function measureInPage({ script, version, options }) {
  const { measureDecisionTimes } = await import('/bench/decision-time.mjs');
  const load = (src) =>
    new Promise((resolve, reject) => {
      document.head.append(
        Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject }),
      );
    });
  await load('/e2e/client-config.js');
  await load('/bench/recipe.js');
  await load(`/optimizely/${version}.js`);
  return measureDecisionTimes({ version, sdk: { ...window.optimizelySdk }, script, ...options });
}

function measureDecisionTimesInChromium(sdk) {
  return measureInFreshPages(
    async (options) => {
      const page = await openEmptyPage(browser, origin);
      const results = await page.evaluate(measureInPage, { script, version: sdk, options });
      await page.context().close();
      return results;
    },
    { rounds: ROUNDS },
  );
}

/** One SDK after the other. */
async function ofEachSdk(measure) {
  const results = [];
  for (const sdk of SDKS) results.push(...(await measure(sdk)));
  return results;
}

/** ns for one notification, µs for a whole decision. */
function timesTable(measured, isWhole) {
  const [unit, digits] = isWhole ? [1e3, 1] : [1e6, 0];
  const parties = ['no listener', 'empty listener', 'recipe', 'bridge'];
  const inUnit = ({ median, low, high }) =>
    show({ median: median * unit, low: low * unit, high: high * unit }, digits);
  const rows = measured.flatMap(({ where, results }) =>
    results
      .filter(({ what }) => isWhole === (what !== 'notification'))
      .map((result) => [
        `${where}, SDK ${result.version}, ${isWhole ? `${result.what}, ` : ''}${result.kind}`,
        ...parties.map((name) => inUnit(result[name])),
        show(result.ratio, 2),
      ]),
  );
  return markdownTable([
    [isWhole ? 'µs' : 'ns', ...parties, isWhole ? 'bridge : recipe' : 'added, bridge : recipe'],
    ...rows,
  ]);
}

async function measureTasks() {
  const scripts = {
    'an empty script': '',
    'this script': inlineScript,
    'web-vitals': await library('web-vitals/dist/web-vitals.iife.js'),
    'Optimizely’s SDK 6.6.1': await library('@optimizely/optimizely-sdk/dist/optimizely.browser.umd.min.js'),
  };
  const speeds = [1, SLOW_DOWN];
  const evaluation = [];
  const delivery = [];
  for (const speed of speeds) evaluation.push(await measureEvaluation(browser, origin, scripts, speed, RUNS));
  for (const speed of speeds) delivery.push(await measureDelivery(browser, origin, script, speed, RUNS));
  const row = (title, cells) => [title, ...cells.map((cell) => show(cell, 2))];
  const table = markdownTable([
    ['ms', 'as it is', `${SLOW_DOWN} times slower`],
    ...Object.keys(scripts).map((name) =>
      row(
        `evaluating ${name}`,
        evaluation.map((times) => times[name]),
      ),
    ),
    row(
      'longest task, delivering 500 decisions',
      delivery.map(({ longest }) => longest),
    ),
    row(
      'leaving with 500 decisions waiting',
      delivery.map(({ leaving }) => leaving),
    ),
  ]);
  return { table, evaluation: evaluation.map((times) => times['this script']), delivery };
}

/** Start-up by processor time, as multiples of web-vitals' in the same round. */
async function startUpTable() {
  const baseline = 'web-vitals, iife';
  const files = {
    [baseline]: await library('web-vitals/dist/web-vitals.iife.js'),
    'this script': script,
    '@plausible-analytics/tracker': await library('@plausible-analytics/tracker/plausible.js'),
    '@amplitude/analytics-browser': await library(
      '@amplitude/analytics-browser/lib/scripts/amplitude-min.umd.js',
    ),
  };
  const inline = {
    ...files,
    'this script': inlineScript,
    'FullStory’s snippet 2.1': generateSnippetText({
      orgId: 'ORG',
      namespace: 'FS',
      host: 'localhost',
      script: 'none.js',
    }),
    'the stub': await readFile(new URL('../dist/stub.min.js', import.meta.url), 'utf8'),
  };
  const columns = [];
  for (const [isFile, scripts] of [
    [true, files],
    [false, inline],
  ]) {
    const times = await measureStarts(browser, origin, scripts, isFile, RUNS);
    columns.push((name) =>
      times[name]
        ? [
            show(spreadOf(times[name]), 2),
            show(spreadOf(times[name].map((time, round) => time / times[baseline][round])), 2),
          ]
        : ['', ''],
    );
  }
  return markdownTable([
    ['', 'async file, ms', ': web-vitals', 'inline, ms', ': web-vitals'],
    ...Object.keys(inline).map((name) => [name, ...columns.flatMap((cellsOf) => cellsOf(name))]),
  ]);
}

/** When the page first paints, and how much later than without the script in the same round. */
async function firstPaintTable() {
  const clientConfig = await (await fetch(`${origin}/e2e/client-config.js`)).text();
  const times = await measureFirstPaints(browser, clientConfig, SLOW_DOWN, RUNS);
  const [without] = Object.values(times);
  return markdownTable([
    ['', 'ms', 'later, ms'],
    ...Object.entries(times).map(([name, measured]) => [
      name,
      show(spreadOf(measured)),
      show(spreadOf(measured.map((time, round) => time - without[round]))),
    ]),
  ]);
}

function growthTable(growth) {
  return markdownTable([
    ['decisions', 'ms', 'µs each', 'heap MB', 'waiting', 'dropped'],
    ...growth.flatMap(({ situation, rows }) =>
      rows.map(({ made, ms, each, heap, waiting, dropped }) => [
        `${situation}: ${thousands(made)}`,
        ms.toFixed(1),
        (each * 1000).toFixed(2),
        heap.toFixed(2),
        thousands(waiting),
        thousands(dropped),
      ]),
    ),
  ]);
}

/** The sentence that the README quotes. */
function figures(inChromium, { evaluation, delivery }) {
  const { bridge, ratio } = inChromium.find(
    ({ version, what, kind }) => version === '6.6.1' && what === 'notification' && kind === 'repeated',
  );
  const ms = ({ median }) => `${median.toFixed(1)} ms`;
  return (
    `A repeated decision costs ${(bridge.median * 1000).toFixed(2)} µs in Chromium ${version}, ` +
    `${ratio.median.toFixed(2)} times as much as with the recipe of the public guides; evaluating the script inline takes ${ms(evaluation[0])} ` +
    `(${ms(evaluation[1])} on a processor ${SLOW_DOWN} times slower); ` +
    `the longest task while 500 waiting decisions are sent takes ${ms(delivery[0].longest)}`
  );
}

try {
  const measured = [];
  measured.push({
    where: `Node ${process.versions.node.split('.')[0]}`,
    results: await ofEachSdk((sdk) => measureDecisionTimesInNode(sdk, { rounds: ROUNDS })),
  });
  const inChromium = await ofEachSdk(measureDecisionTimesInChromium);
  measured.push({ where: `Chromium ${version}`, results: inChromium });
  const tasks = await measureTasks();
  const startUp = await startUpTable();
  const firstPaints = await firstPaintTable();
  await browser.close();
  const growth = await measureGrowth(origin);
  const sentence = figures(inChromium, tasks);
  const text = `# Results

Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} in Chromium ${browser.version()} and Node
${process.versions.node}, on ${cpus().length} × ${cpus()[0].model.trim()}, ${process.platform}. Times are medians, with the
quartiles in brackets.

${sentence}.

## Bytes

<!-- sizes -->${setOff(await sizesTable())}<!-- /sizes -->

Files that are published for pages are measured as published. The recipe and the "bundled" rows are minified by terser. *Bundled*: all
exports of the module, bundled by esbuild.

What the page's rendering waits for, where the script's file is loaded by the async snippet:

${await criticalPathTable()}

## What it adds to a decision

The recipe is from the public guides (\`bench/recipe.js\`): two calls to FullStory for each decision. Here FullStory is a function that
does nothing. All four are measured in rounds, in random order, in ten fresh pages or Node processes for each SDK, because V8 compiles
the same listener differently in each. For *new* decisions there are twenty, and each starts only 25 bridges in turn: after hundreds,
V8 allocates what a bridge remembers in the heap for old objects, which takes five times as long and happens on no page.
*Repeated*: decisions of 100 flags that the page has made before. *Two users*: the same for two users in turn on each flag. *New*: the
first decisions of a new page. One DECISION notification of the real SDK's notification centre (500 flags for *new*), in ns:

${timesTable(measured, false)}

The last column compares, in each round, the time that both add to a notification without listeners. The bridge's work after
\`decide()\` has returned, for new decisions, is in the next section.

All of \`decide()\` and of \`decideAll()\` for 100 flags on the real SDKs, without impressions, in µs:

${timesTable(measured, true)}

## Tasks

Each on a fresh page in Chromium ${version}: nothing is compiled or warm. FullStory does nothing.

${tasks.table}

## Start-up

Processor time of the page's thread for compiling and running a script, in ms, from a trace, on fresh pages in random order; and as a
multiple of web-vitals' time in the same round. *Async file*: as with \`dist/snippet-async.html\`. The browser compiles a file
on a background thread: of most files only what runs at once, and all of \`dist/optimizely-fullstory.min.js\`, because its first line asks
for that. *Inline*: as in \`dist/snippet.html\`, without that line.

${startUp}

## First paint

First contentful paint of a page with the real SDK, on a processor ${SLOW_DOWN} times slower, where the script's file takes 300 ms to come; and
how much later it is than without the script in the same round. A page with the async snippet does not wait for the file.

${firstPaints}

## Growth

A page in Chromium that decides without end. The bridge keeps at most 5,000 flags, 50 decisions of each, and 1,000 waiting events.
Times include one turn of the page for each 5,000 decisions, with the bridge's work in it; for 100 decisions they are mostly that turn.
The heap is the whole page's, after a garbage collection.

${growthTable(growth)}

## Calls to FullStory

A page that decides each flag once and stays open for 13 minutes, with SDK 6.6.1, FullStory's snippet 2.1 and a stand-in for its
script that applies the documented limits. Accepted calls of all calls:

<!-- calls -->${setOff(await callsTable())}<!-- /calls -->
`;
  await writeFile(RESULTS, text);
  await writeFile(README, fillPlaceholder(await readFile(README, 'utf8'), 'figures', sentence));
  console.log(text);
  console.log(`${Math.round((Date.now() - began) / 1000)} s`);
  for (const { situation, grew } of growth.filter(({ grew }) => grew)) {
    process.exitCode = 1;
    console.error(`${situation}: the heap grew by ${grew.toFixed(2)} MB`);
  }
} finally {
  await browser.close();
  server.close();
}
