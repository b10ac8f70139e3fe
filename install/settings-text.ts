import { PAGE_SCRIPTS } from './scripts.ts';
import {
  attributeName,
  changedSettings,
  isAmplitudeSetting,
  type WrittenSettings,
} from './written-settings.ts';

type Member = [name: string, value: string | number | boolean];

const literalOf = (value: Member[1]) => (typeof value === 'string' ? stringLiteral(value) : value);

/** Amplitude's settings as one value: a text if there is only a name, otherwise an object. */
function amplitudeLiteral(members: readonly Member[]): string {
  const [first] = members;
  if (first && members.length === 1 && first[0] === 'amplitude') return `${literalOf(first[1])}`;
  const written = members.map(
    ([name, value]) =>
      `${name === 'amplitude' ? 'instance' : name.replace(/^.*\./, '')}: ${literalOf(value)}`,
  );
  return `{ ${written.join(', ')} }`;
}

/**
 * A text as an ES5 string literal that is safe inside a `<script>`, an event handler of a tag manager, and a file of
 * any encoding. For Tag Manager, `{{` would be a variable.
 */
function stringLiteral(text: string): string {
  const escaped = text.replace(/[\\'<>&]|\{(?=\{)|[^ -~]/g, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

/**
 * Settings as an object literal: `{ flags: 'checkout_*' }`. One setting is on one line, several have one line each.
 *
 * @returns empty when they are the defaults.
 * @throws when there is no such setting, or it cannot have that value.
 */
export function settingsLiteral(settings?: WrittenSettings): string {
  const changed = changedSettings(settings);
  const amplitude = changed.filter(([name]) => isAmplitudeSetting(name));
  const members = [
    ...changed
      .filter(([name]) => !isAmplitudeSetting(name))
      .map(([name, value]) => `${name}: ${literalOf(value)}`),
    ...(amplitude.length ? [`amplitude: ${amplitudeLiteral(amplitude)}`] : []),
  ];
  if (members.length < 2) return members.map((member) => `{ ${member} }`).join('');
  return `{\n${members.map((member) => `  ${member}`).join(',\n')}\n}`;
}

/**
 * The statement that sets settings before the script. It keeps calls that the page has queued.
 *
 * @param literal an object literal, or an expression for one.
 * @param global the script's.
 */
export function settingsStatement(literal: string, global = PAGE_SCRIPTS.fullstory.global): string {
  return `window.${global} = Object.assign(window.${global} || {}, ${literal});`;
}

/**
 * The ES5 statement, before the script, that sets all settings other than the defaults.
 *
 * @returns empty when nothing differs.
 * @throws when there is no such setting, or it cannot have that value.
 */
export function settingsText(settings?: WrittenSettings, global?: string): string {
  const literal = settingsLiteral(settings);
  return literal && settingsStatement(literal, global);
}

/**
 * Settings divided into those for attributes, and those for a statement before the tag: an attribute cannot have the
 * object `amplitude`.
 */
export function partSettings(
  settings: WrittenSettings = {},
): [attributes: WrittenSettings, object: WrittenSettings] {
  const needsObject = changedSettings(settings).some(([name]) => name.startsWith('amplitude.'));
  const part = (isForObject: boolean): WrittenSettings =>
    Object.fromEntries(
      Object.entries(settings).filter(([name]) => (needsObject && isAmplitudeSetting(name)) === isForObject),
    );
  return [part(false), part(true)];
}

/**
 * Settings as attributes of a script tag, each with a space before it: ` data-flags="checkout_*"`.
 *
 * @returns empty when nothing differs from the defaults.
 * @throws when there is no such setting, it cannot have that value, or HTML cannot write it.
 */
export function settingsAttributes(settings?: WrittenSettings): string {
  return changedSettings(settings)
    .map(([name, value]) => ` ${attributeName(name)}="${escapeAttribute(name, String(value))}"`)
    .join('');
}

/** @param name the setting's, for the message. */
function escapeAttribute(name: string, text: string): string {
  return text.replace(/["&<>]|[^ -~]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    // HTML reads NUL and lone surrogates as U+FFFD, and these controls as other characters.
    if (!code || (code >= 0xd800 && code <= 0xdfff) || (code >= 0x80 && code <= 0x9f)) {
      throw new Error(`${name} holds a character that an attribute cannot have (U+${code.toString(16)})`);
    }
    const entity = { '"': '&quot;', '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character];
    return entity ?? `&#${code};`;
  });
}
