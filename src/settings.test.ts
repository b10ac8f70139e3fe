import { describe, expect, it } from 'vitest';
import { readSettings, SETTINGS, type SettingName } from './settings.ts';

/** The largest number, or the longest text, that a setting takes. */
const limitOf = (name: SettingName) => Number(SETTINGS[name][1]);
const LONGEST_NAME = limitOf('eventName');
const MOST_EVENTS = limitOf('eventsPerMinute');
const LARGEST_BUFFER = limitOf('bufferSize');

function read(...sources: unknown[]) {
  const codes: string[] = [];
  const settings = readSettings(sources, (code) => codes.push(code));
  return { settings, codes };
}

describe('readSettings', () => {
  it('returns the documented defaults', () => {
    const { settings, codes } = read({}, undefined);
    expect(settings).toMatchObject({
      client: null,
      namespace: '',
      propertyName: '[Optimizely] {flag}',
      eventName: 'Experiment Viewed',
      flags: [],
      impressionsOnly: false,
      dedupe: 'page',
      include: [],
      eventsPerMinute: SETTINGS.eventsPerMinute[0],
      bufferSize: SETTINGS.bufferSize[0],
      persist: false,
      debug: false,
    });
    expect(codes).toEqual([]);
  });

  it('lets later sources win', () => {
    expect(read({ eventName: 'a', dedupe: 'none' }, { eventName: 'b' }).settings).toMatchObject({
      eventName: 'b',
      dedupe: 'none',
    });
  });

  it.each([
    ['flags', 'a, b ,c*', ['a', 'b', 'c*']],
    ['flags', '', []],
    ['flags', ['a', 'b'], ['a', 'b']],
    ['include', 'user_id,dispatched', ['user_id', 'dispatched']],
    ['include', ' user_id , experiment_id', ['user_id', 'experiment_id']],
    ['include', [], []],
    ['impressionsOnly', '', true],
    ['impressionsOnly', 'true', true],
    ['impressionsOnly', 'false', false],
    ['persist', true, true],
    ['eventsPerMinute', '12', 12],
    ['eventsPerMinute', MOST_EVENTS, MOST_EVENTS],
    ['eventsPerMinute', ' 7 ', 7],
    ['bufferSize', `${LARGEST_BUFFER}`, LARGEST_BUFFER],
    ['dedupe', 'session', 'session'],
    ['dedupe', 'none ', 'none'],
    ['persist', ' true', true],
    ['namespace', ' FS\n', 'FS'],
    ['flags', '*', ['*']],
    ['flags', 'checkout_* ,pricing', ['checkout_*', 'pricing']],
    ['propertyName', ' {flag} ', '{flag}'],
    ['propertyName', '', ''],
    ['eventName', 'x'.repeat(LONGEST_NAME), 'x'.repeat(LONGEST_NAME)],
    ['client', 'app.client', 'app.client'],
    ['beforeSend', 'app.edit', 'app.edit'],
  ])('reads %s from %j', (name, written, value) => {
    const { settings, codes } = read({ [name]: written });
    expect(settings).toHaveProperty(name, value);
    expect(codes).toEqual([]);
  });

  it.each([
    ['client', 7],
    ['client', null],
    ['namespace', {}],
    ['propertyName', 1],
    ['propertyName', 'optimizely'],
    ['propertyName', '{FLAG}'],
    ['eventName', 'x'.repeat(LONGEST_NAME + 1)],
    ['eventName', ['a']],
    ['flags', {}],
    ['flags', 7],
    ['flags', /^checkout_/],
    ['impressionsOnly', 'yes'],
    ['impressionsOnly', 1],
    ['dedupe', 'always'],
    ['dedupe', true],
    ['dedupe', 'per page'],
    ['dedupe', 'pages'],
    ['include', 'email'],
    ['include', ['user_id', 'email']],
    ['beforeSend', {}],
    ['eventsPerMinute', 0],
    ['eventsPerMinute', MOST_EVENTS + 1],
    ['eventsPerMinute', -1],
    ['eventsPerMinute', 1.5],
    ['eventsPerMinute', 'many'],
    ['eventsPerMinute', Number.NaN],
    ['bufferSize', 0],
    ['bufferSize', LARGEST_BUFFER + 1],
    ['bufferSize', -5],
    ['bufferSize', 0.5],
    ['persist', 'maybe'],
    ['debug', {}],
    ['debug', Object.create(null)],
    ['debug', Symbol('debug')],
  ])('refuses %s = %o, and the default holds', (name, written) => {
    const { settings, codes } = read({ [name]: written });
    expect(codes).toEqual([`setting-wrong:${name}`]);
    expect(settings).toEqual(read().settings);
  });

  it.each([
    ['*out'],
    ['checkout; pricing'],
    ['ch*ut'],
    ['checkout_*, *out'],
    [['check**']],
    ['/^checkout_/'],
    [[/^checkout_/]],
  ])('reports flags = %o, which matches no flag', (flags) => {
    const { settings, codes } = read({ flags });
    expect(codes).toEqual(['setting-wrong:flags']);
    expect(settings.flags).toEqual(`${flags}`.split(', '));
  });

  it.each([[[undefined]], [['']], [[null, undefined]]])(
    'reports flags = %o, which matches no flag',
    (flags) => {
      const { settings, codes } = read({ flags });
      expect(codes).toEqual(['setting-wrong:flags']);
      // No key has a slash.
      expect(settings.flags).toEqual(expect.arrayContaining([expect.stringContaining('/')]));
    },
  );

  it('takes the keys of a list in which some are missing', () => {
    const { settings, codes } = read({ flags: ['a', undefined] });
    expect(settings.flags).toEqual(['a']);
    expect(codes).toEqual([]);
  });

  it.each([
    ['flags', 'ch*ut', 'flags', 'checkout_*', ['checkout_*']],
    ['dedupe', 'none', 'dedupe', 'always', 'none'],
  ])('a wrong %s in one source does not override another source', (weak, first, strong, second, value) => {
    const { settings, codes } = read({ [weak]: first }, { [strong]: second });
    expect(settings).toHaveProperty(weak, value);
    expect(codes).toEqual([`setting-wrong:${weak}`]);
  });

  it('reports unknown names, also names of the language', () => {
    const source = JSON.parse('{"colour":1,"__proto__":2,"constructor":3}') as object;
    expect(read(source).codes).toEqual([
      'setting-unknown:colour',
      'setting-unknown:__proto__',
      'setting-unknown:constructor',
    ]);
  });

  it('leaves the queue to the drop-in', () => {
    expect(read({ queue: [() => undefined] }).codes).toEqual([]);
  });

  it('treats undefined as not set', () => {
    expect(read({ dedupe: undefined }).codes).toEqual([]);
  });

  it('survives getters that throw', () => {
    const source = {
      get dedupe(): string {
        throw new Error('no');
      },
      eventName: 'kept',
    };
    expect(read(source)).toMatchObject({ codes: ['setting-wrong:dedupe'], settings: { eventName: 'kept' } });
  });

  it.each([['text'], [7], [null], [[]]])('treats %j as no settings', (source) => {
    expect(read(source).settings).toMatchObject({ dedupe: 'page' });
  });

  it('survives a proxy that reveals nothing', () => {
    const deny = () => {
      throw new Error('no');
    };
    const { settings } = read(new Proxy({}, { get: deny, ownKeys: deny }));
    expect(settings).toEqual(read().settings);
  });
});

