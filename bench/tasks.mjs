// How long the script occupies the page's thread: when it is evaluated, when it sends waiting decisions, when the page
// is left. All of it in Chromium.
import { openEmptyPage } from '../scripts/chromium.mjs';
import { shuffle, spreadOf } from './statistics.mjs';

const WAITING = 500;
/** Ms until all of them are sent, at 40 events a minute. */
const DELIVERED = 13 * 60_000;

const addScript = (code) => {
  const script = document.createElement('script');
  script.textContent = code;
  const began = performance.now();
  document.head.append(script);
  return performance.now() - began;
};

/** Ms that a fresh page takes to compile and run each script, by name. */
export async function measureEvaluation(browser, origin, scripts, slowDown, runs) {
  const times = Object.fromEntries(Object.keys(scripts).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, code] of shuffle(Object.entries(scripts))) {
      const page = await openEmptyPage(browser, origin, slowDown);
      times[name].push(await page.evaluate(addScript, code));
      await page.context().close();
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, measured]) => [name, spreadOf(measured)]));
}

/**
 * Runs in the page: a clock and timers that `pass` moves, and on the real clock how long each of the script's timers takes.
 * Not Playwright's clock: each read of it takes up to 10 µs, which would be a quarter of what is measured.
 */
function replaceClock() {
  const { setTimeout: schedule } = window;
  const began = Date.now();
  const waiting = new Map();
  let now = 0;
  let id = 0;
  window.clockOfTheMachine = performance.now.bind(performance);
  window.tasks = [];
  Date.now = () => began + now;
  performance.now = () => now;
  window.setTimeout = (callback, ms = 0) => {
    waiting.set(++id, { callback, at: now + ms });
    return id;
  };
  window.clearTimeout = (timer) => waiting.delete(timer);
  window.pass = async (ms) => {
    const end = now + ms;
    for (;;) {
      const [next] = [...waiting].sort(([, one], [, other]) => one.at - other.at);
      if (!next || next[1].at > end) break;
      waiting.delete(next[0]);
      now = Math.max(now, next[1].at);
      const start = window.clockOfTheMachine();
      next[1].callback();
      window.tasks.push(window.clockOfTheMachine() - start);
      await new Promise((resolve) => schedule(resolve));
    }
    now = end;
  };
}

/** Runs in the page, before the script: a client that it finds, so that it does not go on looking for one. */
function createClient() {
  window.optimizelyClient = {
    notificationCenter: {
      addNotificationListener(_, listener) {
        window.notify ??= listener;
        return 1;
      },
      removeNotificationListener: () => true,
    },
  };
}

function decideMany(count) {
  for (let number = 0; number < count; number++) {
    window.notify({
      type: 'flag',
      userId: 'ada',
      decisionInfo: {
        flagKey: `flag_${number}`,
        enabled: true,
        variationKey: 'treatment',
        ruleKey: `flag_${number}_test`,
        decisionEventDispatched: true,
      },
    });
  }
}

function comeFullStory() {
  window.calls = [];
  window.FS = (name) => window.calls.push(name);
}

const countEvents = () => window.calls.filter((name) => name === 'trackEvent').length;

async function openWaitingPage(browser, origin, script, slowDown) {
  const page = await openEmptyPage(browser, origin, slowDown);
  await page.evaluate(replaceClock);
  await page.evaluate(createClient);
  await page.evaluate(addScript, script);
  await page.evaluate(decideMany, WAITING);
  await page.evaluate(() => window.pass(1000));
  await page.evaluate(comeFullStory);
  return page;
}

function checkEvents(count) {
  if (count !== WAITING) throw new Error(`${count} of ${WAITING} events were sent`);
}

/**
 * The longest task of a page with 500 decisions that wait for a FullStory that does nothing, in ms: while FullStory
 * runs, and if the page is left as soon as it has loaded.
 */
export async function measureDelivery(browser, origin, script, slowDown, runs) {
  const longest = [];
  const leaving = [];
  for (let run = 0; run < runs; run++) {
    const staying = await openWaitingPage(browser, origin, script, slowDown);
    await staying.evaluate((ms) => window.pass(ms), DELIVERED);
    checkEvents(await staying.evaluate(countEvents));
    longest.push(await staying.evaluate(() => Math.max(...window.tasks)));
    await staying.context().close();

    const left = await openWaitingPage(browser, origin, script, slowDown);
    leaving.push(
      await left.evaluate(() => {
        const began = window.clockOfTheMachine();
        dispatchEvent(new PageTransitionEvent('pagehide'));
        return window.clockOfTheMachine() - began;
      }),
    );
    checkEvents(await left.evaluate(countEvents));
    await left.context().close();
  }
  return { longest: spreadOf(longest), leaving: spreadOf(leaving) };
}
