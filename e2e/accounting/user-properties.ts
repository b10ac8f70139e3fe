import type { ReceivedCall } from '../doubles/fullstory.ts';
import { userOf } from './keys.ts';
import type { DecidedFlag } from './ledger.ts';

const NAME = /^\[Optimizely\] /;

/** The expected user property for a decision. */
export function propertyValueOf({ enabled, variationKey }: DecidedFlag): string {
  return enabled ? (variationKey ?? 'on') : 'off';
}

/** The user property that is set for a flag, without settings of the site's own. */
export function propertyOf(flagKey: string): string {
  return `[Optimizely] ${flagKey}`;
}

type Properties = Map<string, unknown>;

interface Made {
  decision: DecidedFlag;
  /** Whether nobody listened, on purpose. */
  isUnheard: boolean;
}

interface ExpectedProperty {
  value: string;
  isPromised: boolean;
  isUnheard: boolean;
}

/** The user properties of each FullStory user. */
export function readProperties(calls: readonly ReceivedCall[]): ReadonlyMap<string, Properties> {
  const users = new Map<string, Properties>();
  for (const { kind, outcome, session, given } of calls) {
    const user = userOf(session);
    if (!user || kind !== 'properties' || outcome !== 'accepted') continue;
    const own = users.get(user) ?? new Map<string, unknown>();
    users.set(user, own);
    // Under the original names: snippet 1.3 changes them before they leave the browser.
    for (const [name, value] of Object.entries(given)) own.set(name, value);
  }
  return users;
}

/** The expected user properties at the end. */
export function createExpectedProperties() {
  const expected = new Map<string, Map<string, ExpectedProperty>>();
  return {
    /** @param isPromised whether the property must exist, and not only be right if it exists. */
    expect(session: string, { decision, isUnheard }: Made, isPromised: boolean): void {
      const user = userOf(session) ?? '';
      const own = expected.get(user) ?? new Map<string, ExpectedProperty>();
      expected.set(user, own);
      const name = propertyOf(decision.flagKey);
      own.set(name, {
        value: propertyValueOf(decision),
        isUnheard,
        isPromised: isPromised || !!own.get(name)?.isPromised,
      });
    },
    /**
     * The number of those that are promised or exist, of the right ones, and of those that are wrong because nobody listened
     * to the latest decision. A value without a decision is wrong.
     */
    compare(calls: readonly ReceivedCall[]): { all: number; right: number; unheard: number } {
      const result = { all: 0, right: 0, unheard: 0 };
      const held = readProperties(calls);
      for (const user of new Set([...expected.keys(), ...held.keys()])) {
        const [wanted, has] = [expected.get(user), held.get(user)];
        const promised = [...(wanted ?? [])].filter(([, { isPromised }]) => isPromised);
        const there = [...(has?.keys() ?? [])].filter((name) => NAME.test(name));
        const names = new Set([...promised.map(([name]) => name), ...there]);
        result.all += names.size;
        for (const name of names) {
          const latest = wanted?.get(name);
          if (has?.has(name) && has.get(name) === latest?.value) result.right++;
          else if (latest?.isUnheard) result.unheard++;
        }
      }
      return result;
    },
  };
}

export type ExpectedProperties = ReturnType<typeof createExpectedProperties>;
