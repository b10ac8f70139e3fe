/**
 * The longest address that Firefox keeps as a bookmark: its `DB_URL_LENGTH_MAX`
 * (https://firefox-source-docs.mozilla.org/browser/places/Bookmarks.html). Other browsers take longer ones.
 */
export const LONGEST_BOOKMARK = 65_536;

/**
 * A bookmark that runs a script on the current page. It contains the whole script, so nothing is loaded.
 *
 * @param code a script whose value is `undefined`, such as `dist/inspector.js`: a bookmark with a value would replace
 * the page.
 * @returns the bookmark's address, for an `href`.
 * @throws if a browser would not keep it.
 */
export function bookmarklet(code: string): string {
  // Characters that neither HTML nor an address changes are not encoded, which saves a tenth of the length.
  const encoded = encodeURIComponent(code.trim()).replace(/%(2C|3A|3B|3D)/g, decodeURIComponent);
  const address = `javascript:${encoded}`;
  if (address.length > LONGEST_BOOKMARK) {
    throw new Error(`a bookmark takes ${LONGEST_BOOKMARK} characters, and this one has ${address.length}`);
  }
  return address;
}
