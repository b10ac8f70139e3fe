import { readSetting, type WrittenSettings } from '../install/settings.mjs';
import { readSettings } from '../src/settings.ts';

/** How a setting is asked for. What is `typed` is a text to the page, also where the bridge reads a number. */
type Kind = 'typed' | 'tick' | 'choice' | 'list';

/** A setting as the page asks for it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: Kind;
  /** What it means, in a sentence; `code` between backquotes. */
  readonly sentence: string;
  /** What can be chosen, for a choice and a list. */
  readonly options?: Readonly<Record<string, string>>;
  /** What the default is called where it is empty. */
  readonly emptyDefault?: string;
  /** Whether it is the name of a global. */
  readonly isGlobal?: boolean;
}

/** Settings that belong together. */
export interface FieldGroup {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly fields: readonly Field[];
}

/** All settings, in the order in which the page asks for them. */
export const GROUPS: readonly FieldGroup[] = [
  {
    title: 'Names in FullStory',
    isOpen: true,
    fields: [
      {
        name: 'propertyName',
        label: 'User property',
        kind: 'typed',
        sentence:
          'Name of the user property that each flag has; `{flag}` stands for its key. Empty: no user properties.',
      },
      {
        name: 'eventName',
        label: 'Event',
        kind: 'typed',
        sentence: 'Name of the event that each decision makes, at most 250 characters. Empty: no events.',
      },
    ],
  },
  {
    title: 'What is forwarded',
    fields: [
      {
        name: 'flags',
        label: 'Flags',
        kind: 'typed',
        sentence:
          'Keys of the flags to forward, separated by commas; a trailing `*` matches the rest, as in `checkout_*`.',
        emptyDefault: 'all',
      },
      {
        name: 'impressionsOnly',
        label: 'Impressions only',
        kind: 'tick',
        sentence: 'Forward only decisions that Optimizely dispatched an impression for.',
      },
      {
        name: 'dedupe',
        label: 'Identical decisions',
        kind: 'choice',
        sentence: 'How often the same user’s same decision for a flag is forwarded.',
        options: {
          page: 'Once per page and FullStory session',
          session: 'Once per FullStory session, across its pages (kept in localStorage)',
          none: 'Each time',
        },
      },
      {
        name: 'include',
        label: 'More event properties',
        kind: 'list',
        sentence: 'They join FullStory’s events with Optimizely’s export.',
        options: {
          user_id: 'the user id that Optimizely decided for, which may be personal',
          experiment_id: 'from SDK 6 on',
          variation_id: 'from SDK 6 on',
          dispatched: 'whether Optimizely sent an impression',
        },
        emptyDefault: 'none',
      },
      {
        name: 'beforeSend',
        label: 'Function that sees each event',
        kind: 'typed',
        sentence:
          'Name of a global function, `(event, decision)`, that returns the event, changed or not, or `false` to leave the decision out.',
        emptyDefault: 'none',
        isGlobal: true,
      },
    ],
  },
  {
    title: 'Where things are',
    fields: [
      {
        name: 'client',
        label: 'Optimizely client',
        kind: 'typed',
        sentence: 'Name of the global that holds it, dotted where it is a part of another: `shop.client`.',
        emptyDefault: 'found by itself',
        isGlobal: true,
      },
      {
        name: 'namespace',
        label: 'FullStory’s global',
        kind: 'typed',
        sentence: 'Its name, where the snippet was given another one than `FS` and does not tell it.',
        emptyDefault: 'found by itself',
        isGlobal: true,
      },
    ],
  },
  {
    title: 'Limits and help',
    fields: [
      {
        name: 'eventsPerMinute',
        label: 'Events per minute',
        kind: 'typed',
        sentence: 'This script’s share of the 60 events a minute that FullStory accepts.',
      },
      {
        name: 'bufferSize',
        label: 'Events kept',
        kind: 'typed',
        sentence: 'How many are kept while they cannot be sent; then the oldest go first and are counted.',
      },
      {
        name: 'persist',
        label: 'Keep for the next page',
        kind: 'tick',
        sentence: 'Keep what could not be sent in sessionStorage for the next page of this tab.',
      },
      {
        name: 'debug',
        label: 'Explain in the console',
        kind: 'tick',
        sentence: 'Tell each decision’s way in the browser’s console.',
      },
    ],
  },
];

/** The same, one after the other. */
export const FIELDS: readonly Field[] = GROUPS.flatMap(({ fields }) => fields);

/** What the fields hold: a yes or no for a tick, a text for everything else. */
export type Written = Readonly<Record<string, string | boolean>>;

const readAlone = (written: Written) => {
  let isWrong = false;
  const settings = readSettings([written], () => {
    isWrong = true;
  });
  return { settings: settings as unknown as Record<string, unknown>, isWrong };
};

/** What the bridge does where nothing is set, as the fields hold it. */
export const DEFAULTS: Written = Object.fromEntries(
  FIELDS.map(({ name, kind }) => {
    const value = readAlone({}).settings[name];
    if (kind === 'tick') return [name, value === true];
    return [name, typeof value === 'string' || typeof value === 'number' ? String(value) : ''];
  }),
);

/** The fields read by the bridge itself: what is right, and a sentence for each one that is wrong. */
export function readFields(written: Written): { settings: WrittenSettings; wrong: Map<string, string> } {
  const settings: WrittenSettings = {};
  const wrong = new Map<string, string>();
  for (const [name, value] of Object.entries(written)) {
    if (value === DEFAULTS[name]) continue;
    const isWrong = readAlone({ [name]: value }).isWrong;
    try {
      // What can be written into a text is the same; it also knows the words for what cannot.
      readSetting(name, value);
      if (isWrong) wrong.set(name, `The script does not take this for ${name}.`);
      else settings[name] = value;
    } catch (error) {
      wrong.set(name, `${(error as Error).message}.`);
    }
  }
  return { settings, wrong };
}

/** Something that looks like code where the name of a global belongs. It would be looked for in vain. */
export function isUnlikelyGlobal(text: string): boolean {
  return !/^([\p{ID_Start}$_][\p{ID_Continue}$]*(\.(?!$)|$))*$/u.test(text);
}
