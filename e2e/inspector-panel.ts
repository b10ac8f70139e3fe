import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { analyze } from './axe.ts';
import { expect } from './expect.ts';

export const CODE = readFileSync(new URL('../dist/inspector.js', import.meta.url), 'utf8');
/** The element that holds the panel. */
export const TAG = 'optimizely-fullstory-inspector';

/** All console messages of the page, except missing files. */
export function consoleOf(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(error.message));
  return lines;
}

/** Runs the inspector as if pasted into the console: it opens, or closes. */
export function paste(page: Page): Promise<unknown> {
  return page.evaluate(CODE);
}

export function panelOf(page: Page, to = 'FullStory') {
  const panel = page.getByRole('dialog', { name: `Optimizely → ${to}`, exact: true });
  return {
    panel,
    verdict: panel.locator('.verdict'),
    line: (label: string) => panel.locator('dt', { hasText: label }).locator('+ dd'),
    advice: panel.locator('.advice li'),
    decisions: panel.locator('.timeline li'),
    count: (name: string) => panel.locator(`.counts .${name} dd`),
    handle: panel.getByRole('button', { name: 'Move' }),
    copy: panel.getByRole('button', { name: 'Copy report' }),
    close: panel.getByRole('button', { name: 'Close' }),
  };
}

/** Texts of the panel with a contrast below 4.5 to 1: axe does not check those of a popover. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.locator(`${TAG} .panel`).evaluate((panel) => {
    const read = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: number[]) => {
      const [red, green, blue] = colour.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (node: Element): number[] => {
      const colour = read(getComputedStyle(node).backgroundColor);
      return colour[3] === 0 ? behind(node.parentElement as Element) : colour;
    };
    const texts = [...panel.querySelectorAll('*')].filter((node) =>
      [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.nodeValue?.trim()),
    );
    if (texts.length < 10) throw new Error('there is nothing to read');
    return texts
      .map((node) => {
        const [dark, light] = [luminance(read(getComputedStyle(node).color)), luminance(behind(node))].sort(
          (one, other) => one - other,
        ) as [number, number];
        return { text: node.textContent, contrast: (light + 0.05) / (dark + 0.05) };
      })
      .filter(({ contrast }) => contrast < 4.5)
      .map(({ text, contrast }) => `${text}: ${contrast.toFixed(2)}`);
  });
}

/** Axe's violations in the panel, by rule. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await analyze(page, TAG);
  expect(passes.length).toBeGreaterThan(5);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Elements that overflow the panel on the right. */
export function overflowing(page: Page): Promise<string[]> {
  return page
    .locator(`${TAG} .panel`)
    .evaluate((panel) =>
      [...panel.querySelectorAll('*')]
        .filter((node) => node.getBoundingClientRect().right > panel.getBoundingClientRect().right + 0.5)
        .map((node) => node.outerHTML),
    );
}
