import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { bytesOf } from './bytes.mjs';
import { markdownTable, thousands } from './table.mjs';

const SCRIPT = new URL('../dist/optimizely-fullstory.min.js', import.meta.url);

/**
 * The cost of each source file: the number of bytes that the minified script loses after brotli without the characters
 * from that file. Text that files share costs nothing, so the sum is less than the whole.
 */
export async function sourceCosts() {
  const code = await readFile(SCRIPT, 'utf8');
  const map = new SourceMap(JSON.parse(await readFile(`${SCRIPT.pathname}.map`, 'utf8')));
  const sources = [];
  let line = 0;
  let start = 0;
  for (let index = 0; index < code.length; index++) {
    sources.push(map.findEntry(line, index - start).originalSource);
    if (code[index] === '\n') {
      line++;
      start = index + 1;
    }
  }
  const whole = bytesOf(code).brotli;
  const rows = [...new Set(sources)]
    .filter(Boolean)
    .map((source) => {
      const rest = [...code].filter((_, index) => sources[index] !== source).join('');
      return [source.replace(/^.*?src\//, 'src/'), whole - bytesOf(rest).brotli];
    })
    .sort(([, one], [, other]) => other - one);
  return markdownTable([
    ['file', 'bytes'],
    ...rows.map(([name, bytes]) => [`\`${name}\``, thousands(bytes)]),
  ]);
}
