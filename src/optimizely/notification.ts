import type { Decision } from '../decision.ts';

/** A DECISION notification, as far as the bridge reads it: all of it may be missing. */
interface DecisionNotification {
  type?: unknown;
  userId?: unknown;
  decisionInfo: Record<string, unknown>;
}

/** A key or an id as a text; null for anything else, and for the empty text that some SDKs write for none. */
export function textOrNull(key: unknown): string | null {
  return typeof key === 'string' && key ? key : null;
}

/**
 * Reads a DECISION notification.
 *
 * @returns the decision; `null` for another type than `flag` (the SDK's legacy calls notify too); `undefined`
 * for a flag notification that names no flag.
 * @throws when there is nothing to read, or a getter of the page's throws.
 */
export function readNotification(notification: unknown): Decision | null | undefined {
  const { type, userId, decisionInfo } = notification as DecisionNotification;
  if (type !== 'flag') return null;
  const flagKey = textOrNull(decisionInfo.flagKey);
  if (!flagKey) return undefined;
  return {
    userId: textOrNull(userId) || '',
    flagKey,
    variationKey: textOrNull(decisionInfo.variationKey),
    ruleKey: textOrNull(decisionInfo.ruleKey),
    enabled: decisionInfo.enabled === true,
    dispatched: decisionInfo.decisionEventDispatched === true,
    experimentId: textOrNull(decisionInfo.experimentId),
    variationId: textOrNull(decisionInfo.variationId),
    at: Date.now(),
  };
}
