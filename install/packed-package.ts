import { checkPublication, type Publication } from './publication.ts';

/** What the manifest has for those who work on the package, and nobody who installs it needs. */
const OURS = ['scripts', 'devDependencies', 'devEngines'];

/** A manifest, as `package.json` has it. */
export interface Manifest {
  readonly version: string;
  readonly [name: string]: unknown;
}

/**
 * The manifest of the package: without what is for its developers, and with the addresses that are known.
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
    // It runs in browsers: no version of Node is a reason to refuse it, as Yarn 1 would.
    engines: { node: '*' },
    ...(repository && { repository: { type: 'git', url: `git+${repository}.git` } }),
    ...(page && { homepage: page }),
    ...(reports && { bugs: { url: reports } }),
  };
}

/**
 * A document as it stands in the package. A link to what is packed stays; any other leads to this version in the
 * repository. While there is no repository, a link's text stays without the link, and pictures are left out.
 *
 * @param document Markdown, which lies in the package's root.
 * @param isPacked whether the package has a file or folder.
 */
export function packedDocument(
  document: string,
  { version }: Manifest,
  { repository }: Publication,
  isPacked: (path: string) => boolean,
): string {
  const pictures = repository
    ? document.replace(
        /( (?:src|srcset)=")(?!https:)([^"]*)"/g,
        (_, start: string, path: string) => `${start}${repository}/raw/v${version}/${path}"`,
      )
    : document.replace(/<picture>[\s\S]*?<\/picture>\n*/g, '');
  return pictures.replace(
    /\[([^\]]*)\]\((?!https:|#)([^)#]*)((?:#[^)]*)?)\)/g,
    (link, text: string, path: string, heading: string) => {
      if (isPacked(path)) return link;
      return repository ? `[${text}](${repository}/blob/v${version}/${path}${heading})` : text;
    },
  );
}
