// @ts-check
import { readSetting } from './settings.mjs';
import { settingsLiteral } from './settings-text.mjs';
import { customHtml } from './tag-manager.mjs';

/**
 * @typedef {{ type: string, key?: string, value?: string, list?: Parameter[], map?: Parameter[] }} Parameter
 * @typedef {{ accountId: string, containerId: string, name: string, type: string, parameter?: Parameter[] }} Entity
 * @typedef {Entity & { tagId: string, firingTriggerId: string[], blockingTriggerId?: string[], tagFiringOption: string }} Tag
 * @typedef {Entity & { triggerId: string }} Trigger
 * @typedef {Entity & { variableId: string }} Variable
 * @typedef {{ exportFormatVersion: number, exportTime: string, containerVersion: { path: string, accountId: string,
 *   containerId: string, containerVersionId: string, container: object, tag: Tag[], trigger?: Trigger[], variable: Variable[],
 *   builtInVariable?: { name: string, type: string }[] } }} Container
 */

/** Google's id of the trigger Initialization - All Pages, which fires before all but consent. */
const INITIALIZATION = '2147479573';

/** The account and container that a file names which is not the export of one. */
const NONE = '0';

/**
 * The settings that have a variable of their own, so that they can be changed without the code. A constant is never
 * empty: a word stands for that, and cannot be a value itself.
 *
 * @type {readonly { name: string, label: string, empty?: string, fallback: string, notes: string }[]}
 */
const VARIABLES = [
  {
    name: 'propertyName',
    label: 'property name',
    empty: 'none',
    fallback: '[Optimizely] {flag}',
    notes: 'Name of the user property of each flag; {flag} stands for its key. none: no user properties.',
  },
  {
    name: 'eventName',
    label: 'event name',
    empty: 'none',
    fallback: 'Experiment Viewed',
    notes: 'Name of the events. none: no events.',
  },
  {
    name: 'flags',
    label: 'flags',
    empty: '*',
    fallback: '*',
    notes: 'Keys of the flags to forward, separated by commas; a trailing * matches the rest. *: all.',
  },
  {
    name: 'impressionsOnly',
    label: 'impressions only',
    fallback: 'false',
    notes: 'true: only decisions that Optimizely dispatched an impression for.',
  },
  {
    name: 'client',
    label: 'client',
    empty: 'automatic',
    fallback: 'automatic',
    notes: 'Name of the global that holds the Optimizely client. automatic: it is looked for.',
  },
  {
    name: 'namespace',
    label: 'namespace',
    empty: 'automatic',
    fallback: 'automatic',
    notes: 'Name of the global of FullStory. automatic: it is looked for.',
  },
  {
    name: 'debug',
    label: 'debug',
    fallback: 'false',
    notes: 'true: each step is explained in the console.',
  },
];

/** @param {string} label */
const variableName = (label) => `Optimizely FullStory - ${label}`;

/**
 * The expression in the tag that puts the variables and the other settings together. What a variable leaves undefined,
 * as a lookup table does, keeps its default.
 *
 * @param {import('./settings.mjs').WrittenSettings} others
 */
function settingsExpression(others) {
  const variables = VARIABLES.map(({ name, label }) => `  ${name}: {{${variableName(label)}}}`);
  const words = VARIABLES.flatMap(({ name, empty }) => (empty ? [`${name}: '${empty}'`] : []));
  const literal = settingsLiteral(others) || '{}';
  return `(function (settings) {
  var empty = { ${words.join(', ')} };
  Object.keys(settings).forEach(function (name) {
    if (settings[name] == null) delete settings[name];
    else if (settings[name] === empty[name]) settings[name] = '';
  });
  return Object.assign(settings, ${literal.replace(/\n/g, '\n  ')});
})({
${variables.join(',\n')}
})`;
}

/**
 * A container to import into Google Tag Manager: one tag on Initialization, once per page, and a variable for each
 * setting that is likely to be changed. The tag asks for no consent: FullStory waits for it, and a tag that comes later
 * misses decisions.
 *
 * @param {object} parts
 * @param {string} parts.script the text of `dist/optimizely-fullstory.min.js`.
 * @param {string} parts.version of this package, for the notes.
 * @param {import('./settings.mjs').WrittenSettings} [parts.settings]
 * @returns {Container}
 * @throws {Error} when the script is missing, cannot be pasted or is too large, or a setting is wrong.
 */
export function tagManagerContainer({ script, version, settings = {} }) {
  if (!version) throw new Error('The version is missing');
  let latestId = 0;
  const nextId = () => String(++latestId);
  const owner = { accountId: NONE, containerId: NONE };
  const others = { ...settings };
  for (const { name } of VARIABLES) delete others[name];

  const tag = {
    ...owner,
    tagId: nextId(),
    name: 'Optimizely FullStory',
    type: 'html',
    notes: `optimizely-fullstory ${version}. Its settings are the variables of the same name.`,
    parameter: [
      {
        type: 'TEMPLATE',
        key: 'html',
        value: customHtml(
          'Optimizely decisions in FullStory. Change settings in the variables named here.',
          settingsExpression(others),
          script,
        ),
      },
      { type: 'BOOLEAN', key: 'supportDocumentWrite', value: 'false' },
    ],
    firingTriggerId: [INITIALIZATION],
    tagFiringOption: 'ONCE_PER_LOAD',
  };
  const variable = VARIABLES.map(({ name, label, empty, fallback, notes }) => {
    const written = settings[name];
    const text = written === undefined ? fallback : String(readSetting(name, written));
    const value = text || empty || fallback;
    if (value.includes('{{')) throw new Error(`${name} cannot hold {{: to Tag Manager it is a variable`);
    // For flags both mean all of them.
    if (written !== undefined && text === empty && name !== 'flags') {
      throw new Error(
        `${name} cannot be ${text}: as the value of its variable, that word stands for an empty text`,
      );
    }
    return {
      ...owner,
      variableId: nextId(),
      name: variableName(label),
      type: 'c',
      notes,
      parameter: [{ type: 'TEMPLATE', key: 'value', value }],
    };
  });
  return {
    exportFormatVersion: 2,
    // Any time will do; this one makes the same file of the same sources.
    exportTime: '2026-01-01 00:00:00',
    containerVersion: {
      path: `accounts/${NONE}/containers/${NONE}/versions/0`,
      ...owner,
      containerVersionId: '0',
      container: {
        path: `accounts/${NONE}/containers/${NONE}`,
        ...owner,
        name: 'Optimizely FullStory',
        publicId: 'GTM-XXXXXXX',
        usageContext: ['WEB'],
      },
      tag: [tag],
      variable,
    },
  };
}
