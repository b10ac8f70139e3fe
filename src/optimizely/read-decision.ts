import { camelCase } from '../camel-case.ts';
import type { Decision } from '../decision.ts';

/** A key or an id, which a server may write as a number. Null if there is none: some SDKs write the empty text. */
function textOrNull(key: unknown): string | null {
  if (key && typeof key === 'string') return key;
  return typeof key === 'number' ? '' + key : null;
}

/**
 * Reads an SDK's description of a decision. All of it may be missing. Without a flag key or `enabled` it is no decision,
 * and the result has an empty flag key.
 */
export function readDecision(info: Record<string, unknown>, userId: unknown, at: number): Decision {
  return {
    userId: textOrNull(userId) || '',
    flagKey: (typeof info.enabled === 'boolean' && textOrNull(info.flagKey)) || '',
    variationKey: textOrNull(info.variationKey),
    ruleKey: textOrNull(info.ruleKey),
    enabled: info.enabled === true,
    // A decision that an earlier page kept has `dispatched`.
    dispatched: info.decisionEventDispatched === true && info.dispatched !== false,
    experimentId: textOrNull(info.experimentId),
    variationId: textOrNull(info.variationId),
    at,
  };
}

/**
 * Reads a decision in JSON, with names in camelCase or snake_case: from a server, from an earlier page, or from
 * Optimizely's impressions. It counts as dispatched unless it says otherwise.
 */
export function readJson(json: unknown, userId: unknown, at: number): Decision {
  try {
    const info: Record<string, unknown> = { decisionEventDispatched: true };
    Object.keys(json as object).forEach((name) => {
      info[camelCase(name)] = (json as Record<string, unknown>)[name];
    });
    // Servers write `user_id`, the React SDK `id`.
    const context = (info.userContext || {}) as Record<string, unknown> & { getUserId?(): unknown };
    const ofContext = context.getUserId
      ? context.getUserId()
      : context.userId || context.user_id || context.id;
    return readDecision(info, userId || info.userId || ofContext, at);
  } catch {
    // Not a decision.
    return readDecision({}, '', at);
  }
}
