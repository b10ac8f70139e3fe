import type { Decision } from './decision.ts';

/** Whether a destination takes decisions, and if not, why. */
export type DestinationState = 'absent' | 'loading' | 'blocked' | 'waiting' | 'capturing' | 'refused';

/** The outcome of a decision so far. {@link DecisionCounts} explains each one. */
export type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped' | 'waiting';

/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`. Sending a decision
 * again to a new session changes none of them.
 */
export interface DecisionCounts {
  seen: number;
  /** Handed over while a session ran. */
  sent: number;
  /** Identical to a decision that this session already has, or will get. */
  duplicate: number;
  /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
  ignored: number;
  /** Queued until a session runs and the rate limits allow. */
  waiting: number;
  /**
   * Not handed over, and no longer waiting: more than `bufferSize` were waiting; the destination threw for it each time;
   * or another user signed in before it could be sent, and the flag was decided again for that user.
   */
  dropped: number;
  /** The number of `seen` decisions that were made before the bridge, or the stub, listened. */
  recovered: number;
}

/** One of the latest decisions, without the user. Its flag key is empty if it could not be read as a decision. */
export interface RecentDecision extends Omit<Decision, 'userId'> {
  /** As counted: sending it again to a later session changes nothing. */
  outcome: Outcome;
  /** When it was handed over or left out, in ms since 1970; null while it waits. */
  settledAt: number | null;
}

/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
export interface SdkStatus {
  state: 'missing' | 'waiting' | 'ready' | 'failed';
  /** Why it failed, in the SDK's words. */
  reason?: string;
}

/** Problem codes, without those of destinations. `docs/troubleshooting.md` has a section for each, the inspector a sentence. */
export type BridgeProblem =
  | 'client-missing'
  | 'client-invalid'
  | 'client-late'
  | 'sdk-not-ready'
  | 'global-locked'
  | 'decision-invalid'
  | 'before-send'
  | 'property-name-rule'
  | 'property-limit'
  | 'child-frame'
  | 'storage'
  | 'setting-unknown'
  | 'setting-wrong'
  | 'settings-late'
  | 'legacy-calls'
  | 'client-shared';

/** Problems of a destination. */
export type DestinationProblem = 'absent' | 'blocked' | 'refused' | 'throws';

/** A problem code. Those of a destination begin with its name in lower case, as in `fullstory-blocked`. */
export type ProblemCode = BridgeProblem | `${string}-${DestinationProblem}`;

/** A code, some with a detail after a colon. */
export type Problem = ProblemCode | `${ProblemCode}:${string}`;

/** A destination's problem code. */
export function problemOf(destination: string, problem: DestinationProblem): ProblemCode {
  return (destination.toLowerCase() + '-' + problem) as `${string}-${DestinationProblem}`;
}

/** The status of one destination. */
export interface DestinationStatus {
  /** For example `FullStory`. */
  name: string;
  /** `waiting`: it is there but captures nothing yet. `refused`: its server declined to capture. */
  state: DestinationState;
  /** The name of its global, where it has one. */
  namespace: string | null;
  /** The URL of the running session, or another text that identifies it; null while none runs, or if there is none. */
  session: string | null;
  decisions: DecisionCounts;
  /** The latest 50 decisions, the oldest first. Repeats are only counted: they would push out the others. */
  recent: RecentDecision[];
}

/** The status of a bridge. The first destination's status is also at the top level. */
export interface Status extends Omit<DestinationStatus, 'name' | 'state'> {
  version: string;
  /** Number of Optimizely clients listened to. */
  clients: number;
  sdk: SdkStatus;
  /** All destinations, in the order of `createBridge`. */
  destinations: DestinationStatus[];
  /** The problem codes, without duplicates. */
  problems: Problem[];
  /** The first destination's state. */
  fullstory: DestinationState;
}
