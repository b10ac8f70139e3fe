/** A record of the pages' actions, independent of the script or recipe that forwards the decisions. */

/** One flag decision of a page. */
export interface DecidedFlag {
  user: string;
  flagKey: string;
  variationKey: string | null;
  ruleKey: string | null;
  enabled: boolean;
}

/** Decisions that were made together. */
export interface Decided {
  kind: 'decided';
  /** The moments before the first of them and after the last. */
  at: number;
  until: number;
  /** Identifies the load of a page. */
  page: number;
  /** The FullStory session that ran; null when none did: then the next one to start is the right one. */
  session: string | null;
  title: string;
  decisions: DecidedFlag[];
  /** Why nobody listened, where the page wanted that; empty if somebody did. They count as the page's decisions all the same. */
  unheard: string;
  /** Why they are lost, should they be; empty when that is not known. */
  ifLost: string;
}

/** A FullStory session began, or went on. */
export interface Started {
  kind: 'started';
  at: number;
  page: number;
  session: string;
  /** The user's uid; empty while anonymous. */
  uid: string;
}

/** Anything else that is worth showing. */
export interface Happened {
  kind: 'happened';
  at: number;
  text: string;
  /** Whether it is the beginning of a page. */
  isPage?: boolean;
}

export type Entry = Decided | Started | Happened;

/** Stores the record for this tab's next pages. */
export function createLedger(storedAs: string) {
  const entries = JSON.parse(sessionStorage.getItem(storedAs) ?? '[]') as Entry[];
  return {
    entries: entries as readonly Entry[],
    add(entry: Entry): void {
      entries.push(entry);
      sessionStorage.setItem(storedAs, JSON.stringify(entries));
    },
  };
}
