import type { DestinationStatus, RecentDecision } from '../src/status.ts';

/** A decision, and its outcome at each destination. */
export interface MergedDecision {
  decision: RecentDecision;
  /** By the destination's index; missing if the decision is not among its latest. */
  at: (RecentDecision | undefined)[];
}

function nameOf({ at, flagKey, variationKey, ruleKey, enabled }: RecentDecision): string {
  return JSON.stringify([at, flagKey, variationKey, ruleKey, enabled]);
}

/** The latest decisions of all destinations, oldest first. A decision at several destinations is one entry. */
export function mergeDecisions(destinations: readonly DestinationStatus[]): MergedDecision[] {
  const merged = new Map<string, MergedDecision>();
  destinations.forEach(({ recent }, number) => {
    const counts = new Map<string, number>();
    for (const decision of recent) {
      const name = nameOf(decision);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      // The same decision twice at the same time is two decisions.
      const key = `${count} ${name}`;
      const known = merged.get(key) ?? { decision, at: [] };
      known.at[number] = decision;
      merged.set(key, known);
    }
  });
  // Sorting keeps the order of decisions at the same time.
  return [...merged.values()].sort((one, other) => one.decision.at - other.decision.at);
}
