import { scriptText } from './script-text.ts';
import { settingsText } from './settings-text.ts';
import { fileTag } from './tag.ts';
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

/**
 * The stub in an inline block, which records from the first line on, and the tag that loads the script from the site
 * behind it: nothing in the page waits for that.
 *
 * @param stub the text of `dist/stub.min.js`.
 * @param settings become attributes of the tag, so the block and its hash stay the same.
 * @throws when the stub is missing or cannot be pasted, or a setting is wrong.
 */
export function asyncSnippetHtml(stub: string | undefined, settings?: WrittenSettings): string {
  return `<script>${scriptText(stub, 'stub.min.js')}</script>\n${fileTag(settings, true)}`;
}
