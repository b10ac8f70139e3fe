import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStorage } from './rooms.fixture.ts';
import { createStoredValue } from './storage.ts';

describe('createStoredValue', () => {
  let localStorage: ReturnType<typeof createStorage>;
  let sessionStorage: ReturnType<typeof createStorage>;
  let problems: Set<string>;

  beforeEach(() => {
    localStorage = createStorage();
    sessionStorage = createStorage();
    problems = new Set();
    vi.stubGlobal('window', { localStorage, sessionStorage });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('reads what another page wrote', () => {
    createStoredValue('localStorage', problems).write({ keys: ['a', null] });
    expect(createStoredValue('localStorage', problems).read()).toEqual({ keys: ['a', null] });
    expect([...problems]).toEqual([]);
  });

  it('tells whether it kept a value', () => {
    const value = createStoredValue('localStorage', problems);
    expect(value.write(1)).toBe(true);
    localStorage.setItem.mockImplementationOnce(() => {
      throw new Error('full');
    });
    expect(value.write(2)).toBe(false);
    expect([...problems]).toEqual(['storage']);
  });

  it('uses one key of its own', () => {
    createStoredValue('localStorage', problems).write(1);
    expect(localStorage.setItem.mock.calls).toEqual([['optimizely-fullstory', '1']]);
  });

  it('keeps the two storages apart', () => {
    createStoredValue('sessionStorage', problems).write('tab');
    expect(createStoredValue('localStorage', problems).read()).toBeNull();
    expect(createStoredValue('sessionStorage', problems).read()).toBe('tab');
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('reads null where nothing was written, and says no more of it', () => {
    expect(createStoredValue('localStorage', problems).read()).toBeNull();
    expect([...problems]).toEqual([]);
  });

  it('forgets a value', () => {
    const value = createStoredValue('localStorage', problems);
    value.write([1]);
    value.write(null);
    expect(value.read()).toBeNull();
  });

  it.each(['', '{"keys":', 'undefined'])('reads null from the damaged text %j', (text) => {
    localStorage.setItem('optimizely-fullstory', text);
    expect(createStoredValue('localStorage', problems).read()).toBeNull();
    expect([...problems]).toEqual([]);
  });

  it('tells of a storage that is forbidden', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect(createStoredValue('localStorage', problems).read()).toBeNull();
    expect([...problems]).toEqual(['storage']);
  });

  it('tells of a storage that is full, and what stood there stays', () => {
    const value = createStoredValue('localStorage', problems);
    value.write('old');
    localStorage.setItem.mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    value.write('new');
    expect([...problems]).toEqual(['storage']);
    expect(value.read()).toBe('old');
  });

  it('tells of a window without storage', () => {
    vi.stubGlobal('window', { localStorage: null });
    createStoredValue('localStorage', problems).write(1);
    expect([...problems]).toEqual(['storage']);
  });
});
