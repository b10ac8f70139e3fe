import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

it('the README begins with the package’s description', async () => {
  const { description } = JSON.parse(await read('package.json')) as { description: string };
  const readme = (await read('README.md')).replace(/<!--.*?-->/g, '').replace(/\s+/g, ' ');
  const [, title, sentence] = /^# (\S+) (.*)$/.exec(readme) ?? [];
  expect(title).toBe('optimizely-fullstory');
  expect(sentence?.startsWith(description.replace(/\.$/, ''))).toBe(true);
});
