import { decisionKey } from '../decision.ts';
import type { Destination, Limits, Sight } from '../destinations/destination.ts';
import { namesUsers } from '../features.ts';
import { steadyNow } from '../page/steady-clock.ts';
import type { ResolvedSettings } from '../settings.ts';
import { type DestinationState, type Problem, problemOf } from '../status.ts';
import type { Delivery, Tries } from './delivery.ts';
import type { Change, Memory } from './memory.ts';
import type { Queue } from './queue.ts';
import { createRateLimit, type Within } from './rate-limit.ts';
import type { Report } from './report.ts';
import { HOLD, isSuperseded, isToHold, REMEMBERED_SIGN_INS } from './sign-in.ts';
import type { StoredList } from './storage.ts';

/** The link that identifies a session on all its pages. Only with `dedupe: session`. */
type Link = string | false | undefined;

/** The number of tries for an event while other calls succeed. */
export const TRIES = 3;

/** Ms until the first retry of a call that threw, and the longest wait: 0.5 s, 10 s, 200 s, and then 5 minutes each time. */
const FIRST_RETRY = 500;
const LONGEST_RETRY = 300_000;

/** The most properties in one call. No known destination takes fewer. */
const PROPERTIES_PER_CALL = 1000;

/** The number of decisions remembered for the other pages of their sessions. */
const REMEMBERED = 1000;

/**
 * Makes the function that hands a lane's queue to its destination while a session runs and the limits allow. When the page
 * is being left, our share of the limits and the hold after a sign-in do not apply.
 *
 * @param shared the decisions that a session has, for all its pages: their keys, each followed by the session's link.
 * @param lookWait returns ms until the next look for a session.
 * @returns a function that returns ms until there may be more to hand over, or `Infinity` if nothing waits.
 */
