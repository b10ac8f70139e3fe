// What scripts cost the page's one thread as they start, in processor time: a trace tells it, whatever else the machine does.
import { openEmptyPage } from '../scripts/chromium.mjs';
import { shuffle } from './statistics.mjs';

/** Runs in the page: an inline script, which is compiled where it is run. */
function addScript(code) {
  document.head.append(Object.assign(document.createElement('script'), { textContent: code }));
}

/** Ms of processor time that the page's thread spends on compiling and running a script. */
async function measureStart(browser, origin, code) {
  const page = await openEmptyPage(browser, origin);
  // An empty one first: what the browser loads for any script is not the script's.
  await page.evaluate(addScript, '"";');
  await browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] });
  await page.evaluate(addScript, code);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  // What Playwright evaluates is no script of the page's.
  const evaluations = traceEvents.filter(({ name }) => name === 'EvaluateScript');
  await page.context().close();
  if (evaluations.length !== 1) throw new Error(`${evaluations.length} scripts were evaluated`);
  return evaluations[0].tdur / 1000;
}

/**
 * Each script in pages that nobody used before, in an order of chance in each round.
 *
 * @param scripts code by name.
 * @returns by name, the time of each round in ms.
 */
export async function measureStarts(browser, origin, scripts, rounds) {
  const times = Object.fromEntries(Object.keys(scripts).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, code] of shuffle(Object.entries(scripts))) {
      times[name].push(await measureStart(browser, origin, code));
    }
  }
  return times;
}
