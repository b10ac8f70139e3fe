import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getNativeImagePath } from 'google-closure-compiler/lib/utils.js';

/**
 * Errors of Closure Compiler in scripts, read as ES5. Tag Manager reportedly checks Custom HTML tags in this way.
 *
 * It reads all of them at once, because it takes longer to read the browser's own definitions than to check a script.
 *
 * @param {Record<string, string>} scripts by a name for the errors, which is also the name of a file.
 * @returns {Promise<string[]>} their errors, without the lines of code that it shows with them.
 * @throws {Error} when the compiler cannot be run.
 */
export async function closureErrors(scripts) {
  const compiler = getNativeImagePath();
  if (!compiler) throw new Error('google-closure-compiler has no program for this system');
  const folder = await mkdtemp(join(tmpdir(), 'closure-'));
  const groups = ['checkRegExp', 'es5Strict', 'suspiciousCode'].map((group) => `--jscomp_error=${group}`);
  const names = Object.keys(scripts);
  try {
    for (const name of names) await writeFile(join(folder, name), scripts[name]);
    await promisify(execFile)(
      compiler,
      ['--language_in=ECMASCRIPT5', '--checks_only', ...groups, ...names.flatMap((name) => ['--js', name])],
      // With each warning it prints the line, which is most of a minified script.
      { cwd: folder, maxBuffer: Infinity },
    );
    return [];
  } catch (error) {
    const errors = /** @type {{ stderr?: string }} */ (error).stderr?.match(/^.*ERROR - .*/gm);
    if (!errors) throw error;
    return errors;
  } finally {
    await rm(folder, { recursive: true });
  }
}
