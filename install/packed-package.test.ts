import { describe, expect, it } from 'vitest';
import { packedDocument, packedManifest } from './packed-package.ts';
import { checkPublication, PUBLICATION, type Publication } from './publication.ts';

const REPOSITORY = 'https://github.com/somebody/optimizely-fullstory';
const UNKNOWN: Publication = { isOnNpm: false, repository: null, homepage: null, bugs: null };
const KNOWN: Publication = { ...UNKNOWN, repository: REPOSITORY };
const MANIFEST = { version: '1.2.3', name: 'n', scripts: {}, devDependencies: {}, devEngines: {} };

describe('the publication', () => {
  it('is valid', () => {
    expect(checkPublication(PUBLICATION)).toBe(PUBLICATION);
  });

  it.each(['http://github.com/a/b', 'github:a/b', `${REPOSITORY}/`, 'https://', ''])(
    'rejects the address %j',
    (repository) => {
      expect(() => checkPublication({ ...KNOWN, repository })).toThrow(
        'repository has to be an https address',
      );
      expect(() => packedManifest(MANIFEST, { ...KNOWN, bugs: repository })).toThrow('bugs has to be');
    },
  );

  it('names a repository if npm has the package', () => {
    expect(() => checkPublication({ ...UNKNOWN, isOnNpm: true })).toThrow('needs a repository');
    expect(checkPublication({ ...KNOWN, isOnNpm: true })).toMatchObject({ isOnNpm: true });
  });
});

describe('the manifest of the package', () => {
  it('has nothing for developers, and installs in every Node', () => {
    expect(packedManifest(MANIFEST, UNKNOWN)).toEqual({
      version: '1.2.3',
      name: 'n',
      engines: { node: '*' },
    });
  });

  it('has the known addresses', () => {
    expect(packedManifest(MANIFEST, KNOWN)).toMatchObject({
      repository: { type: 'git', url: `git+${REPOSITORY}.git` },
      homepage: `${REPOSITORY}#readme`,
      bugs: { url: `${REPOSITORY}/issues` },
    });
    const publication = { ...KNOWN, homepage: 'https://a.example', bugs: 'https://b.example/bugs' };
    expect(packedManifest(MANIFEST, publication)).toMatchObject({
      homepage: 'https://a.example',
      bugs: { url: 'https://b.example/bugs' },
    });
  });
});

describe('a document of the package', () => {
  const document = `[a](dist/a.html), [\`b\`](docs/b.md#c), [d](#e), [f](https://f.example/g)

<picture>
  <source srcset="docs/dark.png">
  <img src="docs/light.png">
</picture>

   <script src="/script.js"></script>

End`;
  const isPacked = (path: string) => path.startsWith('dist/');

  it('links to its version in the repository', () => {
    expect(packedDocument(document, MANIFEST, KNOWN, isPacked)).toBe(
      document
        .replace('docs/b.md', `${REPOSITORY}/blob/v1.2.3/docs/b.md`)
        .replace('docs/dark.png', `${REPOSITORY}/raw/v1.2.3/docs/dark.png`)
        .replace('docs/light.png', `${REPOSITORY}/raw/v1.2.3/docs/light.png`),
    );
  });

  it('has no links without a repository', () => {
    expect(packedDocument(document, MANIFEST, UNKNOWN, isPacked)).toBe(
      '[a](dist/a.html), `b`, [d](#e), [f](https://f.example/g)\n\n   <script src="/script.js"></script>\n\nEnd',
    );
  });
});
