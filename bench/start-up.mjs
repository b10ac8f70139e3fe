// The processor time of the page's thread for starting scripts, from a trace: it does not depend on other work of the
// machine.
import { openEmptyPage } from '../scripts/chromium.mjs';
import { shuffle } from './statistics.mjs';

/** Runs on the page. Resolves after the script has run. */
function addScript({ text, src }) {
  const element = document.createElement('script');
  if (src) element.src = src;
  else element.textContent = text;
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
    if (text) resolve();
  });
}

/** Ms of processor time that the page's thread spends on compiling and running a script. */
async function measureStart(browser, origin, text, isFile) {
  const page = await openEmptyPage(browser, origin);
  const src = `${origin}/start-up/script.js`;
  let body = '"";';
  await page.context().route(src, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'cross-origin-resource-policy': 'same-origin' },
      body,
    }),
  );
  const add = (code) => {
    body = code;
    return page.evaluate(addScript, isFile ? { src } : { text: code });
  };
  // An empty script first, so its time excludes code that the browser loads for any script.
  await add('"";');
  // This category alone: each event of others would count as time of the script.
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await add(text);
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
 * @param isFile whether they come as files by an async tag. The browser compiles those on a background thread. Otherwise they are
 * inline.
 * @returns by name, the time of each round in ms.
 */
export async function measureStarts(browser, origin, scripts, isFile, rounds) {
  const times = Object.fromEntries(Object.keys(scripts).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, code] of shuffle(Object.entries(scripts))) {
      times[name].push(await measureStart(browser, origin, code, isFile));
    }
  }
  return times;
}
