// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OptimizelyClient } from '../client.ts';
import { fullstory } from '../destinations/fullstory.ts';
import { discoverClients } from '../optimizely/discovery.ts';
import type { Recordings } from '../recordings.ts';
import { createBridge } from './create-bridge.ts';

function refuse(): never {
  throw new TypeError('revoked');
}

type Call = [operation: string, options: { properties: Record<string, unknown> }];

let calls: Call[];

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  vi.stubGlobal('FS', (...call: Call) => void calls.push(call));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What FullStory gets of decisions that the stub has recorded, each with the client that made it. */
async function replay(...variations: [variation: string, client: 'first' | 'second'][]) {
  const client = () => ({
    notificationCenter: { addNotificationListener: () => 1, removeNotificationListener: () => true },
  });
  const clients = { first: client(), second: client() };
  const start = Date.now();
  const recordings: Recordings = [
    [
      // The page has revoked a proxy since.
      [Object.defineProperty({} as OptimizelyClient, 'notificationCenter', { get: refuse }), 1, start - 1000],
      [clients.first, 1, start - 1000],
      [clients.second, 1, start - 1000],
    ],
    variations.map(([variationKey, name], index) => [
      clients[name].notificationCenter,
      { type: 'flag', userId: 'ada', decisionInfo: { flagKey: 'price', variationKey, enabled: true } },
      start - 500 + index,
    ]),
    [],
  ];
  const bridge = createBridge(
    [],
    [fullstory()],
    (name, connect, tell, timers) => discoverClients(name, connect, tell, timers, recordings),
    recordings,
  );
  await vi.advanceTimersByTimeAsync(3000);
  const { decisions, problems } = bridge.status();
  bridge.disconnect();
  bridge.connect(clients.first);
  await vi.advanceTimersByTimeAsync(3000);
  const { seen: seenAfterAnotherConnect } = bridge.status().decisions;
  bridge.disconnect();
  const given = (operation: string) =>
    calls.filter(([name]) => name === operation).map(([, { properties }]) => properties);
  return {
    events: given('trackEvent').map(({ variation_key }) => variation_key),
    properties: given('setProperties'),
    decisions,
    problems,
    seenAfterAnotherConnect,
  };
}

it.each(['first', 'second'] as const)(
  'of two clients that decided one flag, the latest decision is the current one: of the %s client',
  async (last) => {
    const { events, properties, decisions, problems, seenAfterAnotherConnect } = await replay(
      ['low', last === 'first' ? 'second' : 'first'],
      ['high', last],
    );
    expect(events).toEqual(['low', 'high']);
    expect(properties).toEqual([{ '[Optimizely] price': 'high' }]);
    // Nothing was missed before the stub.
    expect(decisions).toMatchObject({ seen: 2, sent: 2, recovered: 0 });
    expect(problems).not.toContain('client-late');
    expect(seenAfterAnotherConnect).toBe(2);
  },
);
