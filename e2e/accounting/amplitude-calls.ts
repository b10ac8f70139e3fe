import type { ReceivedCall } from '../doubles/fullstory.ts';
import type { Entry } from './ledger.ts';

/** An event as Amplitude's server gets it. */
export interface AmplitudeEvent {
  event_type: string;
  event_properties?: Record<string, unknown>;
  user_properties?: { $set?: Record<string, unknown> };
  user_id?: string | null;
  device_id?: string;
  session_id?: number;
  time?: number;
  timestamp?: number;
  insert_id?: string;
  uuid?: string;
}

/**
 * Leaves out the events that the server is documented to drop, with the same id from one device
 * (https://amplitude.com/docs/apis/analytics/http-v2#event-deduplication).
 */
export function accepted(events: readonly AmplitudeEvent[]): AmplitudeEvent[] {
  const ids = new Set<string>();
  return events.filter(({ device_id, insert_id, uuid }) => {
    const id = `${device_id} ${insert_id ?? uuid}`;
    const isNew = !ids.has(id);
    ids.add(id);
    return isNew;
  });
}

/**
 * Amplitude's events as calls for the account. A session belongs to one user: it has no event of another. What the
 * server would drop is left out.
 *
 * An event bears the moment of its decision. Where that is before its session began, it came in the session's first moment,
 * and names the decision's.
 *
 * @param entries the record of the pages, for the starts of sessions.
 */
export function readAmplitude(
  events: readonly AmplitudeEvent[],
  entries: readonly Entry[] = [],
): ReceivedCall[] {
  const starts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind === 'started' && !starts.has(entry.session)) starts.set(entry.session, entry.at);
  }
  return accepted(events).map((event) => {
    const isIdentify = event.event_type === '$identify';
    const session = `${event.user_id ?? event.device_id ?? ''}:${event.session_id}`;
    const time = event.time ?? event.timestamp ?? 0;
    const at = Math.max(time, starts.get(session) ?? 0);
    const properties = {
      ...(isIdentify ? event.user_properties?.$set : event.event_properties),
      ...(!isIdentify && at > time && { decided_at: new Date(time).toISOString() }),
    };
    return {
      kind: isIdentify ? 'properties' : 'event',
      name: isIdentify ? '' : event.event_type,
      properties,
      given: properties,
      source: undefined,
      session,
      uid: event.user_id ?? '',
      page: 0,
      at,
      outcome: 'accepted',
      reason: '',
    };
  });
}
