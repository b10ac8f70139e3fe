import { type DestinationStatus, problemOf, type RecentDecision } from '../src/status.ts';

/**
 * The dropped decisions of a destination whose flags were decided again later, the oldest first. When another user signs in,
 * the script drops such decisions, and nothing is wrong. The status does not give the reason: after an error of the
 * destination none counts, and with a `bufferSize` below 50 some may have been dropped for lack of space.
 */
export function findSuperseded(
  { name, recent }: DestinationStatus,
  problems: readonly string[],
): RecentDecision[] {
  if (problems.includes(problemOf(name, 'throws'))) return [];
  // Recovered decisions are listed later than they were made.
  const inOrder = [...recent].sort((one, other) => one.at - other.at);
  return inOrder.filter(
    ({ outcome, flagKey }, index) =>
      outcome === 'dropped' && inOrder.slice(index + 1).some((later) => later.flagKey === flagKey),
  );
}

/** Whether a destination has dropped decisions for another reason. */
export function hasLost(destination: DestinationStatus, problems: readonly string[]): boolean {
  return destination.decisions.dropped > findSuperseded(destination, problems).length;
}
