import { version } from '../package.json';

/**
 * Where this project is published. Manifest, README of the package, documents and set-up page read it from
 * {@link PUBLICATION}; after a change there, run `npm run build` and `npm run figures -- publication`.
 */
export interface Publication {
  /**
   * Whether npm has this version, and with npm the CDNs that serve from it. While it is false, nothing that a person
   * reads names a CDN or installs by name: files are offered.
   */
  readonly isOnNpm: boolean;
  /** Address of the repository on GitHub, without a slash at its end; `null` while there is none that anybody can read. */
  readonly repository: string | null;
  /** Address of the page that `npm run site` makes, where it is published; `null`: the repository's own. */
  readonly homepage: string | null;
  /** Where bugs are reported; `null`: among the repository's issues. */
  readonly bugs: string | null;
}

/** The one place that says so. */
export const PUBLICATION: Publication = {
  isOnNpm: false,
  repository: null,
  homepage: null,
  bugs: null,
};

/** The package's file, as `npm run package` names it. */
export const PACKAGE_FILE = `optimizely-fullstory-${version}.tgz`;

/**
 * The same, checked.
 *
 * @throws when an address is no https address, or npm is to have a package that names no repository: its provenance
 * has to.
 */
export function checkPublication(publication: Publication): Publication {
  for (const name of ['repository', 'homepage', 'bugs'] as const) {
    const address = publication[name];
    if (address === null) continue;
    if (!/^https:\/\/[^\s/]+\.[^\s]+[^\s/]$/.test(address)) {
      throw new Error(`${name} has to be an https address without a slash at its end, not ${address}`);
    }
  }
  if (publication.isOnNpm && !publication.repository) throw new Error('A package on npm needs a repository');
  return publication;
}
