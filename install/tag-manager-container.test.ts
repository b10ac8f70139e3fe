import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../src/settings.ts';
import { lintContainer } from './lint-container.ts';
import { PAGE_SCRIPTS } from './scripts.ts';
import { CUSTOM_HTML_LIMIT } from './tag-manager.ts';
import { type Container, tagManagerContainer } from './tag-manager-container.ts';

const SCRIPT = 'window.found=window.optimizelyFullStory';

function create(settings?: Record<string, string | boolean | number>): Container {
  return tagManagerContainer({ script: SCRIPT, version: '1.2.3', settings: settings ?? {} });
}

function htmlOf({ containerVersion }: Container): string {
  return containerVersion.tag[0]?.parameter?.find(({ key }) => key === 'html')?.value ?? '';
}

/**
 * The settings that the bridge reads when the tag fires. Tag Manager writes a variable's value into a script as a
 * literal; a constant's is a text.
 *
 * @param changed values of changed variables.
 */
function fire(container: Container, changed: Record<string, unknown> = {}) {
  const values = Object.fromEntries(
    container.containerVersion.variable.map(({ name, parameter }) => [name, parameter?.[0]?.value]),
  );
  const script = htmlOf(container)
    .replace(/<\/?script>/g, '')
    .replace(/\{\{(.*?)\}\}/g, (_, name) => `${JSON.stringify({ ...values, ...changed }[name])}`);
  parse(script, { ecmaVersion: 5, allowReserved: false });
  const window: { found?: object } = {};
  runInNewContext(script, { window });
  const warnings: string[] = [];
  return { ...readSettings([{ ...window.found }], (code) => warnings.push(code)), warnings };
}

