/** Filled in by the build. Not there in tests. */
declare const NAMES_USERS: boolean | undefined;

/**
 * Whether a destination may name the user in each call. FullStory does not, so the script for FullStory alone is built
 * without it, and is smaller.
 */
export const namesUsers: boolean = typeof NAMES_USERS === 'undefined' || NAMES_USERS;
