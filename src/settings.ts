import type { Decision } from './decision.ts';
import type { AnalyticsEvent } from './destinations/destination.ts';
import type { OptimizelyClient } from './optimizely/client.ts';
import type { Problem } from './status.ts';

/** Extra event properties that join FullStory's events with Optimizely's export. */
export type IncludedProperty = 'user_id' | 'experiment_id' | 'variation_id' | 'dispatched';

/**
 * Sees each event before it is handed over, once.
 *
 * @returns the event, changed or not, or `false` to leave the decision out altogether (event and user
 * property). Anything else, or throwing, lets the unchanged event through and is told in `problems`.
 */
export type BeforeSend = (event: AnalyticsEvent, decision: Decision) => AnalyticsEvent | false;

/**
 * What a site may set, each one optional. An unknown name or a wrong value is warned of once in the console,
 * listed in `status().problems`, and the default holds.
 */
export interface Settings {
  /** The client, or the (dotted) name of the global that holds it. Without it clients are found by themselves. */
  client?: OptimizelyClient | string;
  /** Name of FullStory's global. Default: `_fs_namespace`, then the FullStory script tag's, then `FS`. */
  namespace?: string;
  /** User property per flag; `{flag}` stands for the flag key. Empty: none. Default `[Optimizely] {flag}`. */
  propertyName?: string;
  /** Name of the event, at most 250 characters. Empty: no events. Default `Experiment Viewed`. */
  eventName?: string;
  /** Flag keys to forward, as a list or separated by commas; a trailing `*` matches the rest. Default: all. */
  flags?: readonly string[] | string;
  /** Forward only decisions for which Optimizely dispatched an impression. Default false. */
  impressionsOnly?: boolean;
  /** How often an identical decision is forwarded. Default `page`: once per page and FullStory session. */
  dedupe?: 'page' | 'session' | 'none';
  /** Extra event properties, as a list or separated by commas. Default none. */
  include?: readonly IncludedProperty[] | string;
  /** A function, or the name of a global one, that may change events or leave them out. */
  beforeSend?: BeforeSend | string;
  /** Events handed over in any minute, 1 to 60. Default 40 of the 60 that FullStory accepts. */
  eventsPerMinute?: number;
  /** Events kept while they cannot be sent, 1 to 99,999. Default 1000. */
  bufferSize?: number;
  /** Keep what could not be sent in `sessionStorage` for the next page of this tab. Default false. */
  persist?: boolean;
  /** Explain each step in the console. Default false. */
  debug?: boolean;
}

/** {@link Settings} after reading: complete, and each of one type. */
export type ResolvedSettings = Omit<Required<Settings>, 'flags' | 'include' | 'client'> & {
  client: OptimizelyClient | string | null;
  flags: readonly string[];
  include: readonly string[];
};

/** The default user property: the convention of Optimizely's other integrations. */
export const DEFAULT_PROPERTY_NAME = '[Optimizely] {flag}';

/** The default of `beforeSend`. */
export const unchanged: BeforeSend = (event) => event;

const ANYTHING = /^/;
const YES_OR_NO = /^(true|false|)$/;

/** Each setting's default, and what a value has to match as a text. */
const SETTINGS: Record<string, readonly [fallback: unknown, pattern: RegExp]> = {
  client: [null, ANYTHING],
  namespace: ['', ANYTHING],
  propertyName: [DEFAULT_PROPERTY_NAME, ANYTHING],
  // FullStory takes event names of 1 to 250 characters
  // (https://developer.fullstory.com/browser/v2/capture-events/analytics-events/).
  eventName: ['Experiment Viewed', /^.{0,250}$/],
  flags: [[], /^[^[]*$/],
  dedupe: ['page', /^(page|session|none)$/],
  include: [[], /^(((user|experiment|variation)_id|dispatched)(\s*,\s*|$))*$/],
  beforeSend: [unchanged, ANYTHING],
  eventsPerMinute: [40, /^([1-9]|[1-5]\d|60)$/],
  bufferSize: [1000, /^[1-9]\d{0,4}$/],
  impressionsOnly: [false, YES_OR_NO],
  persist: [false, YES_OR_NO],
  debug: [false, YES_OR_NO],
  // Calls to make when the bridge runs; the drop-in takes them.
  queue: [null, ANYTHING],
};

/**
 * Turns what a site wrote, the thing itself or a text, into a setting's value.
 *
 * @throws when it cannot be one.
 */
function readValue(value: unknown, fallback: unknown, pattern: RegExp): unknown {
  const text = ('' + value).trim();
  const type = typeof fallback;
  if (value === null || (typeof value !== type && typeof value !== 'string') || !pattern.test(text)) {
    throw text;
  }
  if (Array.isArray(fallback)) return text.split(/\s*,\s*/).filter(Boolean);
  // An attribute without a value, as in `<script data-debug>`, reads as the empty text.
  return type === 'boolean' ? text !== 'false' : type === 'number' ? +text : value;
}

/**
 * Reads settings from all their sources.
 *
 * @param sources what the site wrote, the weakest first; anything that is not an object counts as empty. Unknown names
 * are told of the first alone: the others are attributes of a script tag, which frameworks and consent tools share.
 * @param warn gets a code for each unknown (`setting-unknown:colour`) or wrong (`setting-wrong:dedupe`) one.
 */
export function readSettings(sources: readonly unknown[], warn: (code: Problem) => void): ResolvedSettings {
  const settings: Record<string, unknown> = {};
  Object.entries(SETTINGS).forEach(([name, [fallback, pattern]]) => {
    settings[name] = fallback;
    sources.forEach((source) => {
      try {
        const written = ((source || {}) as Record<string, unknown>)[name];
        if (written !== undefined) settings[name] = readValue(written, fallback, pattern);
      } catch {
        // A getter of the page's, or a value that has no text, is wrong too.
        warn(('setting-wrong:' + name) as `setting-wrong:${string}`);
      }
    });
  });
  Object.keys(sources[0] || {}).forEach((name) => {
    if (!Object.keys(SETTINGS).includes(name))
      warn(('setting-unknown:' + name) as `setting-unknown:${string}`);
  });
  return settings as unknown as ResolvedSettings;
}
