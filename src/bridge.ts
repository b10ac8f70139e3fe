import { type Decision, isSameDecision } from './decision.ts';
import type { AnalyticsEvent } from './destination.ts';
import { type BeforeSend, DEFAULT_PROPERTY_NAME, type ResolvedSettings } from './settings.ts';
import type { Outcome, Report } from './status.ts';

/** A decision on its way to the destination. */
export interface Delivery {
  readonly decision: Decision;
  /** Made when it is first needed; null when the site left the decision out. */
  event?: AnalyticsEvent | null;
  /** None while it waits. The first one stays when the delivery is made once more for another session. */
  outcome?: Outcome;
}

/** Decides which decisions are delivered and as what, and remembers what this session knows. */
export interface Bridge {
  /**
   * Takes a decision as it is made. Does little: the page's `decide()` is waiting.
   *
   * @returns what is to be delivered, if anything is.
   */
  take(decision: Decision): Delivery | undefined;
  /** The event for a delivery; null for none. Calls the site's `beforeSend` the first time. */
  eventOf(delivery: Delivery): AnalyticsEvent | null;
  /**
   * The user properties that the session does not have as they are, at most 1000 of them, taken to be handed over
   * now; `undefined` when it has them all.
   */
  newProperties(): Record<string, string> | undefined;
  /** Takes it that the session has none of the user properties. */
  forgetProperties(): void;
  /** Forgets what the session knows, for another begins. Returns what that one has to be told again. */
  renew(): Delivery[];
}

/** How many flags one page remembers, and how many different decisions of each; then the oldest are forgotten. */
const REMEMBERED_FLAGS = 5000;
const REMEMBERED_DECISIONS = 50;

/** FullStory takes 1,499 keys a call, and 500 names per account. */
const PROPERTIES_PER_CALL = 1000;

/** What an event always says. */
const EVENT_PROPERTIES: readonly string[] = ['flag_key', 'variation_key', 'rule_key', 'enabled'];

/**
 * The pure core: no window, no timers.
 *
 * @param beforeSend the site's function; null for none.
 */
export function createDecisionBridge(
  settings: ResolvedSettings,
  report: Report,
  beforeSend: BeforeSend | null,
): Bridge {
  const { counts, problem } = report;
  const { propertyName, flags } = settings;
  /** The decisions of each flag that this session knows or will know; the last is the one that holds. */
  const memory = new Map<string, Delivery[]>();
  /** The user property values that this session has, by flag. */
  const told = new Map<string, string>();
  let mayDiffer = false;

  function isWanted(decision: Decision): boolean {
    return (
      (decision.dispatched || !settings.impressionsOnly) &&
      (!flags.length ||
        flags.some((flag) =>
          flag.slice(-1) === '*'
            ? decision.flagKey.indexOf(flag.slice(0, -1)) === 0
            : flag === decision.flagKey,
        ))
    );
  }

  function compose(decision: Decision): AnalyticsEvent {
    const values: Record<string, unknown> = {
      flag_key: decision.flagKey,
      variation_key: decision.variationKey,
      rule_key: decision.ruleKey,
      enabled: decision.enabled,
      user_id: decision.userId,
      experiment_id: decision.experimentId,
      variation_id: decision.variationId,
      dispatched: decision.dispatched,
    };
    const properties: Record<string, unknown> = {};
    EVENT_PROPERTIES.concat(settings.include).forEach((name) => {
      if (values[name] !== null) properties[name] = values[name];
    });
    return { name: settings.eventName, properties };
  }

  function edit(decision: Decision): AnalyticsEvent | null {
    if (beforeSend) {
      try {
        const edited = beforeSend(compose(decision), Object.assign({}, decision));
        if (edited === false) return null;
        // A copy, because the page may go on changing its own.
        const event = { name: edited.name, properties: Object.assign({}, edited.properties) };
        if (typeof event.name === 'string') return event;
      } catch {
        // Told below, as any other answer that is no event.
      }
      problem('before-send');
    }
    return compose(decision);
  }

  function eventOf(delivery: Delivery): AnalyticsEvent | null {
    if (delivery.event === undefined) delivery.event = edit(delivery.decision);
    return delivery.event;
  }

  function forgetProperties(): void {
    told.clear();
    mayDiffer = true;
  }

  return {
    take(decision) {
      counts.seen++;
      if (!isWanted(decision)) {
        counts.ignored++;
        return undefined;
      }
      let known = memory.get(decision.flagKey);
      if (!known) {
        memory.set(decision.flagKey, (known = []));
        if (memory.size > REMEMBERED_FLAGS) memory.delete(memory.keys().next().value as string);
      }
      let index = settings.dedupe === 'none' ? -1 : known.length - 1;
      while (index >= 0) {
        const delivery = known[index] as Delivery;
        if (delivery.outcome !== 'dropped' && isSameDecision(delivery.decision, decision)) {
          counts[delivery.event === null ? 'ignored' : 'duplicate']++;
          if (index < known.length - 1) {
            // The flag is back at what it was: no event, but the user property has to say so.
            known.push(known.splice(index, 1)[0] as Delivery);
            mayDiffer = true;
          }
          return undefined;
        }
        index--;
      }
      const delivery: Delivery = { decision };
      if (known.push(delivery) > REMEMBERED_DECISIONS) known.shift();
      mayDiffer = true;
      return delivery;
    },
    eventOf,
    newProperties() {
      if (!mayDiffer || !propertyName) return undefined;
      mayDiffer = false;
      const properties: [name: string, value: string][] = [];
      memory.forEach((known, flagKey) => {
        const delivery = known[known.length - 1] as Delivery;
        const { enabled, variationKey } = delivery.decision;
        const value = enabled ? variationKey || 'on' : 'off';
        if (told.get(flagKey) === value || !eventOf(delivery)) return;
        mayDiffer = properties.length === PROPERTIES_PER_CALL;
        if (mayDiffer) return;
        told.set(flagKey, value);
        const name = propertyName.split('{flag}').join(flagKey);
        // FullStory's documented rule (https://developer.fullstory.com/browser/v2/custom-properties/). The name `uid`
        // would identify the user.
        if (propertyName !== DEFAULT_PROPERTY_NAME && !/^(?!uid$)[a-z][\w-]*$/i.test(name)) {
          problem('property-name-rule');
        }
        if (name !== 'uid') properties.push([name, value]);
      });
      // Own properties, so that a name like `__proto__` is one as well.
      return properties.length ? Object.fromEntries(properties) : undefined;
    },
    forgetProperties,
    renew() {
      const again: Delivery[] = [];
      forgetProperties();
      memory.forEach((known, flagKey) => {
        const latest = known[known.length - 1] as Delivery;
        if (latest.outcome && latest.event !== null) again.push(latest);
        memory.set(
          flagKey,
          known.filter((delivery) => delivery === latest || !delivery.outcome),
        );
      });
      return again;
    },
  };
}
