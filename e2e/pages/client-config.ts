import { clientConfiguration, type Sdk } from '../doubles/client-configuration.ts';
import type { DatafileOptions } from '../doubles/datafile.ts';

declare global {
  interface Window {
    /** The argument for creating a client with any version of the SDK, without a network. */
    clientConfig(options?: DatafileOptions, sdk?: Sdk): object;
    impressions: unknown[];
    optimizelySdk: Sdk;
  }
}

window.impressions = [];

window.clientConfig = (options, sdk = window.optimizelySdk) =>
  clientConfiguration(sdk, options, (event) => window.impressions.push(event));
