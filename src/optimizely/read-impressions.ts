import type { Decision } from '../decision.ts';
import { readJson } from './read-decision.ts';

/** A LOG_EVENT notification, as far as the bridge reads it: what the SDK is about to send to Optimizely. */
interface LogEvent {
  params: {
    visitors: {
      visitor_id: string;
      snapshots: {
        /** None for conversions. */
        decisions?: ({ metadata: object } & object)[];
        /** One, for all its decisions. */
        events: [{ timestamp: number; uuid: string }];
      }[];
    }[];
  };
}

/**
 * Reads the impressions of a batch. Legacy calls' may have a flag key too.
 *
 * @param take gets the decision of each one, and what tells the impression from others.
 * @throws at another format.
 */
export function readImpressions(
  notification: unknown,
  take: (decision: Decision, uuid: string) => void,
): void {
  (notification as LogEvent).params.visitors.forEach((visitor) => {
    visitor.snapshots.forEach((snapshot) => {
      const [event] = snapshot.events;
      (snapshot.decisions || []).forEach((decision) => {
        const json = Object.assign({}, decision, decision.metadata);
        take(readJson(json, visitor.visitor_id, event.timestamp), event.uuid);
      });
    });
  });
}
