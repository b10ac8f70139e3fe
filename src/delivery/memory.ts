import { camelCase } from '../camel-case.ts';
import { type Decision, isSameDecision } from '../decision.ts';
import type { AnalyticsEvent, DestinationState } from '../destinations/destination.ts';
import { type BeforeSend, DEFAULT_PROPERTY_NAME, type ResolvedSettings, unchanged } from '../settings.ts';
import type { Outcome, Report } from '../status.ts';

/** A decision on its way to the destination, or what became of it. */
export interface Delivery {
  readonly decision: Decision;
  /** What is known of its flag; nothing where it is not wanted. */
  flag?: Flag;
  /** Made when it is first needed; false when the site left the decision out. */
  event?: AnalyticsEvent | false;
  /** The first one holds, also when the delivery is made once more for another session. */
  outcome: Outcome;
  /** When it was handed over or left out, in ms since 1970; null while it waits. */
  settledAt: number | null;
  /** Whether it will not be delivered, for it was dropped or given away: made again, the decision is new. */
  isLost?: boolean;
  /** Why it waits, as the console was told last. */
  waitsFor?: DestinationState;
}

/** What the session knows, or will know, of a flag. */
export interface Flag {
  /** Its decisions; the first is the one that holds. */
  deliveries: Delivery[];
  /** The value of its user property that the session has. */
  told?: string | undefined;
}

/** Decides which decisions are delivered and as what, and remembers what this session knows. */
export interface Bridge {
  /**
   * Takes a decision as it is made; one without a flag key is told, and counts as ignored. Does little: the page's `decide()` is waiting.
   *
   * @param isRecovered whether it was made before the bridge listened.
   * @param mayBeKnown whether it may have been heard: one that is known is not taken again then.
   */
  take(decision: Decision, isRecovered?: boolean, mayBeKnown?: boolean): void;
  /** The event for a delivery; false for none. Calls the site's `beforeSend` the first time. */
  eventOf(delivery: Delivery): AnalyticsEvent | false;
  /**
   * Hands the user properties that the session does not have as they are to `tell`, at most 1000 of them. When it
   * throws, the session does not have them.
   *
   * @returns whether there were any.
   */
  tellProperties(tell: (properties: Record<string, string>) => void): boolean;
  /** Forgets what the session knows, for another begins. Returns what that one has to be told again. */
  renew(): Delivery[];
}

/** How many flags one page remembers, and how many different decisions of each; then the oldest are forgotten. */
const REMEMBERED_FLAGS = 5000;
const REMEMBERED_DECISIONS = 50;

/** FullStory takes 1,499 keys a call, and 500 names per account. */
const PROPERTIES_PER_CALL = 1000;

/**
 * The pure core: no window, no timers.
 *
 * @param onChange called when there is something new to hand over: a delivery, or a user property alone.
 */
export function createDecisionBridge(
  settings: ResolvedSettings,
  report: Report,
  beforeSend: BeforeSend,
  onChange: (delivery: Delivery | undefined) => void,
): Bridge {
  const { counts, problems } = report;
  const { propertyName, flags } = settings;
  const memory = new Map<string, Flag>();

  function isWanted({ flagKey, dispatched }: Decision): boolean {
    if (!flagKey) problems.add('decision-invalid');
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
    ['flag_key', 'variation_key', 'rule_key', 'enabled'].concat(settings.include).forEach((name) => {
      const value = decision[camelCase(name) as keyof Decision];
      // Neither null nor the empty text of a user whom nobody named.
      if (value || value === false) properties[name] = value;
    });
    return { name: settings.eventName, properties };
  }

  function eventOf(delivery: Delivery): AnalyticsEvent | false {
    const { decision } = delivery;
    if (delivery.event === undefined) {
      try {
        const edited = beforeSend(compose(decision), Object.assign({}, decision));
        delivery.event = edited !== false && {
          // FullStory takes names of up to 250 characters. What is no text throws, as everything does that is no event.
          name: edited.name.substring(0, 250),
          // A copy, because the page may go on changing its own.
          properties: Object.assign({}, edited.properties),
        };
      } catch {
        problems.add('before-send');
        delivery.event = compose(decision);
      }
    }
    return delivery.event;
  }

  return {
    take(decision, isRecovered, mayBeKnown) {
      const { flagKey } = decision;
      let flag = memory.get(flagKey);
      const same = flag && flag.deliveries.find((other) => isSameDecision(other.decision, decision));
      // Heard already, of another client.
      if (mayBeKnown && same) return;
      const delivery = report.see(decision);
      if (isRecovered) {
        counts.recovered++;
        // What Optimizely did not dispatch cannot be recovered.
        problems.add('client-late');
      }
      if (!isWanted(decision)) {
        report.settle(delivery, 'ignored', decision.at);
        return;
      }
      if (!flag) {
        flag = { deliveries: [] };
        memory.set(flagKey, flag);
        if (memory.size > REMEMBERED_FLAGS) memory.delete(memory.keys().next().value as string);
      }
      const { deliveries } = flag;
      const earlier = settings.dedupe !== 'none' && same && !same.isLost && same;
      const latest = earlier || delivery;
      const holder = deliveries[0];
      if (earlier) report.settle(delivery, earlier.event === false ? 'ignored' : 'duplicate', decision.at);
      if (latest === holder) return;
      latest.flag = flag;
      // What a flag is back at makes no event, but the user property has to say it.
      if (same) deliveries.splice(deliveries.indexOf(same), 1);
      // What is recovered was made before all that was heard: it does not hold any more.
      deliveries.splice(isRecovered && holder && holder.decision.at > decision.at ? 1 : 0, 0, latest);
      deliveries.splice(REMEMBERED_DECISIONS);
      onChange(earlier ? undefined : latest);
    },
    eventOf,
    tellProperties(tell) {
      const changes: [name: string, value: string, flag: Flag][] = [];
      memory.forEach((flag, flagKey) => {
        const delivery = flag.deliveries[0] as Delivery;
        const { decision } = delivery;
        const value = decision.enabled ? decision.variationKey || 'on' : 'off';
        if (!propertyName || flag.told === value) return;
        // Asked here only who may leave it out: to make the events of many decisions in one task takes long.
        if (beforeSend !== unchanged && !eventOf(delivery)) return;
        const name = propertyName.split('{flag}').join(flagKey);
        // FullStory's documented rule (https://developer.fullstory.com/browser/v2/custom-properties/), and the one
        // name that would identify the user.
        if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
          problems.add('property-name-rule');
        }
        if (name !== 'uid') changes.push([name, value, flag]);
      });
      changes.splice(PROPERTIES_PER_CALL);
      if (!changes[0]) return false;
      // Own properties, so that a name like `__proto__` is one as well.
      tell(Object.fromEntries(changes));
      changes.forEach(([, value, flag]) => {
        flag.told = value;
      });
      return true;
    },
    renew() {
      const again: Delivery[] = [];
      memory.forEach((flag) => {
        const latest = flag.deliveries[0] as Delivery;
        const isWaiting = (delivery: Delivery) => delivery.outcome === 'waiting' && !delivery.isLost;
        if (!isWaiting(latest) && latest.event !== false) {
          // Also what was lost is on its way from now on: made again, it is a duplicate.
          latest.isLost = false;
          again.push(latest);
        }
        flag.deliveries = flag.deliveries.filter((delivery) => delivery === latest || isWaiting(delivery));
        flag.told = undefined;
      });
      return again;
    },
  };
}