describe('the container', () => {
  it('passes the check', () => {
    expect(lintContainer(create())).toEqual([]);
  });

  it('is ASCII, so no tool that passes it on can break it', () => {
    expect(JSON.stringify(create())).toMatch(/^[\x20-\x7e]*$/);
  });

  it('may have * as its flags, which means all as an empty text does', () => {
    expect(fire(create({ flags: '*' }))).toMatchObject({ flags: [], warnings: [] });
  });

  it('has one tag: on Initialization, once per page, and without asking for consent', () => {
    expect(create().containerVersion.tag).toMatchObject([
      { type: 'html', firingTriggerId: ['2147479573'], tagFiringOption: 'ONCE_PER_LOAD' },
    ]);
    expect(JSON.stringify(create())).not.toMatch(/consentSettings|consentStatus/);
  });

  it('is for web pages, and belongs to no account', () => {
    expect(create()).toMatchObject({
      exportFormatVersion: 2,
      exportTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      containerVersion: {
        path: 'accounts/0/containers/0/versions/0',
        accountId: '0',
        containerId: '0',
        containerVersionId: '0',
        container: {
          path: 'accounts/0/containers/0',
          accountId: '0',
          containerId: '0',
          name: 'Optimizely FullStory',
          publicId: expect.stringMatching(/^GTM-\w+$/),
          usageContext: ['WEB'],
        },
        tag: [
          {
            notes: 'optimizely-fullstory 1.2.3. Its settings are the variables of the same name.',
            parameter: [{ key: 'html' }, { type: 'BOOLEAN', key: 'supportDocumentWrite', value: 'false' }],
          },
        ],
      },
    });
    expect(htmlOf(create())).toContain(
      '/* Optimizely decisions in FullStory. Change settings in the variables',
    );
  });

  it('has the variables that the documentation names', async () => {
    const document = await readFile(new URL('../docs/tag-manager.md', import.meta.url), 'utf8');
    const documented = [...document.matchAll(/^\| (Optimizely FullStory - [\w ]+?) +\|/gm)].map(
      ([, name]) => name,
    );
    expect(create().containerVersion.variable.map(({ name }) => name)).toEqual(documented);
  });

  it('sets nothing but the defaults', () => {
    expect(fire(create())).toEqual({
      ...readSettings([], () => {}),
      // As good as none.
      client: '',
      beforeSend: expect.any(Function),
      warnings: [],
    });
  });

  it('sets the given settings, by variable or in the tag', () => {
    const settings = {
      propertyName: "it's {flag}",
      eventName: '',
      flags: 'checkout_*, search',
      impressionsOnly: true,
      client: 'shop.client',
      persist: true,
      eventsPerMinute: 20,
    };
    const read = readSettings([settings], () => {});
    expect(fire(create(settings))).toEqual({ ...read, beforeSend: expect.any(Function), warnings: [] });
    expect(fire(create({ propertyName: '' }))).toMatchObject({
      propertyName: '',
      eventName: 'Experiment Viewed',
    });
  });

  it('keeps the default if a variable has no value', () => {
    const changed = {
      'Optimizely FullStory - property name': undefined,
      'Optimizely FullStory - event name': null,
      'Optimizely FullStory - debug': 'true',
    };
    expect(fire(create({ eventName: 'Seen' }), changed)).toMatchObject({
      propertyName: '[Optimizely] {flag}',
      eventName: 'Experiment Viewed',
      debug: true,
      warnings: [],
    });
  });

  it('reads a word as not set only for its own variable', () => {
    const values = {
      'Optimizely FullStory - property name': 'automatic {flag}',
      'Optimizely FullStory - event name': 'automatic',
      'Optimizely FullStory - flags': 'automatic',
      'Optimizely FullStory - client': 'none',
      'Optimizely FullStory - namespace': 'none',
    };
    expect(fire(create(), values)).toMatchObject({
      propertyName: 'automatic {flag}',
      eventName: 'automatic',
      flags: ['automatic'],
      client: 'none',
      namespace: 'none',
      warnings: [],
    });
    expect(fire(create({ eventName: 'automatic', client: 'none' }))).toMatchObject({
      eventName: 'automatic',
      client: 'none',
    });
  });

  it.each([
    ['eventName', 'none'],
    ['client', 'automatic'],
    ['namespace', 'automatic'],
  ])('is refused if %s is %j, the word for not set', (name, word) => {
    expect(() => create({ [name]: word })).toThrow(`${name} cannot be ${word}`);
    expect(fire(create({ [name]: `${word}_` }))).toMatchObject({ [name]: `${word}_`, warnings: [] });
  });

  it('has a description for each variable, and no empty value', () => {
    for (const variable of create({ propertyName: '', flags: '', client: '' }).containerVersion.variable) {
      expect(variable).toMatchObject({ type: 'c', notes: expect.stringMatching(/\w{3}/) });
      expect(variable.parameter?.[0]?.value).toMatch(/\S/);
    }
    expect(fire(create({ flags: '', client: '', namespace: '' }))).toEqual(fire(create()));
  });

  it('is refused if a part is missing, too large or wrong', () => {
    expect(() => tagManagerContainer({ script: '', version: '1.2.3' })).toThrow('The script is missing');
    expect(() => tagManagerContainer({ script: SCRIPT, version: '' })).toThrow('The version is missing');
    expect(() => tagManagerContainer({ script: 'x'.repeat(CUSTOM_HTML_LIMIT), version: '1.2.3' })).toThrow(
      /The tag has \d+ characters/,
    );
    expect(() => create({ flags: 'a*b' })).toThrow('flags has to be flag keys');
    expect(() => create({ colour: 'red' })).toThrow('There is no setting named colour');
    expect(() => create({ client: '{{Client}}' })).toThrow('client cannot hold {{');
  });
});

