import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path/posix';
import { expect, it } from 'vitest';

const isTest = (file: string) => /\.(test|spec|test-d)\.ts$/.test(file);
const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith('dist/') && !isTest(file));

/** The files of the project that a file imports, for their types too. */
function importsOf(file: string): string[] {
  const named = [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)];
  const bundled = [...readFileSync(file, 'utf8').matchAll(/importTypeScript\('([^']+)'\)/g)];
  return [
    ...named.map(([, path]) => normalize(`${dirname(file)}/${path}`)),
    ...bundled.map(([, path]) => path as string),
  ];
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));
const part = (file: string) => /^src\/(\w+)\//.exec(file)?.[1] ?? 'shared';

const ALLOWED: Record<string, (target: string) => boolean> = {
  shared: (target) => part(target) === 'shared',
  page: (target) => ['page', 'shared'].includes(part(target)),
  optimizely: (target) => ['optimizely', 'page', 'shared'].includes(part(target)),
  destinations: (target) => ['destinations', 'page', 'shared'].includes(part(target)),
  delivery: (target) =>
    ['delivery', 'page', 'shared'].includes(part(target)) || target === 'src/destinations/destination.ts',
  stub: (target) => ['stub', 'shared'].includes(part(target)),
  entries: () => true,
};

/** The first circle found, as a path that ends at its start. */
function findCircle(graph: Map<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  function visit(node: string, path: string[]): string[] | undefined {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  }
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

it('source, delivery and destinations import only what they may', () => {
  const wrong = files
    .filter((file) => file.startsWith('src/'))
    .flatMap((file) =>
      (imports.get(file) ?? [])
        .filter((target) => !target.startsWith('src/') || !ALLOWED[part(file)]?.(target))
        .map((target) => `${file} → ${target}`),
    );
  expect(wrong).toEqual([]);
});

it('there is no import circle among files', () => {
  expect(findCircle(imports)).toBe(undefined);
});

it('there is no import circle among top-level folders', () => {
  const folders = new Map<string, string[]>();
  for (const [file, targets] of imports) {
    const [folder = ''] = file.split('/');
    const others = targets
      .filter((target) => target.includes('/'))
      .map((target) => target.split('/')[0] as string);
    folders.set(folder, [...(folders.get(folder) ?? []), ...others.filter((other) => other !== folder)]);
  }
  expect(findCircle(folders)).toBe(undefined);
});
