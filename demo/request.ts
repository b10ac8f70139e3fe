import { HEALTHY, isPlayable, SITUATIONS } from '../e2e/situations/catalogue.ts';
import type { PlayableSituation } from '../e2e/situations/situation.ts';

/** The possible forwarders of a shop's decisions. */
export type Forwarder = 'bridge' | 'recipe';

/** The first value of each is the default. */
export const SDKS = ['6.6.1', '6.0.0', '5.4.1', '4.10.1'];
export const SNIPPETS = ['2.1', '2.0', '1.3'];

/** The situation with that id, or the healthy page if the playground has none. */
export function findSituation(id: string | null): PlayableSituation {
  return SITUATIONS.filter(isPlayable).find((situation) => situation.id === id) ?? HEALTHY;
}

/** The choices in the page's address. */
export function readRequest() {
  const search = new URLSearchParams(location.search);
  const among = (all: readonly string[], name: string) =>
    all.find((one) => one === search.get(name)) ?? (all[0] as string);
  const situation = findSituation(search.get('situation'));
  return {
    situation,
    hasAmplitude: search.has('amplitude') || !!situation.needsAmplitude,
    isNext: search.has('next'),
    isCompared: search.has('compare'),
    sdk: among(SDKS, 'sdk'),
    snippet: among(SNIPPETS, 'snippet'),
    forwarder: among(['bridge', 'recipe'], 'forwarder') as Forwarder,
  };
}

/** Whether this page continues the record of the tab's last page. */
export function isContinued(isNext: boolean): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return isNext || navigation?.type === 'reload' || navigation?.type === 'back_forward';
}
