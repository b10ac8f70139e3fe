import type { Installation, Where } from '../demo/setup-choices.ts';
import { PAGE_SCRIPTS, type PageScript, type Target } from '../install/scripts.ts';
import { type AmplitudePage, expect, type Page, QUIET, test } from './amplitude-harness.ts';
import { CHECKOUT, emptyStorage, event, said, userProperties } from './harness.ts';
import { CONFIGURATION, inlineScript, SDK } from './markup.mjs';
import { bundleApp, readChoices, rebuildScripts, root } from './setup-page.ts';

// Every text of the set-up page, with the lines for the app or the server: pasted as the page says, and run.

const FILES: readonly Installation[] = ['head', 'tag-manager', 'async', 'file', 'cdn'];
const INSTALLATIONS: readonly (readonly [Where, readonly Installation[]])[] = [
  ['script', FILES],
  ['bundle', ['npm', ...FILES]],
  ['tag-manager', ['tag-manager']],
  ['server', FILES],
];
const DECISIONS = JSON.stringify([CHECKOUT]);
const DECIDE = "client.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');";

/** The texts on the set-up page. */
interface Texts {
  text: string;
  lines: string;
}

const SCRIPTS = Object.values(PAGE_SCRIPTS);
const CASES = INSTALLATIONS.flatMap(([where, installations]) =>
  installations.flatMap((installation) => SCRIPTS.map(({ target }) => ({ where, installation, to: target }))),
);

async function readTexts(
  setup: Page,
): Promise<(where: Where, installation: Installation, to: Target) => Texts> {
  const all = await readChoices(setup, CASES);
  return (where, installation, to) => {
    const index = CASES.findIndex(
      (one) => one.where === where && one.installation === installation && one.to === to,
    );
    const { text = '', lines = '' } = all[index] ?? {};
    if (where !== 'script' && where !== 'tag-manager' && installation !== 'npm') expect(lines).not.toBe('');
    return { text, lines };
  };
}
let textsOf: Awaited<ReturnType<typeof readTexts>> | undefined;

/** What decides on the page: a script, an app, or the server, which fills in its decisions. */
async function deciding(where: Where, { text, lines }: Texts, isModule: boolean): Promise<string> {
  if (where === 'bundle') {
    const app = await bundleApp(`${isModule ? text : lines}\n${DECIDE}`);
    return CONFIGURATION + inlineScript(app.replace(/<\/script/g, '<\\/script'));
  }
  if (where === 'server') {
    const filled = lines
      .replace('/* the decisions, as JSON */ []', DECISIONS)
      .replace("/* the user id */ ''", "'ada'");
    expect(filled).not.toBe(lines);
    return filled;
  }
  // `optimizelyClient` is a name that a late script looks for.
  return `${SDK}${inlineScript(
    `var optimizelyClient = optimizelySdk.createInstance(clientConfig()); var client = optimizelyClient; ${DECIDE}`,
  )}`;
}

/** Opens a page with the texts in it. */
async function paste(page: Page, where: Where, installation: Installation, texts: Texts) {
  let release = () => {};
  // An async file comes when the page has decided: what the page shows must not depend on which is faster.
  const mayCome = installation === 'async' ? new Promise<void>((resolve) => (release = resolve)) : undefined;
  const serveFile = (file: string) =>
    page.route(`**/${file}`, async (route) => {
      await mayCome;
      await route.fulfill({
        path: `${root}dist/${file}`,
        contentType: 'text/javascript; charset=utf-8',
        headers: { 'access-control-allow-origin': '*' },
      });
    });
  for (const { file } of Object.values(PAGE_SCRIPTS)) await serveFile(file);
  const isModule = installation === 'npm';
  const html = `<!doctype html>
    <html lang="en">
      <head>
        <title>A text of the set-up page</title>
        ${isModule || installation === 'tag-manager' ? '' : texts.text}
        <script src="/fullstory/snippet-2.1.js"></script>
        <script src="/amplitude/2.48.1.js"></script>
        ${inlineScript(`amplitude.init('KEY', undefined, ${JSON.stringify(QUIET)});`)}
      </head>
      <body>
        ${installation === 'tag-manager' ? inlineScript(`(${rebuildScripts})(${JSON.stringify(texts.text).replace(/</g, '\\u003c')})`) : ''}
        ${await deciding(where, texts, isModule)}
      </body>
    </html>`;
  await page.route('**/e2e/a-text.html', (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
  );
  await page.goto('/e2e/a-text.html', { waitUntil: 'domcontentloaded' });
  release();
  await page.waitForLoadState();
}

/** Each destination has the decision once, and the other one has nothing. */
async function expectDecision(
  page: Page,
  amplitude: AmplitudePage,
  { title, hasFullStory, hasAmplitude, global }: PageScript,
  problems: string[],
) {
  const values = { '[Optimizely] checkout_redesign': 'treatment' };
  const counts = () =>
    page.evaluate(
      (name) =>
        (Reflect.get(window, name) as Window['optimizelyFullStory'])
          .status()
          .destinations.map(({ decisions }) => [decisions.sent, decisions.waiting]),
      global,
    );
  // With its title, because a wait that fails may not name its step.
  await amplitude
    .eventually(async () => [title, ...(await counts())])
    .toEqual([title, ...Array(Number(hasFullStory) + Number(hasAmplitude)).fill([1, 0])]);
  const received = await page.evaluate(() => window.fullstoryDouble?.calls ?? []);
  expect(received.map((call) => said(call))).toEqual(
    hasFullStory ? [userProperties(values), event(CHECKOUT)] : [],
  );
  const uploads = () => [amplitude.events().length, amplitude.properties().length];
  if (hasAmplitude) await amplitude.eventually(uploads, 1000).toEqual([1, 1]);
  expect(amplitude.events()).toMatchObject(
    hasAmplitude ? [{ event_type: 'Experiment Viewed', event_properties: CHECKOUT }] : [],
  );
  expect(amplitude.properties()).toMatchObject(hasAmplitude ? [{ user_properties: { $set: values } }] : []);
  expect((await amplitude.status()).problems).toEqual(problems);
  expect(amplitude.complaints).toEqual([]);
}

for (const [where, installations] of INSTALLATIONS) {
  for (const installation of installations) {
    test(`${where}, ${installation}: the texts bring a decision to each destination`, async ({
      page,
      context,
      amplitude,
    }) => {
      // One visit of the set-up page for all tests of a worker.
      textsOf ??= await readTexts(page);
      await amplitude.stopClock();
      await emptyStorage(page);
      for (const pageScript of SCRIPTS) {
        const texts = textsOf(where, installation, pageScript.target);
        await test.step(`to ${pageScript.title}`, async () => {
          await context.clearCookies();
          amplitude.wire.length = 0;
          await paste(page, where, installation, texts);
          // The stub's `connect` is under FullStory's name; for Amplitude alone, the decision is recovered.
          const isLate = where === 'bundle' && installation === 'async' && !pageScript.hasFullStory;
          await expectDecision(page, amplitude, pageScript, isLate ? ['client-late'] : []);
        });
      }
    });
  }
}
