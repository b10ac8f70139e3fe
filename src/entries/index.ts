import type { OptimizelyClient } from '../client.ts';
import { fullstory } from '../destinations/fullstory.ts';
import type { Settings } from '../settings.ts';
import { type Attach, type Bridge, createBridge as startBridge } from './create-bridge.ts';
import { type DestinationSource, guardDestination } from './guard-destination.ts';
import { createServerBridge } from './server.ts';
import { tellApart } from './tell-apart.ts';

export type { NotificationCenter, OptimizelyClient } from '../client.ts';
export type { AnalyticsEvent, Decision } from '../decision.ts';
export { amplitude } from '../destinations/amplitude.ts';
export type {
  Destination,
  DestinationSetup,
  Limits,
  Moment,
  Rate,
  Sight,
} from '../destinations/destination.ts';
export { fullstory } from '../destinations/fullstory.ts';
export type {
  AmplitudeSetting,
  AmplitudeSettings,
  BeforeSend,
  IncludedProperty,
  ResolvedSettings,
  Settings,
} from '../settings.ts';
export type {
  BridgeProblem,
  DecisionCounts,
  DestinationProblem,
  DestinationState,
  DestinationStatus,
  Outcome,
  Problem,
  ProblemCode,
  RecentDecision,
  SdkStatus,
  Status,
} from '../status.ts';
export type { Undo } from '../undo.ts';
export type { Bridge } from './create-bridge.ts';
export type { DestinationSource } from './guard-destination.ts';

/** {@link Settings} for an app that hands its client over. Nothing is looked up by name. */
export interface ModuleSettings extends Omit<Settings, 'client'> {
  client?: OptimizelyClient;
}

/**
 * Starts a bridge for an app that has its Optimizely client. It looks for no client and defines no global. On a server, in a
 * worker and without a destination it does nothing.
 *
 * @param destinations FullStory, and any of the site's own. `status()` also has the first one's state at its top level.
 * @example
 * const bridge = createBridge();
 * const client = bridge.connect(createInstance({ projectConfigManager }));
 */
export function createBridge(
  settings?: ModuleSettings,
  destinations: readonly DestinationSource[] = [fullstory()],
): Bridge {
  const [first, ...others] = tellApart(destinations.map(guardDestination));
  if (typeof window === 'undefined' || typeof document === 'undefined' || !first) return createServerBridge();
  const attach: Attach = (client, connect, tell) => {
    if (client && !connect(client)) tell('client-invalid');
    return () => {};
  };
  return startBridge([settings], [first, ...others], attach, [[], [], []]);
}
