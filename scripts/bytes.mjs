import { brotliCompressSync, gzipSync } from 'node:zlib';

/**
 * The number of bytes of a text: uncompressed, with gzip and with brotli, each at its best level.
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
