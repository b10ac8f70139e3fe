import { createDatafile, type DatafileOptions } from './datafile.ts';

/** Functions of SDK 6 for a configuration. SDK 4 and 5 lack them. */
export interface Sdk {
  createStaticProjectConfigManager?: (config: { datafile: string }) => unknown;
  createPollingProjectConfigManager?: (config: object) => unknown;
  createBatchEventProcessor?: (options: object) => unknown;
}

/** Ms between two looks for the latest datafile. */
const ASK_EVERY = 60_000;

/**
 * The argument of `createInstance` for the SDK's version, without a network.
 *
 * @param onImpressions called with the impressions that would be sent.
 */
export function clientConfiguration(
  sdk: Sdk,
  options?: DatafileOptions,
  onImpressions: (event: unknown) => void = () => {},
): object {
  const datafile = createDatafile(options);
  const eventDispatcher = {
    dispatchEvent(event: unknown, callback?: (response: { statusCode: number }) => void) {
      onImpressions(event);
      callback?.({ statusCode: 200 });
      return Promise.resolve({ statusCode: 200 });
    },
  };
  return sdk.createStaticProjectConfigManager
    ? {
        projectConfigManager: sdk.createStaticProjectConfigManager({ datafile }),
        eventProcessor: sdk.createBatchEventProcessor?.({ eventDispatcher }),
      }
    : { datafile, eventDispatcher, eventBatchSize: 10, eventFlushInterval: 1000 };
}

/**
 * The same for a client that begins with a datafile and asks for the latest.
 *
 * @param latest the address of the latest datafile.
 */
export function pollingConfiguration(sdk: Sdk, latest: string, options?: DatafileOptions): object {
  const polling = { sdkKey: 'demo', autoUpdate: true, updateInterval: ASK_EVERY, urlTemplate: latest };
  const datafile = createDatafile(options);
  return {
    ...clientConfiguration(sdk, options),
    ...(sdk.createPollingProjectConfigManager
      ? { projectConfigManager: sdk.createPollingProjectConfigManager({ ...polling, datafile }) }
      : { sdkKey: polling.sdkKey, datafileOptions: polling }),
  };
}
