import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sizeSentence } from './figures.mjs';
import { roomsTable } from './rooms.mjs';

it('the README states the size that the script has', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme, 'run `npm run docs`').toContain(`<!-- size -->${await sizeSentence()}<!-- /size -->`);
});

it('ARCHITECTURE states what each source file costs', async () => {
  const architecture = await readFile(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8');
  expect(architecture, 'run `npm run docs`').toContain(await roomsTable());
});
