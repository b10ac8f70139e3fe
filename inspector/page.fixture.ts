import type { DestinationStatus, RecentDecision, Status } from '../src/status.ts';
import type { Surroundings } from './surroundings.ts';

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

const FULLSTORY: DestinationStatus = {
  name: 'FullStory',
  state: 'capturing',
  namespace: 'FS',
  session: 'https://app.fullstory.com/ui/ORG/session/1:2',
  decisions: { seen: 2, sent: 2, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
  recent: [],
};

/** What a bridge says where all is well. */
export const STATUS: Status = {
  version: '1.2.3',
  clients: 1,
  sdk: { state: 'ready' },
  destinations: [FULLSTORY],
  fullstory: FULLSTORY.state,
  namespace: FULLSTORY.namespace,
  session: FULLSTORY.session,
  decisions: FULLSTORY.decisions,
  recent: FULLSTORY.recent,
  problems: [],
};

/** A page with nothing on it. */
export const PAGE: Surroundings = {
  global: 'missing',
  status: undefined,
  scripts: [],
  isInFrame: false,
  fullstory: { namespace: 'FS', state: 'absent', scripts: 0 },
  sdks: [],
  clients: [],
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
