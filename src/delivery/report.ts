import type { Decision } from '../decision.ts';
import { write } from '../page/console.ts';
import type { DecisionCounts, Outcome, RecentDecision } from '../status.ts';
import type { Delivery, Flag } from './delivery.ts';

/** The number of decisions that the status lists. */
export const RECENT = 50;

/** Counts a lane's decisions, remembers the latest, and explains them in the console. */
export interface Report {
  readonly counts_: DecisionCounts;
  /** Copies of the latest decisions. */
  recent_(): RecentDecision[];
  /**
   * Counts a decision that has been made. It waits from now on.
   *
   * @param flag undefined if the site's settings leave the decision out.
   */
  see_(decision: Decision, flag?: Flag): Delivery;
  /**
   * Counts a decision that the session already has, or will get. It is not listed: repeats would push out the others, and
   * the page's `decide()` waits for this.
   */
  seeRepeat_(decision: Decision, outcome: Outcome): void;
  /** Records the outcome of a decision. Only the first one counts. */
  settle_(delivery: Delivery, outcome: Outcome): void;
  /** Uncounts a decision if it waits: another page delivers it. If made again, it counts as new. */
  forget_(delivery: Delivery): void;
  /** With `debug`, writes a step of the destination to the console. */
  explain_(step: string): void;
}

/** @param destination the destination's name, for the console. */
export function createReport(destination: string, isDebug: boolean): Report {
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

  function explain(step: string): void {
    if (isDebug) write('log', destination + ': ' + step);
  }

  function explainDecision({ flagKey, variationKey }: Decision, outcome: Outcome): void {
    if (isDebug) explain(flagKey + ' = ' + variationKey + ': ' + outcome);
  }

  return {
    counts_: counts,
    recent_: () =>
      latest.slice(-RECENT).map(({ decision_, outcome_, settledAt_ }) => {
        const recent: RecentDecision & { userId?: string } = Object.assign(
          { outcome: outcome_, settledAt: settledAt_ },
          decision_,
        );
        delete recent.userId;
        return recent;
      }),
    see_(decision, flag) {
      const delivery: Delivery = {
        decision_: decision,
        flag_: flag,
        madeAt_: decision.at,
        outcome_: 'waiting',
        settledAt_: null,
        failures_: 0,
        succeededBefore_: 0,
        retryAt_: 0,
      };
      counts.seen++;
      counts.waiting++;
      // Not `shift` at each decision, because the page's `decide()` waits for it.
      if (latest.push(delivery) > 2 * RECENT) latest = latest.slice(-RECENT);
      return delivery;
    },
    seeRepeat_(decision, outcome) {
      counts.seen++;
      counts[outcome]++;
      explainDecision(decision, outcome);
    },
    settle_(delivery, outcome) {
      if (delivery.outcome_ === 'waiting') {
        counts.waiting--;
        counts[outcome]++;
        delivery.outcome_ = outcome;
        delivery.settledAt_ = Date.now();
      }
      // Also if an earlier session has it, because it may be made again.
      if (outcome === 'dropped') delivery.isLost_ = true;
      explainDecision(delivery.decision_, outcome);
    },
    forget_(delivery) {
      // Also if an earlier session has it: when the visitor comes back, the page takes it again.
      delivery.isLost_ = true;
      if (delivery.outcome_ !== 'waiting') return;
      counts.seen--;
      counts.waiting--;
      // It is not counted later either, if a later session of this page gets it.
      delivery.outcome_ = 'sent';
      latest = latest.filter((other) => other !== delivery);
    },
    explain_: explain,
  };
}
