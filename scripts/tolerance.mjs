const NUMBER = /\d[\d,]*(\.\d+)?/g;

/** The share by which a figure in a document may differ from the current measurement. */
const TOLERANCE = 0.03;

const numberOf = (number) => Number(number.replace(/,/g, ''));

function isNear(one, other) {
  return Math.abs(numberOf(one) - numberOf(other)) <= TOLERANCE * numberOf(other);
}

/** Ignores the width of columns in a text. */
const withoutPadding = (text) => text.trim().replace(/ +/g, ' ').replace(/-{2,}/g, '-');

/**
 * Compares a text with figures in a document with the current text. Figures are updated for each version, so a change
 * of the code may make them differ by up to 3 %.
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
