import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, posix } from 'node:path';
import type { OptimizelyDecision } from '@optimizely/optimizely-sdk';
import sirv from 'sirv';
import { INSTALLATION_KINDS, type Installation } from '../demo/setup-choices.ts';
import { COMPILE_HINT } from '../install/compile-hint.ts';
import { lintContainer } from '../install/lint-container.ts';
import type { Container } from '../install/tag-manager-container.ts';
import { writeSite } from '../scripts/site.mjs';
import { analyze } from './axe.ts';
import {
  emptyStorage,
  event,
  expect,
  type Page,
  type Scenario,
  said,
  test,
  userProperties,
} from './harness.ts';
import { pairwise } from './pairwise.ts';
import {
  bundleApp,
  changeChoices,
  openSetup,
  readChoices,
  readValue,
  rebuildScripts,
  root,
  type Shown,
  setupScript,
  version,
} from './setup-page.ts';

/** The installations that have a content security policy of their own. */
const hasPolicy = (installation: Installation) => installation !== 'tag-manager' && installation !== 'npm';

type Decided = Pick<OptimizelyDecision, 'flagKey' | 'variationKey' | 'ruleKey' | 'enabled'>;

declare global {
  interface Window {
    store: { decide(): OptimizelyDecision[] };
  }
}

// By the keyboard, because a click waits for two frames.
const openOtherInstallations = (page: Page) =>
  page.locator('summary', { hasText: 'Other installations' }).press('Enter');
const openSettings = (page: Page) => page.locator('#settings-fold > summary').press('Enter');

interface Pasted {
  installation: Installation;
  text: string;
  policy?: string;
  namespace?: string;
}

/** Pastes a text into a page in the way of its installation, and opens that page. */
async function paste(page: Page, { installation, text, policy = '', namespace = 'FS' }: Pasted) {
  const body = {
    'tag-manager': `<script>(${rebuildScripts})(${JSON.stringify(text).replace(/</g, '\\u003c')})</script>`,
    npm: '<script src="/e2e/app.js"></script>',
  }[installation as string];
  const app =
    installation === 'npm'
      ? await bundleApp(`${text}
Object.assign(window, { client, optimizelyFullStory: bridge });`)
      : '';
  await page.route('**/e2e/app.js', (route) =>
    route.fulfill({ body: app, contentType: 'text/javascript; charset=utf-8' }),
  );
  await page.route('**/optimizely-fullstory.min.js', (route) =>
    route.fulfill({ path: `${root}dist/optimizely-fullstory.min.js` }),
  );
  await page.route('https://cdn.jsdelivr.net/**', (route) => {
    const file = new URL(route.request().url()).pathname.replace(/^\/npm\/optimizely-fullstory@[^/]+/, '');
    return route.fulfill({
      path: `${root}${file}`,
      contentType: 'text/javascript; charset=utf-8',
      headers: { 'access-control-allow-origin': '*' },
    });
  });
  // From here, because to ask the server takes longer than to run the page.
  const html = (await readFile(`${root}e2e/pages/pasted.html`, 'utf8'))
    .replace('[namespace=FS]', namespace)
    .replace('<!-- head -->', () => (body ? '' : text))
    .replace('<!-- body -->', () => body ?? '');
  await page.route('**/e2e/pasted.html', (route) =>
    route.fulfill({
      body: html,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        ...(policy && { 'content-security-policy': `script-src 'self' 'nonce-page' ${policy}` }),
      },
    }),
  );
  await page.goto('/e2e/pasted.html', { waitUntil: 'domcontentloaded' });
  await expect
    .poll(
      () => page.evaluate(() => window.optimizelyFullStory?.status?.().fullstory),
      `${installation}, pasted, finds FullStory`,
    )
    .toBe('capturing');
}

/** The page's decisions, without the whole client that they refer to: to bring it here takes longer than to decide. */
const decide = (page: Page): Promise<Decided[]> =>
  page.evaluate(() =>
    window.store
      .decide()
      .map(({ flagKey, variationKey, ruleKey, enabled }) => ({ flagKey, variationKey, ruleKey, enabled })),
  );
