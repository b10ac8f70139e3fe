/**
 * A document with a text in the place that the two comments of a name mark: `<!-- name -->…<!-- /name -->`.
 *
 * @param {string} document
 * @param {string} name
 * @param {string} text
 * @throws {Error} when there is no such place.
 */
export function fillPlace(document, name, text) {
  const place = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(document)) throw new Error(`There is no place for ${name}`);
  return document.replace(place, (_, start, end) => start + text + end);
}

/** A text that is set off from what stands around it, as tables and blocks of code are. */
export const setOff = (text) => `\n\n${text}\n\n`;
