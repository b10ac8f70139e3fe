import type { Decision } from '../decision.ts';
import type { StoredList } from './storage.ts';

/** A stored decision. `copyBy` identifies the page that also has it in its queue. */
type Kept = Decision & { copyBy?: number };

/** Waiting decisions in the storage: kept for the tab's next page, or copied while the browser may end this page. */
export interface KeptDecisions {
  /**
   * Keeps decisions for the next page, and removes this page's copy.
   *
   * @param isCopy whether this page also goes on handing them over.
   * @returns whether they are kept.
   */
  keep_(decisions: Decision[], isCopy?: boolean): boolean;
  /** Takes the decisions that earlier pages kept. Removes them and this page's copy. */
  takeAll_(): unknown[];
}

/** @param stored the list of all pages of the tab. It may contain anything. */
export function createKeptDecisions(stored: StoredList): KeptDecisions {
  const page = Math.random();
  // Frames of this page have their decisions in the same list.
  const others = () => stored.read_().filter((kept) => kept && (kept as Kept).copyBy !== page);

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
