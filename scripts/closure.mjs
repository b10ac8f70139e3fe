import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getNativeImagePath } from 'google-closure-compiler/lib/utils.js';

/**
 * Errors of Closure Compiler in a script, read as ES5. Tag Manager reportedly checks Custom HTML tags in this way.
 *
 * @param {string} script
 * @returns {Promise<string[]>} its errors, without the lines of code that it shows with them.
 * @throws {Error} when the compiler cannot be run.
 */
export async function closureErrors(script) {
  const compiler = getNativeImagePath();
  if (!compiler) throw new Error('google-closure-compiler has no program for this system');
  const folder = await mkdtemp(join(tmpdir(), 'closure-'));
  const file = join(folder, 'script.js');
  const groups = ['checkRegExp', 'es5Strict', 'suspiciousCode'].map((group) => `--jscomp_error=${group}`);
  try {
    await writeFile(file, script);
    await promisify(execFile)(compiler, [
      '--language_in=ECMASCRIPT5',
      '--checks_only',
      ...groups,
      '--js',
      file,
    ]);
    return [];
  } catch (error) {
    const errors = /** @type {{ stderr?: string }} */ (error).stderr?.match(/ERROR - .*/g);
    if (!errors) throw error;
    return errors;
  } finally {
    await rm(folder, { recursive: true });
  }
}
