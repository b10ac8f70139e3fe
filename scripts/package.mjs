import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { importTypeScript } from './import-typescript.mjs';

const { packedDocument, packedManifest } = await importTypeScript('install/packed-package.ts');
const { PUBLICATION } = await importTypeScript('install/publication.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/**
 * Runs a program of this project's dev dependencies. If it fails, its output is the error's message.
 *
 * @returns {Promise<string>} its output without colours, which CI and terminals may force.
 */
export async function runTool(name, args, cwd = root) {
  try {
    const { stdout } = await run(join(root, 'node_modules/.bin', name), args, { cwd });
    return stripVTControlCharacters(stdout);
  } catch (error) {
    throw new Error(`${name}: ${error.stdout}${error.stderr}`);
  }
}

/**
 * Packs this package as published. It must be built.
 *
 * @param {string} folder for the tarball.
 * @param publication where it is published. Default: `install/publication.ts`; tests pass others.
 * @returns {Promise<string>} its path.
 */
export async function packPackage(folder, publication = PUBLICATION) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packed = await mkdtemp(join(tmpdir(), 'packed-'));
  try {
    for (const name of [...manifest.files, 'README.md', 'LICENSE']) {
      await cp(join(root, name), join(packed, name), { recursive: true });
    }
    for (const name of ['README.md', 'CHANGELOG.md']) {
      const document = await readFile(join(packed, name), 'utf8');
      const isPacked = (path) => existsSync(join(packed, path));
      await writeFile(join(packed, name), packedDocument(document, manifest, publication, isPacked));
    }
    await writeFile(
      join(packed, 'package.json'),
      `${JSON.stringify(packedManifest(manifest, publication), null, 2)}\n`,
    );
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: packed });
    return join(folder, JSON.parse(stdout)[0].filename);
  } finally {
    await rm(packed, { recursive: true });
  }
}

/**
 * Makes an empty project with this package installed from a tarball, without a network.
 *
 * @param {string} folder of the project; created if missing.
 * @param {string} tarball
 * @param {string[]} packages names of other packages to link from this project.
 */
export async function createProject(folder, tarball, packages = []) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', tarball], {
    cwd: folder,
  });
  for (const name of packages) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link, 'junction');
  }
}

/**
 * Writes an app into a project and builds it with Vite. Scripts that the page loads from elsewhere stay unchanged.
 *
 * @param {string} folder of the project.
 * @param {Record<string, string>} files of the app, by name; `index.html` is the page.
 * @returns {Promise<string>} the folder with the built page. Its addresses are relative.
 */
export async function buildWithVite(folder, files) {
  for (const [name, contents] of Object.entries(files)) await writeFile(join(folder, name), contents);
  const { build } = await import('vite');
  const outDir = join(folder, 'dist');
  await build({ root: folder, base: './', configFile: false, logLevel: 'error', build: { outDir } });
  return outDir;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await packPackage(root));
