import { PUBLICATION, type Publication } from '../install/publication.ts';
import { version } from '../package.json';

/** A section of a document, by the document's path in the repository: `docs/troubleshooting.md#client-late`. */
export type Section = `docs/${string}.md#${string}`;

/** The section of a problem code. */
export function sectionOf(code: string): Section {
  return `docs/troubleshooting.md#${code}`;
}

/** A section's address in the documents of this version; null as long as they are not published. */
export function addressOf(section: Section, { repository }: Publication = PUBLICATION): string | null {
  return repository && `${repository}/blob/v${version}/${section}`;
}
