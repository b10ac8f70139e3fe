import type { Decision } from './decision.ts';

/** Whether a destination takes decisions, and if not, why. */
export type DestinationState = 'absent' | 'loading' | 'blocked' | 'waiting' | 'capturing' | 'refused';

/** A decision's outcome so far; {@link DecisionCounts} explains each. */
export type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped' | 'waiting';

/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`; sending a decision
 * once more to a new session counts as neither.
 */
export interface DecisionCounts {
  seen: number;
  /** Handed over while a session ran. */
  sent: number;
  /** Identical to one that this session already has, or will get. */
  duplicate: number;
  /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
  ignored: number;
  /** Queued until a session runs and the rate limits allow. */
  waiting: number;
  /**
   * Given up: more than `bufferSize` were waiting, the destination threw for it time and again, or another user signed
   * in before it could be handed over and got a decision of their own.
   */
  dropped: number;
  /** Those among `seen` that were made before the bridge listened. */
  recovered: number;
}

/** One of the latest decisions, without the user. Its flag key is empty for what is no decision. */
export interface RecentDecision extends Omit<Decision, 'userId'> {
  /** As counted: sending it again to a later session changes nothing. */
  outcome: Outcome;
  /** When it was handed over or left out, in ms since 1970; null while it waits. A duplicate is left out as it is made. */
  settledAt: number | null;
}

/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
export interface SdkStatus {
  state: 'missing' | 'waiting' | 'ready' | 'failed';
  /** Why it failed, in the SDK's words. */
  reason?: string;
}

/** What can be wrong, but for a destination. `docs/troubleshooting.md` has a section for each code, the inspector a sentence. */
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

/** What can be wrong with a destination. */
export type DestinationProblem = 'absent' | 'blocked' | 'refused' | 'throws';

/** A code: of a destination, its name in lower case stands in front, as in `fullstory-blocked`. */
export type ProblemCode = BridgeProblem | `${string}-${DestinationProblem}`;

/** A code, some with a detail after a colon. */
export type Problem = ProblemCode | `${ProblemCode}:${string}`;

/** A destination's problem code. */
export function problemOf(destination: string, problem: DestinationProblem): ProblemCode {
  return (destination.toLowerCase() + '-' + problem) as `${string}-${DestinationProblem}`;
}

/** One destination at one moment, and what it got. */
export interface DestinationStatus {
  /** As in `FullStory`. */
  name: string;
  /** `waiting`: it is there but captures nothing yet. `refused`: its server declined to capture. */
  state: DestinationState;
  /** The name of its global, where it has one. */
  namespace: string | null;
  /** The URL of the running session, or what else identifies it; null while none runs, or where nothing does. */
  session: string | null;
  decisions: DecisionCounts;
  /** The latest 50 decisions, the oldest first. */
  recent: RecentDecision[];
}

/** A bridge at one moment. The first destination's status stands at the top level as well. */
export interface Status extends Omit<DestinationStatus, 'name' | 'state'> {
  version: string;
  /** Number of Optimizely clients listened to. */
  clients: number;
  sdk: SdkStatus;
  /** Each one that decisions go to. */
  destinations: DestinationStatus[];
  /** What is wrong. */
  problems: Problem[];
  /** The first destination's state. */
  fullstory: DestinationState;
}
