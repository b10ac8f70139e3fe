import { scriptText } from './script-text.ts';
import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
import { settingsText } from './settings-text.ts';
import { fileTag } from './tag.ts';
import type { WrittenSettings } from './written-settings.ts';

/**
 * The text between the tags of {@link snippetHtml}, exact to the character: a content security policy's hash is of this
 * text.
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
 * The whole bridge in one inline block for the head: it loads nothing, and hears every decision.
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

/**
 * The stub in an inline block, which records from the first line on, and an async tag that loads the script from the
 * site.
 *
 * @param stub the text of `dist/stub.min.js`.
 * @param settings become attributes of the tag, so the block and its hash stay the same.
 * @param pageScript the script that the tag loads.
 * @throws when the stub is missing or cannot be pasted, or a setting is wrong.
 */
export function asyncSnippetHtml(
  stub: string | undefined,
  settings?: WrittenSettings,
  pageScript?: PageScript,
): string {
  return `<script>${scriptText(stub, 'stub.min.js')}</script>\n${fileTag(settings, pageScript, true)}`;
}
