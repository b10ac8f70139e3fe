import { follow } from '../../page/global-path.ts';
import { type Amplitude, isAmplitude } from './sdk.ts';

/** The names of Amplitude's global: the snippets' and npm's, and the Tag Manager template's. */
const GLOBALS = ['amplitude', 'amplitudeGTM'];

/** Reads a dotted path, from the window on. What the page throws there is nothing found. */
function read(path: string): Amplitude | undefined {
  try {
    const value = follow(window, path.split('.'));
    return isAmplitude(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The paths that a name may stand for: a global, or an instance of the SDK; the legacy one lower-cases their names. */
function pathsOf(name: string): string[] {
  return [name].concat(
    GLOBALS.map((global) => global + '._iq.' + name),
    'amplitude._instances.' + name.toLowerCase(),
  );
}

/**
 * Looks Amplitude up, anew for each call, and never creates its global: its snippet does not install where the name is
 * taken. The first one that is there stays.
 *
 * @param wanted a name, Amplitude itself, or nothing.
 */
export function createFinder(wanted: unknown) {
  const paths = typeof wanted === 'string' && wanted ? pathsOf(wanted) : GLOBALS;
  const isGiven = isAmplitude(wanted);
  let path = paths[0] as string;

  return {
    find_(): Amplitude | undefined {
      if (isGiven) return wanted;
      if (!read(path)) path = paths.filter(read)[0] || path;
      return read(path);
    },
    /** Where it is, for the status: its name; none where the site handed over Amplitude itself. */
    name_: () => (isGiven ? undefined : wanted ? (wanted as string) : path),
  };
}
