import type { Decision } from '../decision.ts';
import { readJson } from './read-decision.ts';

/** The part of a LOG_EVENT notification that the bridge reads: the batch that the SDK is about to send to Optimizely. */
interface LogEvent {
  params: {
    visitors: {
      visitor_id: string;
      snapshots: {
        /** None for conversions. */
        decisions?: ({ metadata: object } & object)[];
        /** One event for all decisions. */
        events: [{ timestamp: number; uuid: string }];
      }[];
    }[];
  };
}

/**
 * Reads the impressions of a batch. Those of legacy calls may have a flag key too.
 *
 * @param take gets the decision of each impression, and the impression's uuid.
 * @throws if the format is another one.
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
