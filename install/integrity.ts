async function digest(algorithm: string, bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) throw new Error('Browsers make hashes on pages served by https or from localhost only');
  const hash = new Uint8Array(await subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>));
  return btoa(String.fromCharCode(...hash));
}

/**
 * The `integrity` of a script tag for a file.
 *
 * @param bytes of the file, not its text: an editor may change line ends.
 */
export async function sri(bytes: Uint8Array): Promise<string> {
  return `sha384-${await digest('SHA-384', bytes)}`;
}

/**
 * The source that allows an inline script in a content security policy, with its quotes.
 *
 * @param text between the tags, exact to the character.
 */
export async function cspHash(text: string): Promise<string> {
  return `'sha256-${await digest('SHA-256', new TextEncoder().encode(text))}'`;
}
