/** Filled in by the build, and by the test runner. */
declare const VERSION: string;

/** The version of this package. */
export const version: string = VERSION;

/** What its lines in the console begin with: a pasted script is known by it. */
export const consolePrefix = '[optimizely-fullstory] ';

/** How the names begin under which it keeps something in a storage. */
export const packageName = 'optimizely-fullstory';