/** The names of attributes as a script's `dataset` has them. */
function dataset(...attributes: string[]): Record<string, string> {
  return Object.fromEntries(
    attributes.map((attribute) => [
      attribute
        .toLowerCase()
        .replace(/^data-/, '')
        .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      '',
    ]),
  );
}

describe('attributes', () => {
  it.each([
    ['data-eventname', 'eventname'],
    ['data-event_name', 'event_name'],
    ['data-evenName', 'evenname'],
    ['data-event-names', 'eventNames'],
    ['data-event-nam', 'eventNam'],
    ['data-propertyname', 'propertyname'],
    ['data-property-nmae', 'propertyNmae'],
    ['data-percist', 'percist'],
    ['data-flag', 'flag'],
    ['data-dedup', 'dedup'],
    ['data-dedpue', 'dedpue'],
    ['data-includes', 'includes'],
    ['data-name-space', 'nameSpace'],
    ['data-impression-only', 'impressionOnly'],
    ['data-event-per-minutes', 'eventPerMinutes'],
    ['data-events_per_minute', 'events_per_minute'],
    ['data-eventsperminut', 'eventsperminut'],
    ['data-before-sent', 'beforeSent'],
    ['data-buffer--size', 'buffer-Size'],
  ])('%s is reported', (attribute, name) => {
    expect(read({}, dataset(attribute)).codes).toEqual([`setting-unknown:${name}`]);
  });

  it.each([
    ['names cut short', 'data-event', 'data-before', 'data-property'],
    ['any script', 'data-id', 'data-name', 'data-type', 'data-src', 'data-url', 'data-main', 'data-content'],
    ['Google', 'data-ad-client', 'data-client-id', 'data-client_id', 'data-gtmsrc', 'data-callback'],
    ['Next.js and others', 'data-nscript', 'data-n-head', 'data-hid', 'data-precedence', 'data-vite-dev-id'],
    ['Cloudflare', 'data-cfasync', 'data-cf-beacon', 'data-cf-settings'],
    ['Cookiebot', 'data-cookieconsent', 'data-cbid', 'data-blockingmode', 'data-culture', 'data-category'],
    ['OneTrust', 'data-domain-script', 'data-document-language', 'data-ot-ignore', 'data-consent'],
    ['Usercentrics', 'data-usercentrics', 'data-settings-id', 'data-uc-allowed', 'data-language'],
    ['WP Rocket', 'data-rocket-src', 'data-rocket-type', 'data-rocket-defer', 'data-rocketlazyloadscript'],
    ['other optimizers', 'data-minify', 'data-no-optimize', 'data-no-defer', 'data-pagespeed-no-defer'],
    ['Plausible', 'data-domain', 'data-api', 'data-exclude', 'data-events'],
    ['Umami', 'data-website-id', 'data-host-url', 'data-auto-track', 'data-tag', 'data-exclude-search'],
    ['Fathom', 'data-site', 'data-spa', 'data-included-domains', 'data-excluded-domains', 'data-honor-dnt'],
    ['Turbo', 'data-turbo-track', 'data-turbo-eval', 'data-turbolinks-eval', 'data-reload'],
    ['PayPal', 'data-client-token', 'data-namespace-id', 'data-page-type', 'data-csp-nonce'],
    [
      'forms and lists',
      'data-debounce',
      'data-defer',
      'data-delay',
      'data-default',
      'data-class',
      'data-tags',
    ],
    ['RequireJS', 'data-requiremodule', 'data-requirecontext'],
  ])('%s: nothing is reported', (_, ...attributes) => {
    expect(read({}, dataset(...attributes)).codes).toEqual([]);
  });

  it('are read by known names only, whatever other attributes exist', () => {
    const { settings, codes } = read({}, { ...dataset('data-turbo-track'), flags: 'a', debug: '' });
    expect(settings).toMatchObject({ flags: ['a'], debug: true });
    expect(codes).toEqual([]);
  });
});
