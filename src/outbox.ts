import type { Bridge, Delivery } from './bridge.ts';
import type { Destination } from './destination.ts';
import { createPace, type Pace } from './pace.ts';
import type { ResolvedSettings } from './settings.ts';
import type { Outcome, Report } from './status.ts';

/** Keeps deliveries in order until the destination takes them, within bounds and at a pace. */
export interface Outbox {
  /** @param first whether they go ahead of all others, because they are older. */
  add(deliveries: Delivery[], first?: boolean): void;
  /** What waits, the oldest first. */
  waiting(): readonly Delivery[];
  /**
   * Hands over what the pace allows. To be called only while a session runs.
   *
   * @param unpaced hand over all at once: the page is going away.
   * @returns ms until there is more to hand over, or `undefined` when nothing is left.
   */
  handOver(unpaced?: boolean): number | undefined;
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
    const { decision } = delivery;
    if (!delivery.outcome) {
      delivery.outcome = outcome;
      report.counts[outcome]++;
    }
    report.explain(decision.flagKey + ' = ' + decision.variationKey + ' → ' + outcome);
  }

  function handOverNext(delivery: Delivery): void {
    const event = bridge.eventOf(delivery);
    const { at } = delivery.decision;
    if (event?.name) {
      eventPace.spend();
      destination.trackEvent(
        Date.now() - at > LATE
          ? {
              name: event.name,
              properties: Object.assign({}, event.properties, { decided_at: new Date(at).toISOString() }),
            }
          : event,
      );
    }
    // The page's function may have decided so much meanwhile that this one was dropped.
    if (queue[0] === delivery) queue.shift();
    settle(delivery, event ? 'sent' : 'ignored');
  }

  return {
    add(deliveries, first) {
      queue = first ? deliveries.concat(queue) : queue.concat(deliveries);
      while (queue.length > settings.bufferSize) settle(queue.shift() as Delivery, 'dropped');
    },
    waiting: () => queue,
    handOver(unpaced) {
      const waitFor = (pace: Pace) => (unpaced ? 0 : pace.delay());
      const propertyWait = waitFor(propertyPace);
      let wait = 0;
      try {
        const properties = propertyWait ? undefined : bridge.newProperties();
        if (properties) {
          propertyPace.spend();
          destination.setProperties(properties);
        }
        while (queue[0]) {
          wait = settings.eventName ? waitFor(eventPace) : propertyWait;
          if (wait) return wait;
          handOverNext(queue[0]);
        }
      } catch {
        bridge.forgetProperties();
        report.problem('fullstory-throws');
        return RETRY;
      }
      return propertyWait || undefined;
    },
  };
}
