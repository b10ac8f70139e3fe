/** Finds the text between the two comments of a name: `<!-- name -->…<!-- /name -->`. */
function find(document, name) {
  const found = new RegExp(`(?<=<!-- ${name} -->)[\\s\\S]*?(?=<!-- /${name} -->)`).exec(document);
  if (!found) throw new Error(`There is no placeholder for ${name}`);
  return found;
}

/**
 * The text in a document's placeholder, without white space around it.
 *
 * @param {string} document
 * @param {string} name
 * @throws {Error} if there is no such placeholder.
 */
export function readPlaceholder(document, name) {
  return find(document, name)[0].trim();
}

/**
 * Puts a text into a document's placeholder.
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

/** A text with empty lines around it, as tables and code blocks need. An empty text stays empty. */
export const setOff = (text) => text && `\n\n${text}\n\n`;
