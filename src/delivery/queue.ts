import { type Decision, isSameDecision, type Origin } from '../decision.ts';
import type { Outcome } from '../status.ts';
import type { Delivery, Flag } from './delivery.ts';
import type { Report } from './report.ts';

/** A decision for another page. */
export type KeptDecision = Decision & {
  /** When it was last made, in ms since 1970. */
  madeAt?: number;
  /** The destination's user when it was made. */
  who?: string | undefined;
};

/** A bounded queue of deliveries. */
export interface Queue {
  /** @param origin how it came. A decision that was not heard when it was made goes before those made later. */
  add_(delivery: Delivery, origin?: Origin): void;
  /** Puts deliveries in front of the waiting ones, and removes those that were queued again for an earlier session. */
  restart_(again: Delivery[]): void;
  /** The deliveries in order. Not to be changed. */
  deliveries_(): readonly Delivery[];
  /**
   * Calls `take` with each delivery, in order. Meanwhile that delivery is not in the queue, because the page's functions
   * may make many decisions, and the oldest deliveries are dropped.
   *
   * @param take returns the outcome. With `waiting` the delivery stays in the queue.
   */
  goThrough_(take: (delivery: Delivery) => Outcome): void;
  /**
   * For the next page: all waiting decisions, and then the current decision of each of their flags, even if it has been
   * delivered.
   */
  decisions_(): KeptDecision[];
  /** Empties the queue and uncounts its decisions: another page delivers them. */
  giveAway_(): void;
}

function toKeep({ decision_, madeAt_, who_ }: Delivery): KeptDecision {
  return Object.assign({ madeAt: madeAt_, who: who_ }, decision_);
}

/** @param bufferSize the most deliveries in it, at least 1. Above that, the oldest are dropped. */
export function createQueue(bufferSize: number, report: Report): Queue {
  let queue: Delivery[] = [];

  function dropOldest(): void {
    while (queue.length > bufferSize) report.settle_(queue.shift() as Delivery, 'dropped');
  }

  return {
    add_(delivery, origin) {
      let place = queue.length;
      // Only with an origin: others are in order already, even if the clock is set back.
      for (
        ;
        origin && place && (queue[place - 1] as Delivery).decision_.at > delivery.decision_.at;
        place--
      ) {
        queue[place] = queue[place - 1] as Delivery;
      }
      queue[place] = delivery;
      dropOldest();
    },
    restart_(again) {
      queue = again.concat(queue.filter(({ outcome_ }) => outcome_ === 'waiting'));
      dropOldest();
    },
    deliveries_: () => queue,
    goThrough_(take) {
      const kept: Delivery[] = [];
      // Not those that are added meanwhile: the page's functions may decide without end.
      for (let left = queue.length; left && queue[0]; left--) {
        const delivery = queue.shift() as Delivery;
        const outcome = take(delivery);
        if (outcome !== 'waiting') report.settle_(delivery, outcome);
        else kept.push(delivery);
      }
      queue = kept.concat(queue);
      dropOldest();
    },
    decisions_() {
      const decisions = queue.map(toKeep);
      const seen: unknown[] = [];
      for (let index = queue.length - 1; index >= 0; index--) {
        const last = queue[index] as Delivery;
        const { deliveries_ } = last.flag_ as Flag;
        if (seen.indexOf(deliveries_) >= 0) continue;
        seen.push(deliveries_);
        // Taken in this order, the flag's current decision is current again, also if all were made in one ms. Not if it
        // repeats the last one: without `dedupe`, it would arrive twice.
        const current = deliveries_[0] as Delivery;
        if (!isSameDecision(current.decision_, last.decision_)) decisions.push(toKeep(current));
      }
      return decisions;
    },
    giveAway_() {
      queue.splice(0).forEach(report.forget_);
    },
  };
}
