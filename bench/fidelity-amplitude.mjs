// Runs each situation of a page with Amplitude twice, once with the script and once with the recipe instead, and
// compares the pages' decisions with the events that reached Amplitude: `npm run fidelity-amplitude`. A third run, without
// either, shows which events of the site's own are to arrive. Words after it choose situations by their names, and leave
// the document. Amplitude's packages are the real ones; their uploads are taken here.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { launchChromium } from '../scripts/chromium.mjs';
import { importTypeScript } from '../scripts/import-typescript.mjs';
import { fillPlaceholder, setOff } from '../scripts/placeholders.mjs';
import { serve } from '../scripts/serve.mjs';
import { markdownTable, thousands } from '../scripts/table.mjs';

const { AMPLITUDE_SITUATIONS } = await importTypeScript('e2e/situations/amplitude.ts');
const { addTotals, isComplete, NOTHING, totalsOf } = await importTypeScript('e2e/accounting/totals.ts');
const { readAmplitude } = await importTypeScript('e2e/accounting/amplitude-calls.ts');
const { compareOwnEvents, OWN, ownEvents } = await importTypeScript('e2e/accounting/own-events.ts');

const DOCUMENT = new URL('../docs/amplitude.md', import.meta.url);
const SDKS = ['2.48.1', '2.0.0', '8.21.10'];
const FORWARDERS = { script: '/dist/optimizely-amplitude.min.js', recipe: '/bench/recipe-amplitude.js' };
const PARTIES = Object.keys(FORWARDERS);
/** The run without script and recipe. */
const WITHOUT = 'neither';
const AT_ONCE = 4;
/** Ms without an upload after which no more are expected: the script waits 2 s before it sends to the next user. */
const QUIET = 4000;

const recipe = await readFile(new URL('recipe-amplitude.js', import.meta.url), 'utf8');
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../e2e/situations/amplitude-page.ts', import.meta.url))],
  bundle: true,
  format: 'iife',
  target: 'es2020',
  write: false,
});
const testPage = outputFiles[0].text;

const html = (forwarder, sdk) => `<!doctype html>
  <title>Fidelity</title>
  ${forwarder ? `<script src="${forwarder}"></script>` : ''}
  <script src="/amplitude/${sdk}.js"></script>
  <script src="/optimizely/6.6.1.js"></script>`;

/** The content of an upload: JSON, which newer versions compress, or the legacy SDK's form. */
function eventsOf(body) {
  const data = Buffer.from(body, 'base64');
  const text = (data[0] === 0x1f ? gunzipSync(data) : data).toString();
  if (text.startsWith('{')) return JSON.parse(text).events ?? [];
  return JSON.parse(new URLSearchParams(text).get('e') ?? '[]');
}

