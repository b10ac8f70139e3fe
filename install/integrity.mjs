// @ts-check

/**
 * @param {string} algorithm
 * @param {Uint8Array} bytes
 */
async function digest(algorithm, bytes) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) throw new Error('Browsers make hashes on pages served by https or from localhost only');
  const hash = new Uint8Array(await subtle.digest(algorithm, /** @type {Uint8Array<ArrayBuffer>} */ (bytes)));
  return btoa(String.fromCharCode(...hash));
}

/**
 * The `integrity` of a script tag for a file.
 *
 * @param {Uint8Array} bytes the file's, not its text: an editor may change line ends.
 */
export async function sri(bytes) {
  return `sha384-${await digest('SHA-384', bytes)}`;
}

/**
 * The source that allows an inline script in a content security policy, with its quotes.
 *
 * @param {string} text what stands between the tags, to the character.
 */
export async function cspHash(text) {
  return `'sha256-${await digest('SHA-256', new TextEncoder().encode(text))}'`;
}
