import { readFile, writeFile } from 'node:fs/promises';
import { cdnTag } from '../install/tag.mjs';
import { fillPlace, setOff } from './places.mjs';

const DOCUMENT = new URL('../docs/install.md', import.meta.url);
const INTEGRITY = new URL('../dist/integrity.json', import.meta.url);

/**
 * `docs/install.md` with the version and the hashes of what is built, each between the comments that name it.
 *
 * @param {string} document
 */
export async function withInstallTexts(document) {
  const { version, files } = JSON.parse(await readFile(INTEGRITY, 'utf8'));
  const { integrity } = files['optimizely-fullstory.min.js'];
  const texts = {
    'cdn-tag': `\`\`\`html\n${cdnTag({ version, integrity })}\n\`\`\``,
    csp: `    script-src ${files['snippet.html'].csp}`,
  };
  return Object.entries(texts).reduce(
    (written, [name, text]) => fillPlace(written, name, setOff(text)),
    document,
  );
}

/** Writes them there. */
export async function writeInstallTexts() {
  await writeFile(DOCUMENT, await withInstallTexts(await readFile(DOCUMENT, 'utf8')));
}
