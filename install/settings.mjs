// @ts-check

/**
 * @typedef {'text' | 'list' | 'flag' | 'number'} Kind
 * @typedef {string | number | boolean | readonly string[] | null} SettingValue
 * @typedef {{ [name: string]: SettingValue | undefined }} WrittenSettings
 */

/**
 * What each setting is, what holds where it is not set, and what its text has to match: the table of
 * `src/settings.ts` as it concerns texts to paste. A test compares the two.
 *
 * @type {{ [name: string]: { kind: Kind, fallback: SettingValue, pattern: RegExp, expected: string } }}
 */
const SETTINGS = {
  client: { kind: 'text', fallback: '', pattern: /^/, expected: 'the name of a global' },
  namespace: { kind: 'text', fallback: '', pattern: /^/, expected: 'the name of a global' },
  propertyName: { kind: 'text', fallback: '[Optimizely] {flag}', pattern: /^/, expected: 'a text' },
  eventName: {
    kind: 'text',
    fallback: 'Experiment Viewed',
    pattern: /^.{0,250}$/,
    expected: 'a text of at most 250 characters',
  },
  flags: { kind: 'list', fallback: '', pattern: /^[^[]*$/, expected: 'flag keys separated by commas' },
  impressionsOnly: { kind: 'flag', fallback: false, pattern: /^(true|false|)$/, expected: 'true or false' },
  dedupe: {
    kind: 'text',
    fallback: 'page',
    pattern: /^(page|session|none)$/,
    expected: 'page, session or none',
  },
  include: {
    kind: 'list',
    fallback: '',
    pattern: /^(((user|experiment|variation)_id|dispatched)(\s*,\s*|$))*$/,
    expected: 'user_id, experiment_id, variation_id or dispatched, separated by commas',
  },
  beforeSend: { kind: 'text', fallback: '', pattern: /^/, expected: 'the name of a global function' },
  eventsPerMinute: {
    kind: 'number',
    fallback: 40,
    pattern: /^([1-9]|[1-5]\d|60)$/,
    expected: 'a whole number from 1 to 60',
  },
  bufferSize: {
    kind: 'number',
    fallback: 1000,
    pattern: /^[1-9]\d{0,4}$/,
    expected: 'a whole number from 1 to 99999',
  },
  persist: { kind: 'flag', fallback: false, pattern: /^(true|false|)$/, expected: 'true or false' },
  debug: { kind: 'flag', fallback: false, pattern: /^(true|false|)$/, expected: 'true or false' },
};

/** The names of all settings, in the order in which the documentation tells of them. */
export const SETTING_NAMES = Object.keys(SETTINGS);

/** @type {{ [kind in Kind]: (value: SettingValue) => boolean }} */
const IS_OF_KIND = {
  text: (value) => typeof value === 'string',
  list: (value) => typeof value === 'string' || Array.isArray(value),
  flag: (value) => typeof value === 'boolean' || typeof value === 'string',
  number: (value) => typeof value === 'number' || typeof value === 'string',
};

/**
 * A setting's value as it is written into a text: a list is separated by commas, a number and a yes or no are
 * themselves, whether they came as such or as a text.
 *
 * @param {string} name
 * @param {SettingValue} value
 * @returns {string | number | boolean}
 * @throws {Error} when there is no such setting, or it cannot have that value.
 */
export function readSetting(name, value) {
  const setting = SETTING_NAMES.includes(name) ? SETTINGS[name] : undefined;
  if (!setting) throw new Error(`There is no setting named ${name}`);
  const text = String(value).trim();
  if (!IS_OF_KIND[setting.kind](value) || !setting.pattern.test(text)) {
    throw new Error(`${name} has to be ${setting.expected}, not ${JSON.stringify(value) ?? typeof value}`);
  }
  if (setting.kind === 'number') return Number(text);
  if (setting.kind === 'flag') return text !== 'false';
  if (setting.kind === 'list')
    return text
      .split(/\s*,\s*/)
      .filter(Boolean)
      .join(', ');
  return /** @type {string} */ (value);
}

/**
 * The settings that differ from the defaults, which is all that a text to paste needs to say.
 *
 * @param {WrittenSettings} [settings] what is `undefined` counts as not set.
 * @returns {[name: string, value: string | number | boolean][]}
 * @throws {Error} when there is no such setting, or it cannot have that value.
 */
export function changedSettings(settings = {}) {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const written = readSetting(name, value);
    return written === SETTINGS[name]?.fallback ? [] : [[name, written]];
  });
}
