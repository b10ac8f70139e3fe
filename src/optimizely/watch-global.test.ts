// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { watchGlobal } from './watch-global.ts';

const page = window as unknown as Record<string, unknown>;

afterEach(() => {
  delete page.sdk;
});

it('reads a global at once, when it is set, and when it is read', () => {
  page.sdk = 'early';
  const look = vi.fn();
  watchGlobal('sdk', look);
  expect(look.mock.calls).toEqual([['early']]);
  page.sdk = 'late';
  expect(look.mock.calls).toEqual([['early'], ['late']]);
  expect(page.sdk).toBe('late');
  expect(look).toHaveBeenCalledTimes(3);
  expect(look).toHaveBeenLastCalledWith('late');
});

it('is among the enumerable globals once it has a value', () => {
  watchGlobal('sdk', () => {});
  expect(Object.keys(page)).not.toContain('sdk');
  page.sdk = 'loaded';
  expect(Object.keys(page)).toContain('sdk');
});

it('leaves a plain property behind, or none', () => {
  const look = vi.fn();
  watchGlobal('sdk', look)();
  expect(page).not.toHaveProperty('sdk');
  const undo = watchGlobal('sdk', look);
  page.sdk = 'loaded';
  undo();
  look.mockClear();
  expect(Object.getOwnPropertyDescriptor(page, 'sdk')).toMatchObject({ value: 'loaded', writable: true });
  page.sdk = 'again';
  expect(look).not.toHaveBeenCalled();
});

it('wraps the page’s accessor, and restores it', () => {
  let value: unknown = 'early';
  const descriptor = {
    configurable: true,
    enumerable: true,
    get: () => value,
    set(next: unknown) {
      value = `taken ${next}`;
    },
  };
  Object.defineProperty(page, 'sdk', descriptor);
  const look = vi.fn();
  const undo = watchGlobal('sdk', look);
  page.sdk = 'loaded';
  expect(value).toBe('taken loaded');
  expect(page.sdk).toBe('taken loaded');
  expect(look).toHaveBeenLastCalledWith('taken loaded');
  undo();
  expect(Object.getOwnPropertyDescriptor(page, 'sdk')).toEqual(descriptor);
});

it.each([
  ['with a setter alone', { configurable: true, set() {} }],
  ['with a getter alone', { configurable: true, get: (): unknown => 'page' }],
  ['that cannot be taken away', { configurable: false, get: (): unknown => 'page', set() {} }],
])('does not touch the page’s accessor %s', (_, descriptor) => {
  // An object of its own: what cannot be taken away would stay for the other tests.
  vi.stubGlobal('window', Object.defineProperty({}, 'sdk', descriptor));
  const undo = watchGlobal('sdk', () => {});
  const found = () => Object.getOwnPropertyDescriptor(window, 'sdk');
  expect(found()).toMatchObject(descriptor);
  undo();
  expect(found()).toMatchObject(descriptor);
  vi.unstubAllGlobals();
});

it.each([
  ['before', 'early'],
  ['after', undefined],
])('may be watched by two, of which the one %s stops first', (order, value) => {
  if (value) page.sdk = value;
  const looks = [vi.fn(), vi.fn()] as const;
  const undos = looks.map((look) => watchGlobal('sdk', look));
  if (order === 'after') undos.reverse();
  undos[0]?.();
  looks.forEach((look) => void look.mockClear());
  page.sdk = 'loaded';
  expect(page.sdk).toBe('loaded');
  expect(looks[order === 'after' ? 1 : 0]).not.toHaveBeenCalled();
  expect(looks[order === 'after' ? 0 : 1]).toHaveBeenCalledWith('loaded');
  undos[1]?.();
  expect(page.sdk).toBe('loaded');
});

it('leaves an accessor that another script has put in front, also when the value is set through it', () => {
  const undo = watchGlobal('sdk', () => {});
  const ours = Object.getOwnPropertyDescriptor(page, 'sdk');
  const get = () => ours?.get?.call(page) as unknown;
  Object.defineProperty(page, 'sdk', {
    configurable: true,
    get,
    set: (value) => ours?.set?.call(page, value),
  });
  page.sdk = 'loaded';
  expect(Object.getOwnPropertyDescriptor(page, 'sdk')).toMatchObject({ get });
  expect(page.sdk).toBe('loaded');
  undo();
});