const calls = (page: Page) =>
  page.evaluate(() => window.fullstoryDouble?.calls ?? []).then((list) => list.map((call) => said(call)));

const propertiesOf = ({ flagKey, variationKey, ruleKey, enabled }: Decided) => ({
  flag_key: flagKey,
  variation_key: variationKey,
  rule_key: ruleKey,
  enabled,
});

/** With the default settings, FullStory gets the page's decisions, and nobody complains. */
async function expectDefaults(page: Page, scenario: Scenario) {
  const [checkout, , pricing, loyalty] = (await decide(page)) as [Decided, Decided, Decided, Decided];
  await expect
    .poll(() => calls(page), 'by default')
    .toEqual([
      userProperties({
        '[Optimizely] checkout_redesign': 'treatment',
        '[Optimizely] pricing_page': pricing.variationKey,
        '[Optimizely] loyalty_points': 'off',
      }),
      event(propertiesOf(checkout)),
      event(propertiesOf(pricing)),
      event(propertiesOf(loyalty)),
    ]);
  expect((await scenario.status()).problems).toEqual([]);
  expect(scenario.complaints).toEqual([]);
}

// Only modules can differ between browsers. The other texts are installations of `installing.spec.ts`.
test('npm: the text, pasted, brings decisions to FullStory @engines', async ({ page, scenario }) => {
  const installation = 'npm';
  await openSetup(page, { installation });
  await paste(page, { installation, text: await readValue(page, '#text') });
  await expectDefaults(page, scenario);
});

const ROWS = pairwise({
  installation: INSTALLATION_KINDS,
  propertyName: ['[Optimizely] {flag}', 'optimizely_{flag}', `</script ><!-- {{x}} '"\\ é\u2028 {flag}`, ''],
  eventName: ['Experiment Viewed', `Seen & "viewed" </script > <!-- '\\ {{é}}`, ''],
  flags: ['', 'checkout_*', ' pricing_page , loyalty_points'],
  impressionsOnly: [false, true],
  dedupe: ['page', 'session', 'none'],
  include: ['', 'user_id', 'user_id, experiment_id, variation_id, dispatched'],
  beforeSend: ['', 'store.edit'],
  client: ['', 'store.client'],
  namespace: ['', 'Replay'],
  eventsPerMinute: [40, 1],
  bufferSize: [1000, 1],
  persist: [false, true],
  debug: [false, true],
});

/** The expected calls for the page's decisions with these settings, according to the documentation. */
function expectedCalls(row: (typeof ROWS)[number], decisions: Decided[]) {
  const keys = row.flags.split(',').map((key) => key.trim());
  const wanted = decisions.filter(
    ({ flagKey }, index) =>
      (!row.flags || keys.some((key) => key === flagKey || key.replace('*', 'redesign') === flagKey)) &&
      // The third is made without an impression.
      !(row.impressionsOnly && index === 2),
  );
  const values = wanted.map(({ flagKey, enabled, variationKey }) => [
    row.propertyName.replace('{flag}', flagKey),
    enabled ? variationKey : 'off',
  ]);
  const kept = wanted
    .filter(({ flagKey }, index) => row.dedupe === 'none' || flagKey !== wanted[index - 1]?.flagKey)
    .slice(-row.bufferSize);
  const events = kept.map((decision) => {
    const more: Record<string, unknown> = {
      user_id: 'ada',
      experiment_id: expect.stringMatching(/^\d+$/),
      variation_id: expect.stringMatching(/^\d+$/),
      dispatched: decision.flagKey !== 'pricing_page',
    };
    const included = row.include ? row.include.split(', ').map((name) => [name, more[name]]) : [];
    return event(
      {
        ...propertiesOf(decision),
        ...Object.fromEntries(included),
        ...(row.beforeSend && { page: 'shop' }),
      },
      row.eventName,
    );
  });
  return {
    calls: [
      ...(row.propertyName && values.length ? [userProperties(Object.fromEntries(values))] : []),
      ...(row.eventName ? events.slice(0, row.eventsPerMinute) : []),
    ],
    waiting: row.eventName ? Math.max(0, kept.length - row.eventsPerMinute) : 0,
  };
}

