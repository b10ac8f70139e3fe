import type { Status } from '../src/status.ts';

/** Merges the statuses of several bridges on a page into one, with all their destinations. */
export function mergeStatuses([first, ...others]: readonly Status[]): Status | undefined {
  return first && others.reduce(merge, first);
}

function merge(one: Status, other: Status): Status {
  const sdks = [one.sdk, other.sdk];
  return {
    ...one,
    version: one.version === other.version ? one.version : `${one.version} and ${other.version}`,
    clients: Math.max(one.clients, other.clients),
    sdk: sdks.find(({ state }) => state !== 'missing') ?? one.sdk,
    destinations: one.destinations.concat(other.destinations),
    problems: one.problems.concat(other.problems.filter((problem) => !one.problems.includes(problem))),
  };
}
