import { PAGE_SCRIPTS } from './scripts.ts';
import {
  attributeName,
  changedSettings,
  isAmplitudeSetting,
  type WrittenSettings,
} from './written-settings.ts';

type Member = [name: string, value: string | number | boolean];

const literalOf = (value: Member[1]) => (typeof value === 'string' ? stringLiteral(value) : value);

/** Amplitude's settings as one: a name alone is a text, and everything else stands in an object. */
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
 * A text as an ES5 string literal that stays whole inside a `<script>`, an event handler of a tag manager, and a file of
 * any encoding. `{{` would be a variable to Tag Manager.
 */
export function stringLiteral(text: string): string {
  const escaped = text.replace(/[\\'<>&]|\{(?=\{)|[^ -~]/g, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

/**
 * Settings as an object literal: `{ flags: 'checkout_*' }`, on one line for one and on one line each for more.
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
 * The statement that puts settings in place before the script. Calls that the page queued before stay.
 *
 * @param literal an object literal, or an expression for one.
 * @param global the script's.
 */
export function settingsStatement(literal: string, global = PAGE_SCRIPTS.fullstory.global): string {
  return `window.${global} = Object.assign(window.${global} || {}, ${literal});`;
}

/**
 * The ES5 statement that sets what differs from the defaults, to stand before the script.
 *
 * @returns empty when nothing differs.
 * @throws when there is no such setting, or it cannot have that value.
 */
export function settingsText(settings?: WrittenSettings, global?: string): string {
  const literal = settingsLiteral(settings);
  return literal && settingsStatement(literal, global);
}

/**
 * Settings parted into those that attributes can have, and those that only a statement before the tag can: an attribute
 * has no room for the object `amplitude`.
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
 * The same as attributes of a script tag, each with a space before it: ` data-flags="checkout_*"`.
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
    // HTML reads NUL and halves of a pair as U+FFFD, and these controls as other characters.
    if (!code || (code >= 0xd800 && code <= 0xdfff) || (code >= 0x80 && code <= 0x9f)) {
      throw new Error(`${name} holds a character that an attribute cannot have (U+${code.toString(16)})`);
    }
    const entity = { '"': '&quot;', '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character];
    return entity ?? `&#${code};`;
  });
}