/** With a row's settings, FullStory gets what the documentation says, and what the set-up page has shown. */
async function expectRow(page: Page, scenario: Scenario, row: (typeof ROWS)[number], shown: Shown) {
  const decisions = await decide(page);
  const expected = expectedCalls(row, decisions);
  // A wait that fails may not name its step.
  await expect.poll(() => calls(page), JSON.stringify(row)).toEqual(expected.calls);
  const { decisions: counts, problems } = await scenario.status();
  expect(counts).toMatchObject({ seen: 4, waiting: expected.waiting });
  const isOutsideRule = row.propertyName.startsWith('<') && expected.calls.length > 0;
  expect(problems).toEqual(isOutsideRule ? ['property-name-rule'] : []);

  const arrived = await calls(page);
  const isCheckout = (flagKey: unknown) => flagKey === 'checkout_redesign';
  const [values] = arrived.filter(({ kind }) => kind === 'properties');
  const name = row.propertyName.replace('{flag}', 'checkout_redesign');
  const value = values?.properties[name];
  expect(shown.properties).toEqual(value === undefined ? {} : { [name]: value });
  const event = arrived.find(({ properties }) => isCheckout(properties.flag_key));
  if (!event) return;
  const { page: _, ...properties } = event.properties;
  const texts = Object.entries(properties).map(([key, text]) => [
    key,
    /(experiment|variation)_id/.test(key) ? expect.stringMatching(/^\d+$/) : String(text),
  ]);
  expect(shown.event).toEqual({ name: event.name, properties: Object.fromEntries(texts) });
}

for (const installation of INSTALLATION_KINDS) {
  test(`${installation}: the texts, pasted, do what the settings say`, async ({ page, scenario }) => {
    const rows = ROWS.filter((row) => row.installation === installation);
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    // What a page says while it is left is not a line of the next one.
    const forget = () => {
      lines.length = 0;
    };
    page.on('framenavigated', forget);
    // The page opens with the settings of a row in its address.
    const shown = await readChoices(page, [...rows, { installation }]);
    await emptyStorage(page);
    const pasteNext = async ({ text, policy }: Shown, namespace = 'FS') => {
      if (hasPolicy(installation)) expect(policy).not.toBe('');
      await paste(page, { installation, text, policy, namespace });
    };
    if (installation !== 'npm') {
      await test.step('by default', async () => {
        await pasteNext(shown.at(-1) as Shown);
        await expectDefaults(page, scenario);
      });
    }
    for (const [number, row] of rows.entries()) {
      const { installation: _, ...settings } = row;
      await test.step(JSON.stringify(settings), async () => {
        await pasteNext(shown[number] as Shown, settings.namespace || 'FS');
        await expectRow(page, scenario, row, shown[number] as Shown);
        expect(lines.some((line) => line.startsWith('[optimizely-fullstory]'))).toBe(settings.debug);
      });
    }
    page.off('framenavigated', forget);
  });
}

/** A list of names and values on the page, as shown. */
const pairsOf = (page: Page, id: string) =>
  page
    .locator(`${id} div`)
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]),
      ),
    );

/** The name and the text of the file that a click saves. */
async function save(page: Page, button: string, browserName: string): Promise<[name: string, text: string]> {
  if (browserName !== 'firefox') {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
    return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')];
  }
  // Playwright does not see files that Firefox saves from a page's memory, so this reads the link.
  const saved = page.evaluate(
    () =>
      new Promise<[string, string]>((resolve) => {
        addEventListener('click', (event) => {
          const link = event.target;
          if (!(link instanceof HTMLAnchorElement && link.download)) return;
          event.preventDefault();
          const { download, href } = link;
          void fetch(href)
            .then((response) => response.text())
            .then((text) => resolve([download, text]));
        });
      }),
  );
  await page.locator(button).click();
  return saved;
}

