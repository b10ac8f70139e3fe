import { camelCase } from '../camel-case.ts';
import type { Decision } from '../decision.ts';

/** A key or an id as a text; null for anything else, and for the empty text that some SDKs write for none. */
function textOrNull(key: unknown): string | null {
  return typeof key === 'string' && key ? key : null;
}

/**
 * Reads what an SDK says of a decision, all of which may be missing. What names no flag, or does not say whether it is
 * enabled, is no decision and has an empty flag key.
 */
export function readDecision(info: Record<string, unknown>, userId: unknown, at: number): Decision {
  return {
    userId: textOrNull(userId) || '',
    flagKey: (typeof info.enabled === 'boolean' && textOrNull(info.flagKey)) || '',
    variationKey: textOrNull(info.variationKey),
    ruleKey: textOrNull(info.ruleKey),
    enabled: info.enabled === true,
    // A decision that was kept says it in its own words.
    dispatched: info.decisionEventDispatched === true && info.dispatched !== false,
    experimentId: textOrNull(info.experimentId),
    variationId: textOrNull(info.variationId),
    at,
  };
}

/**
 * Reads a decision written in JSON, its names in camelCase or snake_case: what a server rendered, what an earlier page
 * kept, what Optimizely's events say. It counts as dispatched unless it says otherwise.
 */
export function readJson(json: unknown, userId: unknown, at: number): Decision {
  try {
    const info: Record<string, unknown> = { decisionEventDispatched: true };
    Object.keys(json as object).forEach((name) => {
      info[camelCase(name)] = (json as Record<string, unknown>)[name];
    });
    const context = (info.userContext || info) as { userId?: unknown; getUserId?: () => unknown };
    const ofContext = context.getUserId ? context.getUserId() : context.userId;
    return readDecision(info, userId || info.userId || ofContext, at);
  } catch {
    // Not a decision, whatever it is.
    return readDecision({}, '', at);
  }
}
