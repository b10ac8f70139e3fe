import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStorage } from '../../test/lane.ts';
import type { Problem } from '../status.ts';
import { createStoredList } from './storage.ts';

describe('stored values', () => {
  let localStorage: ReturnType<typeof createStorage>;
  let sessionStorage: ReturnType<typeof createStorage>;
  let problems: Problem[];
  const open = (area: 'localStorage' | 'sessionStorage', key = 'test') =>
    createStoredList(area, key, (code) => void problems.push(code));

  beforeEach(() => {
    localStorage = createStorage();
    sessionStorage = createStorage();
    problems = [];
    vi.stubGlobal('window', { localStorage, sessionStorage });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('can be read by another page', () => {
    open('localStorage').write_(['a', null]);
    expect(open('localStorage').read_()).toEqual(['a', null]);
    expect(problems).toEqual([]);
  });

  it('can be read if a list has the `toJSON` of Prototype.js 1.6, which returns a text', () => {
    const { stringify } = JSON;
    const toJSON = function (this: unknown[]) {
      return `[${[...this].map((item) => stringify(item)).join(', ')}]`;
    };
    Object.defineProperty(Array.prototype, 'toJSON', { value: toJSON, configurable: true });
    open('localStorage').write_(['a', { at: 1 }]);
    Reflect.deleteProperty(Array.prototype, 'toJSON');
    expect(open('localStorage').read_()).toEqual(['a', { at: 1 }]);
  });

  it('report whether they were kept', () => {
    expect(open('localStorage').write_([1])).toBe(true);
    localStorage.setItem.mockImplementationOnce(() => {
      throw new Error('full');
    });
    expect(open('localStorage').write_([2])).toBe(false);
    expect(problems).toEqual(['storage']);
  });

  it('use one key of their own', () => {
    open('localStorage').write_([1]);
    expect(localStorage.setItem.mock.calls).toEqual([['test', '[1]']]);
  });

  it('are separate for different keys', () => {
    open('localStorage', 'one').write_(['a']);
    open('localStorage', 'other').write_(['b']);
    expect(open('localStorage', 'one').read_()).toEqual(['a']);
  });

  it('leave nothing behind for an empty list', () => {
    open('localStorage').write_(['a']);
    expect(open('localStorage').write_([])).toBe(true);
    expect(localStorage.getItem('test')).toBe(null);
  });

  it('keep a list whose first item is null', () => {
    open('localStorage').write_([null, 'a']);
    expect(open('localStorage').read_()).toEqual([null, 'a']);
  });

  it('are separate for the two storages', () => {
    open('sessionStorage').write_(['tab']);
    expect(open('localStorage').read_()).toEqual([]);
    expect(open('sessionStorage').read_()).toEqual(['tab']);
    expect(localStorage.setItem).not.toHaveBeenCalled();
  });

  it('are empty if nothing was written, without a report', () => {
    expect(open('localStorage').read_()).toEqual([]);
    expect(problems).toEqual([]);
  });

  it.each(['', '[1,', 'undefined', 'null', '7', '"[]"', '{"length":1}'])('are empty for %j', (text) => {
    localStorage.setItem('test', text);
    expect(open('localStorage').read_()).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('report a forbidden storage', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const list = open('localStorage');
    expect(list.read_()).toEqual([]);
    expect(list.write_([])).toBe(false);
    expect(problems).toEqual(['storage']);
  });

  it('report a full storage, and keep the old value', () => {
    open('localStorage').write_(['old']);
    localStorage.setItem.mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    open('localStorage').write_(['new']);
    expect(problems).toEqual(['storage']);
    expect(open('localStorage').read_()).toEqual(['old']);
  });

  it('report a storage that keeps nothing, as consent tools leave it', () => {
    localStorage.setItem.mockImplementation(() => {});
    expect(open('localStorage').write_([1])).toBe(false);
    expect(problems).toEqual(['storage']);
  });

  it('report it also for an empty list, before there is something to lose', () => {
    localStorage.setItem.mockImplementation(() => {});
    expect(open('localStorage').write_([])).toBe(false);
    expect(problems).toEqual(['storage']);
  });

  it('report a window without storage', () => {
    vi.stubGlobal('window', { localStorage: null });
    open('localStorage').write_([1]);
    expect(problems).toEqual(['storage']);
  });
});
