import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStorage } from '../../test/lane.ts';
import type { Problem } from '../status.ts';
import { readStored, writeStored } from './storage.ts';

describe('what is stored', () => {
  let localStorage: ReturnType<typeof createStorage>;
  let sessionStorage: ReturnType<typeof createStorage>;
  let problems: Set<Problem>;

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
    writeStored('localStorage', ['a', null], problems);
    expect(readStored('localStorage', problems)).toEqual(['a', null]);
    expect([...problems]).toEqual([]);
  });

  it('tells whether it kept a value', () => {
    expect(writeStored('localStorage', [1], problems)).toBe(true);
    localStorage.setItem.mockImplementationOnce(() => {
      throw new Error('full');
    });
    expect(writeStored('localStorage', [2], problems)).toBe(false);
    expect([...problems]).toEqual(['storage']);
  });

  it('uses one key of its own', () => {
    writeStored('localStorage', [1], problems);
    expect(localStorage.setItem.mock.calls).toEqual([['optimizely-fullstory', '[1]']]);
  });

  it('keeps the two storages apart', () => {
    writeStored('sessionStorage', ['tab'], problems);
    expect(readStored('localStorage', problems)).toEqual([]);
    expect(readStored('sessionStorage', problems)).toEqual(['tab']);
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('reads nothing where nothing was written, and says no more of it', () => {
    expect(readStored('localStorage', problems)).toEqual([]);
    expect([...problems]).toEqual([]);
  });

  it.each(['', '[1,', 'undefined', 'null', '7', '"[]"', '{"length":1}'])('reads nothing from %j', (text) => {
    localStorage.setItem('optimizely-fullstory', text);
    expect(readStored('localStorage', problems)).toEqual([]);
    expect([...problems]).toEqual([]);
  });

  it('tells of a storage that is forbidden', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect(readStored('localStorage', problems)).toEqual([]);
    expect([...problems]).toEqual(['storage']);
  });

  it('tells of a storage that is full, and what stood there stays', () => {
    writeStored('localStorage', ['old'], problems);
    localStorage.setItem.mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    writeStored('localStorage', ['new'], problems);
    expect([...problems]).toEqual(['storage']);
    expect(readStored('localStorage', problems)).toEqual(['old']);
  });

  it('tells of a window without storage', () => {
    vi.stubGlobal('window', { localStorage: null });
    writeStored('localStorage', [1], problems);
    expect([...problems]).toEqual(['storage']);
  });
});
