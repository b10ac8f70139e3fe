import { type IncludedProperty, type Limit, SETTINGS, type SettingName } from '../src/settings.ts';

/** A setting of the scripts with Amplitude only. After a dot: a member of the object `amplitude`. */
export type AmplitudeSettingName = 'amplitude' | 'amplitude.exposure' | 'amplitude.dedupe';

/** The name of a setting in texts. */
export type WrittenName = SettingName | AmplitudeSettingName;

/** The default and limit of each Amplitude setting, as `SETTINGS` has them for the others. */
export const AMPLITUDE_SETTINGS: Readonly<
  Record<AmplitudeSettingName, readonly [fallback: string | boolean, limit?: Limit]>
> = {
  amplitude: [''],
  'amplitude.exposure': [false],
  'amplitude.dedupe': ['session', SETTINGS.dedupe[1] as readonly string[]],
};

/** The words for a setting in documents and pages. Its default and limit are in `src/settings.ts`. */
export interface SettingDescription {
  /** Its title in a form. */
  readonly label: string;
  /** Its meaning in sentences, with code between backquotes. */
  readonly meaning: string;
  /** Values that only code can set. */
  readonly inCode?: string;
  /** The meaning of an empty text. */
  readonly empty?: string;
  /** The meaning of each word, for a setting with a list of words. */
  readonly options?: Readonly<Record<string, string>>;
  /** The allowed values, if the limit does not say so. */
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
      'Name of the global variable that holds the Optimizely client: a property of `window`, so `var`, not `const`. It may have dots: `shop.client`. Write it without `window.`.',
    inCode: 'Or the client itself. `createBridge` takes the client itself only.',
    empty: 'found by itself',
    expected: 'the name of a global',
  },
  namespace: {
    label: 'FullStory’s global',
    meaning:
      'Name of FullStory’s global. Needed only if it is not `FS` and the snippet does not announce it.',
    empty: 'found by itself',
    expected: 'the name of a global',
  },
  propertyName: {
    label: 'User property',
    meaning: 'Name of the user property of each flag. `{flag}` stands for the flag’s key.',
    empty: 'no user properties',
    expected: 'empty, or a text with {flag} in it',
  },
  eventName: {
    label: 'Event',
    meaning: `Name of the event for each decision, at most ${limitOf('eventName')} characters.`,
    empty: 'no events',
  },
  flags: {
    label: 'Flags',
    meaning:
      'Keys of the flags to forward, separated by commas. A `*` at the end matches any ending: `checkout_*`.',
    inCode: 'Or an array of keys, without its empty entries.',
    empty: 'all',
    expected: 'flag keys separated by commas, each with a * at its end or none',
  },
  impressionsOnly: {
    label: 'Impressions only',
    meaning: 'Forward only decisions for which Optimizely dispatched an impression.',
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
    meaning: 'Extra event properties. With them, FullStory’s events can be joined with Optimizely’s export.',
    inCode: 'An array, or a text with commas.',
    empty: 'none',
    options: INCLUDED,
  },
  beforeSend: {
    label: 'Function to change events',
    meaning:
      'Name of a global function `(event, decision)`. It returns the event, changed or not, or `false` to leave the decision out. If it throws, the event is sent unchanged. `decided_at` is added afterwards.',
    inCode: 'Or the function itself.',
    empty: 'none',
    expected: 'the name of a global function',
  },
  eventsPerMinute: {
    label: 'Events per minute',
    meaning: `This script’s share of the ${limitOf('eventsPerMinute')} events a minute that FullStory accepts: 1 to ${limitOf('eventsPerMinute')}.`,
  },
  bufferSize: {
    label: 'Waiting events',
    meaning: `How many events wait while they cannot be sent, 1 to ${limitOf('bufferSize')}. When there are more, the oldest are dropped and counted.`,
  },
  persist: {
    label: 'Keep for the next page',
    meaning: 'Keep unsent decisions in `sessionStorage` for the next page of this tab.',
  },
  debug: {
    label: 'Log in the console',
    meaning: 'Log each decision and its outcome in the browser’s console.',
  },
  amplitude: {
    label: 'Amplitude’s global',
    meaning:
      'Name of Amplitude’s global or of an instance. Needed only if it is not `amplitude` or `amplitudeGTM`.',
    inCode:
      'Or the instance itself, or an object of settings for Amplitude only: [Amplitude](docs/amplitude.md).',
    empty: 'found by itself',
    expected: 'the name of a global',
  },
  'amplitude.exposure': {
    label: 'Amplitude’s $exposure event',
    meaning: 'Send Amplitude’s own `$exposure` event instead of the event above.',
  },
  'amplitude.dedupe': {
    label: 'Identical decisions in Amplitude',
    meaning:
      'How often an identical decision is sent to Amplitude. If `dedupe` is `none`, this is `none` too.',
    options: {
      session: 'once per Amplitude session',
      page: 'once per page and Amplitude session',
      none: 'each time',
    },
  },
};
