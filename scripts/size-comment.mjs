// Shows how a change affects the sizes of the built files, as Markdown:
// `node scripts/size-comment.mjs <commit before>`.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { markdownTable, thousands } from './table.mjs';

/** The files that pages load. */
const FILES = [
  'optimizely-fullstory.min.js',
  'optimizely-amplitude.min.js',
  'optimizely-fullstory-amplitude.min.js',
  'stub.min.js',
  'snippet.html',
  'index.js',
  'inspector.js',
];
const PATH = 'dist/integrity.json';

function cell(now, before) {
  const change = before === undefined ? 0 : now - before;
  return `${thousands(now)}${change ? ` (${change > 0 ? '+' : '−'}${thousands(Math.abs(change))})` : ''}`;
}

/**
 * @param now the current `dist/integrity.json`.
 * @param before the earlier one; empty if there was none.
 * @returns {string} a table with the bytes of each file that pages load, and the changes.
 */
export function sizeComment({ files: now }, { files: before = {} }) {
  const rows = FILES.filter((name) => now[name]).map((name) => [
    `\`${name}\``,
    ...['brotli', 'gzip', 'min'].map((way) => cell(now[name].bytes[way], before[name]?.bytes[way])),
  ]);
  return `Bytes of the built files, and what this change makes of them:\n\n${markdownTable([['file', 'brotli', 'gzip', 'as it is'], ...rows])}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL('..', import.meta.url);
  const now = JSON.parse(await readFile(new URL(PATH, root), 'utf8'));
  const before = await promisify(execFile)('git', ['show', `${process.argv[2]}:${PATH}`], { cwd: root })
    .then(({ stdout }) => JSON.parse(stdout))
    .catch(() => ({}));
  console.log(sizeComment(now, before));
}
