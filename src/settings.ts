import type { OptimizelyClient } from './client.ts';
import type { AnalyticsEvent, Decision } from './decision.ts';

/** Extra event properties that join FullStory's events with Optimizely's export. */
export type IncludedProperty = 'user_id' | 'experiment_id' | 'variation_id' | 'dispatched';

/**
 * Sees each event before it is handed over, once.
 *
 * @returns the event, changed or not, or `false` to leave the decision out altogether (event and user
 * property). Anything else, or throwing, sends the event unchanged and is reported in `problems`.
 */
export type BeforeSend = (event: AnalyticsEvent, decision: Decision) => AnalyticsEvent | false;

/** Settings for Amplitude alone. The bridge's settings are the defaults. */
export interface AmplitudeSettings extends Partial<Pick<Settings, 'propertyName' | 'eventName' | 'dedupe'>> {
  /** The name of its global or of an instance, or the instance or module itself. Default: found by itself. */
  instance?: string | object;
  /** Amplitude's own `$exposure` event instead of `eventName`. Default false. */
  exposure?: boolean;
}

/** Which Amplitude: its name, itself, or settings for it. */
export type AmplitudeSetting = string | object | AmplitudeSettings;

/**
 * The settings of a site, all of them optional. An unknown name or a wrong value leaves the default; the console gets one
 * warning, and `status().problems` lists it. A list of `flags` is used although an entry is wrong: the default would
 * forward all flags.
 */
export interface Settings {
  /** The client, or the (dotted) name of the global that holds it. Without it clients are found by themselves. */
  client?: OptimizelyClient | string;
  /** Name of FullStory's global. Default: `_fs_namespace`, then the FullStory script tag's, then `FS`. */
  namespace?: string;
  /** Where Amplitude is a destination: the name of its global, itself, or settings for it. Default: found by itself. */
  amplitude?: AmplitudeSetting;
  /** Name of each flag's user property; `{flag}` stands for its key. Empty: none. Default `[Optimizely] {flag}`. */
  propertyName?: string;
  /** Name of the event, at most 250 characters. Empty: no events. Default `Experiment Viewed`. */
  eventName?: string;
  /** Keys of the flags to forward, as a list or separated by commas; a `*` at the end matches the rest. Default: all. */
  flags?: readonly string[] | string;
  /** Forward only decisions for which Optimizely dispatched an impression. Default false. */
  impressionsOnly?: boolean;
  /**
   * How often an identical decision (user, flag, variation, rule, enabled) is forwarded. `page`: once per page and session.
   * `session`: once per session, across its pages and tabs. `none`: each time. Default `page`.
   */
  dedupe?: 'page' | 'session' | 'none';
  /**
   * Extra event properties, as a list or separated by commas: the user id that Optimizely decided for, which may be
   * personal; the ids of experiment and variation, from SDK 6 on; whether Optimizely sent an impression. Default none.
   */
  include?: readonly IncludedProperty[] | string;
  /** A function, or the name of a global one, that may change events or leave them out. */
  beforeSend?: BeforeSend | string;
  /** Events handed over in any minute, 1 to 60. Default 40: FullStory accepts 60, and the page's own events share them. */
  eventsPerMinute?: number;
  /** Events kept while they cannot be sent, 1 to 99,999; then the oldest are dropped. Default 1000. */
  bufferSize?: number;
  /** Keep what could not be sent in `sessionStorage` for the next page of this tab. Default false. */
  persist?: boolean;
  /** Explain each step in the console. Default false. */
  debug?: boolean;
}

/** {@link Settings} after reading: complete, and each of one type. */
export type ResolvedSettings = Omit<Required<Settings>, 'flags' | 'include' | 'client' | 'amplitude'> & {
  amplitude?: AmplitudeSetting | null;
  client: OptimizelyClient | string | null;
  flags: readonly string[];
  include: readonly string[];
};

/** The default user property: the convention of Optimizely's other integrations. */
export const DEFAULT_PROPERTY_NAME = '[Optimizely] {flag}';

/** The default of `beforeSend`. */
export const unchanged: BeforeSend = (event) => event;

/** The name of a setting that every build has. */
export type SettingName = Exclude<keyof Settings, 'amplitude'>;

/** A mistake in what a site wrote, with the name as it was written. */
export type SettingProblem = `setting-unknown:${string}` | `setting-wrong:${string}`;

/**
 * What a value must be, beside being of the default's type: one of these words (each item, for a list), a text that
 * matches, or at most this much: a number's value, a text's length. Numbers are whole and start at 1.
 */
export type Limit = readonly string[] | RegExp | number;

