// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { undos } from './patch.ts';
import { clients, heard, recordClient } from './record.ts';
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

it('another script’s accessor keeps its `this`, and is back after the undo', () => {
  const accessor = {
    configurable: true,
    enumerable: true,
    get(this: Record<string, unknown>) {
      return this.heldSdk;
    },
    set(this: Record<string, unknown>, sdk: unknown) {
      this.heldSdk = sdk;
    },
  };
  Object.defineProperty(window, 'watchedSdk', accessor);
  watchSdk('watchedSdk');
  const sdk = {};
  page.watchedSdk = sdk;
  expect(page.watchedSdk).toBe(sdk);
  undos.pop()?.();
  expect(Object.getOwnPropertyDescriptor(window, 'watchedSdk')).toMatchObject(accessor);
  delete page.watchedSdk;
});

it('the undo leaves an accessor that has come in front', () => {
  watchSdk('wrappedSdk');
  const get = () => 'the page’s';
  Object.defineProperty(window, 'wrappedSdk', { configurable: true, get });
  undos.pop()?.();
  expect(page.wrappedSdk).toBe('the page’s');
  delete page.wrappedSdk;
});

it('a global is no enumerable property until it has a value', () => {
  watchSdk('lateSdk');
  expect(Object.keys(window)).not.toContain('lateSdk');
  page.lateSdk = {};
  expect(Object.keys(window)).toContain('lateSdk');
  delete page.lateSdk;
});

it('createInstance() gets its `this` and arguments, and its client was seen when it was made', () => {
  const client = { notificationCenter: {} };
  const sdk = {
    makes: client,
    createInstance(...configuration: unknown[]) {
      return configuration.length === 2 && this.makes;
    },
  };
  watchSdk('ownSdk');
  page.ownSdk = sdk;
  clients.length = 0;
  expect((page.ownSdk as typeof sdk).createInstance({}, {})).toBe(client);
  recordClient({ notificationCenter: {} });
  expect(clients.map(([, sawCreation]) => !!sawCreation)).toEqual([true, false]);
  delete page.ownSdk;
});
