// @ts-check
import { settingsLiteral } from './settings-text.mjs';

/** What to run in the folder of an app that bundles the Optimizely SDK. */
export const INSTALL_COMMAND = 'npm install optimizely-fullstory';

/**
 * The lines for such an app. They end with `client`, the app's own Optimizely client; the setting of that name is for
 * pages where it has to be found, and is left out.
 *
 * @param {import('./settings.mjs').WrittenSettings} [settings]
 * @throws {Error} when a setting is wrong.
 */
export function moduleText(settings) {
  return `import { createBridge } from 'optimizely-fullstory';

const bridge = createBridge(${settingsLiteral({ ...settings, client: undefined })});
bridge.connect(client);
// Lets the console and the inspector ask the bridge.
Object.assign(globalThis, { optimizelyFullStory: bridge });
`;
}
