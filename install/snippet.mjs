// @ts-check
import { scriptText } from './script-text.mjs';
import { settingsText } from './settings-text.mjs';

/**
 * What stands between the tags of {@link snippetHtml}, to the character: a content security policy's hash is of this.
 *
 * @param {string} script the text of `dist/optimizely-fullstory.min.js`.
 * @param {import('./settings.mjs').WrittenSettings} [settings]
 * @throws {Error} when the script is missing or cannot be pasted, or a setting is wrong.
 */
export function snippetScript(script, settings) {
  const statement = settingsText(settings);
  return statement + (statement && '\n') + scriptText(script);
}

/**
 * The whole bridge in one inline block for the head: nothing to load, and in time for any decision.
 *
 * @param {string} script the text of `dist/optimizely-fullstory.min.js`.
 * @param {import('./settings.mjs').WrittenSettings} [settings]
 * @throws {Error} when the script is missing or cannot be pasted, or a setting is wrong.
 */
export function snippetHtml(script, settings) {
  return `<script>${snippetScript(script, settings)}</script>`;
}
