import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { version as ours } from '../package.json';
import { releaseNotes } from './release-notes.mjs';

const REPOSITORY = 'https://github.com/somebody/optimizely-fullstory';
const CHANGELOG = `# Changelog

## 1.2.3 - 2026-01-31

New.

Better.

## 1.2.2 - 2026-01-01

Old.
`;
const READY = {
  version: '1.2.3',
  changelog: CHANGELOG,
  publication: { isOnNpm: true, repository: REPOSITORY },
  repository: REPOSITORY,
};

describe('a release', () => {
  it('has the notes of its version', () => {
    expect(releaseNotes('v1.2.3', READY)).toBe('New.\n\nBetter.');
    expect(releaseNotes('v1.2.2', { ...READY, version: '1.2.2' })).toBe('Old.');
  });

  it.each([
    ['v1.2.4', {}, 'The tag is v1.2.4'],
    ['v1.2.4', { version: '1.2.4' }, 'says nothing of version 1.2.4'],
    ['v1.2.3', { changelog: CHANGELOG.replace('2026-01-31', 'not published yet') }, 'has no date'],
    ['v1.2.3', { publication: { isOnNpm: false, repository: REPOSITORY } }, 'npm has no such package'],
    ['v1.2.3', { repository: 'https://github.com/another/fork' }, 'names the repository'],
  ])('%s is not made with %j', (tag, change, message) => {
    expect(() => releaseNotes(tag, { ...READY, ...change })).toThrow(message);
  });

  it('has a section in the changelog', async () => {
    const changelog = await readFile(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
    expect(changelog).toContain(`\n## ${ours} - `);
  });
});
