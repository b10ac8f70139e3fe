import {
  createBatchEventProcessor,
  createInstance,
  createPollingProjectConfigManager,
} from '@optimizely/optimizely-sdk';
import { createBridge } from 'optimizely-fullstory';

export const client = createBridge().connect(
  createInstance({
    projectConfigManager: createPollingProjectConfigManager({ sdkKey: 'YOUR_SDK_KEY' }),
    eventProcessor: createBatchEventProcessor(),
  }),
);
