import { readFile } from 'node:fs/promises';
import { CHECKOUT, expect, outcome, type Page, type Scenario, type Site, test } from './app-harness.ts';
import { blocksOf } from './document-blocks.ts';
import { createDatafile } from './doubles/datafile.ts';
import { event, said } from './harness.ts';
import { shipped } from './installations/site.mjs';
import { FULLSTORY, SDK } from './markup.mjs';

// Runs the code of docs/platforms.md, with the real products if npm has them.

const FILE = '/optimizely-fullstory.min.js';
/** Decides two flags. The documents' settings forward only the first one. */
const SHOP = `<script>function decideTwo() {
  const user = optimizelySdk.createInstance(clientConfig()).createUserContext('ada', { plan: 'pro' });
  user.decide('checkout_redesign');
  user.decide('search_ranking');
}</script>`;

// One worker, so that the package is packed and installed once.
test.describe.configure({ mode: 'default' });

const section = (heading: string) => blocksOf('docs/platforms.md', heading);

/** Serves the shipped script at the address in the documents' tags. */
async function addFile(site: Site): Promise<void> {
  site.add(FILE, await shipped('optimizely-fullstory.min.js'));
}

/** The page decides two flags when the script has loaded: the settings must be in effect. */
async function expectSettings(page: Page, scenario: Scenario): Promise<void> {
  await page.waitForFunction(() => !!window.optimizelyFullStory?.status);
  await page.evaluate('decideTwo()');
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await scenario.status()).toMatchObject({
    clients: 1,
    decisions: { seen: 2, sent: 1, ignored: 1 },
    problems: [],
  });
  expect(scenario.complaints).toEqual([]);
}

/** The answers of Optimizely's servers. */
async function answerOptimizely(page: Page): Promise<void> {
  const headers = { 'access-control-allow-origin': '*' };
  await page.route('https://cdn.optimizely.com/datafiles/YOUR_SDK_KEY.json', (route) =>
    route.fulfill({ body: createDatafile(), contentType: 'application/json', headers }),
  );
  await page.route('https://logx.optimizely.com/**', (route) => route.fulfill({ status: 204, headers }));
}

/** FullStory's events, once there are that many. */
async function eventsAt(page: Page, count: number) {
  const events = () =>
    page.evaluate(() => (window.fullstoryDouble?.calls ?? []).filter(({ kind }) => kind === 'event'));
  await expect.poll(async () => (await events()).length).toBeGreaterThanOrEqual(count);
  return (await events()).map(said);
}

test('Adobe Tags, loaded synchronously: the tag is written into the document @engines', async ({
  page,
  scenario,
  site,
  visitor,
}) => {
  const [tag = ''] = await section('Adobe Tags');
  await addFile(site);
  const write = `<script>document.write(${JSON.stringify(tag).replace('</script', '<\\/script')});</script>`;
  await visitor.visit(() => ({ head: [write, FULLSTORY, SDK, SHOP] }));
  await expectSettings(page, scenario);
});

test('Adobe Tags, loaded asynchronously: postscribe adds the tag', async ({
  page,
  scenario,
  site,
  visitor,
}) => {
  const [tag = ''] = await section('Adobe Tags');
  await addFile(site);
  site.add(
    '/postscribe.js',
    await readFile(new URL('../node_modules/postscribe/dist/postscribe.min.js', import.meta.url)),
  );
  await visitor.visit(() => ({
    head: [FULLSTORY, SDK, SHOP, '<script src="/postscribe.js"></script>'],
  }));
  await page.evaluate((html) => {
    const { postscribe } = window as unknown as { postscribe(element: Element, html: string): void };
    postscribe(document.body, html);
  }, tag);
  await expectSettings(page, scenario);
});

test('Tealium: the text in an extension of utag.js', async ({ page, scenario, site, visitor }) => {
  const [settings = ''] = await section('Tealium');
  const script = await shipped('optimizely-fullstory.min.js');
  site.add('/utag.js', `(function (a, b) {\n${settings}\n${script}\n})('view', {});`);
  await visitor.visit(() => ({
    head: ['<script async src="/utag.js"></script>', FULLSTORY, SDK, SHOP],
  }));
  await expectSettings(page, scenario);
});

test('Optimizely Web: the text in Project JavaScript', async ({ page, scenario, site, visitor }) => {
  const [settings = ''] = await section('Optimizely Web');
  const script = await shipped('optimizely-fullstory.min.js');
  site.add(
    '/web.js',
    `(function () {
      window.optimizely = { initialized: true, get: function () {}, push: function () {} };
      (function () {\n${settings}\n${script}\n})();
    })();`,
  );
  await visitor.visit(() => ({ head: ['<script src="/web.js"></script>', FULLSTORY, SDK, SHOP] }));
  await expectSettings(page, scenario);
});

test('Vue, built with Vite', async ({ buildApp, page, scenario, visitor }) => {
  const [client = '', main = ''] = await section('Vue');
  // A component in plain JavaScript, which needs no plugin.
  const component = `import { h, inject } from 'vue';
    export default {
      setup() {
        const client = inject('optimizely');
        void client.onReady().then(() => client.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign'));
        return () => h('h1', 'Checkout');
      },
    };`;
  const app = await buildApp(main.replace('App.vue', 'App.js'), {
    'optimizely.js': client,
    'App.js': component,
  });
  await answerOptimizely(page);
  await visitor.visit(() => ({ head: [FULLSTORY], body: ['<div id="app"></div>', app] }));
  await expect(page.getByRole('heading')).toHaveText('Checkout');
  expect(await eventsAt(page, 1)).toEqual([event(CHECKOUT)]);
  expect(scenario.complaints).toEqual([]);
});

