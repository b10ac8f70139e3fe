import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { scripts } from '../package.json';

const ROOT = new URL('../', import.meta.url);
const FOLDER = new URL('.github/workflows/', ROOT);
const WORKFLOWS = await readdir(FOLDER);
const read = (name: string) => readFile(new URL(name, FOLDER), 'utf8');

describe.each(WORKFLOWS)('%s', (name) => {
  it('runs existing scripts', async () => {
    const workflow = await read(name);
    for (const [command, script = ''] of workflow.matchAll(/npm run ([\w-]+)/g)) {
      expect(Object.keys(scripts), command).toContain(script);
    }
    for (const [file = ''] of workflow.matchAll(/(?:scripts|dist)\/[\w.-]+\.\w+/g)) {
      await expect(stat(new URL(file, ROOT)), file).resolves.toBeTruthy();
    }
  });

  it('has only the declared permissions, and needs no secret', async () => {
    const workflow = await read(name);
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(workflow).not.toMatch(/secrets\.|pull_request_target/);
    // Text from others reaches a shell only in variables.
    for (const [, command = ''] of workflow.matchAll(/run: (.*)/g)) expect(command).not.toContain('${{');
  });
});

it('the tests run in two versions of Node', async () => {
  expect(await read('ci.yml')).toContain('node: [22, 24]');
});
