// Writes every figure and table into the documents, for a new version: `npm run figures`. The slow ones, the benchmark
// and the comparison with the recipe, come last. Names after it select: `npm run figures -- size settings`.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bytesOf } from './bytes.mjs';
import { importTypeScript } from './import-typescript.mjs';
import { fillPlaceholder, setOff } from './placeholders.mjs';
import { sizesTable } from './sizes.mjs';
import { sourceCosts } from './source-costs.mjs';
import { thousands } from './table.mjs';

const ROOT = new URL('../', import.meta.url);
const { settingsTable, variablesTable, ...documents } = await importTypeScript('install/documents.ts');
const { PUBLICATION } = await importTypeScript('install/publication.ts');

/** The sentence about size, as the README has it. */
async function sizeSentence() {
  const { min, gzip, brotli } = bytesOf(
    await readFile(new URL('dist/optimizely-fullstory.min.js', ROOT), 'utf8'),
  );
  return `${thousands(brotli)} bytes with brotli, ${thousands(gzip)} with gzip, ${thousands(min)} uncompressed`;
}

/** Imported when it is wanted: it needs a browser. */
const handOverTime = async () => (await import('./hand-over.mjs')).handOverTime();

/**
 * The texts for the documents, each with the name of its placeholder. A test makes those with `isChecked` again and
 * compares them, with a tolerance. The others are slow, depend on the machine, or count single bytes. The texts of the
 * group `publication` depend on where the project is published.
 *
 * @type {{
 * name: string, document: string, make: (publication?: object) => string | Promise<string>,
 * group?: string, isChecked?: boolean, isInline?: boolean,
 * }[]}
 */
export const FIGURES = [
  { name: 'size', document: 'README.md', make: sizeSentence, isChecked: true, isInline: true },
  { name: 'settings', document: 'README.md', make: settingsTable, isChecked: true },
  { name: 'variables', document: 'docs/tag-manager.md', make: variablesTable, isChecked: true },
  ...[
    { name: 'source-note', make: documents.sourceNote },
    { name: 'installations', make: documents.installationsTable },
    { name: 'cdn', make: documents.cdnSection },
    { name: 'cdn-policy', make: documents.cdnPolicy },
    { name: 'install-command', make: documents.installBlock },
    { name: 'module-row', make: documents.moduleRow, document: 'README.md', isInline: true },
  ].map(({ make, ...text }) => ({
    document: 'docs/install.md',
    ...text,
    group: 'publication',
    make: (publication = PUBLICATION) => make(publication),
    isChecked: true,
  })),
  { name: 'sizes', document: 'bench/RESULTS.md', make: sizesTable },
  { name: 'source-costs', document: 'ARCHITECTURE.md', make: sourceCosts },
  { name: 'hand-over', document: 'README.md', make: handOverTime, isInline: true },
];

/** Programs that measure pages and write their own documents. */
const PROGRAMS = ['bench', 'fidelity', 'fidelity-amplitude'];

async function writeFigures(isWanted) {
  const isAsked = ({ name, group }) => isWanted(name) || isWanted(group);
  for (const { name, document, make, isInline } of FIGURES.filter(isAsked)) {
    const text = await make();
    const file = new URL(document, ROOT);
    const filled = fillPlaceholder(await readFile(file, 'utf8'), name, isInline ? text : setOff(text));
    await writeFile(file, filled);
    console.log(`${document}: ${name}${isInline ? `: ${text}` : ''}`);
  }
  for (const program of PROGRAMS.filter(isWanted)) {
    console.log(`npm run ${program}`);
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL(`bench/${program}.mjs`, ROOT))], {
      maxBuffer: Number.POSITIVE_INFINITY,
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  await writeFigures((name) => !wanted.length || wanted.includes(name));
}
