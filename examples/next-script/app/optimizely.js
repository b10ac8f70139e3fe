import {
  createBatchEventProcessor,
  createInstance,
  createPollingProjectConfigManager,
} from '@optimizely/optimizely-sdk';

let client;

/** The one client of the page. For the browser: call it in effects and event handlers. */
export function optimizely() {
  if (!client) {
    client = createInstance({
      projectConfigManager: createPollingProjectConfigManager({ sdkKey: 'YOUR_SDK_KEY' }),
      eventProcessor: createBatchEventProcessor(),
    });
    window.optimizelyFullStory = window.optimizelyFullStory || {};
    window.optimizelyFullStory.queue = window.optimizelyFullStory.queue || [];
    window.optimizelyFullStory.queue.push((bridge) => bridge.connect(client));
  }
  return client;
}
