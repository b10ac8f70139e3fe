import { decisionKey } from '../decision.ts';
import type { Destination, Sight } from '../destinations/destination.ts';
import { namesUsers } from '../features.ts';
import type { ResolvedSettings } from '../settings.ts';
import { type DestinationState, type Problem, problemOf } from '../status.ts';
import type { Delivery, Tries } from './delivery.ts';
import type { Memory } from './memory.ts';
import type { Queue } from './queue.ts';
import { createRateLimit, type Within } from './rate-limit.ts';
import type { Report } from './report.ts';
import { retryWait } from './retry.ts';
import { holdsFor, isOfUserBefore, isSuperseded } from './sign-in.ts';
import type { StoredList } from './storage.ts';

/** How often an event is tried while other calls succeed. */
const TRIES = 3;

/** How many decisions of a session are remembered for its other pages. */
const REMEMBERED = 1000;

type IsHeld = (delivery: Delivery) => boolean;

/** What other pages know a session by; empty where nothing tells. */
export function linkOf({ link, session }: Sight): string | undefined {
  return link === undefined ? session : link;
}

/**
 * Makes the function that hands a lane's queue to its destination, as far as a session runs and the limits allow. Only
 * our share is a matter of time: what is held for a sign-in goes as well where the page may be gone soon.
 *
 * @param shared what the pages of a session share: its link, and which decisions it has.
 * @param lookWait tells ms to wait before the next look for a session.
 * @returns a function that returns ms until there may be more to hand over; `Infinity` when nothing is left.
 */
