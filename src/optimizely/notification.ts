import type { Decision } from '../decision.ts';

/** A notification, as far as the bridge reads it: all of it may be missing. */
export interface DecisionNotification {
  type?: unknown;
  userId?: unknown;
  decisionInfo?: Record<string, unknown>;
}

/** A key or an id as a text; null for anything else, and for the empty text that some SDKs write for none. */
export function textOrNull(key: unknown): string | null {
  return typeof key === 'string' && key ? key : null;
}

/** Reads a DECISION notification. What names no flag has an empty flag key. */
export function readNotification({ userId, decisionInfo }: DecisionNotification): Decision {
  const info = decisionInfo || {};
  return {
    userId: textOrNull(userId) || '',
    flagKey: textOrNull(info.flagKey) || '',
    variationKey: textOrNull(info.variationKey),
    ruleKey: textOrNull(info.ruleKey),
    enabled: info.enabled === true,
    dispatched: info.decisionEventDispatched === true,
    experimentId: textOrNull(info.experimentId),
    variationId: textOrNull(info.variationId),
    at: Date.now(),
  };
}