describe.each([PAGE_SCRIPTS.amplitude, PAGE_SCRIPTS['fullstory-amplitude']])(
  'the container for $title',
  (pageScript) => {
    const { tagName, global, hasFullStory } = pageScript;
    const make = (settings = {}) =>
      tagManagerContainer({
        script: `window.found=window.${global}`,
        version: '1.2.3',
        pageScript,
        settings,
      });
    /** The value of the script's global after the tag. */
    function settingsOf(container: Container, changed: Record<string, unknown> = {}) {
      const values = Object.fromEntries(
        container.containerVersion.variable.map(({ name, parameter }) => [name, parameter?.[0]?.value]),
      );
      const script = htmlOf(container)
        .replace(/<\/?script>/g, '')
        .replace(/\{\{(.*?)\}\}/g, (_, name) => JSON.stringify({ ...values, ...changed }[name]));
      parse(script, { ecmaVersion: 5, allowReserved: false });
      const window: { found?: object } = {};
      runInNewContext(script, { window });
      return JSON.parse(JSON.stringify(window.found)) as Record<string, unknown>;
    }

    it('has variables with its own names, and one for FullStory if that is a destination', () => {
      const names = make().containerVersion.variable.map(({ name }) => name);
      expect(lintContainer(make())).toEqual([]);
      expect(make().containerVersion.tag[0]?.name).toBe(tagName);
      expect(names).toContain(`${tagName} - amplitude exposure`);
      expect(names.includes(`${tagName} - namespace`)).toBe(hasFullStory);
    });

    it('builds the setting amplitude from its variables', () => {
      expect(settingsOf(make()).amplitude).toEqual({ instance: '', exposure: false });
      expect(settingsOf(make()).exposure).toBeUndefined();
      const changed = { [`${tagName} - amplitude`]: 'tracker', [`${tagName} - amplitude exposure`]: 'true' };
      const expected = { instance: 'tracker', exposure: true };
      expect(settingsOf(make(), changed).amplitude).toEqual(expected);
      // A lookup table may give a boolean.
      const looked = { ...changed, [`${tagName} - amplitude exposure`]: true };
      expect(settingsOf(make(), looked).amplitude).toEqual(expected);
      const settings = { amplitude: 'tracker', 'amplitude.exposure': true, 'amplitude.dedupe': 'page' };
      expect(settingsOf(make(settings)).amplitude).toEqual({ ...expected, dedupe: 'page' });
    });
  },
);

