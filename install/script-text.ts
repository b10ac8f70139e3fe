import { COMPILE_HINT } from './compile-hint.ts';

/** Text that would end a script early, be changed on its way to the page, or request a missing file. */
const REFUSED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['</script', /<\/script/i],
  ['<!--', /<!--/],
  ['{{', /\{\{/],
  ['a carriage return', /\r/],
  ['a character outside ASCII', /[^\n -~]/],
  ['a source map comment', /[#@]\s*sourceMappingURL=/],
];

/**
 * The built script as text to paste.
 *
 * @param script the text of a built script.
 * @param file its name, for the message.
 * @returns the same without the hint for files, and without white space around it.
 * @throws if it is missing, or contains text that cannot be pasted.
 */
export function scriptText(script: string | undefined, file: string): string {
  const text = script?.replace(COMPILE_HINT, '').trim();
  if (!text) throw new Error(`The script is missing: build ${file} first`);
  for (const [what, pattern] of REFUSED) {
    if (pattern.test(text)) throw new Error(`The script holds ${what} and cannot be pasted`);
  }
  return text;
}
