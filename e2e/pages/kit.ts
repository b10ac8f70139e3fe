import { createDatafile, type DatafileOptions } from '../../demo/datafile.ts';

/** What a page's code needs to create a client with any of the SDK's versions, without a network. */
interface Sdk {
  createStaticProjectConfigManager?: (config: { datafile: string }) => unknown;
  createBatchEventProcessor?: (options: object) => unknown;
}

declare global {
  interface Window {
    clientConfig(options?: DatafileOptions, sdk?: Sdk): object;
    impressions: unknown[];
    optimizelySdk: Sdk;
  }
}

window.impressions = [];
const eventDispatcher = {
  dispatchEvent(event: unknown, callback?: (response: { statusCode: number }) => void) {
    window.impressions.push(event);
    callback?.({ statusCode: 200 });
    return Promise.resolve({ statusCode: 200 });
  },
};

window.clientConfig = (options, sdk = window.optimizelySdk) => {
  const datafile = createDatafile(options);
  return sdk.createStaticProjectConfigManager
    ? {
        projectConfigManager: sdk.createStaticProjectConfigManager({ datafile }),
        eventProcessor: sdk.createBatchEventProcessor?.({ eventDispatcher }),
      }
    : { datafile, eventDispatcher, eventBatchSize: 10, eventFlushInterval: 1000 };
};
