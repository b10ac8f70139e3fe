import type { OptimizelyClient } from '../optimizely/client.ts';
import type { Settings } from '../settings.ts';
import { assembleBridge, type Bridge } from './create-bridge.ts';
import { createServerBridge } from './server.ts';

export type { Decision } from '../decision.ts';
export type { AnalyticsEvent, DestinationState } from '../destinations/destination.ts';
export type { NotificationCenter, OptimizelyClient } from '../optimizely/client.ts';
export type { BeforeSend, IncludedProperty, Settings } from '../settings.ts';
export type {
  DecisionCounts,
  Outcome,
  Problem,
  ProblemCode,
  RecentDecision,
  SdkStatus,
  Status,
} from '../status.ts';
export type { Bridge } from './create-bridge.ts';

/** {@link Settings} where the page hands its client over itself: nothing is looked up by name. */
export interface ModuleSettings extends Omit<Settings, 'client'> {
  client?: OptimizelyClient;
}

/**
 * Starts a bridge for an app that has its Optimizely client at hand. Looks for no client and defines no global;
 * on a server it does nothing.
 *
 * @example
 * const bridge = createBridge();
 * const client = bridge.connect(createInstance({ projectConfigManager }));
 */
export function createBridge(settings?: ModuleSettings): Bridge {
  if (typeof window === 'undefined') return createServerBridge();
  return assembleBridge([settings], (client, connect, problems) => {
    if (client && !connect(client)) problems.add('client-invalid');
    return undefined;
  });
}