describe('the check of containers', () => {
  const tag = (container: Container) =>
    container.containerVersion.tag[0] as Container['containerVersion']['tag'][0];
  const variable = (container: Container, at = 0) =>
    container.containerVersion.variable[at] as Container['containerVersion']['variable'][0];

  const damages: [problem: string, damage: (container: Container) => void][] = [
    ['The format is 1, not 2', (container) => Object.assign(container, { exportFormatVersion: 1 })],
    [
      'The variable Optimizely FullStory - property name has the id 1, which another one has',
      (container) => Object.assign(variable(container), { variableId: '1' }),
    ],
    ['they count from 1 to 8', (container) => Object.assign(tag(container), { tagId: '9' })],
    ['has the id 1x', (container) => Object.assign(tag(container), { tagId: '1x' })],
    ['has the id 01', (container) => Object.assign(tag(container), { tagId: '01' })],
    [
      'has no trigger',
      (container) =>
        delete (tag(container) as Partial<(typeof container.containerVersion.tag)[0]>).firingTriggerId,
    ],
    ['has the id x', (container) => Object.assign(tag(container), { tagId: 'x' })],
    [
      'has the name of another',
      (container) => Object.assign(variable(container, 1), { name: variable(container).name }),
    ],
    ...[...`:<>&"'`].map((character): [string, (container: Container) => void] => [
      'has a character in its name that is refused',
      (container) => Object.assign(tag(container), { name: `Tag ${character}` }),
    ]),
    ['is of another account', (container) => Object.assign(tag(container), { accountId: '7' })],
    ['is of another account', (container) => Object.assign(variable(container), { containerId: '7' })],
    [
      'fires oncePerLoad: unknown',
      (container) => Object.assign(tag(container), { tagFiringOption: 'oncePerLoad' }),
    ],
    ['has no trigger', (container) => Object.assign(tag(container), { firingTriggerId: [] })],
    [
      'the trigger 12, which does not',
      (container) => Object.assign(tag(container), { firingTriggerId: ['12'] }),
    ],
    [
      'the trigger 13, which does not',
      (container) => Object.assign(tag(container), { blockingTriggerId: ['13'] }),
    ],
    ['The tag Optimizely FullStory has no html', (container) => tag(container).parameter?.shift()],
    [
      `has ${CUSTOM_HTML_LIMIT} characters`,
      (container) =>
        Object.assign(tag(container).parameter?.[0] ?? {}, { value: 'x'.repeat(CUSTOM_HTML_LIMIT) }),
    ],
    [
      'a parameter of the type template: unknown',
      (container) => Object.assign(variable(container).parameter?.[0] ?? {}, { type: 'template' }),
    ],
    [
      'a parameter of the type TEXT: unknown',
      (container) =>
        variable(container).parameter?.push({
          type: 'LIST',
          list: [{ type: 'MAP', map: [{ type: 'TEXT' }] }],
        }),
    ],
    [
      'it is true or false',
      (container) => Object.assign(tag(container).parameter?.[1] ?? {}, { value: 'no' }),
    ],
    ['has no text for value', (container) => delete variable(container).parameter?.[0]?.value],
    [
      'The variable Optimizely FullStory - flags does not exist',
      (container) => Object.assign(variable(container, 2), { name: 'Flags' }),
    ],
    [
      'The variable Page URL does not exist',
      (container) => Object.assign(variable(container).parameter?.[0] ?? {}, { value: '{{Page URL}}' }),
    ],
    [
      'it is written in capitals',
      ({ containerVersion }) =>
        Object.assign(containerVersion, { builtInVariable: [{ name: 'Page URL', type: 'pageUrl' }] }),
    ],
  ];

  it.each(damages)('finds: %s', (problem, damage) => {
    const container = create();
    damage(container);
    expect(lintContainer(container)).toContainEqual(expect.stringContaining(problem));
  });

  it('accepts triggers and built-in variables of the container itself', () => {
    const container = create();
    const { containerVersion } = container;
    const owner = { accountId: '0', containerId: '0' };
    containerVersion.trigger = [{ ...owner, triggerId: '9', name: 'Shop pages', type: 'PAGEVIEW' }];
    containerVersion.builtInVariable = [{ name: 'Page URL', type: 'PAGE_URL' }];
    tag(container).firingTriggerId = ['9', '2147479553', '2147479572', '2147479573'];
    Object.assign(variable(container).parameter?.[0] ?? {}, { value: '{{Page URL}} {{_event}}' });
    for (const tagFiringOption of ['UNLIMITED', 'ONCE_PER_EVENT', 'ONCE_PER_LOAD']) {
      Object.assign(tag(container), { tagFiringOption });
      expect(lintContainer(container)).toEqual([]);
    }
    tag(container).firingTriggerId = ['8'];
    expect(lintContainer(container)).toHaveLength(1);
  });

  it('accepts every type of parameter, and an empty container', () => {
    const container = create();
    tag(container).parameter?.push(
      {
        type: 'LIST',
        key: 'list',
        list: [{ type: 'MAP', map: [{ type: 'TEMPLATE', key: 'key', value: '' }] }],
      },
      { type: 'INTEGER', key: 'limit', value: '5' },
      { type: 'BOOLEAN', key: 'yes', value: 'true' },
      { type: 'BOOLEAN', key: 'maybe', value: '{{Optimizely FullStory - debug}}' },
      { type: 'TAG_REFERENCE', key: 'tag', value: 'Optimizely FullStory' },
      { type: 'TRIGGER_REFERENCE', key: 'trigger', value: '2147479573' },
    );
    expect(lintContainer(container)).toEqual([]);
    const { tag: _, variable: __, ...rest } = container.containerVersion;
    expect(
      lintContainer({ ...container, containerVersion: rest as typeof container.containerVersion }),
    ).toEqual([]);
  });
});
