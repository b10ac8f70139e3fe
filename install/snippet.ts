import { scriptText } from './script-text.ts';
import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
import { settingsText } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/**
 * What stands between the tags of {@link snippetHtml}, to the character: a content security policy's hash is of this.
 *
 * @param script the text of the built script.
 * @param pageScript which one that is.
 * @throws when the script is missing or cannot be pasted, or a setting is wrong.
 */
export function snippetScript(
  script: string | undefined,
  settings?: WrittenSettings,
  { global, file }: PageScript = PAGE_SCRIPTS.fullstory,
): string {
  const statement = settingsText(settings, global);
  return statement + (statement && '\n') + scriptText(script, file);
}

/**
 * The whole bridge in one inline block for the head: nothing to load, and in time for any decision.
 *
 * @param script the text of the built script.
 * @param pageScript which one that is.
 * @throws when the script is missing or cannot be pasted, or a setting is wrong.
 */
export function snippetHtml(
  script: string | undefined,
  settings?: WrittenSettings,
  pageScript?: PageScript,
): string {
  return `<script>${snippetScript(script, settings, pageScript)}</script>`;
}
