import { type IncludedProperty, type Limit, SETTINGS, type SettingName } from '../src/settings.ts';

/** A setting that the scripts with Amplitude have beside the others; after a dot, a member of the object `amplitude`. */
export type AmplitudeSettingName = 'amplitude' | 'amplitude.exposure' | 'amplitude.dedupe';

/** A setting as texts name it. */
export type WrittenName = SettingName | AmplitudeSettingName;

/** What `SETTINGS` is for all scripts: the default of each of Amplitude's, and its limit. */
export const AMPLITUDE_SETTINGS: Readonly<
  Record<AmplitudeSettingName, readonly [fallback: string | boolean, limit?: Limit]>
> = {
  amplitude: [''],
  'amplitude.exposure': [false],
  'amplitude.dedupe': ['session', SETTINGS.dedupe[1] as readonly string[]],
};

/** What documents and pages say of a setting, beside its default and its limit, which `src/settings.ts` has. */
export interface SettingDescription {
  /** Its title in a form. */
  readonly label: string;
  /** What it means, in sentences; code stands between backquotes. */
  readonly meaning: string;
  /** What code can set beside a text. */
  readonly inCode?: string;
  /** What an empty text means. */
  readonly empty?: string;
  /** What each word means, where the table lists words. */
  readonly options?: Readonly<Record<string, string>>;
  /** What a value has to be, where the table does not say it. */
  readonly expected?: string;
}

const limitOf = (name: SettingName) => Number(SETTINGS[name][1]).toLocaleString('en');

const INCLUDED: Readonly<Record<IncludedProperty, string>> = {
  user_id: 'the user id that Optimizely decided for, which may be personal',
  experiment_id: 'the experiment’s id, from SDK 6 on',
  variation_id: 'the variation’s id, from SDK 6 on',
  dispatched: 'whether Optimizely sent an impression',
};

/** The words for each setting, for the README, the set-up page and Tag Manager. */
export const SETTING_DESCRIPTIONS: Readonly<Record<WrittenName, SettingDescription>> = {
  client: {
    label: 'Optimizely client',
    meaning:
      'Name of the global that holds the Optimizely client, dotted where it is a part of another: `shop.client`.',
    inCode: 'Or the client itself; for `createBridge` always that.',
    empty: 'found by itself',
    expected: 'the name of a global',
  },
  namespace: {
    label: 'FullStory’s global',
    meaning:
      'Name of FullStory’s global, where its snippet was given another one than `FS` and does not tell it.',
    empty: 'found by itself',
    expected: 'the name of a global',
  },
  propertyName: {
    label: 'User property',
    meaning: 'Name of the user property of each flag; `{flag}` stands for its key.',
    empty: 'no user properties',
    expected: 'empty, or a text with {flag} in it',
  },
  eventName: {
    label: 'Event',
    meaning: `Name of the event that each decision makes, at most ${limitOf('eventName')} characters.`,
    empty: 'no events',
  },
  flags: {
    label: 'Flags',
    meaning:
      'Keys of the flags to forward, separated by commas; a `*` at the end matches the rest, as in `checkout_*`.',
    inCode: 'Or a list of them.',
    empty: 'all',
    expected: 'flag keys separated by commas, each with a * at its end or none',
  },
  impressionsOnly: {
    label: 'Impressions only',
    meaning: 'Forward only decisions that Optimizely dispatched an impression for.',
  },
  dedupe: {
    label: 'Identical decisions',
    meaning: 'How often an identical decision (user, flag, variation, rule, enabled) is forwarded.',
    options: {
      page: 'once per page and FullStory session',
      session: 'once per FullStory session, across its pages and tabs (remembered in localStorage)',
      none: 'each time',
    },
  },
  include: {
    label: 'More event properties',
    meaning: 'More event properties, which join FullStory’s events with Optimizely’s export.',
    inCode: 'A list, or separated by commas.',
    empty: 'none',
    options: INCLUDED,
  },
  beforeSend: {
    label: 'Function that sees each event',
    meaning:
      'Name of a global function, `(event, decision)`, that returns the event, changed or not, or `false` to leave the decision out. If it throws, the event goes out unchanged. `decided_at` is added after it.',
    inCode: 'Or the function itself.',
    empty: 'none',
    expected: 'the name of a global function',
  },
  eventsPerMinute: {
    label: 'Events per minute',
    meaning: `This script’s share of the ${limitOf('eventsPerMinute')} events a minute that FullStory accepts: 1 to ${limitOf('eventsPerMinute')}.`,
  },
  bufferSize: {
    label: 'Events kept',
    meaning: `How many events are kept while they cannot be sent, 1 to ${limitOf('bufferSize')}; then the oldest go first and are counted.`,
  },
  persist: {
    label: 'Keep for the next page',
    meaning: 'Keep what could not be sent in `sessionStorage` for the next page of this tab.',
  },
  debug: {
    label: 'Explain in the console',
    meaning: 'Explain each decision’s steps in the browser’s console.',
  },
  amplitude: {
    label: 'Amplitude’s global',
    meaning:
      'Name of Amplitude’s global or of an instance, where it is another one than `amplitude` and `amplitudeGTM`.',
    inCode:
      'Or the instance itself, or an object of settings for Amplitude alone: [Amplitude](docs/amplitude.md).',
    empty: 'found by itself',
    expected: 'the name of a global',
  },
  'amplitude.exposure': {
    label: 'Amplitude’s $exposure event',
    meaning: 'Amplitude’s own `$exposure` event instead of the event above.',
  },
  'amplitude.dedupe': {
    label: 'Identical decisions in Amplitude',
    meaning:
      'How often an identical decision arrives at Amplitude. Where `dedupe` is `none`, `none` holds here as well.',
    options: {
      session: 'once per Amplitude session',
      page: 'once per page and Amplitude session',
      none: 'each time',
    },
  },
};
