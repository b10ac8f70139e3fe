import { PACKAGE_FILE, type Publication } from './publication.ts';
import { settingsLiteral } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/**
 * What to run in the folder of an app that bundles the Optimizely SDK. It installs by name what npm has, and else the
 * package's file, which has to be copied there.
 */
export function installCommand({ isOnNpm }: Publication): string {
  return `npm install ${isOnNpm ? 'optimizely-fullstory' : `./${PACKAGE_FILE}`}`;
}

/**
 * The lines for such an app. They end with `client`, the app's own Optimizely client; the setting of that name is for
 * pages where it has to be found, and is left out.
 *
 * @throws when a setting is wrong.
 */
export function moduleText(settings?: WrittenSettings): string {
  return `import { createBridge } from 'optimizely-fullstory';

const bridge = createBridge(${settingsLiteral({ ...settings, client: undefined })});
bridge.connect(client);
// Lets the console and the inspector ask the bridge.
Object.assign(globalThis, { optimizelyFullStory: bridge });
`;
}
