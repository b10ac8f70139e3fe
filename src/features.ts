/** Filled in by the builds that leave something out. */
declare const NAMES_USERS: boolean | undefined;

/**
 * Whether a destination may name the user in each call. The script for FullStory alone has none that does, and is
 * smaller without.
 */
export const namesUsers: boolean = typeof NAMES_USERS === 'undefined' || NAMES_USERS;
