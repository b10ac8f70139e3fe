// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { watchGlobal } from './watch-global.ts';

const page = window as unknown as Record<string, unknown>;

afterEach(() => {
  delete page.sdk;
});

it.each([
  ['a getter', { get: () => 'page' }],
  ['a setter alone', {}],
])('leaves the page’s accessor with %s alone', (_, accessor) => {
  const taken: unknown[] = [];
  const descriptor = { configurable: true, ...accessor, set: (value: unknown) => void taken.push(value) };
  Object.defineProperty(page, 'sdk', descriptor);
  const undo = watchGlobal('sdk', () => {});
  page.sdk = 'loaded';
  expect(taken).toEqual(['loaded']);
  undo();
  expect(Object.getOwnPropertyDescriptor(page, 'sdk')?.set).toBe(descriptor.set);
});
