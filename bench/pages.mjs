import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { importTypeScript } from '../scripts/import-typescript.mjs';

/** The start of the pages' clocks. They stop unless a scenario lets time pass. */
const START = Date.parse('2026-01-05T09:00:00Z');

const FORWARDERS = { bridge: '/dist/optimizely-fullstory.min.js', recipe: '/bench/recipe.js' };

const { createDatafile } = await importTypeScript('e2e/doubles/datafile.ts');
const recipe = await readFile(new URL('recipe.js', import.meta.url), 'utf8');

/** The script that runs first in every page. */
async function bundleTestPage() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../e2e/situations/test-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
  });
  return outputFiles[0].text;
}
const testPage = await bundleTestPage();

/** Settings as attributes of the script's tag. */
function attributesOf(settings) {
  const hyphenated = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.entries(settings)
    .map(([name, value]) => `data-${hyphenated(name)}="${value}"`)
    .join(' ');
}

function html({ order, code }, { forwarder, settings, snippet, sdk }) {
  const scripts = {
    forwarder: `<script src="${forwarder}" ${settings}></script>`,
    fullstory: `<script src="${snippet}"></script>`,
    optimizely: `<script src="${sdk}"></script>`,
    react: '<script src="/react.js"></script>',
  };
  return `<!doctype html>
    <title>Fidelity</title>
    ${order.map((name) => scripts[name]).join('\n')}
    <script>(${code})();</script>`;
}

async function serveBench(context, pages, datafileOf) {
  const serve = (pattern, contentType, bodyOf) =>
    context.route(pattern, (route) =>
      route.fulfill({ contentType, body: bodyOf(route.request().url().split('/').pop()) }),
    );
  await serve('**/bench/recipe.js', 'text/javascript', () => recipe);
  await serve('**/bench/page/*', 'text/html', (number) => pages[number]);
  await serve('**/bench/observer', 'text/html', () => '<!doctype html><title>Observer</title>');
  await serve('**/bench/datafile/*', 'application/json', datafileOf);
  await serve(
    '**/bench/frame/*',
    'text/html',
    (number) => `<!doctype html><title>Parent</title><iframe src="/bench/page/${number}"></iframe>`,
  );
}

/** Whether a status contains the expected members. */
const says = (status, expected) =>
  expected && typeof expected === 'object'
    ? Object.entries(expected).every(([name, value]) => says(status?.[name], value))
    : status === expected;

/**
 * The pages of one scenario, in a fresh browser context: the argument of a scenario's `run`, as described in
 * `e2e/situations/scenario.ts`.
 *
 * @param how the party that forwards the decisions, the SDK and the snippet.
 */
export async function createPages(
  context,
  origin,
  { by, sdk, snippet, settings, namespace = 'FS', isChildFrame, isSelfDriven },
) {
  const files = {
    forwarder: FORWARDERS[by],
    settings: by === 'bridge' ? attributesOf(settings) : '',
    snippet: `/fullstory/snippet-${snippet}.js?namespace=${namespace}`,
    sdk: `/optimizely/${sdk}.js`,
  };
  const pages = [];
  const held = new Set();
  const contradictions = [];
  let datafile = createDatafile();

  async function open(description) {
    const number = pages.push(html(description, files)) - 1;
    await page.goto(`${origin}/bench/${isChildFrame ? 'frame' : 'page'}/${number}`, {
      waitUntil: held.size ? 'domcontentloaded' : 'load',
    });
  }

  await serveBench(context, pages, () => datafile);
  await context.addInitScript((name) => {
    window.fullstoryNamespace = name;
  }, namespace);
  await context.addInitScript(testPage);
  let page = await context.newPage();
  if (!isSelfDriven) {
    await page.clock.install({ time: START });
    await page.clock.pauseAt(START + 60_000);
  }
  const frame = () => page.frames().at(-1);

  return {
    ...files,
    evaluate: (code) => frame().evaluate(code),
    /** Runs a script before all others on later pages. */
    before: (code) => context.addInitScript(code),
    addScript: (url) => frame().addScriptTag({ url }),
    /** Lets time pass for the page. */
    pass: (ms) => page.clock.runFor(ms),
    /** Awaits fs.js. */
    loaded: () => frame().waitForFunction(() => window.fullstoryDouble),
    open,
    /** Opens a page in another tab, and goes on there; the one before stays open. */
    async openTab(description) {
      await frame().evaluate(() => window.fullstoryDouble.save());
      page = await context.newPage();
      await open(description);
    },
    /** Delays a file. Returns a function that releases it. */
    async hold(path) {
      let release;
      const released = new Promise((resolve) => {
        release = resolve;
      });
      held.add(path);
      await context.route(`**${path}*`, async (route) => {
        await released;
        await route.continue();
      });
      return () => {
        held.delete(path);
        release();
      };
    },
    /** Blocks a file, as an ad blocker does. Returns how to stop. */
    async block(path) {
      await context.route(`**${path}*`, (route) => route.abort());
      return () => context.unroute(`**${path}*`);
    },
    /** Sets the datafile for SDKs that poll from now on. */
    publish(options) {
      datafile = createDatafile(options);
    },
    waitFor: (condition) => frame().waitForFunction(condition),
    /** Waits until the bridge's status contains this. */
    async says(expected) {
      if (by !== 'bridge') return;
      const status = await frame().evaluate(() => optimizelyFullStory.status());
      if (!says(status, expected)) {
        contradictions.push(`${JSON.stringify(expected)} is expected of ${JSON.stringify(status)}`);
      }
    },
    /** Awaits the end of a page that drives itself: a browser is not followed to a page that it had kept. */
    async ended() {
      page = await context.newPage();
      await page.goto(`${origin}/bench/observer`);
      await page.waitForFunction(() => testPage.hasEnded());
    },
    async collect() {
      const collected = await frame().evaluate(() => testPage.collect());
      if (collected.failure) throw new Error(collected.failure);
      return { ...collected, contradictions };
    },
  };
}
