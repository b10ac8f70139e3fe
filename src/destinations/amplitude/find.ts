import { follow } from '../../page/global-path.ts';
import { type Amplitude, isAmplitude } from './sdk.ts';

/** The names of Amplitude's global: of the snippets, and of the Tag Manager template. */
const GLOBALS = ['amplitude', 'amplitudeGTM'];

/** Reads a dotted path in the window. A getter of the page's may throw: then nothing is found. */
function read(path: string): Amplitude | undefined {
  try {
    const value = follow(window, path.split('.'));
    if (isAmplitude(value)) return value;
  } catch {
    // The page's getter throws.
  }
  return undefined;
}

/** The possible paths for a name: a global, or an instance of the SDK. The legacy SDK has their names in lower case. */
function pathsOf(name: string): string[] {
  return [name].concat(
    GLOBALS.map((global) => global + '._iq.' + name),
    'amplitude._instances.' + name.toLowerCase(),
  );
}

/**
 * Looks Amplitude up at each call, and never creates its global: its snippet does not install itself if the name is taken.
 * The first one found stays.
 *
 * @param wanted a name, an instance or module, or nothing.
 */
export function createFinder(wanted: unknown) {
  const paths = typeof wanted === 'string' && wanted ? pathsOf(wanted) : GLOBALS;
  const isGiven = isAmplitude(wanted);
  let path = paths[0] as string;

  return {
    find_(): Amplitude | undefined {
      if (isGiven) return wanted;
      path = [path].concat(paths).find(read) || path;
      return read(path);
    },
    /** Its name for the status; undefined if the site handed over an instance or module. */
    name_: () => (isGiven ? undefined : (wanted as string) || path),
  };
}
