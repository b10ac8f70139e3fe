import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';
import * as sdk4 from 'optimizely-sdk-4';
import * as sdk5 from 'optimizely-sdk-5';
import * as sdk60 from 'optimizely-sdk-6.0';
import { expect, it, vi } from 'vitest';
import { createDatafile } from '../../e2e/doubles/datafile.ts';
import { undos } from './patch.ts';
import { clients, heard, recordClient } from './record.ts';

// `sendNotifications` is no documented API. This test shows that each SDK uses it.

interface Client {
  notificationCenter: { sendNotifications: unknown; clearAllNotificationListeners(): void };
  createUserContext(userId: string): { decide(flag: string): unknown };
}

const datafile = createDatafile();
const silent = { logLevel: 4, eventDispatcher: { dispatchEvent: () => undefined } };

const SDKS: Record<string, () => unknown> = {
  '4.10.1': () => sdk4.createInstance({ datafile, ...silent } as never),
  '5.4.1': () => sdk5.createInstance({ datafile, ...silent } as never),
  '6.0.0': () =>
    sdk60.createInstance({ projectConfigManager: sdk60.createStaticProjectConfigManager({ datafile }) }),
  '6.6.1': () => createInstance({ projectConfigManager: createStaticProjectConfigManager({ datafile }) }),
};

it.each(Object.keys(SDKS))('SDK %s notifies through the wrapped method, until it is unwrapped', (version) => {
  const client = SDKS[version]?.() as Client;
  const center = client.notificationCenter;
  const original = center.sendNotifications;
  heard.length = 0;
  expect(recordClient(client)).toBe(client);
  recordClient(client);
  center.clearAllNotificationListeners();
  client.createUserContext('ada').decide('pricing_page');
  expect(heard).toEqual([
    [
      center,
      expect.objectContaining({
        type: 'flag',
        userId: 'ada',
        decisionInfo: expect.objectContaining({ flagKey: 'pricing_page' }),
      }),
      expect.any(Number),
    ],
  ]);
  for (const undo of undos) undo();
  expect(center.sendNotifications).toBe(original);
  client.createUserContext('ada').decide('pricing_page');
  expect(heard).toHaveLength(1);
});

it('lists a client that cannot be recorded without a time, and ignores everything else', () => {
  clients.length = 0;
  const client = { notificationCenter: {} };
  recordClient(client, 1);
  expect(recordClient(null)).toBe(null);
  expect(clients).toEqual([[client, 1, undefined]]);
});

it('passes on all that a centre’s method gets, and leaves a wrapper that the page has put around it', () => {
  const send = vi.fn(function (this: unknown, ...given: unknown[]) {
    return [this, ...given];
  });
  const center = { sendNotifications: send as (...given: unknown[]) => unknown };
  recordClient({ notificationCenter: center });
  // As a proxy of the client's calls it.
  const proxy = Object.create(center) as typeof center;
  expect(proxy.sendNotifications('OTHER', {}, 3)).toEqual([proxy, 'OTHER', {}, 3]);
  const ours = center.sendNotifications;
  const wrapper = (...given: unknown[]) => ours(...given);
  center.sendNotifications = wrapper;
  for (const undo of undos) undo();
  expect(center.sendNotifications).toBe(wrapper);
});
