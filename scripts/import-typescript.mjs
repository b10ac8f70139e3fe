import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Imports a TypeScript module, which Node 20 cannot do.
 *
 * @param {string} path of the module, from the root of the project.
 * @returns {Promise<any>} its exports.
 */
export async function importTypeScript(path) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
  });
  // Below the project's packages, so that they are found.
  const folder = await mkdtemp(`${root}node_modules/.typescript-`);
  try {
    await writeFile(`${folder}/module.mjs`, outputFiles[0].text);
    return await import(pathToFileURL(`${folder}/module.mjs`).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
