// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { watchSdk } from './watch-sdk.ts';

it('a page’s getter that throws stays in place', () => {
  const get = () => {
    throw new Error('not yet');
  };
  Object.defineProperty(window, 'lazySdk', { configurable: true, get, set() {} });
  expect(() => watchSdk('lazySdk')).toThrow('not yet');
  expect(Object.getOwnPropertyDescriptor(window, 'lazySdk')).toMatchObject({ get });
});
