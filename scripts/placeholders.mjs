/** Finds what stands between the two comments of a name: `<!-- name -->…<!-- /name -->`. */
function find(document, name) {
  const found = new RegExp(`(?<=<!-- ${name} -->)[\\s\\S]*?(?=<!-- /${name} -->)`).exec(document);
  if (!found) throw new Error(`There is no placeholder for ${name}`);
  return found;
}

/**
 * What stands in a document's placeholder, without white space around it.
 *
 * @param {string} document
 * @param {string} name
 * @throws {Error} when there is no such placeholder.
 */
export function readPlaceholder(document, name) {
  return find(document, name)[0].trim();
}

/**
 * A document with a text in a placeholder.
 *
 * @param {string} document
 * @param {string} name
 * @param {string} text
 * @throws {Error} when there is no such placeholder.
 */
export function fillPlaceholder(document, name, text) {
  const { 0: found, index } = find(document, name);
  return document.slice(0, index) + text + document.slice(index + found.length);
}

/** A text that is set off from what stands around it, as tables and blocks of code are. Nothing stays nothing. */
export const setOff = (text) => text && `\n\n${text}\n\n`;
