import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { readSettings, SETTINGS } from '../src/settings.ts';
import { settingsAttributes, settingsText } from './settings-text.ts';
import {
  changedSettings,
  defaultOf,
  readSetting,
  SETTING_NAMES,
  type SettingValue,
} from './written-settings.ts';

/** The global as the page has it after a statement. */
function run(statement: string, before?: object): Record<string, unknown> {
  parse(statement, { ecmaVersion: 5, allowReserved: false });
  const window = { optimizelyFullStory: before };
  runInNewContext(statement, { window });
  return { ...window.optimizelyFullStory };
}

/** A script's `dataset`, as the page's parser reads its attributes. */
function dataset(attributes: string): Record<string, unknown> {
  const { document } = new Window();
  document.body.innerHTML = `<p${attributes}></p>`;
  const attributesOf = [...(document.querySelector('p')?.attributes ?? [])];
  return Object.fromEntries(
    attributesOf.map(({ name, value }) => [
      name.slice('data-'.length).replace(/-./g, ([, letter = '']) => letter.toUpperCase()),
      value,
    ]),
  );
}

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<!-- <script>',
  '{{Page URL}} {{{flag}}}',
  `it's "quoted" \\ and \\u0027 escaped \\' twice \\\\`,
  'a\nline\r\nand another\u2028\u2029\ttab\0',
  'naïve 试验 🧪 \ud83e',
  '&quot; &amp; &#39; ]]> --> */ // ${ `',
  '__proto__',
].map((text) => `${text} {flag}`);

describe('settings as a statement', () => {
  it.each(HOSTILE)('keep %j unchanged', (propertyName) => {
    const text = settingsText({ propertyName });
    expect(text).not.toMatch(/<|-->|\{\{|[^\n -~]/);
    expect(run(text)).toEqual({ propertyName });
  });

  it('are readable', () => {
    expect(settingsText({ client: `it's a \\ {x}` })).toContain(`{ client: 'it\\'s a \\\\ {x}' }`);
  });

  it('keep any text unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const client = text.trim();
        expect(run(settingsText({ client: text }))).toEqual(client ? { client } : {});
      }),
    );
  }, 60_000);

  it('contain only differences from the defaults', () => {
    expect(settingsText({})).toBe('');
    expect(settingsText()).toBe('');
    const defaults = {
      propertyName: '[Optimizely] {flag}',
      eventsPerMinute: String(defaultOf('eventsPerMinute')),
      persist: false,
      flags: [],
    };
    expect(settingsText({ ...defaults, client: '', dedupe: 'page', debug: undefined })).toBe('');
    expect(settingsText({ eventName: '', persist: true, bufferSize: '20', flags: ['a', ' b_* '] })).toBe(
      `window.optimizelyFullStory = Object.assign(window.optimizelyFullStory || {}, {
  eventName: '',
  persist: true,
  bufferSize: 20,
  flags: 'a, b_*'
});`,
    );
  });

  it('keep the page’s queue', () => {
    const queue = [() => {}];
    expect(run(settingsText({ debug: true }), { queue })).toEqual({ queue, debug: true });
  });

  it('are read as written', () => {
    const settings = {
      client: 'shop.client',
      namespace: 'FullStory',
      propertyName: 'optimizely_{flag}',
      eventName: '',
      flags: 'checkout_*, search',
      impressionsOnly: true,
      dedupe: 'session',
      include: ['user_id', 'dispatched'],
      beforeSend: 'shop.beforeSend',
      eventsPerMinute: 59,
      bufferSize: 90_000,
      persist: 'true',
      debug: true,
    };
    const warnings: string[] = [];
    const warn = (code: string) => warnings.push(code);
    const expected = readSettings([settings], warn);
    expect(Object.keys(settings)).toEqual(SETTING_NAMES);
    expect(readSettings([run(settingsText(settings))], warn)).toEqual(expected);
    expect(readSettings([{}, dataset(settingsAttributes(settings))], warn)).toEqual(expected);
    expect(warnings).toEqual([]);
  });
});

describe('settings as attributes', () => {
  it.each(HOSTILE.map((text) => text.replace(/\0|\ud83e/u, '')))('keep %j unchanged', (propertyName) => {
    const attributes = settingsAttributes({ propertyName });
    expect(attributes).not.toMatch(/[<>]|[^ -~]/);
    expect(dataset(attributes)).toEqual({ propertyName });
  });

  it('refuse characters that an attribute cannot have', () => {
    expect(() => settingsAttributes({ eventName: '\0' })).toThrow('eventName holds a character');
    expect(() => settingsAttributes({ eventName: 'half \ud83e' })).toThrow('U+d83e');
    for (const code of [0x80, 0x85, 0x9f, 0xd800, 0xdfff]) {
      const eventName = String.fromCharCode(code);
      expect(() => settingsAttributes({ eventName })).toThrow(`(U+${code.toString(16)})`);
    }
  });

  it('follow the tag’s name', () => {
    expect(settingsAttributes({ eventsPerMinute: 20, flags: 'a' })).toBe(
      ' data-events-per-minute="20" data-flags="a"',
    );
  });
});

describe('the settings that texts can have', () => {
  it('are those that differ from the defaults', () => {
    const defaults = Object.fromEntries(SETTING_NAMES.map((name) => [name, defaultOf(name)]));
    expect(changedSettings(defaults)).toEqual([]);
  });

  it.each([
    ['eventsPerMinute', 0, `a whole number from 1 to ${SETTINGS.eventsPerMinute[1]}, not 0`],
    ['bufferSize', 'many', `a whole number from 1 to ${SETTINGS.bufferSize[1]}, not "many"`],
    ['eventName', 'x'.repeat(1000), `a text of at most ${SETTINGS.eventName[1]} characters, not "xxx`],
    ['propertyName', 'optimizely', 'empty, or a text with {flag} in it, not "optimizely"'],
    ['flags', 'ch*ut', 'flag keys separated by commas, each with a * at its end or none, not "ch*ut"'],
    ['impressionsOnly', 'yes', 'true or false, not "yes"'],
    ['dedupe', 'often', 'page, session or none, not "often"'],
    [
      'include',
      'email',
      'user_id, experiment_id, variation_id or dispatched, separated by commas, not "email"',
    ],
    ['client', 7, 'the name of a global, not 7'],
    ['client', ['a'], 'the name of a global, not ["a"]'],
  ] satisfies [string, SettingValue, string][])('%s = %j is refused in words', (name, value, words) => {
    expect(() => readSetting(name, value)).toThrow(`${name} has to be ${words}`);
  });

  it('are of one type each', () => {
    expect(readSetting('debug', 'true')).toBe(true);
    expect(readSetting('persist', 'false')).toBe(false);
    expect(readSetting('bufferSize', ' 20 ')).toBe(20);
    expect(readSetting('flags', ['a', 'b_*', ''])).toBe('a, b_*');
    expect(readSetting('include', 'user_id,dispatched')).toBe('user_id, dispatched');
  });

  it('are only these', () => {
    expect(() => settingsText({ colour: 'red' })).toThrow('There is no setting named colour');
    expect(() => settingsText({ toString: 'x' })).toThrow('There is no setting named toString');
    const beforeSend = (() => false) as unknown as string;
    expect(() => settingsText({ beforeSend })).toThrow('beforeSend has to be the name of a global function');
  });
});
