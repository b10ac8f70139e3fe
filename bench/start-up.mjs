// The processor time of the page's thread for starting scripts, from a trace: it does not depend on other work of the
// machine.
import { openEmptyPage } from '../scripts/chromium.mjs';
import { shuffle } from './statistics.mjs';

/** Runs on the page: an inline script, compiled when it runs. */
function addScript(code) {
  document.head.append(Object.assign(document.createElement('script'), { textContent: code }));
}

/** Ms of processor time that the page's thread spends on compiling and running a script. */
async function measureStart(browser, origin, code) {
  const page = await openEmptyPage(browser, origin);
  // An empty script first, so its time excludes code that the browser loads for any script.
  await page.evaluate(addScript, '"";');
  // This category alone: each event of others would count as time of the script.
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await page.evaluate(addScript, code);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  // Scripts that Playwright evaluates are not scripts of the page.
  const evaluations = traceEvents.filter(({ name }) => name === 'EvaluateScript');
  await page.context().close();
  if (evaluations.length !== 1) throw new Error(`${evaluations.length} scripts were evaluated`);
  return evaluations[0].tdur / 1000;
}

/**
 * Runs each script on fresh pages, in random order in each round.
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
