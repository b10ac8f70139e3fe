/** Filled in by the build, and by the test runner. */
declare const VERSION: string;

/** The version of this package. */
export const version: string = VERSION;

/** The name of this package: in front of what it writes to the console, and what it keeps in a storage. */
export const packageName = 'optimizely-fullstory';
