import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
import { SETTING_DESCRIPTIONS, type WrittenName } from './setting-descriptions.ts';
import { settingsLiteral } from './settings-text.ts';
import { customHtml } from './tag-manager.ts';
import { defaultOf, isAmplitudeSetting, readSetting, type WrittenSettings } from './written-settings.ts';

export interface Parameter {
  type: string;
  key?: string;
  value?: string;
  list?: Parameter[];
  map?: Parameter[];
}

interface Entity {
  accountId: string;
  containerId: string;
  name: string;
  type: string;
  notes?: string;
  parameter?: Parameter[];
}

export interface Tag extends Entity {
  tagId: string;
  firingTriggerId: string[];
  blockingTriggerId?: string[];
  tagFiringOption: string;
}

export interface Trigger extends Entity {
  triggerId: string;
}

export interface Variable extends Entity {
  variableId: string;
}

/** A container in Tag Manager's format for export and import. */
export interface Container {
  exportFormatVersion: number;
  exportTime: string;
  containerVersion: {
    path: string;
    accountId: string;
    containerId: string;
    containerVersionId: string;
    container: object;
    tag: Tag[];
    trigger?: Trigger[];
    variable: Variable[];
    builtInVariable?: { name: string; type: string }[];
  };
}

/** Google's id of the trigger Initialization - All Pages, which fires before all others except consent. */
const INITIALIZATION = '2147479573';

/** The account and container ids in a file that is not an export. */
const NONE = '0';

/**
 * The settings with their own variable, which can be changed without the code. A constant cannot be empty: a word means
 * empty, and cannot be a value itself.
 */
const VARIABLES: readonly { name: WrittenName; empty?: string }[] = [
  { name: 'propertyName', empty: 'none' },
  { name: 'eventName', empty: 'none' },
  { name: 'flags', empty: '*' },
  { name: 'impressionsOnly' },
  { name: 'client', empty: 'automatic' },
  { name: 'namespace', empty: 'automatic' },
  { name: 'amplitude', empty: 'automatic' },
  { name: 'amplitude.exposure' },
  { name: 'debug' },
];

/** The variables of a script. */
const variablesOf = ({ hasAmplitude, hasFullStory }: PageScript) =>
  VARIABLES.filter(
    ({ name }) => (hasAmplitude || !isAmplitudeSetting(name)) && (hasFullStory || name !== 'namespace'),
  );

/** The name of a setting's variable. */
const variableName = (name: string, { tagName }: PageScript) =>
  `${tagName} - ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace('.', ' ')}`;

function noteOf({ name, empty }: (typeof VARIABLES)[number]): string {
  const { meaning, empty: words } = SETTING_DESCRIPTIONS[name];
  return `${meaning} ${typeof defaultOf(name) === 'boolean' ? '`true` or `false`' : `\`${empty}\`: ${words}`}.`;
}

/**
 * The name and the possible values of each variable, with code between backquotes: for the documentation, and as notes
 * in Tag Manager.
 */
export const variableNotes = (script: PageScript): readonly { variable: string; note: string }[] =>
  variablesOf(script).map((one) => ({ variable: variableName(one.name, script), note: noteOf(one) }));

/** A note without Markdown, and in ASCII like everything in the container. */
const plainText = (note: string) => note.replace(/`/g, '').replace(/’/g, "'");

/** The name of a setting in the tag's object, which cannot have a dot. */
const keyOf = (name: string) => name.replace(/^.*\./, '');

const withoutAmplitude = (settings: WrittenSettings): WrittenSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !isAmplitudeSetting(name)));

/**
 * The expression in the tag that merges the variables and the other settings. An undefined variable, as from a lookup
 * table, keeps the default.
 */
