import { PACKAGE_FILE, type Publication } from './publication.ts';
import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
import { settingsLiteral } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/**
 * The command for the folder of an app that bundles the Optimizely SDK. It installs by name if npm has the package,
 * otherwise from the package's file, which must be copied there.
 */
export function installCommand({ isOnNpm }: Publication): string {
  return `npm install ${isOnNpm ? 'optimizely-fullstory' : `./${PACKAGE_FILE}`}`;
}

/**
 * The lines for such an app. They connect `client`, the app's own Optimizely client. The setting of that name is left
 * out: it is for pages on which the script must find the client.
 *
 * @throws if a setting is wrong.
 */
export function moduleText(
  settings?: WrittenSettings,
  { hasFullStory, hasAmplitude, global }: PageScript = PAGE_SCRIPTS.fullstory,
): string {
  const literal = settingsLiteral({ ...settings, client: undefined });
  const destinations = [...(hasFullStory ? ['fullstory'] : []), 'amplitude'];
  const names = ['createBridge', ...(hasAmplitude ? destinations : [])].sort();
  const values = hasAmplitude
    ? `${literal || '{}'}, [${destinations.map((name) => `${name}()`).join(', ')}]`
    : literal;
  return `import { ${names.join(', ')} } from 'optimizely-fullstory';

const bridge = createBridge(${values});
bridge.connect(client);
// Lets the console and the inspector ask the bridge.
Object.assign(globalThis, { ${global}: bridge });
`;
}
