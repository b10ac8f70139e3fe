import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FIGURES } from './figures.mjs';
import { readPlaceholder } from './placeholders.mjs';
import { withinTolerance } from './tolerance.mjs';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

it.each(FIGURES.filter(({ isChecked }) => isChecked))('$document has the current $name', async (figure) => {
  const written = readPlaceholder(await read(figure.document), figure.name);
  const [expected, made] = withinTolerance(written, await figure.make());
  expect(made, 'run `npm run figures`').toBe(expected);
});

it.each(FIGURES)('$document has a placeholder for $name', async ({ name, document, group }) => {
  expect(readPlaceholder(await read(document), name)).toMatch(group === 'publication' ? /^/ : /\d/);
});
