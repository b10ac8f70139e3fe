import { createDatafile, type DatafileOptions } from './datafile.ts';

/** What SDK 6 makes a configuration of; SDK 4 and 5 have none of it. */
export interface Sdk {
  createStaticProjectConfigManager?: (config: { datafile: string }) => unknown;
  createBatchEventProcessor?: (options: object) => unknown;
}

/** Sends nothing anywhere. */
const eventDispatcher = {
  dispatchEvent(_event: unknown, callback?: (response: { statusCode: number }) => void) {
    callback?.({ statusCode: 200 });
    return Promise.resolve({ statusCode: 200 });
  },
};

/** What `createInstance` of the SDK's version takes, without a network. */
export function clientConfiguration(sdk: Sdk, options: DatafileOptions): object {
  const datafile = createDatafile(options);
  return sdk.createStaticProjectConfigManager
    ? {
        projectConfigManager: sdk.createStaticProjectConfigManager({ datafile }),
        eventProcessor: sdk.createBatchEventProcessor?.({ eventDispatcher }),
      }
    : { datafile, eventDispatcher, eventBatchSize: 10, eventFlushInterval: 1000 };
}
