// @vitest-environment happy-dom
import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';
import * as sdk5 from 'optimizely-sdk-5';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatafile } from '../../e2e/doubles/datafile.ts';
import {
  type Bridge,
  createBridge,
  type Destination,
  fullstory,
  type ModuleSettings,
  type OptimizelyClient,
} from './index.ts';

interface Client extends OptimizelyClient {
  createUserContext(userId: string): { decide(flag: string): unknown } | null;
}

const datafile = createDatafile();
const CLIENTS: Record<string, () => Client> = {
  '5.4.1': () => sdk5.createInstance({ datafile, logLevel: 4 } as never) as unknown as Client,
  '6.6.1': () =>
    createInstance({
      projectConfigManager: createStaticProjectConfigManager({ datafile }),
    }) as unknown as Client,
};

declare const FS: object;

let bridges: Bridge[];
let events: string[];

/** Two bridges on one client, and the calls to FullStory. */
async function share(...all: [settings: ModuleSettings, destinations?: Destination[]][]) {
  const client = CLIENTS['6.6.1']?.() as Client;
  bridges = all.map(([settings, destinations]) =>
    createBridge({ client, ...settings }, destinations ?? [fullstory()]),
  );
  const user = client.createUserContext('ada');
  user?.decide('checkout_redesign');
  user?.decide('pricing_page');
  await vi.advanceTimersByTimeAsync(100);
}

const alarms = () => bridges.map((bridge) => bridge.status().problems.includes('client-shared'));

const createOther = (): Destination => ({
  name: 'Amplitude',
  look: () => ({ state: 'capturing', session: 'one' }),
  watch: () => () => {},
  setProperties() {},
  trackEvent() {},
});

beforeEach(() => {
  vi.useFakeTimers();
  bridges = [];
  events = [];
  for (const name of ['FS', 'Other']) {
    vi.stubGlobal(name, (operation: string, { properties }: { properties: { flag_key: string } }) => {
      if (operation === 'trackEvent') events.push(`${name} ${properties.flag_key}`);
    });
  }
});

afterEach(() => {
  for (const bridge of bridges) bridge.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('two bridges on one client', () => {
  it.each(Object.keys(CLIENTS))('deliver each decision twice, and report it: SDK %s', async (version) => {
    const client = CLIENTS[version]?.() as Client;
    bridges = [createBridge({ client }), createBridge({ client })];
    expect(alarms()).toEqual([false, false]);
    client.createUserContext('ada')?.decide('checkout_redesign');
    await vi.advanceTimersByTimeAsync(100);
    expect(events).toEqual(['FS checkout_redesign', 'FS checkout_redesign']);
    // The one that heard it second.
    expect(alarms()).toEqual([false, true]);
  });

  it('report it also if the first one already knows the decision', async () => {
    await share([{}]);
    const [first] = bridges as [Bridge];
    const client = CLIENTS['6.6.1']?.() as Client;
    first.connect(client);
    client.createUserContext('ada')?.decide('search_ranking');
    bridges.push(createBridge({ client }));
    client.createUserContext('ada')?.decide('search_ranking');
    await vi.advanceTimersByTimeAsync(100);
    expect(events.filter((event) => event === 'FS search_ranking')).toHaveLength(2);
    expect(alarms()).toEqual([false, true]);
  });

  it.each<[what: string, one: ModuleSettings, other: ModuleSettings, arrived: string[]]>([
    [
      'flags of their own',
      { flags: 'checkout*' },
      { flags: 'pricing*' },
      ['FS checkout_redesign', 'FS pricing_page'],
    ],
    [
      'accounts of their own',
      { flags: 'checkout*' },
      { flags: 'checkout*', namespace: 'Other' },
      ['FS checkout_redesign', 'Other checkout_redesign'],
    ],
    [
      'a beforeSend that shares out the flags',
      { beforeSend: (event, { flagKey }) => flagKey === 'pricing_page' && event },
      { beforeSend: (event, { flagKey }) => flagKey !== 'pricing_page' && event },
      ['FS checkout_redesign', 'FS pricing_page'],
    ],
  ])('report nothing with %s', async (_, one, other, arrived) => {
    await share([one], [other]);
    expect(events.sort()).toEqual(arrived);
    expect(alarms()).toEqual([false, false]);
  });

  it('report it if some of their flags are the same', async () => {
    await share([{ flags: 'checkout*' }], [{ flags: 'c*' }]);
    expect(events).toEqual(['FS checkout_redesign', 'FS checkout_redesign']);
    expect(alarms()).toEqual([false, true]);
  });

  it('report nothing if each session gets a decision once', async () => {
    vi.stubGlobal(
      'FS',
      Object.assign(FS, { getCurrentSessionURL: () => 'https://app.fullstory.com/ui/ORG/session/1' }),
    );
    await share([{ dedupe: 'session' }], [{ dedupe: 'session' }]);
    expect(events).toEqual(['FS checkout_redesign', 'FS pricing_page']);
    expect(alarms()).toEqual([false, false]);
  });

  it('report nothing with different destinations, nor does one bridge with two', async () => {
    await share([{}], [{}, [createOther()]]);
    expect(alarms()).toEqual([false, false]);
    await share([{}, [createOther(), { ...createOther(), name: 'Another' }]]);
    expect(alarms()).toEqual([false]);
    // As two projects of Amplitude are.
    await share([{}, [createOther(), createOther()]]);
    expect(alarms()).toEqual([false]);
  });

  it('hide from the page what they share on the client', async () => {
    const client = CLIENTS['6.6.1']?.() as Client;
    bridges = [createBridge({ client })];
    client.createUserContext('ada')?.decide('checkout_redesign');
    expect(Object.getOwnPropertyNames(client.notificationCenter)).toContain('optimizely-fullstory');
    expect(Object.keys(client.notificationCenter)).not.toContain('optimizely-fullstory');
  });
});
