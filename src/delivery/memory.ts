import { camelCase } from '../camel-case.ts';
import { type AnalyticsEvent, type Decision, isSameDecision, type Origin, RECOVERED } from '../decision.ts';
import type { Destination, Limits } from '../destinations/destination.ts';
import { namesUsers } from '../features.ts';
import { callGlobal } from '../page/global-path.ts';
import { ignoreRejection } from '../page/ignore-rejection.ts';
import { type BeforeSend, DEFAULT_PROPERTY_NAME, type ResolvedSettings, unchanged } from '../settings.ts';
import type { Problem } from '../status.ts';
import type { Delivery, Flag } from './delivery.ts';
import type { KeptDecision } from './queue.ts';
import type { Report } from './report.ts';

/** A user property that the session lacks, or has with another value. */
export type Change = readonly [name: string, value: string, flag: Flag];

/** Selects and composes the decisions to deliver, and remembers those that the destination's session has. */
export interface Memory {
  /**
   * Takes a decision when it is made. One without a flag key is reported, and counts as ignored. It does little, because
   * the page's `decide()` is waiting.
   *
   * @param origin how it came, if it was made before the bridge listened.
   * @param mayBeKnown whether it may have been heard already. Then it is not taken twice.
   * @param kept the decision as an earlier page kept it, with its last moment and the destination's user.
   * @returns whether this bridge will certainly deliver it. That is not certain if `beforeSend` may leave it out, or another
   * page of the session may have sent it.
   */
  take_(decision: Decision, origin?: Origin, mayBeKnown?: boolean, kept?: KeptDecision): boolean | undefined;
  /** A new event for a delivery; false for none. Calls the site's `beforeSend` the first time. */
  eventOf_(delivery: Delivery): AnalyticsEvent | false;
  /**
   * The user properties that the session lacks, or has with another value.
   *
   * @param isHeld whether a delivery must not be sent yet. Default: all may be sent.
   */
  changes_(isHeld?: (delivery: Delivery) => boolean): Change[];
  /**
   * Forgets the session, because another begins. Returns the deliveries that the new one gets again.
   *
   * @param who the new session's user, if the destination names one.
   * @param isSame whether the same session continues with that user. Then only user properties are forgotten.
   */
  renew_(who?: string, isSame?: boolean): Delivery[];
}

/** The number of flags remembered, and of different decisions for each. Above that, the oldest are forgotten. */
const REMEMBERED_FLAGS = 5000;
const REMEMBERED_DECISIONS = 50;

/**
 * Copies an event, because the page may change or freeze it.
 *
 * @throws if its name is no text, or if it is no event at all.
 */
function copyOf(event: AnalyticsEvent): AnalyticsEvent {
  return { name: event.name.substring(0), properties: Object.assign({}, event.properties) };
}

/**
 * Uses no timers and no storage.
 *
 * @param onChange called when there is something new to hand over: a delivery, or only a user property.
 */
