import { readFile } from 'node:fs/promises';
import { type AmplitudePage, expect, type Page, test } from './amplitude-harness.ts';
import { containerTag } from './installations/tag-manager.mjs';

const SUFFIXES = { amplitude: 'optimizelyAmplitude', 'fullstory-amplitude': 'optimizelyFullStory' };
const dist = (name: string) => readFile(new URL(`../dist/${name}`, import.meta.url), 'utf8');

/** As Tag Manager fires it: in a new script element. */
const fired = (html: string) =>
  `<script>{
    const script = document.createElement('script');
    script.text = ${JSON.stringify(html.replace(/^<script>|<\/script>\s*$/g, '')).replace(/</g, '\\u003c')};
    document.head.append(script);
  }</script>`;

/** Opens the page of Amplitude's tests with a text in the place of the script's tag, and decides. */
async function paste(page: Page, amplitude: AmplitudePage, text: string, policy = '') {
  await page.route('**/e2e/amplitude.html*', async (route) => {
    const html = await (await route.fetch()).text();
    const pasted = html
      .replace(/<script>\s*window\.optimizelyAmplitude =[\s\S]*?<\/script>/, '')
      .replace(/<script src="\/dist\/.*?<\/script>/, () => text)
      .replace(/<script>\s*window\.client/, (start) => start.replace('<script', '<script nonce="page"'));
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      ...(policy && { 'content-security-policy': `script-src 'self' 'nonce-page' ${policy}` }),
    };
    await route.fulfill({ body: pasted, headers });
  });
  await amplitude.open({ more: 'fullstory/snippet-2.1' });
  await amplitude.init();
  await amplitude.decide(['checkout_redesign']);
  const [event] = await amplitude.arrived(1);
  expect(amplitude.complaints).toEqual([]);
  return event;
}

for (const [suffix, global] of Object.entries(SUFFIXES)) {
  const checkPage = async (page: Page, amplitude: AmplitudePage) => {
    expect(amplitude.properties()).toMatchObject([
      { user_properties: { $set: { '[Optimizely] checkout_redesign': 'treatment' } } },
    ]);
    expect(await page.evaluate((name) => typeof Reflect.get(window, name).status, global)).toBe('function');
    expect((await amplitude.status()).problems).toEqual([]);
  };

  test(`snippet-${suffix}.html, allowed by its hash`, async ({ page, amplitude }) => {
    const name = `snippet-${suffix}.html`;
    const { csp } = JSON.parse(await dist('integrity.json')).files[name];
    const event = await paste(page, amplitude, await dist(name), csp);
    expect(event).toMatchObject({ event_type: 'Experiment Viewed' });
    await checkPage(page, amplitude);
  });

  test(`gtm-${suffix}.html`, async ({ page, amplitude }) => {
    const event = await paste(page, amplitude, fired(await dist(`gtm-${suffix}.html`)));
    expect(event).toMatchObject({ event_type: 'Experiment Viewed' });
    await checkPage(page, amplitude);
  });

  test(`gtm-container-${suffix}.json, as it is and with variables changed`, async ({ page, amplitude }) => {
    const container = await dist(`gtm-container-${suffix}.json`);
    const event = await paste(page, amplitude, fired(await containerTag({}, container)));
    expect(event).toMatchObject({ event_type: 'Experiment Viewed' });
    await checkPage(page, amplitude);

    const { variable } = JSON.parse(container).containerVersion;
    const { name } = variable.find((one: { name: string }) => one.name.endsWith('amplitude exposure'));
    amplitude.wire.length = 0;
    await page.unroute('**/e2e/amplitude.html*');
    const exposure = await paste(page, amplitude, fired(await containerTag({ [name]: 'true' }, container)));
    expect(exposure).toMatchObject({
      event_type: '$exposure',
      event_properties: { flag_key: 'checkout_redesign', variant: 'treatment' },
    });
  });
}
