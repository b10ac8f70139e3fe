// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { heard, recordClient } from './record.ts';
import { watchSdk } from './watch-sdk.ts';

it('a page’s getter that throws stays in place', () => {
  const get = () => {
    throw new Error('not yet');
  };
  Object.defineProperty(window, 'lazySdk', { configurable: true, get, set() {} });
  expect(() => watchSdk('lazySdk')).toThrow('not yet');
  expect(Object.getOwnPropertyDescriptor(window, 'lazySdk')).toMatchObject({ get });
});

const page = window as unknown as Record<string, unknown>;

it.each<[string, object]>([
  ['throws when it is changed', new Proxy({ createInstance: () => 'a client' }, { set: raise })],
  ['throws when a member is read too early', Object.defineProperty({}, 'createInstance', { get: raise })],
  ['throws when its default is read', Object.defineProperty({}, 'default', { get: raise })],
])('an SDK that %s: the page gets it', (_, sdk) => {
  watchSdk('strictSdk');
  page.strictSdk = sdk;
  expect(page.strictSdk).toBe(sdk);
  delete page.strictSdk;
});

function raise(): never {
  throw new Error('not allowed');
}

it('an SDK or a client in a worker, behind a Proxy of functions as Comlink makes it, gets no message', () => {
  const send = vi.fn(() => true);
  const remote: object = new Proxy(() => {}, { get: () => remote, set: send, apply: send });
  watchSdk('remoteSdk');
  page.remoteSdk = remote;
  expect(page.remoteSdk).toBe(remote);
  expect(recordClient(remote)).toBe(remote);
  expect(send).not.toHaveBeenCalled();
  delete page.remoteSdk;
  expect(heard).toEqual([]);
});
