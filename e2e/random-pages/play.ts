import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import { isComplete, type Totals, totalsOf } from '../accounting/totals.ts';
import { FS_JS } from '../situations/pages.ts';
import { HOSTILE, type RandomPage, type Step, type Wrapper } from './choose.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const START = Date.parse('2026-01-05T09:00:00Z');
const FORWARDER = '/dist/optimizely-fullstory.min.js';
/** Ms after which everything has arrived: the limits are per minute. */
const LONG = 61_000;
/** Actions that change the session. Nothing should wait for the session before. */
const CHANGES: readonly Step['do'][] = ['sign in', 'sign out', 'expire'];

async function bundle(
  input: { entryPoints: string[] } | { stdin: { contents: string; resolveDir: string } },
) {
  const { outputFiles } = await build({
    ...input,
    absWorkingDir: FOLDER,
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** The package as a site's own script brings it. */
const BROWSER = `import { init } from '@fullstory/browser';
  init({ orgId: 'DOUBLE', namespace: window.fullstoryNamespace });`;

/** Additional files for pages, made once for each worker. */
let bundles: Promise<{ inPage: string; browser: string }> | undefined;
async function bundleAll() {
  const [inPage, browser] = await Promise.all([
    bundle({ entryPoints: ['../situations/test-page.ts'] }),
    bundle({ stdin: { contents: BROWSER, resolveDir: FOLDER } }),
  ]);
  return { inPage, browser };
}

/** @param user for whom the page decides when it opens. */
function html(page: RandomPage, user: string): string {
  const { sdk, fullstory, namespace, order, settings, hostile, isHostileFirst, decides } = page;
  const attributes = Object.entries(settings).map(([name, value]) => ` data-${name}="${value}"`);
  const scripts = {
    forwarder: `<script src="${FORWARDER}"${attributes.join('')}></script>`,
    fullstory:
      fullstory === 'browser'
        ? '<script src="/random/browser.js"></script>'
        : `<script src="/fullstory/snippet-${fullstory}.js?namespace=${namespace}"></script>`,
    optimizely: `<script src="/optimizely/${sdk}.js"></script>`,
  };
  const extras = hostile.map((name) => HOSTILE[name]);
  const code = {
    'on the next line': `const client = testPage.create(); testPage.decideAll("${user}");`,
    'when ready': `window.optimizelyClientInstance = testPage.create(); void testPage.client.onReady().then(() => testPage.decideAll("${user}"));`,
    'queued first': `const client = testPage.create(); void client.onReady().then(() => testPage.decideAll("${user}"));`,
  };
  return [
    '<!doctype html><title>Random</title>',
    `<script>window.fullstoryNamespace = '${namespace}';</script>`,
    ...(isHostileFirst ? extras : []),
    ...order.map((name) => scripts[name]),
    ...(isHostileFirst ? [] : extras),
    `<script>${code[decides]}</script>`,
  ].join('\n');
}

/** Runs in the page. */
function wrap({ namespace, how }: { namespace: string; how: Wrapper }): void {
  type Callee = (...given: unknown[]) => unknown;
  const globals = window as unknown as Record<string, Callee>;
  const original = globals[namespace] as Callee;
  const until = Date.now() + 3000;
  globals[namespace] = function (this: unknown, ...given: unknown[]) {
    const isOurs = given[2] === 'optimizely' && given[0] !== 'observe';
    if (isOurs && how === 'throwing for a while' && Date.now() < until) throw new Error('A wrapper throws');
    const result = original.apply(this, given);
    if (isOurs && how === 'rejecting') return Promise.reject(new Error('A wrapper rejects'));
    const { properties } = (given[1] ?? {}) as { properties?: Record<string, unknown> };
    if (isOurs && how === 'spoiling' && properties) {
      for (const name of Object.keys(properties)) properties[name] = 'spoilt';
      Object.freeze(properties);
    }
    return result;
  };
}

/** Runs in the page, which is hidden or shown. */
function setVisibility(state: string): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The result of a page. */
export interface Outcome {
  totals: Totals;
  /** The faults, in words. */
  faults: string[];
  entries: unknown;
  calls: unknown;
}

/** The functions of the browser that a page needs. */
interface Playing {
  random: RandomPage;
  errors: string[];
  /** Whether fs.js is held back, until `released`. */
  isHeld: boolean;
  released: Promise<void>;
}

/**
 * Runs random pages one after the other in one page of the browser, because creating one takes longer than most runs.
 */
export async function createPlayer(
  page: Page,
): Promise<(random: RandomPage, seed: number) => Promise<Outcome>> {
  bundles ??= bundleAll();
  const { inPage, browser } = await bundles;
  let playing: Playing | undefined;

  page.on('pageerror', (error) => playing?.errors.push(`thrown into the page: ${error.message}`));
  const text = (body: string, contentType = 'text/javascript') => ({
    contentType,
    body,
    headers: { 'access-control-allow-origin': '*' },
  });
  const holdBack = async () => {
    if (playing?.isHeld) await playing.released;
  };
  await page.route('**/random/*', (route) => {
    const { random } = playing as Playing;
    const path = new URL(route.request().url()).pathname;
    if (path.endsWith('/browser.js')) return route.fulfill(text(browser));
    const isNext = path.endsWith('/next.html');
    const next = {
      ...random,
      order: ['forwarder', 'fullstory', 'optimizely'],
      hostile: [],
      decides: 'when ready',
    } as const;
    return route.fulfill(text(isNext ? html(next, 'noah') : html(random, 'ada'), 'text/html'));
  });
  // The package asks FullStory's own host.
  await page.route('**/s/fs.js*', async (route) => {
    await holdBack();
    await route.fulfill(text(await (await page.request.get(FS_JS)).text()));
  });
  await page.route(`**${FS_JS}*`, async (route) => {
    await holdBack();
    await route.continue();
  });
  await page.addInitScript(inPage);
  await page.clock.install({ time: START });
  await page.clock.pauseAt(START + 60_000);
  return (random, seed) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    playing = { random, errors: [], isHeld: random.arrives !== 'at once', released };
    return playPage(page, playing, release, seed);
  };
}

/** Opens a page, runs its visitor's actions, and accounts for each decision. */
async function playPage(page: Page, playing: Playing, release: () => void, seed: number): Promise<Outcome> {
  const { random, errors } = playing;
  const { namespace, arrives, steps, leaving, settings, order } = random;
  // An origin of its own: nothing is stored there. All are of one site, so the browser needs no new process.
  const origin = new URL(test.info().project.use.baseURL ?? '');
  origin.hostname = `page-${seed}.random.localhost`;

  /** Ms that pass before the next thing happens: together, because each time costs. */
  let passing = 0;
  const pass = (ms: number) => {
    passing += ms;
  };
  async function letPass(): Promise<void> {
    const ms = passing;
    passing = 0;
    if (ms) await page.clock.runFor(ms);
  }
  const evaluate = (async (...given: Parameters<Page['evaluate']>) => {
    await letPass();
    return page.evaluate(...given);
  }) as Page['evaluate'];
  const open = (name: string) =>
    page.goto(new URL(`/random/${name}.html`, origin).href, {
      waitUntil: playing.isHeld ? 'domcontentloaded' : 'load',
    });
  const arrived = async () => {
    await page.waitForFunction(() => window.fullstoryDouble);
    pass(1000);
  };
  const callFullStory = (operation: string, options?: object) =>
    evaluate(
      ([name, given]) => void testPage.fullstory(name as string, given as object),
      [operation, options],
    );

  async function take(step: Step): Promise<void> {
    if (CHANGES.includes(step.do)) pass(LONG);
    switch (step.do) {
      case 'decide':
        return evaluate(({ user, flag }) => testPage.decide(user, flag), step);
      case 'decide all':
        return evaluate(({ user }) => testPage.decideAll(user), step);
      case 'decide with another client':
        return evaluate(({ user, flag }) => testPage.decide(user, flag, testPage.create()), step);
      case 'record':
        return evaluate(({ user, flag }) => {
          const decision = {
            flagKey: `${flag} of a server`,
            variationKey: 'on',
            ruleKey: 'test',
            enabled: true,
          };
          testPage.note(user, () => decision);
          window.optimizelyFullStory.record(decision, user);
        }, step);
      case 'pass':
        return pass(step.ms);
      case 'identify':
        await callFullStory('setIdentity', { uid: 'ada' });
        // On a clock that stands still, what another task decides would count as decided just before.
        return pass(1);
      case 'sign in':
        await evaluate(({ user, decidesAfter }) => {
          void testPage.fullstory('setIdentity', { uid: user });
          if (decidesAfter === 0) testPage.decideAll(user);
        }, step);
        if (step.decidesAfter) {
          pass(step.decidesAfter);
          await evaluate(({ user }) => testPage.decideAll(user), step);
        }
        return pass(5000);
      case 'sign out':
        await callFullStory('setIdentity', { anonymous: true });
        return pass(5000);
      case 'expire':
        await evaluate(() => window.fullstoryDouble?.expireSession());
        return pass(5000);
      case 'shut down and restart':
        await callFullStory('shutdown');
        await evaluate(() => testPage.decide('lin', 'pricing_page'));
        pass(5000);
        await callFullStory('restart');
        return pass(1000);
      case 'hide and show':
        await evaluate(setVisibility, 'hidden');
        await evaluate(() => testPage.decide('lin', 'checkout_redesign'));
        await evaluate(setVisibility, 'visible');
        return;
      case 'clear listeners':
        return evaluate(() => testPage.client.notificationCenter.clearAllNotificationListeners());
      case 'close':
        return evaluate(() => void testPage.client.close());
      case 'wrap':
        await evaluate(wrap, { namespace, how: step.how });
        await evaluate(() => testPage.decide('zoe', 'search_ranking'));
        return pass(15_000);
    }
  }

  async function arrive(): Promise<void> {
    await letPass();
    playing.isHeld = false;
    release();
    await arrived();
  }

  await open('page');
  if (!order.includes('forwarder')) {
    pass(300);
    await evaluate(
      ([src, given]) =>
        new Promise<void>((resolve) => {
          const script = document.createElement('script');
          for (const [name, value] of Object.entries(given as object))
            script.setAttribute(`data-${name}`, value);
          script.onload = () => resolve();
          script.src = src as string;
          document.head.append(script);
        }),
      [FORWARDER, settings] as const,
    );
  }
  if (arrives === 'at once') await arrived();
  pass(arrives === 'late' ? 3000 : 5000);
  if (arrives === 'late') await arrive();
  for (const step of steps) await take(step);
  pass(LONG);
  if (leaving !== 'not') {
    if (leaving === 'hidden first') await evaluate(setVisibility, 'hidden');
    await letPass();
    playing.isHeld = false;
    if (arrives === 'on the next page') release();
    await evaluate(() => {
      testPage.decideAll('kim');
      location.href = '/random/next.html';
    });
    await page.waitForURL('**/next.html');
    await arrived();
    pass(5000);
  }
  pass(LONG);

  const { entries, calls } = await evaluate(() => testPage.collect());
  const status = await evaluate(() => window.optimizelyFullStory.status());
  const { seen, sent, duplicate, ignored, waiting, dropped, recovered } = status.decisions;
  const totals = totalsOf({
    entries,
    calls,
    waiting,
    dropped,
    isOncePerSession: settings.dedupe === 'session',
    isBridge: true,
    isChildFrame: false,
  });
  const faults = [...errors];
  if (!isComplete(totals)) faults.push('not every decision is where it belongs');
  if (seen !== sent + duplicate + ignored + waiting + dropped || recovered > seen)
    faults.push('counts do not add up');
  if (waiting || dropped) faults.push(`${waiting} wait, ${dropped} are dropped`);
  if (status.fullstory !== 'capturing') faults.push(`FullStory is ${status.fullstory}`);
  return { totals, faults, entries, calls };
}
