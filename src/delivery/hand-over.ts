import { type AnalyticsEvent, decisionKey } from '../decision.ts';
import type { Destination, Rate, Sight } from '../destinations/destination.ts';
import type { ResolvedSettings } from '../settings.ts';
import { type Problem, problemOf } from '../status.ts';
import type { Delivery } from './delivery.ts';
import type { Memory } from './memory.ts';
import type { Queue } from './queue.ts';
import { createRateLimit } from './rate-limit.ts';
import type { Report } from './report.ts';
import { retryWait } from './retry.ts';
import { openSessionList, type SessionList } from './session-list.ts';
import { createSignIn } from './sign-in.ts';
import type { StoredList } from './storage.ts';

/** Which limits a hand-over keeps to: our share, all that the destination takes, or none. */
export type Within = 'ours' | 'theirs' | 'none';

/** How often an event is tried while other calls succeed. */
const TRIES = 3;

/** What a hand-over needs to know of the lane. */
export interface HandOverContext {
  readonly destination: Destination;
  readonly settings: ResolvedSettings;
  readonly memory: Memory;
  readonly queue: Queue;
  readonly report: Report;
  /** What the pages of a session share. */
  readonly shared: StoredList;
  tell(problem: Problem): void;
  /** Ms to wait before the next look for a session. */
  lookWait(): number;
}

/**
 * Makes the function that hands a lane's queue to its destination, as far as a session runs and the limits allow. Only
 * our share is a matter of time: what is held for a sign-in goes as well where the page may be gone soon.
 *
 * @returns a function that returns ms until there may be more to hand over; `Infinity` when nothing is left.
 */
export function createHandOver(context: HandOverContext): (within: Within) => number {
  const { destination, settings, memory, queue, report, tell } = context;
  const { events, properties, ours = {} } = destination.limits || {};
  const eventLimit = createRateLimit(events, ours.events);
  const propertyLimit = createRateLimit(properties, ours.properties);
  const signIn = createSignIn();
  let latest: Sight | undefined;
  let successes = 0;
  let propertyFailures = 0;
  let propertyRetryAt = 0;

  const rate = (within: Within, theirs?: Rate, share?: Rate) =>
    within === 'none' ? undefined : (within === 'ours' && share) || theirs;
  const isHeld = (within: Within, delivery: Delivery) =>
    within === 'ours' && signIn.isOfUserBefore_(delivery) && signIn.holdsFor_() > 0;

  /** What other pages know a session by, where its decisions are shared with them. */
  function sharedLink({ link, session }: Sight): string | undefined {
    return settings.dedupe === 'session' ? (link === undefined ? session : link) : '';
  }

  function failed(): void {
    tell(problemOf(destination.name, 'throws'));
  }

  function noticeSession(sight: Sight): void {
    if (latest && latest.session !== sight.session) {
      // A new session under the same link has none of what the last one had.
      if (sharedLink(sight) && sharedLink(sight) === sharedLink(latest)) context.shared.write_([]);
      if (latest.user !== sight.user) signIn.happens_();
      queue.restart_(memory.renew_());
    }
    latest = sight;
  }

  /** @returns ms to wait until more properties may be handed over; 0 when all are told. */
  function handOverProperties(within: Within): number {
    for (;;) {
      const changes = memory.changes_((delivery) => isHeld(within, delivery));
      if (!changes[0]) return 0;
      const wait = Math.max(
        within === 'ours' ? propertyRetryAt - Date.now() : 0,
        propertyLimit.delay_(rate(within, properties, ours.properties)),
      );
      if (wait > 0) return wait;
      propertyLimit.spend_();
      try {
        // Own properties, so that a name like `__proto__` is one as well.
        destination.setProperties(Object.fromEntries(changes));
      } catch {
        failed();
        propertyRetryAt = Date.now() + retryWait(++propertyFailures);
        return retryWait(propertyFailures);
      }
      propertyFailures = propertyRetryAt = 0;
      successes++;
      changes.forEach(([, value, flag]) => {
        flag.knownValue_ = value;
      });
    }
  }

  /** Hands over the event of a delivery. @returns whether the destination took it. */
  function track(
    delivery: Delivery,
    name: string,
    eventProperties: AnalyticsEvent['properties'],
    key: string,
  ): boolean {
    eventLimit.spend_();
    try {
      destination.trackEvent(
        // A copy: the page may change or freeze what it gets.
        { name, properties: Object.assign({}, eventProperties) },
        { at: delivery.decision_.at, id: key },
      );
      successes++;
      delivery.failures_ = 0;
      return true;
    } catch {
      failed();
      if (!delivery.failures_) {
        delivery.failures_ = 0;
        delivery.succeededBefore_ = successes;
      }
      delivery.retryAt_ = Date.now() + retryWait(++delivery.failures_);
      return false;
    }
  }

  /** Whether the destination takes everything else: then it is the event that it does not take. */
  function isHopeless({ failures_ = 0, succeededBefore_ = 0 }: Delivery): boolean {
    return failures_ >= TRIES && successes > succeededBefore_;
  }

  /** @returns ms to wait until more events may be handed over; 0 when nothing keeps back the rest. */
  function handOverEvents(within: Within, propertyWait: number, list: SessionList): number {
    let wait = 0;
    queue.goThrough_((delivery) => {
      const { decision_, retryAt_ = 0 } = delivery;
      const now = Date.now();
      if (signIn.isSuperseded_(delivery)) {
        queue.drop_(delivery);
        return 'done';
      }
      if (isHeld(within, delivery) || (within === 'ours' && retryAt_ > now)) return 'keep';
      const event = memory.eventOf_(delivery);
      const key = decisionKey(decision_);
      const isKnown = list.has_(key);
      const name = event && !isKnown && event.name;
      // Without events, decisions arrive with their user properties.
      wait = name || settings.eventName ? eventLimit.delay_(rate(within, events, ours.events)) : propertyWait;
      if (wait) return 'stop';
      if (name) {
        if (!track(delivery, name, event.properties, key)) {
          if (!isHopeless(delivery)) return 'keep';
          queue.drop_(delivery);
          return 'done';
        }
        list.add_(key);
      }
      report.settle_(delivery, isKnown ? 'duplicate' : event ? 'sent' : 'ignored', now);
      return 'done';
    });
    return wait;
  }

  /** @returns ms until a hold ends, or something in the queue is to be tried again. */
  function dueIn(): number {
    let due = signIn.holdsFor_() || Infinity;
    queue.forEach_(({ retryAt_ = 0 }) => {
      const wait = retryAt_ - Date.now();
      if (wait > 0) due = Math.min(due, wait);
    });
    return due;
  }

  return (within) => {
    const sight = destination.look();
    if (sight.session === undefined) {
      queue.forEach_((delivery) => {
        if (delivery.waitsFor_ !== sight.state) {
          report.explain_(delivery.decision_, 'waiting: it is ' + sight.state);
        }
        delivery.waitsFor_ = sight.state;
      });
      return queue.length_() || sight.state === 'absent' ? context.lookWait() : Infinity;
    }
    noticeSession(sight);
    const list = openSessionList(context.shared, sharedLink(sight));
    const propertyWait = handOverProperties(within);
    const eventWait = handOverEvents(within, propertyWait, list);
    list.close_();
    return Math.min(propertyWait || Infinity, eventWait || Infinity, dueIn());
  };
}
