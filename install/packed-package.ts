import { checkPublication, type Publication } from './publication.ts';

/** A picture, with the empty lines after it. The `src` attributes in code stay as they are. */
const PICTURE = /<picture>[\s\S]*?<\/picture>\n*/g;

/** Members of the manifest that only developers of the package need. */
const OURS = ['scripts', 'devDependencies', 'devEngines'];

/** The contents of a `package.json`. */
export interface Manifest {
  readonly version: string;
  readonly [name: string]: unknown;
}

/**
 * The manifest of the package: without members for developers, and with the known addresses.
 *
 * @throws when an address is wrong.
 */
export function packedManifest(manifest: Manifest, publication: Publication): Manifest {
  const { repository, homepage, bugs } = checkPublication(publication);
  const kept = Object.entries(manifest).filter(([name]) => !OURS.includes(name));
  const reports = bugs ?? (repository && `${repository}/issues`);
  const page = homepage ?? (repository && `${repository}#readme`);
  return {
    ...(Object.fromEntries(kept) as Manifest),
    // It runs in browsers, so no version of Node is a reason to refuse it. Yarn 1 would.
    engines: { node: '*' },
    ...(repository && { repository: { type: 'git', url: `git+${repository}.git` } }),
    ...(page && { homepage: page }),
    ...(reports && { bugs: { url: reports } }),
  };
}

/**
 * A document as the package has it. Links to packed files stay. Other links point to this version in the repository. Without a
 * repository, other links become plain text, and pictures are left out.
 *
 * @param document Markdown of a file in the package's root.
 * @param isPacked whether the package has a file or folder.
 */
export function packedDocument(
  document: string,
  { version }: Manifest,
  { repository }: Publication,
  isPacked: (path: string) => boolean,
): string {
  const pictures = repository
    ? document.replace(PICTURE, (picture) =>
        picture.replace(
          /( (?:src|srcset)=")(?!https:)([^"]*)"/g,
          (_, start: string, path: string) => `${start}${repository}/raw/v${version}/${path}"`,
        ),
      )
    : document.replace(PICTURE, '');
  return pictures.replace(
    /\[([^\]]*)\]\((?!https:|#)([^)#]*)((?:#[^)]*)?)\)/g,
    (link, text: string, path: string, heading: string) => {
      if (isPacked(path)) return link;
      return repository ? `[${text}](${repository}/blob/v${version}/${path}${heading})` : text;
    },
  );
}
