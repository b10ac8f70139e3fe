/** What would end a script early, change it on its way to the page, or ask for a file that is not there. */
const REFUSED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['</script', /<\/script/i],
  ['<!--', /<!--/],
  ['{{', /\{\{/],
  ['a carriage return', /\r/],
  ['a character outside ASCII', /[^\n -~]/],
  ['a source map comment', /[#@]\s*sourceMappingURL=/],
];

/**
 * The built script as it can be pasted.
 *
 * @param script its text.
 * @param name its file's, for the message.
 * @returns the same without white space around it.
 * @throws when it is missing, or holds what cannot be pasted.
 */
export function scriptText(script: string | undefined, name = 'optimizely-fullstory.min.js'): string {
  const text = script?.trim();
  if (!text) throw new Error(`The script is missing: build ${name} first`);
  for (const [what, pattern] of REFUSED) {
    if (pattern.test(text)) throw new Error(`The script holds ${what} and cannot be pasted`);
  }
  return text;
}
