import { clientConfiguration, type Sdk } from '../doubles/client-configuration.ts';
import type { DatafileOptions } from '../doubles/datafile.ts';

declare global {
  interface Window {
    /** What a page's code needs to create a client with any of the SDK's versions, without a network. */
    clientConfig(options?: DatafileOptions, sdk?: Sdk): object;
    impressions: unknown[];
    optimizelySdk: Sdk;
  }
}

window.impressions = [];

window.clientConfig = (options, sdk = window.optimizelySdk) =>
  clientConfiguration(sdk, options, (event) => window.impressions.push(event));
