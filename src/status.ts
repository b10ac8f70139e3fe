import type { DestinationState } from './destination.ts';

/** What became of a decision. */
export type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped';

/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`; sending a decision
 * once more to a new session counts as neither.
 */
export interface DecisionCounts {
  seen: number;
  /** Handed over to FullStory while a session ran. */
  sent: number;
  /** Identical to one that this session already has, or will get. */
  duplicate: number;
  /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
  ignored: number;
  /** Kept until a FullStory session runs or the pace allows. */
  waiting: number;
  /** Given up because more than `bufferSize` were waiting. */
  dropped: number;
  /** Those among `seen` that were made before the bridge listened. */
  recovered: number;
}

/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
export interface SdkStatus {
  state: 'missing' | 'waiting' | 'ready' | 'failed';
  /** Why it failed, in the SDK's words. */
  reason?: string;
}

/** Everything there is to know about a bridge at one moment. */
export interface Status {
  version: string;
  /** `waiting`: FullStory is there but captures nothing yet. `refused`: its server declined to capture. */
  fullstory: DestinationState;
  /** The name of FullStory's global. */
  namespace: string;
  /** The URL of the running FullStory session, or null. */
  session: string | null;
  /** Number of Optimizely clients listened to. */
  clients: number;
  sdk: SdkStatus;
  decisions: DecisionCounts;
  /** Short codes, some with a detail after a colon; `docs/troubleshooting.md` has a section for each. */
  problems: string[];
}

/** The one place that counts decisions and remembers problems. */
export interface Report {
  readonly counts: DecisionCounts;
  readonly problems: Set<string>;
}

export function createReport(): Report {
  return {
    counts: { seen: 0, sent: 0, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
    problems: new Set(),
  };
}
