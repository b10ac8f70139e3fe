// @ts-check
import { changedSettings } from './settings.mjs';

/**
 * A text as an ES5 string literal that stays whole inside a `<script>`, an event handler of a tag manager, and a file of
 * any encoding. `{{` would be a variable to Tag Manager.
 *
 * @param {string} text
 */
export function stringLiteral(text) {
  const escaped = text.replace(/[\\'<>&]|\{(?=\{)|[^ -~]/g, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

/**
 * Settings as an object literal: `{ flags: 'checkout_*' }`, on one line for one and on one line each for more.
 *
 * @param {import('./settings.mjs').WrittenSettings} [settings]
 * @returns {string} empty when they are the defaults.
 * @throws {Error} when there is no such setting, or it cannot have that value.
 */
export function settingsLiteral(settings) {
  const members = changedSettings(settings).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? stringLiteral(value) : value}`,
  );
  if (members.length < 2) return members.map((member) => `{ ${member} }`).join('');
  return `{\n${members.map((member) => `  ${member}`).join(',\n')}\n}`;
}

/**
 * The statement that puts settings in place before the script. Calls that the page queued before stay.
 *
 * @param {string} literal an object literal, or an expression for one.
 */
export function settingsStatement(literal) {
  return `window.optimizelyFullStory = Object.assign(window.optimizelyFullStory || {}, ${literal});`;
}

/**
 * The ES5 statement that sets what differs from the defaults, to stand before the script.
 *
 * @param {import('./settings.mjs').WrittenSettings} [settings]
 * @returns {string} empty when nothing differs.
 * @throws {Error} when there is no such setting, or it cannot have that value.
 */
export function settingsText(settings) {
  const literal = settingsLiteral(settings);
  return literal && settingsStatement(literal);
}

/**
 * The same as attributes of a script tag, each with a space before it: ` data-flags="checkout_*"`.
 *
 * @param {import('./settings.mjs').WrittenSettings} [settings]
 * @returns {string} empty when nothing differs from the defaults.
 * @throws {Error} when there is no such setting, it cannot have that value, or HTML cannot write it.
 */
export function settingsAttributes(settings) {
  return changedSettings(settings)
    .map(([name, value]) => {
      const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      return ` ${attribute}="${escapeAttribute(name, String(value))}"`;
    })
    .join('');
}

/**
 * @param {string} name the setting's, for the message.
 * @param {string} text
 */
function escapeAttribute(name, text) {
  return text.replace(/["&<>]|[^ -~]/gu, (character) => {
    const code = /** @type {number} */ (character.codePointAt(0));
    // HTML reads NUL and halves of a pair as U+FFFD, and these controls as other characters.
    if (!code || (code >= 0xd800 && code <= 0xdfff) || (code >= 0x80 && code <= 0x9f)) {
      throw new Error(`${name} holds a character that an attribute cannot have (U+${code.toString(16)})`);
    }
    const entity = { '"': '&quot;', '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character];
    return entity ?? `&#${code};`;
  });
}
