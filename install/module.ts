import { PACKAGE_FILE, type Publication } from './publication.ts';
import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
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