test('the container file holds the tag and its variables, and runs; without it, the page says why', async ({
  page,
  scenario,
  browserName,
}) => {
  await test.step('a text that Tag Manager would change makes no container', async () => {
    await openSetup(page, { installation: 'tag-manager', propertyName: '{{Page URL}} {flag}' });
    await expect(page.locator('#container-failure')).toContainText('propertyName cannot hold {{');
    await expect(page.locator('#download')).toBeHidden();
    expect(await readValue(page, '#text')).not.toContain('{{');
  });
  await changeChoices(page, {
    installation: 'tag-manager',
    flags: 'checkout_*',
    eventName: '',
    dedupe: 'none',
  });
  const [name, file] = await save(page, '#download', browserName);
  expect(name).toBe('optimizely-fullstory-container.json');
  const container = JSON.parse(file) as Container;
  expect(lintContainer(container)).toEqual([]);

  const { tag, variable } = container.containerVersion;
  const variableValue = (name: string) =>
    JSON.stringify(variable.find((one) => one.name === name)?.parameter?.[0]?.value);
  const html = tag[0]?.parameter?.find(({ key }) => key === 'html')?.value ?? '';
  await paste(page, {
    installation: 'tag-manager',
    text: html.replace(/\{\{(.*?)\}\}/g, (_, name) => variableValue(name)),
  });
  await decide(page);
  await expect
    .poll(() => calls(page))
    .toEqual([userProperties({ '[Optimizely] checkout_redesign': 'treatment' })]);
  await expect
    .poll(async () => (await scenario.status()).decisions)
    .toMatchObject({ seen: 4, sent: 2, ignored: 2 });
});

test('fields are read by the script’s rules, and a wrong value makes no text', async ({ page }) => {
  await openSetup(page);
  await openSettings(page);
  await page.getByText('Limits and help').click();
  const input = page.getByLabel('Events per minute');
  for (const [typed, isRight] of [
    ['6000', false],
    ['', false],
    ['1.5', false],
    ['20', true],
    ['many', false],
    [' 7 ', true],
  ] as const) {
    await input.fill(typed);
    await expect(page.locator('#text')).toBeVisible({ visible: isRight });
    await expect(page.locator('[data-copy="text"]')).toBeVisible({ visible: isRight });
    if (isRight) {
      await expect(page.locator('#text')).toHaveValue(new RegExp(`{ eventsPerMinute: ${Number(typed)} }`));
    } else {
      await expect(input).toHaveAttribute('aria-invalid', 'true');
      await expect(input).toHaveAccessibleDescription(
        /eventsPerMinute has to be a whole number from 1 to \d/,
      );
    }
  }
  await input.fill('0');
  await page.locator('#wrong').getByRole('link', { name: 'Events per minute' }).click();
  await expect(input).toBeFocused();

  await page
    .getByLabel('Event', { exact: false })
    .and(page.locator('#setting-eventName'))
    .fill('x'.repeat(1000));
  await expect(page.locator('#wrong li')).toHaveText(['Event', 'Events per minute']);
  await page.locator('#reset').click();
  await expect(page.locator('#wrong')).toBeHidden();
  expect(await readValue(page, '#text')).toMatch(/^<script>!/);
});

test('a name outside FullStory’s rule has a warning in the check, and a click replaces it', async ({
  page,
}) => {
  await openSetup(page);
  await openSettings(page);
  const note = page.locator('#check #name-doubt');
  await expect(page.locator('#setting-propertyName-note')).toBeHidden();
  await expect(note).toContainText('outside FullStory’s documented rule');
  await expect(note).toContainText('Snippet 1.3 removes all other characters');
  await note.getByRole('button', { name: 'Use optimizely_{flag}' }).click();
  await expect(page.getByLabel('User property')).toHaveValue('optimizely_{flag}');
  await expect(note).toBeHidden();
  expect(await pairsOf(page, '#preview-properties')).toEqual({ optimizely_checkout_redesign: 'treatment' });
  await expect(page.locator('#text')).toHaveValue(/propertyName: 'optimizely_\{flag\}'/);

  await page.getByLabel('When this flag is decided').fill('new checkout');
  await expect(note).toContainText('With this flag’s key');
  await page.getByLabel('When this flag is decided').fill('uid');
  await page.getByLabel('User property').fill('{flag}');
  await expect(note).toContainText('the script does not send it');
  await expect(note).not.toContainText('may drop it');
  await expect(page.locator('#preview-no-properties')).toBeVisible();
  await page.getByLabel('User property').fill('optimizely');
  await expect(page.locator('#setting-propertyName-note')).toContainText(
    'propertyName has to be empty, or a text with {flag} in it',
  );
  await expect(page.locator('#text')).toBeHidden();
});

