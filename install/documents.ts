import { version } from '../package.json';
import { installCommand } from './module.ts';
import { PACKAGE_FILE, type Publication } from './publication.ts';
import { PAGE_SCRIPTS } from './scripts.ts';
import { SETTING_DESCRIPTIONS, type WrittenName } from './setting-descriptions.ts';
import { cdnTag } from './tag.ts';
import { variableNotes } from './tag-manager-container.ts';
import { AMPLITUDE_SETTING_NAMES, attributeName, defaultOf, SETTING_NAMES } from './written-settings.ts';

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

function table(header: string[], rows: string[][]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => row(...cells)).join('\n');
}

function settingRow(name: WrittenName): string[] {
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
    name.includes('.') ? 'none' : `\`${attributeName(name)}\``,
    fallback === '' ? String(empty) : `\`${fallback}\``,
    sentences.filter(Boolean).join(' '),
  ];
}

/** The README's table of settings. */
export function settingsTable(): string {
  return table(
    ['setting', 'attribute', 'default', 'meaning'],
    [...SETTING_NAMES.map(settingRow), ...AMPLITUDE_SETTING_NAMES.map(settingRow)],
  );
}

/** The table of the containers' variables, for the page about Tag Manager: FullStory's, and what Amplitude's have beside. */
export function variablesTable(): string {
  return table(
    ['variable', 'value'],
    [
      ...variableNotes(PAGE_SCRIPTS.fullstory),
      ...variableNotes(PAGE_SCRIPTS.amplitude).filter(({ variable }) => variable.includes('- amplitude')),
    ].map(({ variable, note }) => [variable, note]),
  );
}

/**
 * The tag for a CDN. Its integrity is left out: another build of the same version has another one, and a browser refuses a
 * file that has not the one written here. One that is no hash is ignored.
 */
function cdnTagBlock(): string {
  const tag = cdnTag({ version, integrity: 'sha384-HASH' }).replace('HASH', '…');
  return `\`\`\`html\n${tag}\n\`\`\``;
}

/** Where to get what the ways of installing need. */
export function sourceNote({ isOnNpm }: Publication): string {
  return isOnNpm
    ? 'The package is on npm as `optimizely-fullstory`, and jsDelivr serves the files of its `dist/`.'
    : `The package is not published yet: take the files of \`dist/\`, or let \`npm ci && npm run package\` make \`${PACKAGE_FILE}\`, the package as it will be.`;
}

/** Which way to install is whose. */
export function waysTable({ isOnNpm }: Publication): string {
  const cdn = ['no build, and a CDN is fine', '[the tag for a CDN](#a-tag-for-a-cdn)'];
  return table(
    ['you have', 'take'],
    [
      [
        'access to the page’s `<head>`',
        '[the block for the head](#a-block-in-the-head), or [a file of your own](#a-file-on-your-site)',
      ],
      ['Google Tag Manager and nothing else', '[Tag Manager](#google-tag-manager)'],
      ...(isOnNpm ? [cdn] : []),
      ['an app that bundles the Optimizely SDK', '[the module](#an-app-that-bundles-the-sdk)'],
      ['decisions made on a server', 'one of these, and [server decisions](server-decisions.md)'],
    ],
  );
}

/** The section about the CDN, for when it has the file. */
export function cdnSection({ isOnNpm }: Publication): string {
  if (!isOnNpm) return '';
  return `## A tag for a CDN

${cdnTagBlock()}

Replace \`sha384-…\` by the \`integrity\` of \`optimizely-fullstory.min.js\` in that version’s \`dist/integrity.json\`, or let the
set-up page write the whole tag. jsDelivr serves the versions that are on npm. Keep the version exact: the browser refuses a
file that does not have this integrity, and another version has another one. Settings are attributes, as with a file of your
own.`;
}

/** What a content security policy has to allow for the CDN, as one more item of a list. */
export function cdnPolicy({ isOnNpm }: Publication): string {
  if (!isOnNpm) return '';
  return `- from the CDN: \`script-src https://cdn.jsdelivr.net\`, or your nonce. With \`Cross-Origin-Embedder-Policy: require-corp\`
  the tag’s \`crossorigin\` is needed, and is there.`;
}

/** How an app gets the module. */
export function installBlock(publication: Publication): string {
  const command = `    ${installCommand(publication)}`;
  return publication.isOnNpm
    ? command
    : `In the app’s folder, with the package’s file (the set-up page offers it, and \`npm run package\` makes it):\n\n${command}`;
}

/** The same, for the README's table. */
export function moduleRow(publication: Publication): string {
  const { isOnNpm } = publication;
  const source = isOnNpm ? '' : ', with the package’s file that `npm run package` makes';
  return `\`${installCommand(publication)}\`${source}, then \`import { createBridge } from 'optimizely-fullstory'\` and \`createBridge().connect(client)\``;
}
