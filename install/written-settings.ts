import { type Limit, readSettings, SETTINGS, type SettingName } from '../src/settings.ts';
import {
  AMPLITUDE_SETTINGS,
  type AmplitudeSettingName,
  SETTING_DESCRIPTIONS,
  type WrittenName,
} from './setting-descriptions.ts';

/** A setting's value in a form or a text: never a client or a function. */
export type SettingValue = string | number | boolean | readonly string[];

/** Settings by name, not yet checked. `undefined` means not set. */
export type WrittenSettings = { readonly [name: string]: SettingValue | undefined };

/** The names of the settings that every script has, in the order of the documents. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The settings of scripts with Amplitude. */
export const AMPLITUDE_SETTING_NAMES = Object.keys(AMPLITUDE_SETTINGS) as AmplitudeSettingName[];

/** Whether a setting is one for Amplitude. */
export const isAmplitudeSetting = (name: string): name is AmplitudeSettingName =>
  (AMPLITUDE_SETTING_NAMES as string[]).includes(name);

/** A setting's default and its limit. */
export const settingOf = (name: WrittenName): readonly [fallback: unknown, limit?: Limit] =>
  isAmplitudeSetting(name) ? AMPLITUDE_SETTINGS[name] : SETTINGS[name];

/** A setting's attribute on a script tag. */
export function attributeName(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A setting's default in a text; empty if only code can set it. */
export function defaultOf(name: WrittenName): string | number | boolean {
  const [fallback] = settingOf(name);
  return typeof fallback === 'string' || typeof fallback === 'number' || typeof fallback === 'boolean'
    ? fallback
    : '';
}

/** A description of a setting's allowed values. */
function expectation(name: WrittenName): string {
  const [fallback, limit] = settingOf(name);
  const { expected } = SETTING_DESCRIPTIONS[name];
  if (expected) return expected;
  if (typeof fallback === 'boolean') return 'true or false';
  if (typeof fallback === 'number') return `a whole number from 1 to ${limit}`;
  if (!Array.isArray(limit)) return `a text of at most ${limit} characters`;
  const words = `${limit.slice(0, -1).join(', ')} or ${limit[limit.length - 1]}`;
  return Array.isArray(fallback) ? `${words}, separated by commas` : words;
}

/**
 * A setting's value for a text, read by the bridge's own rules. A list becomes a text with commas. Numbers and booleans
 * stay, also if they were given as text.
 *
 * @throws when there is no such setting, or the bridge would report that value.
 */
export function readSetting(name: string, value: SettingValue): string | number | boolean {
  if (isAmplitudeSetting(name)) return readAmplitudeSetting(name, value);
  const setting = SETTING_NAMES.find((known) => known === name);
  if (!setting) throw new Error(`There is no setting named ${name}`);
  let isWrong = false;
  const read = readSettings([{ [setting]: value }], () => {
    isWrong = true;
  })[setting];
  if (Array.isArray(read) && Array.isArray(SETTINGS[setting][0]) && !isWrong) return read.join(', ');
  if (isWrong || read === null || typeof read === 'object' || typeof read === 'function') {
    const written = JSON.stringify(value) ?? typeof value;
    throw new Error(`${name} has to be ${expectation(setting)}, not ${written}`);
  }
  return read;
}

/** The same for an Amplitude setting, by the rules of the similar general setting. */
function readAmplitudeSetting(name: AmplitudeSettingName, value: SettingValue): string | number | boolean {
  const like = {
    amplitude: 'namespace',
    'amplitude.exposure': 'debug',
    'amplitude.dedupe': 'dedupe',
  } as const;
  try {
    return readSetting(like[name], value);
  } catch {
    const written = JSON.stringify(value) ?? typeof value;
    throw new Error(`${name} has to be ${expectation(name)}, not ${written}`);
  }
}

/**
 * The settings that differ from the defaults. A text to paste needs only these.
 *
 * @throws when there is no such setting, or it cannot have that value.
 */
export function changedSettings(
  settings: WrittenSettings = {},
): [name: string, value: string | number | boolean][] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const written = readSetting(name, value);
    return written === defaultOf(name as WrittenName) ? [] : [[name, written]];
  });
}
