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

/** Opens the set-up page with choices in its address, by default as published. */
export async function openSetup(page: Page, choices: Record<string, unknown> = {}, isOnNpm = true) {
  const body = await setupScript(isOnNpm);
  await page.route('**/demo/setup.js', (route) =>
    route.fulfill({ body, contentType: 'text/javascript; charset=utf-8' }),
  );
  await page.goto('about:blank');
  const written = Object.entries(choices).map(([name, value]) => [name, String(value)]);
  await page.goto(`/setup.html#${new URLSearchParams(written)}`);
  await expect(page.locator('#check-text')).not.toHaveValue('');
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
