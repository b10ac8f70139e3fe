/** Filled in by the build, and by the test runner. */
declare const VERSION: string;

/** The version of this package. */
export const version: string = VERSION;

/** The beginning of its lines in the console. The inspector recognizes a pasted script by it. */
export const consolePrefix = '[optimizely-fullstory]';

/** The beginning of its names in storages. */
export const packageName = 'optimizely-fullstory';
