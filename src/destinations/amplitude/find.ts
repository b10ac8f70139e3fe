import { type Amplitude, isAmplitude } from './sdk.ts';

/** The names of Amplitude's global: the snippets' and npm's, and the Tag Manager template's. */
const GLOBALS = ['amplitude', 'amplitudeGTM'];

type Values = Record<string, unknown>;

/** Reads a dotted path, from the window on. What the page throws there is nothing found. */
function read(path: readonly string[]): Amplitude | undefined {
  try {
    let value: unknown = window;
    // Not `reduce`, which is another thing where the page has Prototype.js.
    path.forEach((key) => {
      value = (value as Values)[key];
    });
    return isAmplitude(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a name may stand for: a global, or an instance of the SDK by that name (the legacy one lower-cases it). */
function pathsOf(name: string): string[][] {
  const paths = [name.split('.')];
  GLOBALS.forEach((global) => {
    paths.push(
      [global, '_iq', name],
      [global, '_iq', name.toLowerCase()],
      [global, '_instances', name.toLowerCase()],
    );
  });
  return paths;
}

/**
 * Looks Amplitude up, anew for each call, and never creates its global: its snippet does not install where the name is
 * taken. Without a name, the first one that is there stays.
 */
export function createFinder(wanted: unknown) {
  let found: string | undefined;

  return {
    find_(): Amplitude | undefined {
      if (wanted && typeof wanted !== 'string') return wanted as Amplitude;
      if (wanted) {
        for (const path of pathsOf(wanted as string)) {
          const amplitude = read(path);
          if (amplitude) return amplitude;
        }
        return undefined;
      }
      if (!found || !read([found])) found = GLOBALS.filter((name) => read([name]))[0] || found;
      return found ? read([found]) : undefined;
    },
    /** The name of the global or the instance; none where the site handed over the instance itself. */
    name_: () => (typeof wanted === 'string' && wanted) || (wanted ? undefined : found || GLOBALS[0]),
  };
}
