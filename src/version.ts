/** Filled in by the build, and by the test runner. */
declare const VERSION: string;

/** The version of this package. */
export const version: string = VERSION;