export function createHandOver(
  destination: Destination,
  limits: Limits,
  settings: ResolvedSettings,
  memory: Memory,
  queue: Queue,
  report: Report,
  shared: StoredList,
  tell: (problem: Problem) => void,
  lookWait: () => number,
): (within: Within) => number {
  const eventLimit = createRateLimit(limits, 'events');
  const propertyLimit = createRateLimit(limits, 'properties');
  const propertyTries: Tries = { failures_: 0, succeededBefore_: 0, retryAt_: 0 };
  let latest: Sight | undefined;
  let user: Sight['user'];
  /** The moments of sign-ins, in ms since 1970, the latest first. */
  const signIns: [number, ...number[]] = [0];
  /** Until when the earlier user's decisions are held, on the steady clock. */
  let holdEnd = 0;
  let successes = 0;
  /** The link under which `shared` has the decisions of the latest session. */
  let sharedLink: Link;
  let state: DestinationState | undefined;
  /** Of the current hand-over: its limits, and ms until there may be more to hand over. */
  let within: Within;
  let due: number;

  /** Continues the hand-over after some ms, if there are any. @returns whether there are. */
  function waits(ms: number): boolean {
    if (ms > 0) due = Math.min(due, ms);
    return ms > 0;
  }

  function waitsForRetry({ retryAt_ }: Tries): boolean {
    return within === 'ours' && waits(retryAt_ - steadyNow());
  }

  function isHeld(delivery: Delivery): boolean {
    return within === 'ours' && isToHold(delivery, signIns[0]) && waits(holdEnd - steadyNow());
  }

  /** Hands over the waiting properties of earlier users. */
  function catchUpWith(now: string | undefined): void {
    const done: unknown[] = [now, undefined];
    const allowed = within;
    within = 'none';
    memory.changes_().forEach(([, , flag]) => {
      const { who_ } = flag.deliveries_[0] as Delivery;
      if (done.indexOf(who_) >= 0) return;
      done.push(who_);
      handOverProperties(
        memory.changes_((delivery) => delivery.who_ !== who_),
        who_,
      );
    });
    within = allowed;
  }

  /**
   * A new session with the same link lacks the decisions of the last one: a destination may discard calls while its
   * session sleeps.
   */
  function forgetShared(): void {
    if (sharedLink) shared.write_([]);
    sharedLink = undefined;
  }

  function noticeSession(sight: Sight): void {
    if (sight.session === undefined) return;
    const link = settings.dedupe === 'session' && sight.link;
    let now: string | undefined;
    let isOther = latest && latest.session !== sight.session;
    if (namesUsers && destination.who) {
      now = destination.who();
      // The user may have changed before the first look.
      if (!latest) isOther = true;
      if (isOther || (latest as Sight).user !== sight.user) {
        catchUpWith(now);
        memory.renew_(now, true);
      }
    }
    if (isOther) {
      if (link === sharedLink) forgetShared();
      queue.restart_(memory.renew_(now));
    }
    sharedLink = link;
    latest = sight;
  }

  /** Makes a call to the destination. @returns whether it did not throw. */
  function succeeds(call: () => void, tries: Tries): boolean {
    try {
      call();
      successes++;
      tries.failures_ = tries.retryAt_ = 0;
      return true;
    } catch {
      tell(problemOf(destination.name, 'throws'));
      if (!tries.failures_) tries.succeededBefore_ = successes;
      tries.retryAt_ = steadyNow() + Math.min(FIRST_RETRY * 20 ** tries.failures_++, LONGEST_RETRY);
      return false;
    }
  }

  /**
   * @param changes emptied by it.
   * @returns whether all of them have been handed over.
   */
  function handOverProperties(changes: Change[], who?: string): boolean {
    if (!changes[0]) return true;
    if (waitsForRetry(propertyTries) || waits(propertyLimit.delay_(within))) return false;
    propertyLimit.spend_();
    const some = changes.splice(0, PROPERTIES_PER_CALL);
    // Without a prototype until it is full: then `__proto__` is a name like any other, and 500 names are added four times as fast
    // as by `Object.fromEntries`.
    const properties: Record<string, string> = Object.create(null);
    some.forEach(([name, value]) => {
      properties[name] = value;
    });
    Object.setPrototypeOf(properties, Object.prototype);
    const isTaken = succeeds(() => destination.setProperties(properties, who), propertyTries);
    some.forEach(([, value, flag]) => {
      // If the call threw, the session may have the old value or the new one.
      flag.knownValue_ = isTaken ? value : undefined;
    });
    waits(propertyTries.retryAt_ - steadyNow());
    return isTaken && handOverProperties(changes, who);
  }

  /**
   * Drops decisions that a sign-in supersedes. Also while no session runs: if the new user's decision is repeated later, it
   * no longer seems to be made at the sign-in.
   */
  function dropSuperseded(): void {
    queue.goThrough_((delivery) => {
      const isForUser = namesUsers && delivery.who_;
      return !isForUser && signIns.some((signIn) => isSuperseded(delivery, signIn)) ? 'dropped' : 'waiting';
    });
  }

  function handOverEvents(arePropertiesSent: boolean): void {
    // Read once: no other page runs at the same time.
    const known = sharedLink ? shared.read_() : [];
    const knownBefore = known.length;
    let isFull = false;
    queue.goThrough_((delivery) => {
      const who = namesUsers ? delivery.who_ : undefined;
      // A call that names its user is not held. Nothing overtakes a decision that waits for a limit.
      const isToWait = isFull || (!who && isHeld(delivery)) || waitsForRetry(delivery);
      delivery.wasReached_ = true;
      if (isToWait) return 'waiting';
      // Without events, decisions arrive with their user properties.
      isFull = waits(eventLimit.delay_(within)) || !(settings.eventName || arePropertiesSent);
      if (isFull) return 'waiting';
      const event = memory.eventOf_(delivery);
      const id = decisionKey(delivery.decision_);
      if (known.indexOf(id + sharedLink) >= 0) return 'duplicate';
      if (!event) return 'ignored';
      if (event.name) {
        eventLimit.spend_();
        const track = () =>
          destination.trackEvent(
            event,
            namesUsers ? { at: delivery.decision_.at, id, who } : { at: delivery.decision_.at, id },
          );
        if (!succeeds(track, delivery)) {
          // Other calls succeed, so this event is the cause.
          if (delivery.failures_ >= TRIES && successes > delivery.succeededBefore_) return 'dropped';
          waits(delivery.retryAt_ - steadyNow());
          return 'waiting';
        }
        if (sharedLink) known.push(id + sharedLink);
      }
      return 'sent';
    });
    if (known.length > knownBefore) shared.write_(known.slice(-REMEMBERED));
  }

  return (allowed) => {
    const sight = destination.look();
    within = allowed;
    due = Infinity;
    // The user changes before the new session begins. Decisions from now on are the new user's.
    if (latest && sight.user !== user) {
      signIns.unshift(Date.now());
      signIns.splice(REMEMBERED_SIGN_INS);
      holdEnd = steadyNow() + HOLD;
    }
    user = sight.user;
    if (state !== sight.state) report.explain_('it is ' + sight.state);
    state = sight.state;
    const hasSession = sight.session !== undefined;
    // Now, because the next session may begin on another page.
    if (sight.isOver) forgetShared();
    noticeSession(sight);
    if (signIns[0]) dropSuperseded();
    // Not decisions made meanwhile: `beforeSend` may decide without end.
    if (hasSession) {
      const arePropertiesSent = handOverProperties(memory.changes_(isHeld));
      // After a long silence, that call has begun a session. Its events count for the new one.
      if (namesUsers) noticeSession(destination.look());
      handOverEvents(arePropertiesSent);
    }
    if (sight.isPolled || !hasSession) waits(lookWait());
    return due;
  };
}
