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

/**
 * The table of the containers' variables, for the page about Tag Manager: FullStory's, and Amplitude's additional ones.
 */
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
 * The tag for a CDN, without its integrity: each build has its own, and a browser refuses a file with another one. It
 * ignores an integrity that is not a hash.
 */
function cdnTagBlock(): string {
  const tag = cdnTag({ version, integrity: 'sha384-HASH' }).replace('HASH', '…');
  return `\`\`\`html\n${tag}\n\`\`\``;
}

/** Where to get the files. */
export function sourceNote({ isOnNpm }: Publication): string {
  return isOnNpm
    ? 'The package is on npm as `optimizely-fullstory`. jsDelivr serves the files in its `dist/`.'
    : `The package is not published yet. Take the files from \`dist/\` of this repository. For an app with a bundler, \`npm ci && npm run package\` makes the package file, \`${PACKAGE_FILE}\`.`;
}

/** Which installation fits which site. */
export function installationsTable({ isOnNpm }: Publication): string {
  const cdn = ['no build, and a CDN is allowed', '[the tag for a CDN](#a-tag-for-a-cdn)'];
  return table(
    ['you have', 'use'],
    [
      [
        'access to the page’s `<head>`, and to files on the site',
        '[a plain tag](#a-file-on-your-site), or [a stub and an async file](#a-stub-and-an-async-file)',
      ],
      ['access to the page’s `<head>`, but not to files', '[the block for the head](#a-block-in-the-head)'],
      ['Google Tag Manager only', '[Tag Manager](#google-tag-manager)'],
      ...(isOnNpm ? [cdn] : []),
      ['an app that bundles the Optimizely SDK', '[the module](#an-app-that-bundles-the-sdk)'],
      ['Amplitude', '[another file](#amplitude-alone-or-beside-fullstory)'],
      ['decisions made on a server', 'one of these, and [server decisions](server-decisions.md)'],
    ],
  );
}

/** The section about the CDN, empty while the CDN does not have the file. */
export function cdnSection({ isOnNpm }: Publication): string {
  if (!isOnNpm) return '';
  return `## A tag for a CDN

${cdnTagBlock()}

Replace \`sha384-…\` with the \`integrity\` of \`optimizely-fullstory.min.js\` in that version’s \`dist/integrity.json\`. Or let
the set-up page write the whole tag. Keep the version exact: each version has its own integrity, and the browser refuses any other
file. Settings are attributes, as with a file on your site.`;
}

/** The source for a content security policy for the CDN, as one more list item. */
export function cdnPolicy({ isOnNpm }: Publication): string {
  if (!isOnNpm) return '';
  return `- from the CDN: \`script-src https://cdn.jsdelivr.net\`, or your nonce. With \`Cross-Origin-Embedder-Policy: require-corp\`
  the tag needs its \`crossorigin\` attribute.`;
}

/** How to install the module in an app. */
export function installBlock(publication: Publication): string {
  const command = `    ${installCommand(publication)}`;
  return publication.isOnNpm
    ? command
    : `Make the package file with \`npm ci && npm run package\` in this repository, or download it from the set-up page. Copy it into\nyour app’s folder, and install it there:\n\n${command}`;
}

/** The same in one line, for the README's table. */
export function moduleRow(publication: Publication): string {
  const { isOnNpm } = publication;
  const source = isOnNpm ? '' : ' (`npm run package` makes this file)';
  return `\`${installCommand(publication)}\`${source}, then [the code below](#in-an-app)`;
}
