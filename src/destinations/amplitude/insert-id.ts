/**
 * A text by which Amplitude recognizes a repeated event: two 32-bit hashes similar to FNV-1a, the second mixed with the
 * first. The parts cannot be read from it.
 */
export function insertId(parts: readonly unknown[]): string {
  const text = parts.join('\n');
  let one = 1;
  let other = 2;
  for (let index = 0; index < text.length; index++) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193);
    other = Math.imul(other ^ one, 0x85ebca6b);
  }
  return [one, other].map((hash) => (hash >>> 0).toString(36)).join('-');
}
