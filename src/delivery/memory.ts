import { camelCase } from '../camel-case.ts';
import {
  type AnalyticsEvent,
  type Decision,
  isSameDecision,
  KEPT,
  type Origin,
  RECOVERED,
} from '../decision.ts';
import type { Destination, Limits } from '../destinations/destination.ts';
import { namesUsers } from '../features.ts';
import { callGlobal } from '../page/global-path.ts';
import { ignoreRejection } from '../page/ignore-rejection.ts';
import { type BeforeSend, DEFAULT_PROPERTY_NAME, type ResolvedSettings, unchanged } from '../settings.ts';
import type { Problem } from '../status.ts';
import type { Delivery, Flag } from './delivery.ts';
import type { Report } from './report.ts';

/** A user property that the session does not have as it is. */
export type Change = readonly [name: string, value: string, flag: Flag];

/** Decides which decisions are delivered and as what, and remembers what the destination's session knows. */
export interface Memory {
  /**
   * Takes a decision as it is made. One without a flag key is reported, and counts as ignored. Does little: the page's
   * `decide()` is waiting.
   *
   * @param origin how it came, where it was made before the bridge listened.
   * @param mayBeKnown whether it may have been heard already: then it is not taken twice.
   * @param who the destination's user when it was made, where that was on an earlier page.
   * @returns whether it is sure to be delivered by this bridge: not where `beforeSend` may leave it out, or another page of
   * the session may have sent it.
   */
  take_(decision: Decision, origin?: Origin, mayBeKnown?: boolean, who?: string): boolean | undefined;
  /** The event for a delivery; false for none. Calls the site's `beforeSend` the first time. */
  eventOf_(delivery: Delivery): AnalyticsEvent | false;
  /**
   * The user properties that the session does not have as they are.
   *
   * @param isHeld whether a delivery must not be sent yet.
   */
  changes_(isHeld: (delivery: Delivery) => boolean): Change[];
  /**
   * Forgets what the session knows, because another begins. Returns the deliveries that the new one gets again.
   *
   * @param who the new session's user, where the destination names one.
   * @param isSame whether the same session goes on with that user: then only user properties are forgotten.
   */
  renew_(who?: string, isSame?: boolean): Delivery[];
}

/** How many flags one page remembers, and how many different decisions of each; then the oldest are forgotten. */
const REMEMBERED_FLAGS = 5000;
const REMEMBERED_DECISIONS = 50;

/**
 * The pure core: no timers.
 *
 * @param onChange called when there is something new to hand over: a delivery, or a user property alone.
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
  /** Not a `Map`: a page may have a global of its own with that name. */
  const byKey: Record<string, Flag> = Object.create(null);
  /** All flags, the oldest first. */
  const memory: Flag[] = [];
  const nameParts = propertyName.split('{flag}');
  const names = ['flag_key', 'variation_key', 'rule_key', 'enabled'].concat(settings.include);
  /** The decision's members with the values of these properties. Made with the first event: a page's start is no time for it. */
  let members: (keyof Decision)[] | undefined;

  function isWanted({ flagKey, dispatched }: Decision): boolean {
    if (!flagKey) tell('decision-invalid');
    return (
      !!flagKey &&
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
      // Not null, and not the empty user id.
      if (value || value === false) properties[names[index] as string] = value;
    });
    return { name: settings.eventName, properties };
  }

  function eventOf(delivery: Delivery): AnalyticsEvent | false {
    if (delivery.event_ === undefined) {
      const { decision_ } = delivery;
      try {
        const event = compose(decision_);
        const copy = Object.assign({}, decision_);
        // By its name it is looked up when it is called: pages define theirs late.
        const edited = (
          typeof beforeSend === 'string' ? callGlobal(beforeSend, event, copy) : beforeSend(event, copy)
        ) as ReturnType<BeforeSend>;
        ignoreRejection(edited);
        delivery.event_ = edited !== false && {
          // What is no text throws, as everything does that is no event.
          name: edited.name.substring(0),
          // A copy, because the page may go on changing its own.
          properties: Object.assign({}, edited.properties),
        };
      } catch {
        tell('before-send');
        delivery.event_ = compose(decision_);
      }
    }
    return delivery.event_;
  }

  return {
    take_(decision, origin, mayBeKnown, who) {
      const { flagKey } = decision;
      let flag = byKey[flagKey];
      const same = flag && flag.deliveries_.find((other) => isSameDecision(other.decision_, decision));
      if (mayBeKnown && same) return undefined;
      const earlier = dedupe !== 'none' && same && !same.isLost_ && same;
      const delivery = report.see_(decision);
      if (origin === RECOVERED) {
        report.counts_.recovered++;
        // What Optimizely did not dispatch cannot be recovered.
        tell('client-late');
      }
      if (!isWanted(decision)) {
        report.settle_(delivery, 'ignored');
        return undefined;
      }
      if (!flag) {
        flag = { key_: flagKey, deliveries_: [] };
        byKey[flagKey] = flag;
        if (memory.push(flag) > REMEMBERED_FLAGS) delete byKey[(memory.shift() as Flag).key_];
      }
      const { deliveries_ } = flag;
      const latest = earlier || delivery;
      const holder = deliveries_[0];
      if (earlier) {
        earlier.madeAt_ = Math.max(earlier.madeAt_, decision.at);
        report.settle_(delivery, earlier.event_ === false ? 'ignored' : 'duplicate');
      }
      if (latest !== holder) {
        if (namesUsers && destination.who && !earlier) latest.who_ = who || destination.who();
        latest.flag_ = flag;
        // A flag that returns to an earlier decision makes no event, but its user property changes.
        let place = same ? deliveries_.indexOf(same) : deliveries_.length;
        // One that comes late is not the current one, if that was made later. What an earlier page kept is in its order.
        const first = origin && origin !== KEPT && holder && holder.madeAt_ > decision.at ? 1 : 0;
        for (; place > first; place--) deliveries_[place] = deliveries_[place - 1] as Delivery;
        deliveries_[place] = latest;
        if (deliveries_.length > REMEMBERED_DECISIONS) deliveries_.pop();
        onChange(earlier ? undefined : latest, origin);
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
        if (!propertyName || flag.knownValue_ === value || isHeld(delivery)) return;
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
        const isWaiting = (delivery: Delivery) => delivery.outcome_ === 'waiting' && !delivery.isLost_;
        let latest = flag.deliveries_[0] as Delivery;
        if (namesUsers && latest.who_ && latest.who_ !== now) {
          // It belongs to the user before, and is counted. The next user gets it once more, unless the flag is decided anew.
          const outcome = isWaiting(latest) ? 'sent' : latest.outcome_;
          latest = Object.assign({}, latest, { outcome_: outcome, madeAt_: 0 });
          flag.deliveries_[0] = latest;
        }
        if (!isWaiting(latest) && latest.event_ !== false) {
          // A lost one is on its way again: repeated, it is a duplicate.
          latest.isLost_ = false;
          if (namesUsers) latest.who_ = undefined;
          again.push(latest);
        }
        flag.deliveries_.forEach((delivery) => {
          // Made again, it is new to the session. It stays known to its impression, which may still come.
          if (delivery !== latest && !isWaiting(delivery)) delivery.isLost_ = true;
        });
      });
      return again;
    },
  };
}
