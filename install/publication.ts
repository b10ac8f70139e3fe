import { version } from '../package.json';

/**
 * Where this project is published. The package's manifest and README, the documents and the set-up page read
 * {@link PUBLICATION}. After a change there, run `npm run build` and `npm run figures -- publication`.
 */
export interface Publication {
  /**
   * Whether npm has this version, and so the CDNs that serve from npm. While it is false, documents and pages offer
   * files, and mention no CDN and no install by name.
   */
  readonly isOnNpm: boolean;
  /** Address of the repository on GitHub, without a slash at its end; `null` while there is no public one. */
  readonly repository: string | null;
  /** Address of the published page from `npm run site`; `null`: the repository's page. */
  readonly homepage: string | null;
  /** Address for bug reports; `null`: the repository's issues. */
  readonly bugs: string | null;
}

/** The only place with this information. */
export const PUBLICATION: Publication = {
  isOnNpm: false,
  repository: null,
  homepage: null,
  bugs: null,
};

/** The package's file, as `npm run package` names it. */
export const PACKAGE_FILE = `optimizely-fullstory-${version}.tgz`;

/**
 * Checks it.
 *
 * @throws if an address is not an https address, or if npm has the package and there is no repository, which its
 * provenance needs.
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