test('the text stands above the fold, and on a phone at most one screen down', async ({ page }) => {
  const text = page.locator('#text');
  await openSetup(page, { where: 'script', to: 'fullstory-amplitude' }, false);
  for (const [width, height, screens] of [
    [1280, 800, 1],
    [360, 740, 2],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const where of ['script', 'bundle', 'tag-manager', 'server']) {
      for (const to of ['fullstory', 'amplitude', 'fullstory-amplitude']) {
        await changeChoices(page, { where, to });
        const copyBox = await page.locator('[data-copy="text"]').boundingBox();
        const textBox = await text.boundingBox();
        const copyEnd = (copyBox?.y ?? Infinity) + (copyBox?.height ?? 0);
        expect(copyEnd, `${where} ${to} ${width}`).toBeLessThan(height * screens);
        expect(textBox?.y ?? Infinity, `${where} ${to} ${width}`).toBeLessThan(height * screens);
      }
    }
  }
});

test('each answer shows the text of its script, and the lines for the app or the server', async ({
  page,
}) => {
  await openSetup(page, {}, false);
  for (const [name, file, global] of [
    ['Amplitude', 'optimizely-amplitude.min.js', 'optimizelyAmplitude'],
    ['Both', 'optimizely-fullstory-amplitude.min.js', 'optimizelyFullStory'],
    ['FullStory', 'optimizely-fullstory.min.js', 'optimizelyFullStory'],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).check();
    const script = (await readFile(`${root}dist/${file}`, 'utf8')).replace(COMPILE_HINT, '').trim();
    await expect(page.locator('#text')).toHaveValue(`<script>${script}</script>`);
    await expect(page.locator('#check-text')).toHaveValue(`${global}.status()`);
    await page.getByRole('radio', { name: 'On a server' }).check();
    await expect(page.locator('#lines')).toHaveValue(new RegExp(`${global}[\\s\\S]*bridge\\.record`));
    await page.getByRole('radio', { name: 'In a script tag' }).check();
    await expect(page.locator('#lines')).toBeHidden();
  }
  await page.getByRole('radio', { name: 'In the app’s bundle' }).check();
  expect(await readValue(page, '#text')).toContain('bridge.connect(client)');
  await openOtherInstallations(page);
  await page.getByRole('radio', { name: 'In the head' }).check();
  await expect(page.locator('#lines')).toHaveValue(/api\.connect\(client\)/);
});

test('the check says whose state and counts status() has at the top', async ({ page }) => {
  await openSetup(page, {}, false);
  const alone = page.getByText('With Amplitude alone, fullstory is Amplitude’s state.');
  const both = page.getByText('These two are FullStory’s. Amplitude’s are in destinations.');
  for (const [name, isAlone, isBoth] of [
    ['Amplitude', true, false],
    ['Both', false, true],
    ['FullStory', false, false],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).check();
    await expect(alone).toBeVisible({ visible: isAlone });
    await expect(both).toBeVisible({ visible: isBoth });
  }
});

