const NUMBER = /\d[\d,]*(\.\d+)?/g;

/** By how much of itself a figure in a document may differ from what is measured now. */
const TOLERANCE = 0.03;

const numberOf = (number) => Number(number.replace(/,/g, ''));

function isNear(one, other) {
  return Math.abs(numberOf(one) - numberOf(other)) <= TOLERANCE * numberOf(other);
}

/** A text whose columns may have any width. */
const withoutPadding = (text) => text.trim().replace(/ +/g, ' ').replace(/-{2,}/g, '-');

/**
 * Compares a text with figures, as a document has it, with the same text made anew. Figures are made when a version is
 * made, so a change of the code may leave them behind by 3 %.
 *
 * @param {string} written
 * @param {string} made
 * @returns {[written: string, made: string]} both, without the differences that are allowed: they are equal when there
 * are no others.
 */
export function withinTolerance(written, made) {
  const expected = withoutPadding(written);
  const numbers = expected.match(NUMBER) ?? [];
  let index = 0;
  const similar = withoutPadding(made).replace(NUMBER, (number) => {
    const other = numbers[index++];
    return other && isNear(number, other) ? other : number;
  });
  return [expected, similar];
}
