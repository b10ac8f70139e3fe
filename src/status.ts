import type { Decision } from './decision.ts';
import type { Delivery } from './delivery/memory.ts';
import type { DestinationState } from './destinations/destination.ts';
import type { ResolvedSettings } from './settings.ts';

/** What became of a decision so far; {@link DecisionCounts} tells what each one means. */
export type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped' | 'waiting';

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

/** One of the latest decisions, with nothing personal in it. */
export interface RecentDecision {
  /** Empty for what is no decision. */
  flagKey: string;
  variationKey: string | null;
  ruleKey: string | null;
  enabled: boolean;
  /** When it was made, in ms since 1970. */
  at: number;
  /** As counted: telling a later session once more changes nothing. */
  outcome: Outcome;
  /** When it was handed over or left out, in ms since 1970; null while it waits. What is a duplicate was left out as it was made. */
  settledAt: number | null;
}

/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
export interface SdkStatus {
  state: 'missing' | 'waiting' | 'ready' | 'failed';
  /** Why it failed, in the SDK's words. */
  reason?: string;
}

/** What can be wrong. `docs/troubleshooting.md` has a section for each, and the inspector a sentence. */
export type ProblemCode =
  | 'fullstory-absent'
  | 'fullstory-blocked'
  | 'fullstory-refused'
  | 'fullstory-throws'
  | 'client-missing'
  | 'client-invalid'
  | 'client-late'
  | 'sdk-not-ready'
  | 'global-locked'
  | 'decision-invalid'
  | 'before-send'
  | 'property-name-rule'
  | 'child-frame'
  | 'storage'
  | 'setting-unknown'
  | 'setting-wrong';

/** A code, some with a detail after a colon. */
export type Problem = ProblemCode | `${ProblemCode}:${string}`;

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
  /** The latest 50 decisions, the oldest first. */
  recent: RecentDecision[];
  /** What is wrong. */
  problems: Problem[];
}

/** How many of the latest decisions the status tells. */
const RECENT = 50;

/** The one place that counts decisions, remembers problems, and explains in the console. */
export interface Report {
  readonly counts: DecisionCounts;
  readonly problems: Set<Problem>;
  /** The latest decisions as they are now, copied. */
  recent(): RecentDecision[];
  /** A decision has been made. It waits from now on. */
  see(decision: Decision): Delivery;
  /**
   * Tells what became of a decision. The first time counts.
   *
   * @param at when, in ms since 1970; for what is left out as it is made, that moment: asking the clock takes as long as
   * all the rest.
   */
  settle(delivery: Delivery, outcome: Outcome, at: number): void;
  /** Counts all that waits as if it had never been seen. */
  forgetWaiting(): void;
  /** With `debug`, writes a decision's next step to the console: a line of one message for all those of a turn. */
  explain(decision: Decision, step: string): void;
}

export function createReport(settings: ResolvedSettings, problems: Set<Problem>): Report {
  const counts: DecisionCounts = {
    seen: 0,
    sent: 0,
    duplicate: 0,
    ignored: 0,
    waiting: 0,
    dropped: 0,
    recovered: 0,
  };
  let latest: Delivery[] = [];
  let lines: string[] = [];

  function print(): void {
    const text = lines.join('\n');
    lines = [];
    console.log(text);
  }

  function explain({ flagKey, variationKey }: Decision, step: string): void {
    if (!settings.debug) return;
    // After the page's `decide()`, and also when the page is going away.
    if (!lines.length) Promise.resolve().then(print);
    lines.push('[optimizely-fullstory] ' + flagKey + ' = ' + variationKey + ' → ' + step);
  }

  return {
    counts,
    problems,
    recent: () =>
      latest
        .slice(-RECENT)
        .map(({ decision: { flagKey, variationKey, ruleKey, enabled, at }, outcome, settledAt }) => ({
          flagKey,
          variationKey,
          ruleKey,
          enabled,
          at,
          outcome,
          settledAt,
        })),
    see(decision) {
      const delivery: Delivery = { decision, outcome: 'waiting', settledAt: null };
      counts.seen++;
      counts.waiting++;
      latest.push(delivery);
      // Seldom, because the page's `decide()` waits for it.
      if (latest.length > 2 * RECENT) latest.splice(0, RECENT);
      return delivery;
    },
    settle(delivery, outcome, at) {
      if (delivery.outcome === 'waiting') {
        counts.waiting--;
        counts[outcome]++;
        delivery.outcome = outcome;
        delivery.settledAt = at;
      }
      explain(delivery.decision, outcome);
    },
    forgetWaiting() {
      counts.seen -= counts.waiting;
      counts.waiting = 0;
      latest = latest.filter(({ outcome }) => outcome !== 'waiting');
    },
    explain,
  };
}