test('AMD: RequireJS and the SDK', async ({ page, scenario, site, visitor }) => {
  const [html = ''] = await section('AMD pages (RequireJS)');
  await addFile(site);
  site.add(
    '/optimizely.browser.umd.min.js',
    await readFile(
      new URL(
        '../node_modules/@optimizely/optimizely-sdk/dist/optimizely.browser.umd.min.js',
        import.meta.url,
      ),
    ),
  );
  await answerOptimizely(page);
  await visitor.visit(() => ({ head: [FULLSTORY], body: [html] }));
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await scenario.status()).toMatchObject({ clients: 1, decisions: { sent: 1 }, problems: [] });
  expect(scenario.complaints).toEqual([]);
});

test('OpenFeature: a hook', async ({ buildApp, page, scenario, visitor }) => {
  const [hook = ''] = await section('OpenFeature');
  const app = await buildApp(`${hook}
    import { InMemoryProvider } from '@openfeature/web-sdk';
    globalThis.bridge = bridge;
    const flag = (variants, defaultVariant) => ({ variants, defaultVariant, disabled: false });
    void OpenFeature.setContext({ targetingKey: 'ada' })
      .then(() => OpenFeature.setProviderAndWait(new InMemoryProvider({
        checkout: flag({ treatment: true, control: false }, 'treatment'),
        search: flag({ on: true, off: false }, 'off'),
        colour: flag({ red: '#f00', green: '#0f0' }, 'red'),
      })))
      .then(() => {
        const client = OpenFeature.getClient();
        client.getBooleanValue('checkout', false);
        client.getBooleanValue('checkout', false);
        client.getBooleanValue('search', true);
        client.getStringValue('colour', '#000');
        // Not a decision: there is no such flag.
        client.getStringValue('shape', 'round');
      });`);
  await visitor.visit(() => ({ head: [FULLSTORY, app] }));
  const { status, calls } = await outcome(page, 3);
  const viewed = (flag_key: string, variation_key: string, enabled = true) =>
    event({ flag_key, variation_key, enabled });
  expect(calls.filter(({ kind }) => kind === 'event')).toEqual([
    viewed('checkout', 'treatment'),
    viewed('search', 'off', false),
    viewed('colour', 'red'),
  ]);
  const properties = calls.filter(({ kind }) => kind === 'properties').map((call) => call.properties);
  expect(Object.assign({}, ...properties)).toEqual({
    '[Optimizely] checkout': 'treatment',
    '[Optimizely] search': 'off',
    '[Optimizely] colour': 'red',
  });
  expect(status.decisions).toMatchObject({ seen: 4, sent: 3, duplicate: 1 });
  expect(scenario.complaints).toEqual([]);
});

test('Cloudflare Zaraz: the tag in the page', async ({ page, scenario, site, visitor }) => {
  const [tag = ''] = await section('Cloudflare Zaraz');
  await addFile(site);
  await visitor.visit(() => ({ head: [tag, FULLSTORY, SDK, SHOP] }));
  await expectSettings(page, scenario);
});

test('Cloudflare Zaraz: the tag by its Custom HTML', async ({ page, scenario, site, visitor }) => {
  const [tag = ''] = await section('Cloudflare Zaraz');
  await addFile(site);
  await visitor.visit(() => ({ head: [FULLSTORY, SDK, SHOP] }));
  await page.evaluate((html) => {
    const written = new DOMParser().parseFromString(html, 'text/html').querySelector('script');
    const added = document.createElement('script');
    for (const { name, value } of written?.attributes ?? []) added.setAttribute(name, value);
    document.head.appendChild(added);
  }, tag);
  await expectSettings(page, scenario);
});

test('Shopify: the tag that the theme renders', async ({ page, scenario, site, visitor }) => {
  const [liquid = ''] = await section('Shopify');
  const tag = liquid.replace(/\{\{ '([^']*)' \| asset_url \}\}/, '/$1');
  await addFile(site);
  await visitor.visit(() => ({ head: [tag, FULLSTORY, SDK, SHOP] }));
  await expectSettings(page, scenario);
});

test('WordPress: the tag that the function prints', async ({ page, scenario, site, visitor }) => {
  const [php = ''] = await section('WordPress');
  const [, format = '', , file = ''] =
    /printf\( '([^']*)', esc_url\( (\w+)\(\) \. '([^']*)' \) \);/.exec(php) ?? [];
  await addFile(site);
  await visitor.visit(() => ({ head: [format.replace('%s', file), FULLSTORY, SDK, SHOP] }));
  await expectSettings(page, scenario);
});

test('Partytown: the tag next to it', async ({ page, scenario, site, visitor }) => {
  const [tag = ''] = await section('Partytown');
  await addFile(site);
  await visitor.visit(() => ({
    head: [tag, FULLSTORY, SDK, SHOP, '<script src="/~partytown/partytown.js"></script>'],
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  }));
  await expectSettings(page, scenario);
});