test('the preview shows Amplitude’s calls, alone or beside FullStory', async ({ page }) => {
  const exposed = {
    flag_key: 'checkout_redesign',
    variant: 'treatment',
    experiment_key: 'checkout_redesign_test',
  };
  await openSetup(page, {}, false);
  await openSettings(page);
  await page.getByRole('radio', { name: 'Amplitude', exact: true }).check();
  await expect(page.getByRole('heading', { name: 'In Amplitude', exact: true })).toBeVisible();
  await expect(page.locator('#preview-event')).toHaveText('Experiment Viewed');
  expect(await pairsOf(page, '#preview-properties')).toEqual({
    '[Optimizely] checkout_redesign': 'treatment',
  });
  await expect(page.locator('#check-event')).toHaveText('Experiment Viewed');
  await expect(page.getByRole('link', { name: 'See it work' })).toHaveAttribute('href', './?amplitude');
  await page.locator('#settings summary', { hasText: 'For Amplitude only' }).click();
  const exposure = page.locator('#setting-amplitude\\.exposure');
  await exposure.check();
  await expect(page.locator('#preview-event')).toHaveText('$exposure');
  expect(await pairsOf(page, '#preview-event-properties')).toEqual(exposed);
  await expect(page.locator('#preview-amplitude')).toBeHidden();
  await expect(page.locator('#check-amplitude')).toContainText(
    'a chart of the event [Experiment] Exposure, and group it by flag_key',
  );

  await page.getByRole('radio', { name: 'Both', exact: true }).check();
  await expect(page.getByRole('heading', { name: 'Event in FullStory' })).toBeVisible();
  await expect(page.locator('#preview-event')).toHaveText('Experiment Viewed');
  await expect(page.getByRole('heading', { name: 'Event in Amplitude' })).toBeVisible();
  await expect(page.locator('#preview-amplitude-event')).toHaveText('$exposure');
  expect(await pairsOf(page, '#preview-amplitude-properties')).toEqual(exposed);
  await page.getByRole('radio', { name: 'FullStory', exact: true }).check();
  await expect(page.locator('#check-amplitude')).toBeHidden();
});

test('without any name it warns that nothing is sent', async ({ page }) => {
  await openSetup(page, { eventName: '' });
  await expect(page.locator('#settings-fold')).toHaveAttribute('open', '');
  const note = page.locator('#setting-eventName-note');
  await expect(note).toBeHidden();
  await page.getByLabel('User property').fill('');
  await expect(note).toContainText('nothing reaches FullStory');
  await expect(page.locator('#setting-eventName')).toHaveAccessibleDescription(/nothing reaches FullStory/);
  await page.locator('#setting-eventName').fill('Seen');
  await expect(note).toBeHidden();
  await page.locator('#setting-eventName').fill('');
  await page.getByLabel('User property').fill('optimizely_{flag}');
  await expect(note).toBeHidden();
});

