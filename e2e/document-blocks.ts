import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * The code that a document shows in one of its sections.
 *
 * @param document its path in the project.
 * @param heading of the section, without its signs.
 * @returns its code blocks in order, of any language.
 * @throws if there is no such section, or no code in it.
 */
export async function blocksOf(document: string, heading: string): Promise<string[]> {
  const text = await readFile(join(ROOT, document), 'utf8');
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  const blocks = [...(section ?? '').matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  if (!blocks.length) throw new Error(`${document} has no code under ${heading}`);
  return blocks;
}
