/**
 * The longest address that Firefox keeps as a bookmark: its `DB_URL_LENGTH_MAX`
 * (https://firefox-source-docs.mozilla.org/browser/places/Bookmarks.html). Other browsers take longer ones.
 */
export const LONGEST_BOOKMARK = 65_536;

/**
 * A bookmark that runs a script on the page that is open: it carries the whole script, so that nothing is loaded.
 *
 * @param code a script whose own value is `undefined`, such as `dist/inspector.js`; a bookmark that has a value would
 * replace the page by it.
 * @returns the bookmark's address, for an `href`.
 * @throws when a browser would not keep it.
 */
export function bookmarklet(code: string): string {
  // Marks that neither HTML nor an address changes stay as they are: that is a tenth of the length.
  const encoded = encodeURIComponent(code.trim()).replace(/%(2C|3A|3B|3D)/g, decodeURIComponent);
  const address = `javascript:${encoded}`;
  if (address.length > LONGEST_BOOKMARK) {
    throw new Error(`a bookmark takes ${LONGEST_BOOKMARK} characters, and this one has ${address.length}`);
  }
  return address;
}
