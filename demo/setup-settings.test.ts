import { describe, expect, it } from 'vitest';
import { AMPLITUDE_SETTING_NAMES, SETTING_NAMES } from '../install/written-settings.ts';
import { SETTINGS } from '../src/settings.ts';
import { DEFAULTS, FIELDS, isUnlikelyGlobal, readFields } from './setup-settings.ts';

describe('the fields of the set-up page', () => {
  it('are the settings, all of them', () => {
    expect(FIELDS.map(({ name }) => name).sort()).toEqual(
      [...SETTING_NAMES, ...AMPLITUDE_SETTING_NAMES].sort(),
    );
  });

  it('hold the defaults of the script, which need no text', () => {
    expect(DEFAULTS).toMatchObject({
      propertyName: '[Optimizely] {flag}',
      dedupe: 'page',
      bufferSize: String(SETTINGS.bufferSize[0]),
    });
    expect(readFields(DEFAULTS)).toEqual({ settings: {}, wrong: new Map() });
  });

  it('offer only what the script takes', () => {
    for (const { name, options = {} } of FIELDS) {
      for (const value of Object.keys(options)) expect([...readFields({ [name]: value }).wrong]).toEqual([]);
    }
  });

  it('report wrong values, and leave them out', () => {
    const { settings, wrong } = readFields({ flags: 'checkout_*', bufferSize: '0', include: 'email' });
    expect(settings).toEqual({ flags: 'checkout_*' });
    expect([...wrong.keys()]).toEqual(['bufferSize', 'include']);
    expect(wrong.get('bufferSize')).toBe(
      `bufferSize has to be a whole number from 1 to ${SETTINGS.bufferSize[1]}, not "0".`,
    );
  });

  it('explain each setting, and its default if that is empty', () => {
    for (const { name, label, meaning, empty } of FIELDS) {
      expect([label, meaning], name).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\.$/)]);
      if (DEFAULTS[name] === '') expect(empty, name).toMatch(/\w/);
    }
  });

  it('recognize text that is not the name of a global', () => {
    for (const name of ['', 'FS', 'shop.client', '$', '_fs', 'café.été'])
      expect(isUnlikelyGlobal(name), name).toBe(false);
    for (const code of ['a b', 'shop.', '.shop', '1st', '() => 1', 'shop[0]', 'shop..client']) {
      expect(isUnlikelyGlobal(code), code).toBe(true);
    }
  });
});
