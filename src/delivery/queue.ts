import type { Decision, Origin } from '../decision.ts';
import { namesUsers } from '../features.ts';
import type { Outcome } from '../status.ts';
import type { Delivery, Flag } from './delivery.ts';
import type { Report } from './report.ts';

/** A decision for another page, with the destination's user when it was made. */
export type KeptDecision = Decision & { who?: string | undefined };

/** Deliveries in the order in which they are handed over, within bounds. */
export interface Queue {
  /** @param origin how it came: where it was not heard when it was made, it goes before what was made later. */
  add_(delivery: Delivery, origin?: Origin): void;
  /** Puts deliveries in front of those that wait, and forgets what was queued again for an earlier session. */
  restart_(again: Delivery[]): void;
  /** What waits, in order. Not to be changed. */
  deliveries_(): readonly Delivery[];
  /**
   * Calls `take` with each of those that wait now, the first first. It is off the queue meanwhile, because the page's
   * functions may decide so much that the oldest are dropped.
   *
   * @param take returns what became of it: `waiting` leaves it in its place.
   */
  goThrough_(take: (delivery: Delivery) => Outcome): void;
  /**
   * What the next page needs to go on: all that waits, and then each of its flags' current decision, even when it has been
   * delivered.
   */
  decisions_(): KeptDecision[];
  /** Empties the queue and uncounts what was in it: another page delivers it. */
  giveAway_(): void;
}

function toKeep({ decision_, who_ }: Delivery): KeptDecision {
  return namesUsers ? Object.assign({ who: who_ }, decision_) : decision_;
}

export function createQueue(bufferSize: number, report: Report): Queue {
  let queue: Delivery[] = [];

  function dropOldest(): void {
    while (queue.length > bufferSize) report.settle_(queue.shift() as Delivery, 'dropped');
  }

  return {
    add_(delivery, origin) {
      let place = queue.length;
      // Not by the clock alone: somebody may set it back.
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
      // No more than there are: the page's functions may decide as fast as this goes on.
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
        // Taken in this order, the flag's current decision is current again.
        if (deliveries_[0] !== last) decisions.push(toKeep(deliveries_[0] as Delivery));
      }
      return decisions;
    },
    giveAway_() {
      report.forgetWaiting_();
      queue.forEach((delivery) => {
        // Also those that an earlier session has: a page that is gone back to takes them anew.
        delivery.isLost_ = true;
        // It is not counted any more, also where a later session of this page gets it.
        if (delivery.outcome_ === 'waiting') delivery.outcome_ = 'sent';
      });
      queue = [];
    },
  };
}