function settingsExpression(others: WrittenSettings, script: PageScript): string {
  const own = variablesOf(script);
  const variables = own.map(({ name }) => `  ${keyOf(name)}: {{${variableName(name, script)}}}`);
  const words = own.flatMap(({ name, empty }) => (empty ? [`${name}: '${empty}'`] : []));
  const literal = settingsLiteral(withoutAmplitude(others)) || '{}';
  const dedupe = others['amplitude.dedupe'];
  const amplitude = `
  settings.amplitude = { instance: settings.amplitude, exposure: String(settings.exposure) === 'true'${
    dedupe === undefined || dedupe === defaultOf('amplitude.dedupe')
      ? ''
      : `, dedupe: '${readSetting('amplitude.dedupe', dedupe)}'`
  } };
  delete settings.exposure;`;
  return `(function (settings) {
  var empty = { ${words.join(', ')} };
  Object.keys(settings).forEach(function (name) {
    if (settings[name] == null) delete settings[name];
    else if (settings[name] === empty[name]) settings[name] = '';
  });${script.hasAmplitude ? amplitude : ''}
  return Object.assign(settings, ${literal.replace(/\n/g, '\n  ')});
})({
${variables.join(',\n')}
})`;
}

/**
 * A container to import into Google Tag Manager: one tag on Initialization, once per page, and a variable for each
 * common setting. The tag has no consent setting: FullStory waits for consent, and a later tag misses decisions.
 *
 * @param parts.script the text of the built script.
 * @param parts.pageScript which one that is.
 * @param parts.version of this package, for the notes.
 * @throws when the script is missing, cannot be pasted or is too large, or a setting is wrong.
 */
export function tagManagerContainer({
  script,
  version,
  settings = {},
  pageScript = PAGE_SCRIPTS.fullstory,
}: {
  script: string | undefined;
  version: string;
  settings?: WrittenSettings;
  pageScript?: PageScript;
}): Container {
  if (!version) throw new Error('The version is missing');
  let latestId = 0;
  const nextId = () => String(++latestId);
  const owner = { accountId: NONE, containerId: NONE };
  const variables = variablesOf(pageScript);
  const others = Object.fromEntries(
    Object.entries(settings).filter(([written]) => !variables.some(({ name }) => name === written)),
  );

  const tag = {
    ...owner,
    tagId: nextId(),
    name: pageScript.tagName,
    type: 'html',
    notes: `optimizely-fullstory ${version}. Its settings are the variables of the same name.`,
    parameter: [
      {
        type: 'TEMPLATE',
        key: 'html',
        value: customHtml(
          `Optimizely decisions in ${pageScript.title}. Change settings in the variables named here.`,
          settingsExpression(others, pageScript),
          script,
          pageScript,
        ),
      },
      { type: 'BOOLEAN', key: 'supportDocumentWrite', value: 'false' },
    ],
    firingTriggerId: [INITIALIZATION],
    tagFiringOption: 'ONCE_PER_LOAD',
  };
  const variable = variables.map(({ name, empty = '' }) => {
    const written = settings[name];
    const text = String(written === undefined ? defaultOf(name) : readSetting(name, written));
    const value = text || empty;
    if (value.includes('{{')) throw new Error(`${name} cannot hold {{: to Tag Manager it is a variable`);
    // For flags, both mean all flags.
    if (text === empty && name !== 'flags') {
      throw new Error(
        `${name} cannot be ${text}: as the value of its variable, that word stands for an empty text`,
      );
    }
    return {
      ...owner,
      variableId: nextId(),
      name: variableName(name, pageScript),
      type: 'c',
      notes: plainText(noteOf({ name, empty })),
      parameter: [{ type: 'TEMPLATE', key: 'value', value }],
    };
  });
  return {
    exportFormatVersion: 2,
    // A fixed time, so the same sources make the same file.
    exportTime: '2026-01-01 00:00:00',
    containerVersion: {
      path: `accounts/${NONE}/containers/${NONE}/versions/0`,
      ...owner,
      containerVersionId: '0',
      container: {
        path: `accounts/${NONE}/containers/${NONE}`,
        ...owner,
        name: pageScript.tagName,
        publicId: 'GTM-XXXXXXX',
        usageContext: ['WEB'],
      },
      tag: [tag],
      variable,
    },
  };
}