test('the choices stay in the address', async ({ page }) => {
  await openSetup(page);
  await openOtherInstallations(page);
  await openSettings(page);
  await page.getByRole('radio', { name: 'From a CDN' }).check();
  await page.locator('#setting-eventName').fill('Seen');
  await expect(page).toHaveURL(/#eventName=Seen&installation=cdn$/);
  await page.reload();
  await openOtherInstallations(page);
  await expect(page.getByRole('radio', { name: 'From a CDN' })).toBeChecked();
  expect(await readValue(page, '#text')).toContain('data-event-name="Seen"');

  await test.step('another address counts, if the page writes its own one at the same moment', async () => {
    await page.evaluate(() => {
      const before = location.hash;
      location.hash = 'eventName=Other&installation=cdn';
      history.replaceState(null, '', before);
    });
    await expect(page.locator('#text')).toHaveValue(/data-event-name="Other"/);
    await expect(page).toHaveURL(/#eventName=Other&installation=cdn$/);
  });
});

test('before npm has the package it offers files, and no CDN', async ({ page, baseURL }) => {
  await openSetup(page, { installation: 'cdn' }, false);
  await openOtherInstallations(page);
  await expect(page.getByRole('radio', { name: 'In the head' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'From a CDN' })).toBeHidden();
  await page.getByRole('radio', { name: 'In the app’s bundle' }).check();
  const file = `optimizely-fullstory-${version}.tgz`;
  await expect(page.locator('#install-command')).toHaveValue(`npm install ./${file}`);
  const link = page.getByRole('link', { name: file });
  const response = await page.request.get(new URL((await link.getAttribute('href')) ?? '', baseURL).href);
  expect((await response.body()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  for (const installation of INSTALLATION_KINDS.filter((kind) => kind !== 'cdn')) {
    await changeChoices(page, { installation });
    expect(await page.locator('body').innerText(), installation).not.toMatch(/jsDelivr|CDN/);
    expect(await readValue(page, '#text'), installation).not.toContain('cdn.jsdelivr.net');
  }
});

test('once npm has the package it offers a CDN, with an integrity that allows no other file, and installs by name', async ({
  page,
}) => {
  await openSetup(page, { installation: 'cdn' });
  await openOtherInstallations(page);
  await expect(page.getByRole('radio', { name: 'From a CDN' })).toBeChecked();
  const text = await readValue(page, '#text');
  expect(text).toContain('cdn.jsdelivr.net');
  await page.getByRole('radio', { name: 'In the app’s bundle' }).check();
  await expect(page.locator('#install-command')).toHaveValue('npm install optimizely-fullstory');
  await expect(page.locator('#package-file')).toBeHidden();

  await page.route('https://cdn.jsdelivr.net/**', (route) =>
    route.fulfill({
      body: 'window.optimizelyFullStory = "another file"',
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await page.goto('/e2e/pasted.html', { waitUntil: 'domcontentloaded' });
  const outcome = await page.evaluate(
    (tag) =>
      new Promise((resolve) => {
        const pasted = new DOMParser().parseFromString(tag, 'text/html').querySelector('script');
        const script = document.createElement('script');
        for (const { name, value } of pasted?.attributes ?? []) script.setAttribute(name, value);
        script.onload = () => resolve('ran');
        script.onerror = () => resolve('refused');
        document.head.append(script);
      }),
    text,
  );
  expect(outcome).toBe('refused');
});

test('it works with the keyboard only, and copies exactly the text @engines', async ({
  page,
  browserName,
  context,
}) => {
  if (browserName === 'chromium') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSetup(page);
  await page.getByRole('radio', { name: 'In the app’s bundle' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'In a tag manager' })).toBeChecked();
  const tabTo = async (selector: string) => {
    const target = page.locator(selector);
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    await expect(target).toBeFocused();
  };
  await tabTo('#settings-fold > summary');
  await page.keyboard.press('Enter');
  await tabTo('#setting-propertyName');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('optimizely_{flag}');
  await tabTo('summary:has-text("Limits and help")');
  await page.keyboard.press('Enter');
  await tabTo('#setting-debug');
  await page.keyboard.press('Space');
  await page.locator('#text').focus();
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('[data-copy="text"]')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#said')).toHaveText('Copied');

  const text = await readValue(page, '#text');
  expect(text).toContain("propertyName: 'optimizely_{flag}',\n  debug: true");
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.id = 'pasted';
    document.body.append(area);
    area.focus();
  });
  await page.keyboard.press('Control+V');
  await expect(page.locator('#pasted')).toHaveValue(text);
});

test('if the browser makes no hashes, the page says so', async ({ page, baseURL }) => {
  // Neither https nor localhost.
  await page.route('http://setup.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${baseURL}${pathname}` }) });
  });
  const body = await setupScript(true);
  await page.route('http://setup.example/demo/setup.js', (route) =>
    route.fulfill({ body, contentType: 'text/javascript; charset=utf-8' }),
  );
  await page.goto('http://setup.example/setup.html');
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await expect(page.locator('#policy-failure')).toContainText('https');
  await expect(page.locator('#policy')).toBeHidden();
  expect(await readValue(page, '#text')).toMatch(/^<script>!/);
  await page.locator('[data-copy="text"]').click();
  await expect(page.locator('#said')).toHaveText('Copied');

  await openOtherInstallations(page);
  await page.getByRole('radio', { name: 'From a CDN' }).check();
  await expect(page.locator('#wrong')).toContainText('https');
  await expect(page.locator('#text')).toBeHidden();
});

test('the bookmark explains its use, and opens the inspector where the text is pasted', async ({ page }) => {
  await openSetup(page);
  await readValue(page, '#bookmark-text');
  await page.locator('#bookmark').click();
  await expect(page.getByText('Drag it into the bookmarks bar. If')).toBeVisible();

  const text = await readValue(page, '#text');
  const address = await readValue(page, '#bookmark-text');
  await expect(page.locator('#bookmark')).toHaveAttribute('href', address);
  await paste(page, { installation: 'head', text });
  await decide(page);
  // As a browser runs such an address.
  await page.evaluate(decodeURIComponent(address.replace(/^javascript:/, '')));
  await expect(page.getByRole('dialog', { name: 'Optimizely → FullStory' })).toBeVisible();
});

test('without the script it explains what to do', async ({ page }) => {
  await page.route('**/dist/optimizely-fullstory.min.js', (route) => route.fulfill({ status: 404 }));
  await page.goto('/setup.html');
  await expect(page.getByRole('alert')).toContainText('npm run build');
  await expect(page.locator('#text')).toBeHidden();
});

/** States of the page by name. A state without a text comes first: a change of the address waits for one. */
const STATES: Record<string, Record<string, unknown>>[] = [
  {
    'wrong settings': { bufferSize: 'all', beforeSend: 'event => event', propertyName: '' },
    'both, in the app': { where: 'bundle', to: 'fullstory-amplitude', installation: 'head' },
    'of a server': { where: 'server', to: 'amplitude', 'amplitude.exposure': true },
  },
  ...[INSTALLATION_KINDS.slice(0, 3), INSTALLATION_KINDS.slice(3)].map((kinds) =>
    Object.fromEntries(kinds.map((installation) => [installation, { installation, include: 'user_id' }])),
  ),
];

/** Looks for barriers in light and in dark colours. */
async function expectNoBarriers(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await test.step(colorScheme, async () => {
      await page.emulateMedia({ colorScheme });
      // The other rules do not depend on colours.
      const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
      const { violations } = await analyze(page, undefined, rules);
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      expect(scrollWidth).toBe(clientWidth);
    });
  }
}

for (const states of STATES) {
  test(`no barriers, and a phone is wide enough: ${Object.keys(states).join('; ')}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const [index, [state, choices]] of Object.entries(states).entries()) {
      await test.step(state, async () => {
        await (index ? changeChoices(page, choices) : openSetup(page, choices));
        await expect(page.locator('#text-size')).not.toBeEmpty();
        await page.locator('details').evaluateAll((all) => {
          for (const details of all as HTMLDetailsElement[]) details.open = true;
        });
        await expectNoBarriers(page);
      });
    }
  });
}

/** The links of a site's pages that lead to no file or heading of it. */
async function deadLinks(site: string, files: readonly string[]): Promise<string[]> {
  const pages = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    pages.set(file, await readFile(join(site, file), 'utf8'));
  }
  const dead: string[] = [];
  for (const [page, html] of pages) {
    for (const [, link = ''] of html.matchAll(/ (?:href|src|srcset)="([^"]*)"/g)) {
      if (/^(https?|data|javascript):/.test(link)) continue;
      const [path = '', heading] = link.split('#');
      const name = path.replace(/\?.*/, '');
      const target = name
        ? posix.join(posix.dirname(page), name, name.endsWith('/') ? 'index.html' : '')
        : page;
      const isThere = files.includes(target) && (!heading || pages.get(target)?.includes(` id="${heading}"`));
      if (!isThere) dead.push(`${page}: ${link}`);
    }
  }
  return dead;
}

test('the site works from any file server, below any path', async ({ page, scenario }, testInfo) => {
  const site = testInfo.outputPath('site');
  const files = await writeSite(site);
  expect(files).toEqual(
    expect.arrayContaining([
      'setup.html',
      `optimizely-fullstory-${version}.tgz`,
      'docs/sql/snowflake/load.sql',
    ]),
  );
  expect(await deadLinks(site, files)).toEqual([]);
  const folder = sirv(site, { dev: true });
  const server = createServer((request, response) => {
    const answerNotFound = () => {
      response.writeHead(404).end();
    };
    if (!request.url?.startsWith('/some/where/')) return answerNotFound();
    request.url = request.url.slice('/some/where'.length);
    return folder(request, response, answerNotFound);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const failed: string[] = [];
  page.on('response', (response) => {
    if (!response.ok()) failed.push(response.url());
  });
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/some/where/setup.html`);
    expect(await readValue(page, '#policy')).toMatch(/^'sha256-.{44}'$/);
    await page.getByRole('link', { name: 'Google Tag Manager' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Google Tag Manager');
    await page.getByRole('link', { name: 'Set it up' }).click();
    await page.getByRole('link', { name: 'playground' }).click();
    await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
    expect(failed).toEqual([]);
    expect(scenario.complaints).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
