import { init } from '@fullstory/browser';
import {
  createBatchEventProcessor,
  createInstance,
  createPollingProjectConfigManager,
} from '@optimizely/optimizely-sdk';
import { createBridge } from 'optimizely-fullstory';

// On the server it does nothing.
const bridge = createBridge();
let client;

/** The one client of the page. For the browser: call it in effects and event handlers. */
export function optimizely() {
  if (!client) {
    init({ orgId: 'YOUR_ORG_ID' });
    client = bridge.connect(
      createInstance({
        projectConfigManager: createPollingProjectConfigManager({ sdkKey: 'YOUR_SDK_KEY' }),
        eventProcessor: createBatchEventProcessor(),
      }),
    );
  }
  return client;
}
