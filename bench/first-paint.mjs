// When a page first paints, without the script and with each kind of loading it, on a slow processor and a slow network.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { shuffle } from './statistics.mjs';

/** Ms that the server takes for the script's file, as for a first visit. */
const LATENCY = 300;

const read = (name) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

/** The beginning of each page's head. The file of the async snippet and of the plain tag comes late. */
async function heads() {
  const [async, block] = await Promise.all(
    ['snippet-async.html', 'snippet.html'].map((name) => read(`dist/${name}`)),
  );
  return {
    'without the script': '',
    'the stub and the async file': async.replace(/src="[^"]*"/, 'src="/optimizely-fullstory.min.js"'),
    'the block': block,
    'a plain script tag': '<script src="/optimizely-fullstory.min.js"></script>',
  };
}

/** A page that decides a flag with the real SDK, and shows some text. */
const pageWith = (
  head,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${head}
<script src="/sdk.js"></script><script src="/client-config.js"></script></head><body><h1>Shop</h1><p>${'Buy this. '.repeat(300)}</p>
<script>optimizelySdk.createInstance(clientConfig()).createUserContext('ada').decide('checkout_redesign');</script></body></html>`;

async function startServer(pages, clientConfig) {
  const files = {
    '/optimizely-fullstory.min.js': await read('dist/optimizely-fullstory.min.js'),
    '/sdk.js': await read('node_modules/@optimizely/optimizely-sdk/dist/optimizely.browser.umd.min.js'),
    '/client-config.js': clientConfig,
  };
  const server = createServer(({ url }, response) => {
    const page = pages[decodeURIComponent(url.slice(1))];
    const wait = url === '/optimizely-fullstory.min.js' ? LATENCY : 0;
    response.setHeader('content-type', page ? 'text/html' : 'text/javascript');
    response.setHeader('cache-control', 'no-store');
    setTimeout(() => response.end(page ?? files[url] ?? ''), wait);
  }).listen(0);
  await once(server, 'listening');
  return server;
}

/** Runs in the page: resolves with the moment of the first contentful paint, in ms since the navigation began. */
function firstPaint() {
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      for (const { name, startTime } of list.getEntries()) {
        if (name !== 'first-contentful-paint') continue;
        observer.disconnect();
        resolve(startTime);
      }
    }).observe({ type: 'paint', buffered: true });
  });
}

/**
 * Opens each page in a fresh browser context, in random order in each round.
 *
 * @param clientConfig the script with the page's function of that name.
 * @param slowDown factor by which the processor is slowed down.
 * @returns ms of each round, by the kind of loading.
 */
export async function measureFirstPaints(browser, clientConfig, slowDown, rounds) {
  const pages = Object.fromEntries(
    Object.entries(await heads()).map(([name, head]) => [name, pageWith(head)]),
  );
  const server = await startServer(pages, clientConfig);
  const times = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of shuffle(Object.keys(pages))) {
        const context = await browser.newContext();
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
        await page.goto(`http://localhost:${server.address().port}/${encodeURIComponent(name)}`);
        times[name].push(await page.evaluate(firstPaint));
        const { decisions } = await page.evaluate(
          () => window.optimizelyFullStory?.status?.() ?? { decisions: { seen: 0 } },
        );
        const expected = name === 'without the script' ? 0 : 1;
        if (decisions.seen !== expected) throw new Error(`${name}: ${decisions.seen} decisions were seen`);
        await context.close();
      }
    }
  } finally {
    server.close();
  }
  return times;
}
