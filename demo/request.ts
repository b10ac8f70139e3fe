import { HEALTHY, isPlayable, SITUATIONS } from '../e2e/situations/catalogue.ts';
import type { PlayableSituation } from '../e2e/situations/situation.ts';

/** Who forwards a shop's decisions. */
export type Forwarder = 'bridge' | 'recipe';

/** The first of each is the default. */
export const SDKS = ['6.6.1', '6.0.0', '5.4.1', '4.10.1'];
export const SNIPPETS = ['2.1', '2.0', '1.3'];

/** The situation of that id, and a healthy page where the playground has none of it. */
export function findSituation(id: string | null): PlayableSituation {
  return SITUATIONS.filter(isPlayable).find((situation) => situation.id === id) ?? HEALTHY;
}

/** What the page's address asks for. */
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

/** Whether this page goes on with what this tab's last one did. */
export function isContinued(isNext: boolean): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return isNext || navigation?.type === 'reload' || navigation?.type === 'back_forward';
}
