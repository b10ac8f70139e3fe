/**
 * A text by which Amplitude knows the same event again: 64 bits in hexadecimal digits of two 32-bit hashes (FNV-1a, each
 * with a start of its own, and mixed at the end). The parts cannot be read out of it.
 */
export function insertId(parts: readonly unknown[]): string {
  const text = parts.join('\n');
  return hash(text, 0x811c9dc5) + hash(text, 0x9e3779b9);
}

function hash(text: string, start: number): string {
  let value = start;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    // The two would go in parallel without it.
    value ^= value >>> 13;
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return ((value ^ (value >>> 13)) >>> 0).toString(16).padStart(8, '0');
}
