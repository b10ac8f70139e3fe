import type { Decision } from '../decision.ts';
import type { StoredList } from './storage.ts';

/** A decision as it is kept; `copyBy` names the page that still has it in its queue. */
type Kept = Decision & { copyBy?: number };

/** What waits when a page goes away, kept for the next page of the tab, or copied while this page may be killed. */
export interface KeptDecisions {
  /**
   * Keeps decisions for whichever page comes next; this page's copy goes.
   *
   * @param isCopy whether this page goes on handing them over.
   * @returns whether they are kept.
   */
  keep_(decisions: Decision[], isCopy?: boolean): boolean;
  /** Takes what earlier pages kept, and forgets it together with this page's copy. */
  takeAll_(): unknown[];
}

export function createKeptDecisions(stored: StoredList): KeptDecisions {
  const page = Math.random();
  // Beside ours stands what a frame of this page has kept.
  const others = () => stored.read_().filter((kept) => !kept || (kept as Kept).copyBy !== page);

  return {
    keep_(decisions, isCopy) {
      const copyBy = isCopy ? page : undefined;
      return stored.write_(others().concat(decisions.map((decision) => Object.assign({ copyBy }, decision))));
    },
    takeAll_() {
      const kept = others();
      stored.write_([]);
      return kept;
    },
  };
}
