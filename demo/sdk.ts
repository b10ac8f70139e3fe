import type { Client, OptimizelyDecision } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';
import { pollingConfiguration, type Sdk } from '../e2e/doubles/client-configuration.ts';
import { createDatafile } from '../e2e/doubles/datafile.ts';
import type { AnyClient } from '../e2e/situations/shop-actions.ts';

/** The revision of the latest datafile. */
export const LATEST = '2';

/** The part of a decision notification that both SDKs share. */
export type MadeDecision = Pick<OptimizelyDecision, 'flagKey' | 'variationKey' | 'ruleKey' | 'enabled'>;

interface NotificationTypes {
  OPTIMIZELY_CONFIG_UPDATE: never;
}

export interface OptimizelySdk extends Sdk {
  createInstance(configuration: object): Client;
  /** In SDK 6; before, in `enums`. */
  NOTIFICATION_TYPES?: NotificationTypes;
  enums?: { NOTIFICATION_TYPES: NotificationTypes };
}

export type OptimizelyReactSdk = Sdk & { createInstance(configuration: object): ReactSDKClient };

function notificationTypesOf({ NOTIFICATION_TYPES, enums }: OptimizelySdk): NotificationTypes {
  return (NOTIFICATION_TYPES ?? enums?.NOTIFICATION_TYPES) as NotificationTypes;
}

/**
 * A client that begins with an old datafile and requests the latest one, which has one more flag.
 *
 * @param onLatest called once, when the client has the latest.
 */
export function createPollingClient(sdk: OptimizelySdk, moreFlags: number, onLatest: () => void): Client {
  const latest = new Blob([createDatafile({ moreFlags: moreFlags + 1, revision: LATEST })]);
  const client = sdk.createInstance(pollingConfiguration(sdk, URL.createObjectURL(latest), { moreFlags }));
  let isLatest = false;
  const { OPTIMIZELY_CONFIG_UPDATE } = notificationTypesOf(sdk);
  client.notificationCenter.addNotificationListener(OPTIMIZELY_CONFIG_UPDATE, () => {
    if (isLatest || client.getOptimizelyConfig()?.revision !== LATEST) return;
    isLatest = true;
    onLatest();
  });
  return client;
}

/** Decides these flags for a user, or all of the datafile. */
export function decideWith(
  client: AnyClient,
  flagKeys: readonly string[] | null,
  user: string,
  attributes: Record<string, string>,
): MadeDecision[] {
  if ('createUserContext' in client) {
    const context = client.createUserContext(user, attributes);
    return Object.values(flagKeys ? context.decideForKeys([...flagKeys]) : context.decideAll());
  }
  return Object.values(
    flagKeys
      ? client.decideForKeys([...flagKeys], [], user, attributes)
      : client.decideAll([], user, attributes),
  );
}
