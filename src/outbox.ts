import type { Bridge, Delivery } from './bridge.ts';
import { decisionKey } from './decision.ts';
import type { Destination, DestinationState } from './destination.ts';
import { createPace, type Limits, type Pace } from './pace.ts';
import type { ResolvedSettings } from './settings.ts';
import type { Report } from './status.ts';
import { createStoredValue } from './storage.ts';

/** Keeps deliveries in order until the destination takes them, within bounds and at a pace. */
export interface Outbox {
  add(delivery: Delivery): void;
  /** Adds deliveries ahead of all others: they are older. */
  addFirst(deliveries: Delivery[]): void;
  /**
   * Gives away all that waits, as if it had never been seen: somebody else will deliver it. Of each flag the one that
   * holds comes last, even when it has been delivered.
   *
   * @param keep takes them; returns whether it could. If not, all stays as it was.
   * @returns what `keep` returned.
   */
  release(keep: (deliveries: Delivery[]) => boolean): boolean;
  isEmpty(): boolean;
  /** Explains what everything waits for, where that has not been said yet. */
  explainWait(state: DestinationState): void;
  /**
   * Hands over what the pace allows. To be called only while a session runs.
   *
   * @param session what tells the session from others; empty when nothing does.
   * @param isLeaving whether the page is going away: all is handed over, or as much as the destination takes when the
   * rest is kept for the next page.
   * @returns ms until there may be more to hand over; `Infinity` when nothing is left.
   */
  handOver(session: string, isLeaving?: boolean): number;
}

/**
 * FullStory's limits
 * (https://developer.fullstory.com/browser/v2/capture-events/analytics-events/,
 * https://developer.fullstory.com/browser/v2/identification/set-user-properties/).
 */
const EVENT_LIMITS: Limits = [60, 40];
const PROPERTY_LIMITS: Limits = [30, 10];
/** Ours are a part of them, because the rest is the site's. */
const EVENTS_PER_SECOND = 20;
const OUR_PROPERTY_LIMITS: Limits = [10, 2];
/** Ms after which the moment of the hand-over no longer tells the moment of the decision. */
const LATE = 1000;
/** Ms after which a call that failed is tried again. */
const RETRY = 500;
/** How many decisions of a session are remembered for its other pages. */
const REMEMBERED = 1000;

/** States that do not speak for themselves. */
const IN_WORDS: Partial<Record<DestinationState, string>> = {
  absent: 'not there',
  waiting: 'not capturing yet',
  refused: 'refused by its server',
};

/** What a session's pages share: the decisions that it has. */
interface SessionMemory {
  session: string;
  keys: string[];
}

export function createOutbox(
  bridge: Bridge,
  destination: Destination,
  settings: ResolvedSettings,
  report: Report,
): Outbox {
  const { problems } = report;
  const eventPace = createPace();
  const propertyPace = createPace();
  const stored = createStoredValue('localStorage', problems);
  let queue: Delivery[] = [];

  function dropOldest(): void {
    while (queue.length > settings.bufferSize) {
      const oldest = queue.shift() as Delivery;
      oldest.isLost = true;
      report.settle(oldest, 'dropped');
    }
  }

  /** The decisions that another page of this session has delivered. */
  function keysOf(session: string): string[] {
    const memory = stored.read() as Partial<SessionMemory> | null;
    return memory && memory.session === session && Array.isArray(memory.keys) ? memory.keys : [];
  }

  return {
    add(delivery) {
      queue.push(delivery);
      dropOldest();
    },
    addFirst(deliveries) {
      // What another session was to be told again would come twice, or has been superseded.
      queue = deliveries.concat(queue.filter(({ outcome }) => outcome === 'waiting'));
      dropOldest();
    },
    release(keep) {
      const deliveries = queue.slice();
      const lastOfFlag = new Map<string, Delivery>();
      queue.forEach((delivery) => {
        lastOfFlag.set(delivery.decision.flagKey, delivery);
      });
      lastOfFlag.forEach((last) => {
        // Taken again in this order, what the flag is back at holds again.
        const latest = bridge.latest(last);
        if (latest !== last) deliveries.push(latest);
      });
      if (!keep(deliveries)) return false;
      queue.forEach((delivery) => {
        // Also what an earlier session has: when the page is gone back to, it is taken anew.
        delivery.isLost = true;
      });
      report.forgetWaiting();
      queue = [];
      return true;
    },
    isEmpty: () => !queue.length,
    explainWait(state) {
      queue.forEach((delivery) => {
        if (delivery.waitsFor !== state)
          report.explain(delivery.decision, 'waiting: FullStory is ' + (IN_WORDS[state] || state));
        delivery.waitsFor = state;
      });
    },
    handOver(session, isLeaving) {
      const isShared = session && settings.dedupe === 'session';
      const delay = (pace: Pace, ours: Limits, all: Limits) =>
        isLeaving && !settings.persist ? 0 : pace.delay(isLeaving ? all : ours);
      let propertyWait = 0;
      let wait = 0;
      try {
        for (;;) {
          propertyWait = delay(propertyPace, OUR_PROPERTY_LIMITS, PROPERTY_LIMITS);
          const properties = !propertyWait && bridge.newProperties();
          if (!properties) break;
          propertyPace.spend();
          try {
            destination.setProperties(properties);
          } catch (error) {
            bridge.forgetProperties();
            throw error;
          }
        }
        for (let delivery = queue[0]; delivery; delivery = queue[0]) {
          const event = bridge.eventOf(delivery);
          const key = decisionKey(delivery.decision);
          const { at } = delivery.decision;
          const keys = isShared ? keysOf(session) : [];
          const isKnown = keys.includes(key);
          // Without events, decisions arrive with their user properties.
          wait = settings.eventName
            ? delay(eventPace, [settings.eventsPerMinute, EVENTS_PER_SECOND], EVENT_LIMITS)
            : propertyWait;
          if (wait) break;
          if (event && event.name && !isKnown) {
            if (Date.now() - at > LATE) event.properties.decided_at = new Date(at).toISOString();
            eventPace.spend();
            // Off the queue meanwhile: the page's function may decide so much that the oldest are dropped.
            queue.shift();
            try {
              destination.trackEvent(event);
            } catch (error) {
              queue.unshift(delivery);
              throw error;
            }
            if (isShared) stored.write({ session, keys: keys.concat(key).slice(-REMEMBERED) });
          } else queue.shift();
          report.settle(delivery, isKnown ? 'duplicate' : event ? 'sent' : 'ignored');
        }
      } catch {
        problems.add('fullstory-throws');
        wait = RETRY;
      }
      return Math.min(propertyWait || Infinity, wait || Infinity);
    },
  };
}
