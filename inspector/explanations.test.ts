import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { headingIds } from '../scripts/heading-id.mjs';
import { PROBLEMS } from './explanations.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const codes = Object.keys(PROBLEMS).sort();

// That each code has an explanation is checked by the types.
describe('every problem code', () => {
  it('has a section in the troubleshooting guide, and nothing else has', () => {
    const sections = [...read('docs/troubleshooting.md').matchAll(/^### `([^`]+)`$/gm)].map(
      ([, code]) => code,
    );
    expect(sections.sort()).toEqual(codes);
  });
});

describe('every section of the troubleshooting guide', () => {
  const sections = read('docs/troubleshooting.md').split(/^### /m).slice(1);

  it.each(sections.map((section) => [section.split('\n')[0], section] as const))(
    '%s has symptom, cause and remedy',
    (_, section) => {
      const order = ['**You see**', '**Why:**', '**Do:**'].map((part) => section.indexOf(part));
      expect(order.every((position) => position > 0)).toBe(true);
      expect(order).toEqual([...order].sort((one, other) => one - other));
    },
  );

  it('is the target of every link to it', () => {
    const guide = read('docs/troubleshooting.md');
    const anchors = headingIds(guide);
    const links = [...guide.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor as string);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });
});

it('each problem has a meaning and a remedy, in whole sentences', () => {
  for (const { what, todo } of Object.values(PROBLEMS)) {
    expect(what.endsWith('.')).toBe(true);
    expect(todo.endsWith('.')).toBe(true);
    // Backticks mark code, in pairs.
    expect((what + todo).split('`').length % 2).toBe(1);
  }
});
