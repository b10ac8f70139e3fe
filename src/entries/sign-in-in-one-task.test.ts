// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { installFullStory, type Operation, type Stub } from '../../e2e/doubles/fullstory.ts';
import { createBridge } from './index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('a decision for ada, a sign-in of bob and a decision for bob in one task: bob’s session has one variation', async () => {
  const stub: Stub = (...operation: Operation) => stub._api?.(...operation);
  stub.q = [];
  vi.stubGlobal('FS', stub);
  const double = installFullStory(
    {
      stub,
      isChildFrame: false,
      ready: () => {},
      load: () => null,
      save: () => {},
      now: () => Date.now(),
      setTimeout: (callback, ms) => void setTimeout(callback, ms),
    },
    { delay: 5 },
  );
  const bridge = createBridge();
  stub('setIdentity', { uid: 'ada' });
  await vi.advanceTimersByTimeAsync(1000);
  bridge.record({ flagKey: 'checkout', variationKey: 'treatment', enabled: true }, 'ada');
  stub('setIdentity', { uid: 'bob' });
  bridge.record({ flagKey: 'checkout', variationKey: 'control', enabled: true }, 'bob');
  await vi.advanceTimersByTimeAsync(10_000);
  bridge.disconnect();
  const ofBob = double.calls.filter(({ kind, uid }) => kind === 'event' && uid === 'bob');
  expect(ofBob.map(({ given }) => given.variation_key)).toEqual(['control']);
});
