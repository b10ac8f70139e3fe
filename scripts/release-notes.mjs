// The changelog's section for a version, when all is ready for it: `node scripts/release-notes.mjs <tag> <repository>`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './import-typescript.mjs';

/**
 * @param {string} tag of the release, as `v1.2.3`.
 * @param project the values that must agree with it: version, changelog, publication, and the address of the releasing
 * repository.
 * @returns {string} the changelog's section of the version.
 * @throws with all that does not agree.
 */
export function releaseNotes(tag, { version, changelog, publication, repository }) {
  const [, date, notes = ''] =
    new RegExp(`^## ${version.replace(/\./g, '\\.')} - (.*)\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(
      changelog,
    ) ?? [];
  const problems = [
    tag !== `v${version}` && `The tag is ${tag}, and package.json has version ${version}`,
    !notes.trim() && `CHANGELOG.md says nothing of version ${version}`,
    date !== undefined &&
      !/^\d{4}-\d\d-\d\d$/.test(date) &&
      `CHANGELOG.md has no date for version ${version}`,
    !publication.isOnNpm && 'install/publication.ts says that npm has no such package',
    publication.repository !== repository &&
      `install/publication.ts names the repository ${publication.repository}, not ${repository}`,
  ].filter(Boolean);
  if (problems.length) throw new Error(problems.join('\n'));
  return notes.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [tag, repository] = process.argv.slice(2);
  const root = new URL('..', import.meta.url);
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  const { PUBLICATION } = await importTypeScript('install/publication.ts');
  const changelog = await readFile(new URL('CHANGELOG.md', root), 'utf8');
  console.log(releaseNotes(tag, { version, changelog, publication: PUBLICATION, repository }));
}