async function runOnce(browser, origin, { situation, sdk }, by) {
  const context = await browser.newContext();
  const serverUrl = `${origin}/upload/${by}-${sdk}-${situation.id}`;
  const uploads = async () => (await fetch(serverUrl)).json();
  const pass = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  try {
    await context.route('**/bench/recipe-amplitude.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: recipe }),
    );
    await context.route('**/bench/page', (route) =>
      route.fulfill({ contentType: 'text/html', body: html(FORWARDERS[by], sdk) }),
    );
    await context.addInitScript(testPage);
    const page = await context.newPage();
    await situation.run({
      serverUrl,
      open: () => page.goto(`${origin}/bench/page`),
      evaluate: (code, given) => page.evaluate(code, given),
      pass,
    });
    for (let count = -1, now = 0; now !== count; ) {
      count = now;
      await pass(QUIET);
      now = (await uploads()).length;
    }
    const { entries, counts } = await page.evaluate(() => ({
      entries: amplitudePage.entries(),
      counts: amplitudePage.waiting(),
    }));
    const events = (await uploads()).flatMap(eventsOf);
    const ofFlags = events.filter(({ event_type }) => !event_type.startsWith(OWN));
    const totals = totalsOf({
      entries,
      calls: readAmplitude(ofFlags, entries),
      waiting: counts.waiting,
      dropped: counts.dropped,
      // The legacy SDK takes no insert id.
      isOncePerSession: !sdk.startsWith('8'),
      isBridge: by === 'script',
      isChildFrame: false,
    });
    return { ...totals, own: ownEvents(events) };
  } catch (error) {
    throw new Error(`${situation.name}, Amplitude ${sdk}, ${by}: ${error.message}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** Runs all rows, a few at once. Each gets totals for each party, and how many of the site's own events are unchanged. */
async function runAll(browser, origin, rows) {
  const waiting = rows.flatMap((row) => [...PARTIES, WITHOUT].map((by) => ({ row, by })));
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      next.row[next.by] = await runOnce(browser, origin, next.row, next.by);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const row of rows) {
    for (const by of PARTIES) row[by].unchanged = compareOwnEvents(row[by].own, row[WITHOUT].own);
  }
}

const FIGURES = [
  ['distinct decisions', 'decisions'],
  ['under the right user, exactly once', 'once'],
  ['lost', 'lost'],
  ['doubled', 'doubled'],
  ['under another user', 'otherUser'],
  ['in another session of the same user', 'otherSession'],
  ['events of no decision', 'unexplained'],
  ['sent to the next user as well', 'again'],
];

function printTable(rows) {
  const header = ['situation', 'Amplitude', 'by', ...FIGURES.map(([title]) => title), 'properties', 'own'];
  const lines = rows.flatMap((row) =>
    PARTIES.map((by) => [
      row.situation.name,
      row.sdk,
      by,
      ...FIGURES.map(([, name]) => row[by][name] || '·'),
      `${row[by].right}/${row[by].properties}`,
      `${row[by].unchanged.alike}/${row[by].unchanged.all}`,
    ]),
  );
  console.log(markdownTable([header, ...lines]));
}

function summary(rows, browserVersion) {
  const columns = SDKS.flatMap((sdk) => PARTIES.map((by) => ({ sdk, by })));
  const results = columns.map(({ sdk, by }) => rows.filter((row) => row.sdk === sdk).map((row) => row[by]));
  const sum = (all, name) => all.reduce((total, { unchanged }) => total + unchanged[name], 0);
  const totals = results.map((all) => all.reduce(addTotals, NOTHING));
  const table = markdownTable([
    ['', ...columns.map(({ sdk, by }) => `${sdk}, ${by}`)],
    [
      'situations without a fault',
      ...results.map((all) => `${all.filter(isComplete).length} of ${all.length}`),
    ],
    ...FIGURES.map(([title, name]) => [title, ...totals.map((total) => thousands(total[name]))]),
    [
      'user properties that hold the latest decision',
      ...totals.map(({ right, properties }) => `${thousands(right)} of ${thousands(properties)}`),
    ],
    [
      'the site’s own events, with user, device and session as without it',
      ...results.map((all) => `${thousands(sum(all, 'alike'))} of ${thousands(sum(all, 'all'))}`),
    ],
  ]);
  const situations = new Set(rows.map(({ situation }) => situation.id)).size;
  const today = new Date().toISOString().slice(0, 10);
  return `${situations} situations on ${today}, Chromium ${browserVersion.split('.')[0]}.\n\n${table}`;
}

const wanted = process.argv.slice(2).join(' ');
const rows = AMPLITUDE_SITUATIONS.filter(({ name }) => name.includes(wanted)).flatMap((situation) =>
  SDKS.map((sdk) => ({ situation, sdk })),
);
const server = await serve(0);
const browser = await launchChromium();
try {
  await runAll(browser, `http://localhost:${server.address().port}`, rows);
  printTable(rows);
  const text = summary(rows, browser.version());
  console.log(`\n${text}\n`);
  if (!wanted) {
    const document = await readFile(DOCUMENT, 'utf8');
    await writeFile(DOCUMENT, fillPlaceholder(document, 'fidelity-amplitude', setOff(text)));
  }
} finally {
  await browser.close();
  server.close();
}
// The legacy SDK can pin neither user nor id.
const incomplete = rows.filter(({ sdk, script }) => !sdk.startsWith('8') && !isComplete(script));
for (const { situation, sdk, script } of incomplete) {
  console.error(`The script is incomplete: ${situation.name}, Amplitude ${sdk}: ${JSON.stringify(script)}`);
}
const changed = rows.filter(({ script: { unchanged } }) => unchanged.alike < unchanged.all);
for (const { situation, sdk, script, [WITHOUT]: without } of changed) {
  const both = JSON.stringify({ with: script.own, without: without.own });
  console.error(`The site's own events differ: ${situation.name}, Amplitude ${sdk}: ${both}`);
}
if (incomplete.length || changed.length) process.exitCode = 1;
