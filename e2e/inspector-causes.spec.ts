import { createDatafile } from './doubles/datafile.ts';
import { expect, type Page, type Scenario, test } from './harness.ts';
import { panelOf, paste } from './inspector-panel.ts';

// Pages on which nothing arrives, each for another reason: the inspector names the right one, and its section.

const SCRIPT = '/dist/optimizely-fullstory.min.js';

/** A page with these scripts, which run in that order. */
async function openWith(page: Page, scenario: Scenario, urls: readonly string[]): Promise<void> {
  await scenario.open('nothing');
  for (const url of urls) await page.addScriptTag({ url });
}

/** Makes a client that fetches its datafile, as it has it in production, and keeps it to itself. */
async function makeClient(page: Page): Promise<void> {
  await page.route('https://cdn.optimizely.com/datafiles/*.json', (route) =>
    route.fulfill({ body: createDatafile({}), headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.evaluate(async () => {
    const { optimizelySdk: sdk } = window as unknown as {
      optimizelySdk: {
        createPollingProjectConfigManager(config: object): object;
        createInstance(config: object): { onReady(): Promise<unknown> };
      };
    };
    const projectConfigManager = sdk.createPollingProjectConfigManager({ sdkKey: 'KEY' });
    await sdk.createInstance({ projectConfigManager }).onReady();
  });
}

async function expectCause(page: Page, title: string, what: RegExp, heading = title): Promise<void> {
  await paste(page);
  const { advice } = panelOf(page);
  await expect(advice.locator('h4')).toHaveText([title]);
  await expect(advice.locator('.what')).toHaveText(what);
  await expect(advice.locator('.more')).toContainText(`docs/troubleshooting.md, #${heading}`);
}

test('the app bundles its SDK', async ({ scenario, page }) => {
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js', '/optimizely/6.6.1.js']);
  await makeClient(page);
  // A bundle leaves no global.
  await page.evaluate('delete window.optimizelySdk');
  await page.addScriptTag({ url: SCRIPT });
  await expectCause(page, 'client-missing', /^The app bundles the SDK/);
});

test('the client is older than the script, though optimizelySdk is there', async ({ scenario, page }) => {
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js', '/optimizely/6.6.1.js']);
  await makeClient(page);
  await page.addScriptTag({ url: SCRIPT });
  await expectCause(
    page,
    'client-missing',
    /optimizelySdk and has fetched its datafile: a client was created before/,
  );
});

test('no client has been made yet', async ({ scenario, page }) => {
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js', SCRIPT, '/optimizely/6.6.1.js']);
  await expectCause(page, 'client-missing', /optimizelySdk, but it has created no client/);
  // Now one is.
  await makeClient(page);
  await expect(panelOf(page).advice).toHaveCount(0);
});

test('Partytown has the SDK', async ({ scenario, page }) => {
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js', SCRIPT]);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'text/partytown';
    script.src = '/node_modules/@optimizely/optimizely-sdk/dist/optimizely.browser.umd.min.js';
    document.head.append(script);
  });
  await expectCause(
    page,
    'client-missing',
    /^Partytown runs Optimizely’s SDK in a web worker/,
    'the-script-is-in-a-web-worker',
  );
});

test('Comlink has the SDK and the client in a worker, and gets no message', async ({ scenario, page }) => {
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js', SCRIPT]);
  await page.evaluate(() => {
    const messages: unknown[] = [];
    const send = () => messages.push('sent') > 0;
    const remote: object = new Proxy(() => {}, { get: () => remote, set: send, apply: send });
    Object.assign(window, { messages, optimizelySdk: remote, optimizelyClient: remote });
  });
  await expectCause(
    page,
    'client-missing',
    /^A web worker has what the page calls optimizelySdk and optimizelyClient/,
    'the-script-is-in-a-web-worker',
  );
  expect(await page.evaluate('messages')).toEqual([]);
});

test('the setting `client` names another', async ({ scenario, page }) => {
  await scenario.open('nothing');
  await page.addScriptTag({ content: "var optimizelyFullStory = { client: 'shop.client' };" });
  for (const url of ['/fullstory/snippet-2.1.js', SCRIPT, '/optimizely/6.6.1.js', '/e2e/client-config.js']) {
    await page.addScriptTag({ url });
  }
  await page.evaluate('void (window.optimizelyClient = optimizelySdk.createInstance(clientConfig()))');
  await expectCause(
    page,
    'client-missing',
    /optimizelyClient, but the script does not listen to it: the setting client/,
  );
});

for (const [how, settings] of [
  ['assigned', "window.optimizelyFullStory = { dedupe: 'session' };"],
  ['declared with var', "var optimizelyFullStory = { dedupe: 'session' };"],
  ['a constant', "const optimizelyFullStory = { dedupe: 'session' };"],
] as const) {
  test(`settings after the script: ${how}`, async ({ scenario, page }) => {
    await scenario.open('bridge-first');
    await scenario.events(3);
    await page.addScriptTag({ content: settings });
    await expectCause(page, 'settings-late', /^The page set its settings after the script had run/);
    await expect(panelOf(page).verdict).toHaveText('It works, with something to look at');
  });
}

test('settings in a constant before the script are not late', async ({ scenario, page }) => {
  await scenario.open('nothing');
  await page.addScriptTag({ content: "const optimizelyFullStory = { dedupe: 'session' };" });
  for (const url of ['/fullstory/snippet-2.1.js', SCRIPT]) await page.addScriptTag({ url });
  await paste(page);
  await expect(panelOf(page).advice.locator('h4')).toHaveText(['client-missing']);
});

test('settings in a global of another spelling', async ({ scenario, page }) => {
  await scenario.open('nothing');
  await page.addScriptTag({ content: "window.optimizelyFullstory = { dedupe: 'session' };" });
  for (const url of ['/fullstory/snippet-2.1.js', SCRIPT]) await page.addScriptTag({ url });
  await paste(page);
  await expect(panelOf(page).advice.locator('h4')).toHaveText([
    'client-missing',
    'setting-unknown:optimizelyFullstory',
  ]);
});

test('settings on a module’s tag', async ({ scenario, page }) => {
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js']);
  await page.evaluate(async (src) => {
    const script = Object.assign(document.createElement('script'), { src, type: 'module' });
    Object.assign(script.dataset, { eventName: 'Seen', amplitude: 'shop' });
    const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
    document.head.append(script);
    await loaded;
  }, SCRIPT);
  await paste(page);
  const { advice } = panelOf(page);
  await expect(advice.locator('h4')).toHaveText(['client-missing', 'type="module"']);
  await expect(advice.locator('.what').last()).toHaveText(
    'The script’s tag is a module, so nobody reads data-event-name and data-amplitude.',
  );
  // That is true.
  await page.evaluate(() =>
    window.optimizelyFullStory.record({ flag_key: 'checkout_redesign', enabled: true }),
  );
  expect((await scenario.events(1)).map(({ name }) => name)).toEqual(['Experiment Viewed']);
});

test('only legacy calls', async ({ scenario, page }) => {
  await openWith(page, scenario, [
    '/fullstory/snippet-2.1.js',
    SCRIPT,
    '/optimizely/6.6.1.js',
    '/e2e/client-config.js',
  ]);
  await page.evaluate(async () => {
    const { optimizelySdk: sdk, clientConfig } = window as unknown as {
      optimizelySdk: {
        createInstance(config: object): {
          onReady(): Promise<unknown>;
          isFeatureEnabled(flag: string, user: string): boolean;
        };
      };
      clientConfig(): object;
    };
    const client = sdk.createInstance(clientConfig());
    await client.onReady();
    client.isFeatureEnabled('checkout_redesign', 'ada');
  });
  await expectCause(page, 'legacy-calls', /only older methods/);
  await expect(panelOf(page).verdict).toHaveText(
    'The site calls only older methods, which make no flag decision',
  );
});

test('FullStory refused before the script came', async ({ scenario, page }) => {
  await page.addInitScript(() => {
    window.fullstoryDoubleOptions = { refuse: true };
  });
  await openWith(page, scenario, ['/fullstory/snippet-2.1.js']);
  // New observers are not called, and querying fs.js itself fails.
  const isRefused = () =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const { FS } = window as unknown as { FS: { _api?: (...given: unknown[]) => unknown } };
          if (!FS._api) resolve(false);
          else {
            const observer = { type: 'start', callback() {} };
            FS._api(
              'observe',
              observer,
              '',
              () => resolve(false),
              () => resolve(true),
            );
          }
        }),
    );
  await expect.poll(isRefused).toBe(true);
  for (const url of [SCRIPT, '/optimizely/6.6.1.js', '/e2e/client-config.js', '/e2e/decide.js']) {
    await page.addScriptTag({ url });
  }
  await expectCause(page, 'fullstory-refused', /server declined to capture this visitor/);
  await expect(panelOf(page).verdict).toHaveText(/decisions? waits?: FullStory declined/);
});
