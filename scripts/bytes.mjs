import { brotliCompressSync, gzipSync } from 'node:zlib';

/**
 * How many bytes a text has: as it is, with gzip and with brotli, each at its best.
 *
 * @param {string} text
 */
export function bytesOf(text) {
  const bytes = Buffer.from(text);
  return {
    min: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}
