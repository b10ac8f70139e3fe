import type { ReceivedCall } from '../doubles/fullstory.ts';

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
 * What Amplitude got, as the accountant reads it. Its session is the user's: no event of another user is in it. What the
 * server is documented to drop, the same id from one device, is left out
 * (https://amplitude.com/docs/apis/analytics/http-v2#event-deduplication).
 */
export function readAmplitude(events: readonly AmplitudeEvent[]): ReceivedCall[] {
  const ids = new Set<string>();
  return events
    .filter(({ device_id, insert_id, uuid }) => {
      const id = `${device_id} ${insert_id ?? uuid}`;
      if (ids.has(id)) return false;
      ids.add(id);
      return true;
    })
    .map((event) => {
      const isIdentify = event.event_type === '$identify';
      const properties = (isIdentify ? event.user_properties?.$set : event.event_properties) ?? {};
      return {
        kind: isIdentify ? 'properties' : 'event',
        name: isIdentify ? '' : event.event_type,
        properties,
        given: properties,
        source: undefined,
        session: `${event.user_id ?? ''}:${event.session_id}`,
        uid: event.user_id ?? '',
        page: 0,
        at: event.time ?? event.timestamp ?? 0,
        outcome: 'accepted',
        reason: '',
      };
    });
}
