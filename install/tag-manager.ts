import { scriptText } from './script-text.ts';
import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
import { settingsLiteral, settingsStatement } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/** Characters that a Custom HTML tag may have (https://support.google.com/tagmanager/answer/6107167). */
export const CUSTOM_HTML_LIMIT = 102_400;

/**
 * The text of a Custom HTML tag: a comment, the settings, the script.
 *
 * @param settings an object literal, or an expression for one.
 * @param script the text of the built script.
 * @param pageScript which one that is.
 * @throws when the script is missing, cannot be pasted, or makes the tag too large.
 */
export function customHtml(
  comment: string,
  settings: string,
  script: string | undefined,
  { global, file }: PageScript,
): string {
  const html = `<script>\n/* ${comment} */\n${settingsStatement(settings, global)}\n${scriptText(script, file)}\n</script>\n`;
  if (html.length >= CUSTOM_HTML_LIMIT) {
    throw new Error(
      `The tag has ${html.length} characters: Tag Manager takes fewer than ${CUSTOM_HTML_LIMIT} in a Custom HTML tag`,
    );
  }
  return html;
}

/**
 * The text of a Custom HTML tag of Google Tag Manager, which drops attributes and accepts only ES5.
 *
 * @param script the text of the built script.
 * @param pageScript which one that is.
 * @throws when the script is missing, cannot be pasted, or makes the tag too large, or a setting is wrong.
 */
export function tagManagerHtml(
  script: string | undefined,
  settings?: WrittenSettings,
  pageScript: PageScript = PAGE_SCRIPTS.fullstory,
): string {
  return customHtml(
    `Optimizely decisions in ${pageScript.title}. Change settings in the next statement, as in { flags: 'checkout_*' }.`,
    settingsLiteral(settings) || '{}',
    script,
    pageScript,
  );
}
