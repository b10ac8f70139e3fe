import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Inside `node_modules`, so that the bundle finds the packages it imports. */
const CACHE = `${root}node_modules/.cache/import-typescript`;

/**
 * Imports a TypeScript file of this project, which Node 20 cannot do by itself.
 *
 * @param {string} path relative to the project's root.
 * @returns {Promise<any>} what the file exports.
 */
export async function importTypeScript(path) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    logLevel: 'warning',
  });
  await mkdir(CACHE, { recursive: true });
  const file = `${CACHE}/${path.replace(/\W+/g, '-')}-${process.pid}-${Date.now()}.mjs`;
  await writeFile(file, outputFiles[0].text);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file);
  }
}