export function createMemory(
  settings: ResolvedSettings,
  destination: Pick<Destination, 'isPropertyName' | 'who'>,
  limits: Limits,
  report: Report,
  tell: (problem: Problem) => void,
  onChange: (delivery: Delivery | undefined, origin?: Origin) => void,
): Memory {
  const { propertyName, flags, dedupe, beforeSend } = settings;
  /** Not a `Map`: a page may have its own global with that name. */
  const byKey: Record<string, Flag> = Object.create(null);
  /** All flags, the oldest first. */
  const memory: Flag[] = [];
  const nameParts = propertyName.split('{flag}');
  const names = ['flag_key', 'variation_key', 'rule_key', 'enabled'].concat(settings.include);
  /** The decision's members with the values of these properties. Made at the first event, to keep the page's start fast. */
  let members: (keyof Decision)[] | undefined;

  function isWanted({ flagKey, dispatched }: Decision): boolean {
    if (!flagKey) {
      tell('decision-invalid');
      return false;
    }
    return (
      (dispatched || !settings.impressionsOnly) &&
      (!flags[0] ||
        flags.some(
          (flag) => flag === flagKey || (flag.endsWith('*') && flagKey.startsWith(flag.slice(0, -1))),
        ))
    );
  }

  function compose(decision: Decision): AnalyticsEvent {
    const properties: Record<string, unknown> = {};
    members = members || (names.map(camelCase) as (keyof Decision)[]);
    members.forEach((member, index) => {
      const value = decision[member];
      // Neither null nor the empty user id.
      if (value || value === false) properties[names[index] as string] = value;
    });
    return { name: settings.eventName, properties };
  }

  function eventOf(delivery: Delivery): AnalyticsEvent | false {
    const { decision_ } = delivery;
    if (beforeSend === unchanged) return compose(decision_);
    if (delivery.event_ === undefined) {
      try {
        const event = compose(decision_);
        const copy = Object.assign({}, decision_);
        // A name is looked up at each call, because a page may define its function late.
        const edited = (
          typeof beforeSend === 'string' ? callGlobal(beforeSend, event, copy) : beforeSend(event, copy)
        ) as ReturnType<BeforeSend>;
        ignoreRejection(edited);
        delivery.event_ = edited !== false && copyOf(edited);
      } catch {
        tell('before-send');
        delivery.event_ = compose(decision_);
      }
    }
    return delivery.event_ && copyOf(delivery.event_);
  }

  return {
    take_(decision, origin, mayBeKnown, kept) {
      const { flagKey } = decision;
      let flag = byKey[flagKey];
      // With room for one decision, which most flags have: V8 gives an empty array room for 17 at its first one.
      const deliveries = flag ? flag.deliveries_ : [undefined as never];
      // Not `find`: the page's `decide()` waits for this.
      let place = 0;
      while (deliveries[place] && !isSameDecision((deliveries[place] as Delivery).decision_, decision)) {
        place++;
      }
      const same = deliveries[place];
      if (mayBeKnown && same) return undefined;
      // The storage may contain anything.
      const at = (kept && Number(kept.madeAt)) || decision.at;
      if (origin === RECOVERED) {
        report.counts_.recovered++;
        // Other decisions may be missing: those that Optimizely did not dispatch cannot be recovered.
        tell('client-late');
      }
      if (!isWanted(decision)) {
        report.settle_(report.see_(decision), 'ignored');
        return undefined;
      }
      const earlier = dedupe !== 'none' && same && !same.isLost_ && same;
      if (earlier) report.seeRepeat_(decision, earlier.event_ === false ? 'ignored' : 'duplicate');
      if (!flag) {
        flag = { key_: flagKey, deliveries_: deliveries };
        byKey[flagKey] = flag;
        if (memory.push(flag) > REMEMBERED_FLAGS) delete byKey[(memory.shift() as Flag).key_];
      }
      const delivery = earlier || report.see_(decision, flag);
      // A late decision may have been made again since, even if this page has dropped it.
      delivery.madeAt_ = Math.max(at, (same || delivery).madeAt_);
      const holder = deliveries[0];
      if (delivery !== holder) {
        if (namesUsers && destination.who && !earlier)
          delivery.who_ = (kept && kept.who) || destination.who();
        // A hand-over may have reached it before it was kept.
        if (kept) delivery.wasReached_ = true;
        // A late decision does not become the current one if that was made later.
        const first = origin && holder && holder.madeAt_ > at ? 1 : 0;
        for (; place > first; place--) deliveries[place] = deliveries[place - 1] as Delivery;
        deliveries[place] = delivery;
        if (deliveries.length > REMEMBERED_DECISIONS) deliveries.pop();
        // A flag that returns to an earlier decision gets no event, but its user property changes.
        onChange(earlier ? undefined : delivery, origin);
      }
      return beforeSend === unchanged && dedupe !== 'session';
    },
    eventOf_: eventOf,
    changes_(isHeld) {
      const changes: Change[] = [];
      if (propertyName && memory.length > (limits.propertyNames || Infinity)) tell('property-limit');
      memory.forEach((flag) => {
        const delivery = flag.deliveries_[0] as Delivery;
        const { decision_ } = delivery;
        const value = decision_.enabled ? decision_.variationKey || 'on' : 'off';
        if (!propertyName || flag.knownValue_ === value || (isHeld && isHeld(delivery))) return;
        // `beforeSend` may have left the decision out.
        if (beforeSend !== unchanged && !eventOf(delivery)) return;
        const name = nameParts.join(flag.key_);
        if (
          propertyName !== DEFAULT_PROPERTY_NAME &&
          destination.isPropertyName &&
          !destination.isPropertyName(name)
        ) {
          tell('property-name-rule');
        }
        changes.push([name, value, flag]);
      });
      return changes;
    },
    renew_(now, isSame) {
      const again: Delivery[] = [];
      memory.forEach((flag) => {
        flag.knownValue_ = undefined;
        if (namesUsers && isSame) return;
        let latest = flag.deliveries_[0] as Delivery;
        if (namesUsers && latest.who_ && latest.who_ !== now) {
          // It is the earlier user's, and counted. The next user gets it again, unless the flag is decided again.
          latest = Object.assign({}, latest, { outcome_: 'sent', madeAt_: 0 });
          flag.deliveries_[0] = latest;
        }
        if (latest.outcome_ !== 'waiting' && latest.event_ !== false) {
          // It is sent again, so a repeat of it is a duplicate.
          latest.isLost_ = false;
          if (namesUsers) latest.who_ = undefined;
          again.push(latest);
        }
        flag.deliveries_.forEach((delivery) => {
          // If made again, it is new to the session. Its impression may still come, and must find it.
          if (delivery !== latest && delivery.outcome_ !== 'waiting') delivery.isLost_ = true;
        });
      });
      return again;
    },
  };
}