export function createHandOver(
  destination: Destination,
  settings: ResolvedSettings,
  memory: Memory,
  queue: Queue,
  report: Report,
  shared: StoredList,
  tell: (problem: Problem) => void,
  lookWait: () => number,
): (within: Within) => number {
  const limits = destination.limits || {};
  const eventLimit = createRateLimit(limits, 'events');
  const propertyLimit = createRateLimit(limits, 'properties');
  const propertyTries: Tries = { failures_: 0, succeededBefore_: 0, retryAt_: 0 };
  let latest: Sight | undefined;
  let user: string | undefined;
  /** When another user signed in last. */
  let signIn = 0;
  let successes = 0;

  const sharedLink = (sight: Sight) => settings.dedupe === 'session' && linkOf(sight);
  const retryIn = ({ retryAt_ }: Tries) => retryAt_ - Date.now();

  /** Tells users of before what was decided for them and is not told yet. */
  function catchUpWith(now: string | undefined): void {
    const done: unknown[] = [now, undefined];
    memory
      .changes_(() => false)
      .forEach(([, , flag]) => {
        const { who_ } = flag.deliveries_[0] as Delivery;
        if (done.indexOf(who_) >= 0) return;
        done.push(who_);
        handOverProperties('none', (delivery) => delivery.who_ !== who_, who_);
      });
  }

  function noticeSession(sight: Sight): void {
    let now: string | undefined;
    let isOther = latest && latest.session !== sight.session;
    if (namesUsers && destination.who) {
      now = destination.who();
      // A user who was there before the first look may be gone by then.
      if (!latest) isOther = true;
      if (isOther || (latest as Sight).user !== sight.user) {
        catchUpWith(now);
        memory.renew_(now, true);
      }
    }
    if (isOther) {
      // A new session under the same link has none of what the last one had.
      if (latest && sharedLink(sight) && sharedLink(sight) === sharedLink(latest)) shared.write_([]);
      queue.restart_(memory.renew_(now));
    }
    latest = sight;
  }

  /** Makes a call to the destination. @returns whether that took it. */
  function succeeds(call: () => void, tries: Tries): boolean {
    try {
      call();
      successes++;
      tries.failures_ = tries.retryAt_ = 0;
      return true;
    } catch {
      tell(problemOf(destination.name, 'throws'));
      if (!tries.failures_) tries.succeededBefore_ = successes;
      tries.retryAt_ = Date.now() + retryWait(++tries.failures_);
      return false;
    }
  }

  /** @returns ms to wait until more properties may be handed over; 0 when all are told. */
  function handOverProperties(within: Within, isHeld: IsHeld, who?: string): number {
    for (;;) {
      const changes = memory.changes_(isHeld);
      if (!changes[0]) return 0;
      const wait = Math.max(within === 'ours' ? retryIn(propertyTries) : 0, propertyLimit.delay_(within));
      if (wait > 0) return wait;
      propertyLimit.spend_();
      // Own properties, so that a name like `__proto__` is one as well.
      if (!succeeds(() => destination.setProperties(Object.fromEntries(changes), who), propertyTries)) {
        return retryIn(propertyTries);
      }
      changes.forEach(([, value, flag]) => {
        flag.knownValue_ = value;
      });
    }
  }

  /** @returns ms to wait until more events may be handed over; 0 when nothing keeps back the rest. */
  function handOverEvents(
    within: Within,
    isHeld: IsHeld,
    propertyWait: number,
    link: string | false | undefined,
  ): number {
    let wait = 0;
    // No other page runs meanwhile.
    let known = link ? shared.read_() : [];
    if (known[0] !== link) known = [link];
    const knownBefore = known.length;
    queue.goThrough_((delivery) => {
      const who = namesUsers ? delivery.who_ : undefined;
      // What names its user can go at any time.
      if (!who && isSuperseded(delivery, signIn)) return 'dropped';
      if ((!who && isHeld(delivery)) || (within === 'ours' && retryIn(delivery) > 0)) return 'waiting';
      const event = memory.eventOf_(delivery);
      const key = decisionKey(delivery.decision_);
      const isKnown = known.indexOf(key) > 0;
      const name = event && !isKnown && event.name;
      // Without events, decisions arrive with their user properties.
      wait = name || settings.eventName ? eventLimit.delay_(within) : propertyWait;
      if (wait) return undefined;
      if (name) {
        eventLimit.spend_();
        const track = () =>
          destination.trackEvent(
            // A copy: the page may change or freeze what it gets.
            { name, properties: Object.assign({}, event.properties) },
            { at: delivery.decision_.at, id: key, who },
          );
        if (!succeeds(track, delivery)) {
          // Where the destination takes everything else, it is the event that it does not take.
          return delivery.failures_ >= TRIES && successes > delivery.succeededBefore_ ? 'dropped' : 'waiting';
        }
        if (link) known.push(key);
      }
      return isKnown ? 'duplicate' : event ? 'sent' : 'ignored';
    });
    if (known.length > knownBefore) {
      known.splice(1, known.length - 1 - REMEMBERED);
      shared.write_(known);
    }
    return wait;
  }

  /** @returns ms until a hold ends, or something in the queue is to be tried again. */
  function dueIn(): number {
    let due = holdsFor(signIn) || Infinity;
    queue.deliveries_().forEach((delivery) => {
      const wait = retryIn(delivery);
      if (wait > 0) due = Math.min(due, wait);
    });
    return due;
  }

  /** @returns ms until the next look for a session. */
  function waitForSession(state: DestinationState): number {
    const deliveries = queue.deliveries_();
    deliveries.forEach((delivery) => {
      if (delivery.waitsFor_ !== state) report.explain_(delivery.decision_, 'waiting: it is ' + state);
      delivery.waitsFor_ = state;
    });
    return deliveries[0] || state === 'absent' ? lookWait() : Infinity;
  }

  return (within) => {
    const sight = destination.look();
    // Told before the new user's session begins: what is decided meanwhile is theirs.
    if (latest && sight.user !== user) signIn = Date.now();
    user = sight.user;
    if (sight.session === undefined) return waitForSession(sight.state);
    noticeSession(sight);
    const isHeld: IsHeld = (delivery) =>
      within === 'ours' && isOfUserBefore(delivery, signIn) && holdsFor(signIn) > 0;
    const propertyWait = handOverProperties(within, isHeld);
    const eventWait = handOverEvents(within, isHeld, propertyWait, sharedLink(sight));
    return Math.min(propertyWait || Infinity, eventWait || Infinity, dueIn());
  };
}
