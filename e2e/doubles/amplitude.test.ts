import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AmplitudeVersion, createStub, loadAmplitude } from './amplitude.ts';

const TRACKING: AmplitudeVersion[] = ['1.0', '2.0', '2.48'];
type Call = (...values: unknown[]) => unknown;
const call = (holder: object, name: string, ...values: unknown[]) =>
  (holder as Record<string, Call>)[name]?.(...values);

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_800_000_000_000);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the stub', () => {
  it.each<AmplitudeVersion>([...TRACKING, 'legacy'])('of %s queues calls and returns nothing', (version) => {
    const stub = createStub(version);
    expect(call(stub, 'getSessionId')).toBe(undefined);
    expect(stub._q).toEqual([{ name: 'getSessionId', args: [] }]);
    expect(stub).not.toHaveProperty('runQueuedFunctions');
  });

  it('of the legacy SDK has no track and no invoked', () => {
    expect(createStub('legacy')).not.toHaveProperty('track');
    expect(createStub('legacy')).not.toHaveProperty('invoked');
  });
});

describe('the library', () => {
  it('is the same object as its stub, except in the legacy SDK', () => {
    for (const version of TRACKING) {
      const stub = createStub(version);
      expect(loadAmplitude(version, stub).global).toBe(stub);
      expect(stub).toMatchObject({ _q: [], runQueuedFunctions: expect.any(Function) });
    }
    const stub = createStub('legacy');
    expect(loadAmplitude('legacy', stub).global).not.toBe(stub);
  });

  it('has no session before init: 1.0 throws, the legacy one has null', () => {
    expect(() => call(loadAmplitude('1.0').global, 'getSessionId')).toThrow();
    expect(call(loadAmplitude('2.0').global, 'getSessionId')).toBe(undefined);
    expect(call(call(loadAmplitude('legacy').global, 'getInstance') as object, 'getSessionId')).toBe(null);
    const { global, init } = loadAmplitude('1.0');
    init();
    expect(call(global, 'getSessionId')).toBe(Date.now());
  });

  it('reports its opt-out through a getter since 2.18, and through a plugin’s configuration', () => {
    expect(loadAmplitude('2.0').global).not.toHaveProperty('getOptOut');
    const { global, setOptOut } = loadAmplitude('2.48');
    let config: { optOut?: boolean } = {};
    call(global, 'add', { setup: (given: object) => (config = given), execute: (event: object) => event });
    vi.runAllTimers();
    setOptOut(true);
    expect(call(global, 'getOptOut')).toBe(true);
    expect(config.optOut).toBe(true);
  });

  it('stamps an event when it is processed', () => {
    const { global, init, setUserId, sent } = loadAmplitude('2.48');
    init('ada');
    call(global, 'track', { event_type: 'Viewed' });
    setUserId('bob');
    vi.runAllTimers();
    expect(sent).toMatchObject([{ user_id: 'bob', device_id: 'device-1' }]);
  });

  it('prefers a call’s own user over the stamped one, also no user', () => {
    const { global, init, sent } = loadAmplitude('2.48');
    init('ada');
    call(global, 'track', { event_type: 'Viewed', user_id: undefined, time: 7, insert_id: 'own' });
    vi.runAllTimers();
    expect(sent[0]).toMatchObject({ user_id: undefined, time: 7, insert_id: 'own' });
  });

  it('drops events tracked while opted out', () => {
    const { global, init, setOptOut, sent } = loadAmplitude('2.48');
    init();
    setOptOut(true);
    call(global, 'track', { event_type: 'Viewed' });
    setOptOut(false);
    vi.runAllTimers();
    expect(sent).toEqual([]);
  });

  it('has a new device and the same session after reset', () => {
    const { global, init, reset } = loadAmplitude('2.48');
    init('ada');
    const session = call(global, 'getSessionId');
    reset();
    expect(call(global, 'getUserId')).toBe(undefined);
    expect(call(global, 'getDeviceId')).toBe('device-2');
    expect(call(global, 'getSessionId')).toBe(session);
  });

  it('of the legacy SDK stamps at the call', () => {
    const { global, init, setUserId, sent } = loadAmplitude('legacy');
    init('ada');
    call(call(global, 'getInstance') as object, 'logEvent', 'Viewed', {});
    setUserId('bob');
    expect(sent).toMatchObject([{ event_type: 'Viewed', user_id: 'ada' }]);
  });
});
