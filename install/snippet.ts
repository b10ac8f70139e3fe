import { scriptText } from './script-text.ts';
import { settingsText } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/**
 * What stands between the tags of {@link snippetHtml}, to the character: a content security policy's hash is of this.
 *
 * @param script the text of `dist/optimizely-fullstory.min.js`.
 * @throws when the script is missing or cannot be pasted, or a setting is wrong.
 */
export function snippetScript(script: string | undefined, settings?: WrittenSettings): string {
  const statement = settingsText(settings);
  return statement + (statement && '\n') + scriptText(script);
}

/**
 * The whole bridge in one inline block for the head: nothing to load, and in time for any decision.
 *
 * @param script the text of `dist/optimizely-fullstory.min.js`.
 * @throws when the script is missing or cannot be pasted, or a setting is wrong.
 */
export function snippetHtml(script: string | undefined, settings?: WrittenSettings): string {
  return `<script>${snippetScript(script, settings)}</script>`;
}
