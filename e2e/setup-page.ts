import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { expect } from './expect.ts';

// The set-up page for tests, and what a tag manager makes of its texts.

export const root = fileURLToPath(new URL('..', import.meta.url));
export const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string };

/** The set-up page's script with the switch in a position. */
const buildScript = (isOnNpm: boolean): Promise<string> =>
  build({
    absWorkingDir: root,
    entryPoints: ['demo/setup.ts'],
    define: { VERSION: JSON.stringify(version) },
    plugins: [
      {
        name: 'publication',
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]install[\\/]publication\.ts$/ }, async ({ path }) => ({
            contents: (await readFile(path, 'utf8')).replace(
              /isOnNpm: (true|false),/,
              `isOnNpm: ${isOnNpm},`,
            ),
            loader: 'ts',
          }));
        },
      },
    ],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
  }).then(({ outputFiles }) => String(outputFiles[0]?.text));
const scripts = [buildScript(false), buildScript(true)] as const;

/** The set-up page's script, before or after npm has the package. */
export const setupScript = (isOnNpm: boolean): Promise<string> => scripts[isOnNpm ? 1 : 0];

type Choices = Readonly<Record<string, unknown>>;

const addressOf = (choices: Choices) =>
  `#${new URLSearchParams(Object.entries(choices).map(([name, value]) => [name, String(value)]))}`;

/**
 * Opens the set-up page with choices in its address, by default as published. A page that is open already does not load
 * again: see `changeChoices`.
 */
export async function openSetup(page: Page, choices: Choices = {}, isOnNpm = true) {
  const body = await setupScript(isOnNpm);
  await page.route('**/demo/setup.js', (route) =>
    route.fulfill({ body, contentType: 'text/javascript; charset=utf-8' }),
  );
  await page.goto(`/setup.html${addressOf(choices)}`);
  await expect(page.locator('#check-text')).not.toHaveValue('');
}

/** What the set-up page shows for some choices. */
export interface Shown {
  text: string;
  /** The lines for the app or the server. */
  lines: string;
  policy: string;
  /** The preview's user properties, event and event properties. */
  properties: Record<string, string>;
  event: { name: string; properties: Record<string, string> };
}

/**
 * What the set-up page shows for each of these choices, from one visit: it opens with the first, and the others follow
 * in its address, which takes far less time than to open it.
 *
 * @param list each other choices than the one before.
 */
export async function readChoices(page: Page, list: readonly Choices[]): Promise<Shown[]> {
  await openSetup(page, list[0]);
  const all = await page.evaluate(async (addresses) => {
    const area = (id: string) => document.querySelector<HTMLTextAreaElement>(id) as HTMLTextAreaElement;
    const textOf = (element: ParentNode, selector: string) =>
      element.querySelector(selector)?.textContent ?? '';
    const pairsOf = (id: string) =>
      Object.fromEntries(
        [...document.querySelectorAll(`${id} div`)].map((row) => [textOf(row, 'dt'), textOf(row, 'dd')]),
      );
    const shown: Shown[] = [];
    for (const [index, address] of addresses.entries()) {
      if (index) {
        for (const id of ['#text', '#lines', '#policy']) area(id).value = '';
        location.hash = address;
      }
      // All texts come at once. The limit is for a page that hangs.
      for (const start = performance.now(); !area('#text').value && performance.now() - start < 15_000; )
        await new Promise((resolve) => setTimeout(resolve));
      shown.push({
        text: area('#text').value,
        lines: area('#lines').value,
        policy: area('#policy').value,
        properties: pairsOf('#preview-properties'),
        event: {
          name: textOf(document, '#preview-event'),
          properties: pairsOf('#preview-event-properties'),
        },
      });
    }
    return shown;
  }, list.map(addressOf));
  for (const [index, { text }] of all.entries()) {
    expect(text, `the text for ${JSON.stringify(list[index])}`).not.toBe('');
  }
  return all;
}

/** Changes the address of the open set-up page to other choices, and waits for their text. */
export async function changeChoices(page: Page, choices: Choices): Promise<void> {
  await page.evaluate((address) => {
    for (const area of document.querySelectorAll<HTMLTextAreaElement>('#text, #lines, #policy'))
      area.value = '';
    location.hash = address;
  }, addressOf(choices));
  await expect.poll(() => page.locator('#text').inputValue(), JSON.stringify(choices)).not.toBe('');
}

/** An app that bundles its own Optimizely SDK, with the pasted lines after the one that creates `client`. */
export async function bundleApp(lines: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import * as sdk from '@optimizely/optimizely-sdk';
        const client = sdk.createInstance(clientConfig(undefined, sdk));
        ${lines}`,
      resolveDir: root,
    },
    alias: { 'optimizely-fullstory': `${root}dist/index.js` },
    bundle: true,
    format: 'iife',
    write: false,
  });
  return String(outputFiles[0]?.text);
}

/** The value of a field, once it has one. */
export async function readValue(page: Page, id: string): Promise<string> {
  await expect(page.locator(id)).not.toHaveValue('');
  return page.locator(id).inputValue();
}

/** As in Tag Manager: each script becomes a new element with only these attributes, as soon as there is a body. */
export function rebuildScripts(html: string): void {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  for (const pasted of holder.querySelectorAll('script')) {
    const script = document.createElement('script');
    for (const name of ['id', 'charset', 'src']) {
      const value = pasted.getAttribute(name);
      if (value) script.setAttribute(name, value);
    }
    script.text = pasted.text;
    document.body.appendChild(script);
  }
}
