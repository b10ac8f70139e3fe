/** Ms after which a script that has not loaded counts as blocked, if its snippet shows no other sign. */
export const BLOCKED_AFTER = 10_000;

/** Ms after which an event has the moment of its decision as `decided_at`, if its call cannot name a time. */
export const LATE = 1000;