/** Every setting, in the order of the documents, which are made from this table: its default, and its limit. */
export const SETTINGS: {
  readonly [Name in SettingName]-?: readonly [fallback: ResolvedSettings[Name], limit?: Limit];
} = {
  client: [null],
  namespace: [''],
  propertyName: [DEFAULT_PROPERTY_NAME, /^$|\{flag}/],
  // FullStory takes event names of 1 to 250 characters
  // (https://developer.fullstory.com/browser/v2/capture-events/analytics-events/).
  eventName: ['Experiment Viewed', 250],
  // A `*` stands last. No flag key contains a slash, as a regular expression does, or a semicolon, as another kind of list does.
  flags: [[], /^([^*/;]|\*(,|$))*$/],
  impressionsOnly: [false],
  dedupe: ['page', ['page', 'session', 'none']],
  include: [[], ['user_id', 'experiment_id', 'variation_id', 'dispatched']],
  beforeSend: [unchanged],
  eventsPerMinute: [40, 60],
  bufferSize: [1000, 99_999],
  persist: [false],
  debug: [false],
};

/**
 * Converts a setting to the type of its default. The site may have written it as a text.
 *
 * @returns undefined if it has another type.
 * @throws if it is `null`, or has no text.
 */
function convert(written: unknown, fallback: unknown): unknown {
  const isList = Array.isArray(fallback);
  const type = typeof fallback;
  const isText = typeof written === 'string';
  const isSameType = isList ? Array.isArray(written) : typeof written === type;
  if (!isText && !isSameType) return undefined;
  const text = ('' + written).trim();
  // `[window.FLAG]` with an undefined flag has only commas as a text, but is no empty list. A slash makes it wrong.
  const isWhole = isText || text.length >= (written as unknown[]).length;
  if (isList) return (isWhole ? text : '/').split(/\s*,\s*/).filter(Boolean);
  if (type === 'number') return /^[1-9]\d*$/.test(text) ? +text : undefined;
  // An attribute without a value, as in `<script data-debug>`, reads as the empty text.
  if (type === 'boolean') return /^(true)?$/.test(text) || (text === 'false' ? false : undefined);
  return isText ? text : written;
}

function isWithin(value: unknown, limit?: Limit): boolean {
  if (typeof limit === 'number') return ((value as string).length || (value as number)) <= limit;
  if (Array.isArray(limit)) return ([] as unknown[]).concat(value).every((word) => limit.includes(word));
  return !limit || (limit as RegExp).test('' + value);
}

/** The number of letters in a text that are not in another one. */
function lettersLeft(text: string, other: string): number {
  // Not `reduce`: Prototype.js replaces it.
  other.split('').forEach((letter) => {
    text = text.replace(letter, '');
  });
  return text.length;
}

/**
 * Whether an attribute is probably one of ours, misspelt: case, hyphens, order, or up to two letters differ. The first
 * letter and, but for one, the number of letters are the same, because other tools have `data-exclude`, `data-ad-client`
 * and `data-client-id`.
 */
function isMisspelt(attribute: string, name: string): boolean {
  const letters = attribute.toLowerCase().replace(/[^a-z]/g, '');
  const ours = name.toLowerCase();
  const more = lettersLeft(letters, ours);
  const fewer = lettersLeft(ours, letters);
  return letters[0] === ours[0] && more < 3 && fewer < 3 && Math.abs(more - fewer) < 2;
}

/**
 * Reads settings from all their sources.
 *
 * @param sources the site's settings; later sources override earlier ones. Anything but an object counts as empty. The
 * first one is the site's object, and each unknown name in it is reported. The others are attributes of a script tag.
 * Frameworks and consent tools add attributes there too, so only misspelt names of ours are reported.
 * @param warn gets a code for each unknown (`setting-unknown:colour`) or wrong (`setting-wrong:dedupe`) one.
 */
export function readSettings(
  sources: readonly unknown[],
  warn: (code: SettingProblem) => void,
): ResolvedSettings {
  const settings: Record<string, unknown> = {};
  const names = Object.keys(SETTINGS) as SettingName[];
  names.forEach((name) => {
    settings[name] = SETTINGS[name][0];
  });
  sources.forEach((source, index) => {
    const object = (source || {}) as Record<string, unknown>;
    names.forEach((name) => {
      try {
        const written = object[name];
        if (written === undefined) return;
        const value = convert(written, SETTINGS[name][0]);
        const isRight = value !== undefined && isWithin(value, SETTINGS[name][1]);
        // The default of `flags` would forward all flags, which the site did not want. A wrong key matches nothing.
        if (isRight || (name === 'flags' && value)) settings[name] = value;
        if (isRight) return;
      } catch {
        // A getter of the page's, or a value that cannot be converted.
      }
      warn(('setting-wrong:' + name) as SettingProblem);
    });
    try {
      Object.keys(object).forEach((name) => {
        // The drop-in takes the calls in `queue`; `connect` is the stub's.
        if (names.includes(name as SettingName) || name === 'queue' || name === 'connect') return;
        if (!index || names.some((ours) => isMisspelt(name, ours))) {
          warn(('setting-unknown:' + name) as SettingProblem);
        }
      });
    } catch {
      // A proxy of the page's that does not list its names.
    }
  });
  return settings as unknown as ResolvedSettings;
}
