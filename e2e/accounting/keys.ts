import type { DecidedFlag } from './ledger.ts';

/** The name of the events for decisions. */
export const EVENT = 'Experiment Viewed';

/** One text for several values; a missing one is null. */
export const textOf = (...parts: unknown[]) => JSON.stringify(parts.map((part) => part ?? null));

/** The key that a decision and its event share. */
export function decisionKey({ flagKey, variationKey, ruleKey, enabled }: DecidedFlag): string {
  return textOf(flagKey, variationKey, ruleKey, enabled, {});
}

/** The same of an event. Properties that no decision has make it another one; `decided_at` belongs to none. */
export function eventKey(properties: Record<string, unknown>): string {
  const { flag_key, variation_key, rule_key, enabled, decided_at, ...others } = properties;
  return textOf(flag_key, variation_key, rule_key, enabled, others);
}

/** FullStory's user, from a session's URL. */
export function userOf(session: string | null): string | undefined {
  return /([^/:]*):[^:]*$/.exec(session ?? '')?.[1];
}
