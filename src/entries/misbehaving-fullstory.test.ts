// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bridge, createBridge, type ModuleSettings } from './index.ts';

// Misbehaviour of a site's wrapper around FullStory, and the calls that arrive at FullStory.

type Call = { name: string; properties: Record<string, unknown> };

/** Received calls, and the session from FullStory. */
let arrived: { operation: string; call: Call }[];
let session: string;
let bridge: Bridge;

/** @param wrap handles a call before and after FullStory gets it. */
function start(wrap: (operation: string, call: Call, pass: () => void) => void, settings?: ModuleSettings) {
  const FS = (operation: string, call: Call) => {
    if (operation === 'observe') return;
    wrap(operation, call, () => arrived.push({ operation, call: structuredClone(call) }));
  };
  vi.stubGlobal('FS', Object.assign(FS, { getCurrentSessionURL: () => session }));
  bridge = createBridge(settings);
}

const decide = (...flags: string[]) => {
  bridge.record(flags.map((flagKey) => ({ flagKey, variationKey: 'on', enabled: true })));
};

const events = () =>
  arrived.filter(({ operation }) => operation === 'trackEvent').map(({ call }) => call.properties.flag_key);

/** The user properties as they are after all calls. */
const properties = () =>
  Object.assign(
    {},
    ...arrived
      .filter(({ operation }) => operation === 'setProperties')
      .map(({ call: { properties } }) => properties),
  );

function fail(): never {
  throw new Error('of the wrapper');
}

beforeEach(() => {
  vi.useFakeTimers();
  arrived = [];
  session = 'https://app.fullstory.com/ui/O/session/1';
});

afterEach(() => {
  bridge.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a wrapper that calls FullStory and then throws', () => {
  it('for one event: it arrives at most three times, and all others once', async () => {
    start((_, call, pass) => {
      pass();
      if (call.properties.flag_key === 'bad') fail();
    });
    decide('a', 'bad', 'b');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(events().filter((flag) => flag === 'bad')).toHaveLength(3);
    expect(events().filter((flag) => flag !== 'bad')).toEqual(['a', 'b']);
    expect(bridge.status()).toMatchObject({
      decisions: { seen: 3, sent: 2, dropped: 1 },
      problems: expect.arrayContaining(['fullstory-throws']),
    });
  });

  it('for each call: every event arrives, and none of them often within an hour', async () => {
    start((_, __, pass) => {
      pass();
      fail();
    });
    decide('a', 'b');
    await vi.advanceTimersByTimeAsync(3_600_000);
    for (const flag of ['a', 'b']) {
      const times = events().filter((other) => other === flag).length;
      expect(times).toBeGreaterThan(0);
      expect(times).toBeLessThan(20);
    }
  });
});

it('FullStory that throws only for setProperties gets all events', async () => {
  start((operation, _, pass) => (operation === 'setProperties' ? fail() : pass()));
  decide('a', 'b', 'c');
  await vi.advanceTimersByTimeAsync(1000);
  expect(events()).toEqual(['a', 'b', 'c']);
});

it('FullStory that throws only for one event gets later events, and all properties', async () => {
  start((_, call, pass) => (call.properties.flag_key === 'bad' ? fail() : pass()));
  decide('bad', 'a', 'b');
  await vi.advanceTimersByTimeAsync(100);
  expect(events()).toEqual(['a', 'b']);
  expect(properties()).toMatchObject({ '[Optimizely] a': 'on', '[Optimizely] bad': 'on' });
});

describe.each<[what: string, harm: (call: Call) => void]>([
  [
    'freezes what it gets',
    (call) => {
      Object.freeze(call.properties);
      Object.freeze(call);
    },
  ],
  [
    'changes what it gets',
    (call) => {
      for (const name of Object.keys(call.properties)) call.properties[name] = 'changed';
      call.name = 'Changed';
    },
  ],
  [
    'empties what it gets',
    (call) => {
      for (const name of Object.keys(call.properties)) delete call.properties[name];
    },
  ],
])('FullStory that %s', (_, harm) => {
  it.each([0, 5000])('does not change what a later session gets, %i ms after the decision', async (ms) => {
    start((__, call, pass) => {
      pass();
      harm(call);
    });
    decide('a', 'b');
    await vi.advanceTimersByTimeAsync(ms);
    const first = arrived.splice(0);
    expect(first.map(({ operation }) => operation)).toEqual(['setProperties', 'trackEvent', 'trackEvent']);

    session = session.replace('1', '2');
    decide('c');
    await vi.advanceTimersByTimeAsync(3000);
    expect(events()).toEqual(['a', 'b', 'c']);
    expect(arrived.filter(({ operation }) => operation === 'trackEvent')[0]?.call).toMatchObject({
      name: 'Experiment Viewed',
      properties: { flag_key: 'a', variation_key: 'on', enabled: true },
    });
    expect(properties()).toEqual({
      '[Optimizely] a': 'on',
      '[Optimizely] b': 'on',
      '[Optimizely] c': 'on',
    });
    expect(bridge.status().problems).toEqual([]);
  });
});

it('a function that does nothing, and FullStory later: all is sent again, without another decision', async () => {
  start(() => {});
  decide('a', 'b');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bridge.status().decisions).toMatchObject({ sent: 2 });
  const observers: Record<string, (detail: object) => void> = {};
  const FS = (operation: string, call: Call & { type: string; callback: () => void }) => {
    if (operation === 'observe') observers[call.type] = call.callback;
    else arrived.push({ operation, call });
  };
  vi.stubGlobal('FS', Object.assign(FS, { _api: () => undefined, getCurrentSessionURL: () => session }));
  // The longest time between two looks.
  await vi.advanceTimersByTimeAsync(5000);
  observers.start?.({ sessionUrl: session });
  await vi.advanceTimersByTimeAsync(1000);
  expect(events()).toEqual(['a', 'b']);
  expect(properties()).toEqual({ '[Optimizely] a': 'on', '[Optimizely] b': 'on' });
});

it.each([
  ['lacks', {}],
  ['throws in', { getCurrentSessionURL: fail }],
])('a wrapper that %s getCurrentSessionURL gets all decisions', async (_, members) => {
  start((_operation, _call, pass) => pass());
  const { FS } = globalThis as unknown as { FS(operation: string, call: Call): void };
  vi.stubGlobal(
    'FS',
    Object.assign((operation: string, call: Call) => FS(operation, call), members),
  );
  decide('a', 'b');
  await vi.advanceTimersByTimeAsync(1000);
  expect(events()).toEqual(['a', 'b']);
  expect(properties()).toEqual({ '[Optimizely] a': 'on', '[Optimizely] b': 'on' });
});
