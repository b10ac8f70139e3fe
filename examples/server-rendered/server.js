import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';

const { DATAFILE_URL = 'https://cdn.optimizely.com/datafiles/YOUR_SDK_KEY.json', PORT = '3000' } =
  process.env;

const datafile = await (await fetch(DATAFILE_URL)).text();
const client = createInstance({ projectConfigManager: createStaticProjectConfigManager({ datafile }) });
await client.onReady();
const file = new URL(import.meta.resolve('optimizely-fullstory/dist/optimizely-fullstory.min.js'));
const script = await readFile(file);

/** As a script may hold it: a `<` must not end the script. */
const json = (value) => JSON.stringify(value).replace(/</g, '\\u003c');

function page() {
  const userId = 'ada';
  const { flagKey, variationKey, ruleKey, enabled } = client
    .createUserContext(userId)
    .decide('checkout_redesign');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Rendered on a server</title>
    <!-- FullStory's snippet -->
    <script>
      window.optimizelyFullStory = { queue: [function (bridge) {
        bridge.record(${json([{ flagKey, variationKey, ruleKey, enabled }])}, ${json(userId)});
      }] };
    </script>
    <script async src="/optimizely-fullstory.min.js"></script>
  </head>
  <body>
    <h1>Checkout</h1>
    <p>Redesign: <b id="variation">${variationKey}</b></p>
  </body>
</html>`;
}

createServer((request, response) => {
  const isScript = request.url === '/optimizely-fullstory.min.js';
  response.setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
  response.end(isScript ? script : page());
}).listen(Number(PORT), () => console.log(`http://localhost:${PORT}/`));
