import type { Bridge, Delivery } from './bridge.ts';
import type { Destination } from './destination.ts';
import { createPace, type Pace } from './pace.ts';
import type { ResolvedSettings } from './settings.ts';
import type { Outcome, Report } from './status.ts';

/** Keeps deliveries in order until the destination takes them, within bounds and at a pace. */
export interface Outbox {
  add(delivery: Delivery): void;
  /** Adds deliveries ahead of all others: they are older. */
  addFirst(deliveries: Delivery[]): void;
  /** What waits, the oldest first. */
  waiting(): readonly Delivery[];
  /**
   * Hands over what the pace allows. To be called only while a session runs.
   *
   * @param unpaced hand over all at once: the page is going away.
   * @returns ms until there may be more to hand over; `Infinity` when nothing is left.
   */
  handOver(unpaced: boolean): number;
}

/** FullStory's limits are 30 property calls a minute and 10 a second; a third is enough, the rest is the site's. */
const PROPERTY_CALLS_PER_MINUTE = 10;
const PROPERTY_CALLS_PER_SECOND = 2;
/** Half of the 40 events a second that FullStory takes. */
const EVENTS_PER_SECOND = 20;
/** Ms after which the moment of the hand-over no longer tells the moment of the decision. */
const LATE = 1000;
/** Ms after which a call that failed is tried again. */
const RETRY = 500;

export function createOutbox(
  bridge: Bridge,
  destination: Destination,
  settings: ResolvedSettings,
  report: Report,
): Outbox {
  const eventPace = createPace(settings.eventsPerMinute, EVENTS_PER_SECOND);
  const propertyPace = createPace(PROPERTY_CALLS_PER_MINUTE, PROPERTY_CALLS_PER_SECOND);
  let queue: Delivery[] = [];

  function settle(delivery: Delivery, outcome: Outcome): void {
    if (!delivery.outcome) {
      delivery.outcome = outcome;
      report.counts[outcome]++;
    }
    if (settings.debug) {
      report.explain(delivery.decision.flagKey + ' = ' + delivery.decision.variationKey + ' → ' + outcome);
    }
  }

  function dropOldest(): void {
    while (queue.length > settings.bufferSize) settle(queue.shift() as Delivery, 'dropped');
  }

  return {
    add(delivery) {
      queue.push(delivery);
      dropOldest();
    },
    addFirst(deliveries) {
      queue = deliveries.concat(queue);
      dropOldest();
    },
    waiting: () => queue,
    handOver(unpaced) {
      const delay = (pace: Pace) => (unpaced ? 0 : pace.delay());
      let propertyWait = 0;
      let wait = 0;
      try {
        for (;;) {
          propertyWait = delay(propertyPace);
          const properties = !propertyWait && bridge.newProperties();
          if (!properties) break;
          propertyPace.spend();
          destination.setProperties(properties);
        }
        for (let delivery = queue[0]; delivery; delivery = queue[0]) {
          const event = bridge.eventOf(delivery);
          const { at } = delivery.decision;
          // Without events, decisions arrive with their user properties.
          wait = settings.eventName ? delay(eventPace) : propertyWait;
          if (wait) break;
          if (event && event.name) {
            if (Date.now() - at > LATE) event.properties.decided_at = new Date(at).toISOString();
            eventPace.spend();
            destination.trackEvent(event);
          }
          // The page's function may have decided so much meanwhile that this one was dropped.
          if (queue[0] === delivery) queue.shift();
          settle(delivery, event ? 'sent' : 'ignored');
        }
      } catch {
        bridge.forgetProperties();
        report.problems.add('fullstory-throws');
        wait = RETRY;
      }
      return Math.min(propertyWait || Infinity, wait || Infinity);
    },
  };
}
