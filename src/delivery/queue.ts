import { type Decision, decisionKey } from '../decision.ts';
import type { Destination } from '../destinations/destination.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { Report } from '../status.ts';
import type { Bridge, Delivery, Flag } from './memory.ts';
import { type Calls, delay, type Limits, spend } from './rate-limit.ts';
import { readStored, writeStored } from './storage.ts';

/** Keeps deliveries in order until the destination takes them, within bounds and at a pace. */
export interface Outbox {
  add(delivery: Delivery): void;
  /**
   * Gives away all that waits, as if it had never been seen: somebody else will deliver it. Of each flag the one that
   * holds comes last, even when it has been delivered.
   *
   * @param keep takes them; returns whether it could. If not, all stays as it was.
   * @returns what `keep` returned; true where nothing waits.
   */
  release(keep: (decisions: Decision[]) => boolean): boolean;
  /**
   * Hands over what the pace allows, while a session runs.
   *
   * @param isLeaving whether the page is going away: all is handed over, or as much as the destination takes when the
   * rest is kept for the next page.
   * @returns ms until there may be more to hand over; `Infinity` when nothing is left.
   */
  handOver(isLeaving?: boolean): number;
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

/** Ms between looks for the destination, and for a session that something waits for: nothing announces the snippet. */
const LOOK_AGAIN = 250;

export function createOutbox(
  bridge: Bridge,
  destination: Destination,
  settings: ResolvedSettings,
  report: Report,
): Outbox {
  const { problems } = report;
  const events: Calls = [];
  const properties: Calls = [];
  let queue: Delivery[] = [];
  let latestSession = '';

  function dropOldest(): void {
    while (queue.length > settings.bufferSize) {
      const oldest = queue.shift() as Delivery;
      oldest.isLost = true;
      report.settle(oldest, 'dropped', Date.now());
    }
  }

  /** What the pages of a session share: which it is, and the decisions that it has. */
  function readSession(session: string): unknown[] {
    const stored = readStored('localStorage', problems);
    return stored[0] === session ? stored : [session];
  }

  function tell(changed: Record<string, string>): void {
    spend(properties);
    destination.setProperties(changed);
  }

  return {
    add(delivery) {
      queue.push(delivery);
      dropOldest();
    },
    release(keep) {
      const decisions = queue.map(({ decision }) => decision);
      const lastOfFlag = new Map<Flag | undefined, Delivery>();
      queue.forEach((delivery) => {
        lastOfFlag.set(delivery.flag, delivery);
      });
      lastOfFlag.forEach((last) => {
        // Taken again in this order, what the flag is back at holds again.
        const holder = (last.flag as Flag).deliveries[0] as Delivery;
        if (holder !== last) decisions.push(holder.decision);
      });
      if (!queue[0]) return true;
      if (!keep(decisions)) return false;
      queue.forEach((delivery) => {
        // Also what an earlier session has: when the page is gone back to, it is taken anew.
        delivery.isLost = true;
      });
      report.forgetWaiting();
      queue = [];
      return true;
    },
    handOver(isLeaving) {
      destination.watch();
      const { state, session } = destination.look();
      if (session === undefined) {
        queue.forEach((delivery) => {
          if (delivery.waitsFor !== state)
            report.explain(delivery.decision, 'waiting: FullStory is ' + state);
          delivery.waitsFor = state;
        });
        return queue[0] || state === 'absent' ? LOOK_AGAIN : Infinity;
      }
      if (latestSession && session && session !== latestSession) {
        // What another session was to be told again would come twice, or has been superseded.
        queue = bridge.renew().concat(queue.filter(({ outcome }) => outcome === 'waiting'));
        dropOldest();
      }
      latestSession = session || latestSession;
      const isShared = session && settings.dedupe === 'session';
      const wait = (calls: Calls, ours: Limits, all: Limits) =>
        isLeaving && !settings.persist ? 0 : delay(calls, isLeaving ? all : ours);
      let delivery: Delivery | undefined;
      let propertyWait = 0;
      let eventWait = 0;
      try {
        for (;;) {
          propertyWait = wait(properties, OUR_PROPERTY_LIMITS, PROPERTY_LIMITS);
          if (propertyWait || !bridge.tellProperties(tell)) break;
          // Many events have a turn of their own: with their properties they would keep the page busy for too long.
          if (!isLeaving && queue[EVENTS_PER_SECOND]) return 0;
        }
        // Not without end: the site's functions may decide as fast as this goes on.
        for (let most = 2 * settings.bufferSize; queue[0] && most; most--) {
          // Off the queue meanwhile: the page's functions may decide so much that the oldest are dropped.
          delivery = queue.shift() as Delivery;
          const { decision } = delivery;
          const event = bridge.eventOf(delivery);
          const key = decisionKey(decision);
          const now = Date.now();
          const shared = isShared ? readSession(session) : [];
          const isKnown = shared.includes(key);
          const name = event && !isKnown && event.name;
          // Without events, decisions arrive with their user properties.
          eventWait =
            name || settings.eventName
              ? wait(events, [settings.eventsPerMinute, EVENTS_PER_SECOND], EVENT_LIMITS)
              : propertyWait;
          if (eventWait) break;
          if (name) {
            if (now - decision.at > LATE) event.properties.decided_at = new Date(decision.at).toISOString();
            spend(events);
            destination.trackEvent(event);
            if (isShared) {
              shared.splice(1, shared.length - REMEMBERED);
              writeStored('localStorage', shared.concat(key), problems);
            }
          }
          report.settle(delivery, isKnown ? 'duplicate' : event ? 'sent' : 'ignored', now);
          delivery = undefined;
        }
      } catch {
        problems.add('fullstory-throws');
        eventWait = RETRY;
      }
      if (delivery) {
        queue.unshift(delivery);
        dropOldest();
      }
      return Math.min(propertyWait || Infinity, eventWait || Infinity);
    },
  };
}
