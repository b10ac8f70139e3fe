/**
 * One flag decision, as the notification or the server gave it, and its moment. A null key means that Optimizely gave
 * none: a flag without rules has neither variation nor rule, a forced decision has no rule, and only SDK 6 gives ids.
 */
export interface Decision {
  readonly userId: string;
  readonly flagKey: string;
  readonly variationKey: string | null;
  readonly ruleKey: string | null;
  readonly enabled: boolean;
  /** Whether Optimizely sent, or meant to send, an impression for it. */
  readonly dispatched: boolean;
  readonly experimentId: string | null;
  readonly variationId: string | null;
  /** The moment of the decision, in ms since 1970. */
  readonly at: number;
}

/** An event as an analytics tool takes it. */
export interface AnalyticsEvent {
  name: string;
  properties: Record<string, unknown>;
}

/** Whether two decisions for one flag are the same, for the same user. Their moments do not matter. */
export function isSameDecision(one: Decision, other: Decision): boolean {
  return (
    one.variationKey === other.variationKey &&
    one.userId === other.userId &&
    one.ruleKey === other.ruleKey &&
    one.enabled === other.enabled
  );
}

/**
 * A text that is equal exactly for decisions that are the same, for the same user. Only a user id can contain any
 * character, so it comes last.
 */
export function decisionKey(decision: Decision): string {
  const { userId, flagKey, variationKey, ruleKey, enabled } = decision;
  return [flagKey, variationKey, ruleKey, enabled, userId].join('\n');
}

/** How a decision came. 0, or missing: it was heard when it was made. */
export type Origin = 0 | typeof KEPT | typeof RECORDED | typeof RECOVERED;
/** An earlier page kept it. */
export const KEPT = 1;
/** The stub recorded it. */
export const RECORDED = 2;
/** It was read from an impression. */
export const RECOVERED = 3;
