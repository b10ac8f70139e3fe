import { CUSTOM_HTML_LIMIT } from './tag-manager.ts';
import type { Container, Parameter } from './tag-manager-container.ts';

/** Ids of triggers that every container has: All Pages, Consent Initialization, Initialization. */
const BUILT_IN_TRIGGERS = ['2147479553', '2147479572', '2147479573'];

const PARAMETER_TYPES = [
  'TEMPLATE',
  'BOOLEAN',
  'INTEGER',
  'LIST',
  'MAP',
  'TAG_REFERENCE',
  'TRIGGER_REFERENCE',
];
const FIRING_OPTIONS = ['UNLIMITED', 'ONCE_PER_EVENT', 'ONCE_PER_LOAD'];

/**
 * Finds problems that make Tag Manager refuse a container, or make a tag fire wrongly.
 *
 * @returns a sentence for each problem.
 */
export function lintContainer({ exportFormatVersion, containerVersion }: Container): string[] {
  const { tag: tags = [], trigger: triggers = [], variable: variables = [] } = containerVersion;
  const { builtInVariable: builtInVariables = [] } = containerVersion;
  const problems: string[] = [];
  if (exportFormatVersion !== 2) problems.push(`The format is ${exportFormatVersion}, not 2`);

  const entities = [
    ...tags.map((tag) => ({ ...tag, kind: 'tag', id: tag.tagId })),
    ...triggers.map((trigger) => ({ ...trigger, kind: 'trigger', id: trigger.triggerId })),
    ...variables.map((variable) => ({ ...variable, kind: 'variable', id: variable.variableId })),
  ];
  const ids = new Set();
  const names = new Set();
  for (const { kind, id, name, accountId, containerId, parameter } of entities) {
    const what = `The ${kind} ${name}`;
    if (!/^[1-9]\d*$/.test(id) || Number(id) > entities.length) {
      problems.push(`${what} has the id ${id}: they count from 1 to ${entities.length}`);
    }
    if (ids.has(id)) problems.push(`${what} has the id ${id}, which another one has`);
    ids.add(id);
    if (names.has(`${kind} ${name}`)) problems.push(`${what} has the name of another one`);
    names.add(`${kind} ${name}`);
    if (!name || /[:<>&"']/.test(name)) problems.push(`${what} has a character in its name that is refused`);
    if (accountId !== containerVersion.accountId || containerId !== containerVersion.containerId) {
      problems.push(`${what} is of another account or container`);
    }
    problems.push(...lintParameters(what, parameter));
  }

  for (const {
    name,
    type,
    parameter = [],
    tagFiringOption,
    firingTriggerId,
    blockingTriggerId = [],
  } of tags) {
    const what = `The tag ${name}`;
    if (!FIRING_OPTIONS.includes(tagFiringOption)) problems.push(`${what} fires ${tagFiringOption}: unknown`);
    if (!firingTriggerId?.length) problems.push(`${what} has no trigger`);
    for (const id of [...(firingTriggerId ?? []), ...blockingTriggerId]) {
      const isKnown = BUILT_IN_TRIGGERS.includes(id) || triggers.some(({ triggerId }) => triggerId === id);
      if (!isKnown) problems.push(`${what} fires on the trigger ${id}, which does not exist`);
    }
    const html = parameter.find(({ key }) => key === 'html')?.value;
    if (type === 'html' && !html) problems.push(`${what} has no html`);
    if (html && html.length >= CUSTOM_HTML_LIMIT) problems.push(`${what} has ${html.length} characters`);
  }
  for (const { name, type } of [...triggers, ...builtInVariables]) {
    if (type !== type.toUpperCase()) problems.push(`${name} has the type ${type}: it is written in capitals`);
  }

  const known = [...variables, ...builtInVariables].map(({ name }) => name);
  for (const [, name = ''] of JSON.stringify(entities).matchAll(/\{\{(.*?)\}\}/g)) {
    // Names that start with an underscore are Tag Manager's own.
    if (!known.includes(name) && !name.startsWith('_')) problems.push(`The variable ${name} does not exist`);
  }
  return problems;
}

/** @param what owns them. */
function lintParameters(what: string, parameters: readonly Parameter[] = []): string[] {
  return parameters.flatMap(({ type, key, value, list, map }) => {
    const problems = [...lintParameters(what, list), ...lintParameters(what, map)];
    if (!PARAMETER_TYPES.includes(type))
      problems.push(`${what} has a parameter of the type ${type}: unknown`);
    if (type === 'BOOLEAN' && value !== 'true' && value !== 'false' && !value?.startsWith('{{')) {
      problems.push(`${what} has the value ${value} for ${key}: it is true or false`);
    }
    if (/^(TEMPLATE|INTEGER)$/.test(type) && typeof value !== 'string') {
      problems.push(`${what} has no text for ${key}`);
    }
    return problems;
  });
}
