import type { SettingName } from '../src/settings.ts';
import { SETTING_DESCRIPTIONS } from './setting-descriptions.ts';
import { cdnTag } from './tag.ts';
import { VARIABLE_NOTES } from './tag-manager-container.ts';
import { attributeName, defaultOf, SETTING_NAMES } from './written-settings.ts';

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

function table(header: string[], rows: string[][]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => row(...cells)).join('\n');
}

function settingRow(name: SettingName): string[] {
  const { meaning, inCode, options = {}, empty } = SETTING_DESCRIPTIONS[name];
  const fallback = defaultOf(name);
  const words = Object.entries(options).map(([word, text]) => `\`${word}\`: ${text}`);
  const sentences = [
    meaning,
    words.length > 0 && `${words.join('; ')}.`,
    inCode,
    fallback && empty && `Empty: ${empty}.`,
  ];
  return [
    `\`${name}\``,
    `\`${attributeName(name)}\``,
    fallback === '' ? String(empty) : `\`${fallback}\``,
    sentences.filter(Boolean).join(' '),
  ];
}

/** The README's table of settings. */
export function settingsTable(): string {
  return table(['setting', 'attribute', 'default', 'meaning'], SETTING_NAMES.map(settingRow));
}

/** The table of the container's variables, for the page about Tag Manager. */
export function variablesTable(): string {
  return table(
    ['variable', 'value'],
    VARIABLE_NOTES.map(({ variable, note }) => [variable, note]),
  );
}

/**
 * The tag for a CDN, for a document. Its integrity is left out: another build of the same version has another one, and a
 * browser refuses a file that has not the one written here. One that is no hash is ignored.
 */
export function cdnTagBlock(version: string): string {
  const tag = cdnTag({ version, integrity: 'sha384-HASH' }).replace('HASH', '…');
  return `\`\`\`html\n${tag}\n\`\`\``;
}
