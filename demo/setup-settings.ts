import type { PageScript } from '../install/scripts.ts';
import {
  SETTING_DESCRIPTIONS,
  type SettingDescription,
  type WrittenName,
} from '../install/setting-descriptions.ts';
import {
  defaultOf,
  isAmplitudeSetting,
  readSetting,
  type SettingValue,
  settingOf,
  type WrittenSettings,
} from '../install/written-settings.ts';

/** The kind of a setting's field. For `typed`, the page has a text, also if the bridge reads a number. */
type Kind = 'typed' | 'tick' | 'choice' | 'list';

/** A setting with its field. */
export interface Field extends SettingDescription {
  readonly name: WrittenName;
  readonly kind: Kind;
  /** Whether it is the name of a global. */
  readonly isGlobal: boolean;
}

/** Settings that belong together. */
export interface FieldGroup {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly fields: readonly Field[];
}

/** The settings that are the names of globals. */
const GLOBALS: readonly WrittenName[] = ['client', 'namespace', 'beforeSend', 'amplitude'];

function kindOf(name: WrittenName): Kind {
  const [fallback, limit] = settingOf(name);
  if (typeof fallback === 'boolean') return 'tick';
  if (!Array.isArray(limit)) return 'typed';
  return Array.isArray(fallback) ? 'list' : 'choice';
}

const createFields = (...names: WrittenName[]): readonly Field[] =>
  names.map((name) => ({
    ...SETTING_DESCRIPTIONS[name],
    name,
    kind: kindOf(name),
    isGlobal: GLOBALS.includes(name),
  }));

/** All settings, in the order of the page. */
export const GROUPS: readonly FieldGroup[] = [
  { title: 'Names', isOpen: true, fields: createFields('propertyName', 'eventName') },
  {
    title: 'What is forwarded',
    fields: createFields('flags', 'impressionsOnly', 'dedupe', 'include', 'beforeSend'),
  },
  { title: 'Where things are', fields: createFields('client', 'namespace', 'amplitude') },
  { title: 'For Amplitude only', fields: createFields('amplitude.exposure', 'amplitude.dedupe') },
  { title: 'Limits and help', fields: createFields('eventsPerMinute', 'bufferSize', 'persist', 'debug') },
];

/** The same, one after the other. */
export const FIELDS: readonly Field[] = GROUPS.flatMap(({ fields }) => fields);

/** Whether a script has that setting. */
export const hasSetting = ({ hasFullStory, hasAmplitude }: PageScript, name: WrittenName): boolean =>
  (hasAmplitude || !isAmplitudeSetting(name)) &&
  (hasFullStory || (name !== 'namespace' && name !== 'eventsPerMinute'));

/** The values of the fields: a boolean for a tick, otherwise a text. */
export type Written = Readonly<Record<string, string | boolean>>;

/** The bridge's defaults, as values of the fields. */
export const DEFAULTS: Written = Object.fromEntries(
  FIELDS.map(({ name, kind }) => [
    name,
    kind === 'tick' ? defaultOf(name) === true : String(defaultOf(name)),
  ]),
);

/** Reads the fields by the bridge's own rules: the valid settings, and a sentence for each wrong one. */
export function readFields(written: Written): { settings: WrittenSettings; wrong: Map<string, string> } {
  const settings: Record<string, SettingValue> = {};
  const wrong = new Map<string, string>();
  for (const [name, value] of Object.entries(written)) {
    if (value === DEFAULTS[name]) continue;
    try {
      readSetting(name, value);
      settings[name] = value;
    } catch (error) {
      wrong.set(name, `${(error as Error).message}.`);
    }
  }
  return { settings, wrong };
}

/** Whether a text cannot be the name of a global, for example code. */
export function isUnlikelyGlobal(text: string): boolean {
  return !/^([\p{ID_Start}$_][\p{ID_Continue}$]*(\.(?!$)|$))*$/u.test(text);
}
