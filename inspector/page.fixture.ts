import type { DecisionCounts, DestinationStatus, RecentDecision, Status } from '../src/status.ts';
import type { Surroundings } from './surroundings.ts';

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** The counts before the first decision. */
export const NONE: DecisionCounts = {
  seen: 0,
  sent: 0,
  duplicate: 0,
  ignored: 0,
  waiting: 0,
  dropped: 0,
  recovered: 0,
};

const DESTINATION: DestinationStatus = {
  name: 'FullStory',
  state: 'capturing',
  namespace: 'FS',
  session: 'https://app.fullstory.com/ui/ORG/session/1:2',
  decisions: { ...NONE, seen: 2, sent: 2 },
  recent: [],
};

/** Differences from a healthy bridge for FullStory: of the bridge, and of its destinations. */
export type Said = Partial<Status> & { others?: Partial<DestinationStatus>[] };

/** A bridge's status. It repeats the first destination's members. */
export function statusOf({ others = [], fullstory = DESTINATION.state, ...said }: Said = {}): Status {
  const { namespace, session, decisions, recent } = { ...DESTINATION, ...said };
  const first = { namespace, session, decisions, recent };
  return {
    version: '1.2.3',
    clients: 1,
    sdk: { state: 'ready' },
    problems: [],
    ...said,
    fullstory,
    destinations: [
      { name: 'FullStory', state: fullstory, ...first },
      ...others.map((other) => ({
        ...DESTINATION,
        name: 'Amplitude',
        namespace: 'amplitude',
        session: '1767323045678',
        ...other,
      })),
    ],
    ...first,
  };
}

/** The status of a healthy bridge. */
export const STATUS: Status = statusOf();

/** A page with nothing on it. */
export const PAGE: Surroundings = {
  names: ['optimizelyFullStory'],
  global: 'missing',
  status: undefined,
  hasLateConstant: false,
  misspeltGlobals: [],
  scripts: [],
  unreadAttributes: [],
  isInFrame: false,
  fullstory: { namespace: 'FS', state: 'absent', scripts: 0 },
  amplitude: { namespace: 'amplitude', state: 'absent' },
  sdks: [],
  clients: [],
  remotes: [],
  isSdkInWorker: false,
  hasFetchedDatafile: false,
  hasWebExperimentation: false,
};

export const DECISION: RecentDecision = {
  flagKey: 'checkout',
  variationKey: 'treatment',
  ruleKey: 'checkout_test',
  enabled: true,
  dispatched: true,
  experimentId: '9300001',
  variationId: '9300002',
  at: NOW,
  outcome: 'sent',
  settledAt: NOW,
};
