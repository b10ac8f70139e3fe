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

/** An impression: the decision that made it, and what tells it from others. */
export interface Impression {
  readonly decision: Decision;
  readonly uuid: string;
}

/** Reads the impressions of a batch. Legacy calls' may have a flag key too. */
export function readImpressions(notification: unknown): Impression[] {
  return (notification as LogEvent).params.visitors.flatMap(({ visitor_id, snapshots }) =>
    snapshots.flatMap(({ decisions, events: [{ timestamp, uuid }] }) =>
      (decisions || []).map((decision) => ({
        decision: readJson(Object.assign({}, decision, decision.metadata), visitor_id, timestamp),
        uuid,
      })),
    ),
  );
}
