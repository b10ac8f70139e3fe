import type { DestinationStatus, RecentDecision } from '../src/status.ts';

/** A decision, and what became of it at each destination. */
export interface MergedDecision {
  decision: RecentDecision;
  /** By the destination's number; missing where it is no longer, or was never, among the latest. */
  at: (RecentDecision | undefined)[];
}

function nameOf({ at, flagKey, variationKey, ruleKey, enabled }: RecentDecision): string {
  return JSON.stringify([at, flagKey, variationKey, ruleKey, enabled]);
}

/** The latest decisions of all destinations, the oldest first: each destination tells of the same ones. */
export function mergeDecisions(destinations: readonly DestinationStatus[]): MergedDecision[] {
  const merged = new Map<string, MergedDecision>();
  destinations.forEach(({ recent }, number) => {
    const counts = new Map<string, number>();
    for (const decision of recent) {
      const name = nameOf(decision);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      // The same decision twice in one moment is two.
      const key = `${count} ${name}`;
      const known = merged.get(key) ?? { decision, at: [] };
      known.at[number] = decision;
      merged.set(key, known);
    }
  });
  // Sorting keeps the order of those of one moment.
  return [...merged.values()].sort((one, other) => one.decision.at - other.decision.at);
}
