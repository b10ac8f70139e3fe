import type { ReceivedCall } from '../e2e/doubles/fullstory.ts';
import { TRIES } from '../src/delivery/hand-over.ts';
import { DECIDED_AHEAD, HOLD } from '../src/delivery/sign-in.ts';
import { LATE } from '../src/destinations/delays.ts';
import type { Setup } from './model-actions.ts';

/** Records decisions and the calls to a destination, and checks them against the contract. */

export const FLAGS = ['checkout', 'pricing', 'search'];
export const VARIATIONS = [
  { variationKey: 'control', ruleKey: 'test', enabled: true },
  { variationKey: 'treatment', ruleKey: 'test', enabled: true },
  { variationKey: 'off', ruleKey: null, enabled: false },
] as const;

/** A decision that the bridge must deliver. */
export interface Made {
  id: number;
  flag: string;
  user: string;
  variation: (typeof VARIATIONS)[number];
  at: number;
}

/** A call that the destination was given. */
export type Call = Pick<
  ReceivedCall,
  'kind' | 'name' | 'properties' | 'given' | 'session' | 'at' | 'outcome' | 'reason'
>;

interface HandOver {
  kind: Call['kind'];
  decision?: Made;
  page: number;
  session: string;
  at: number;
  outcome: Call['outcome'];
}

/** `hidden`: the page may disappear soon. `left`: it is being left. */
export type Leaving = 'no' | 'hidden' | 'left';

type Rate = readonly [perMinute: number, perSecond: number];

/** The destination's limits, and our share of them. */
export interface ModelLimits {
  event: { ours: Rate; all: Rate };
  properties: { ours: Rate; all: Rate };
}

export function fail(what: string, detail?: unknown): never {
  throw new Error(what + (detail === undefined ? '' : ': ' + JSON.stringify(detail)));
}

function keyOf({ user, flag, variation }: Made): string {
  return [user, flag, variation.variationKey].join(' ');
}

function propertyOf({ variation }: Pick<Made, 'variation'>): string {
  return variation.enabled ? variation.variationKey : 'off';
}

export function createLedger(setup: Setup, now: () => number, limits: ModelLimits) {
  const { dedupe, persist } = setup;
  const made: Made[] = [];
  /** The decisions that each page took, made there or kept by the page before. */
  const taken: Set<Made>[] = [];
  const handOvers: HandOver[] = [];
  /** First deliveries: the latest of each flag. */
  const latestDelivered = new Map<string, number>();
  const onceEach = new Set<string>();
  /** When the page called for another user. */
  const signIns: number[] = [];
  /** The sign-ins after which another user followed one whose session got calls on the same page. */
  const switches: { at: number; page: number }[] = [];
  const properties = new Map<string, string>();
  /** Decisions that the contract gives up: the page went away without a session, and they were not to be kept. */
  const lost = new Set<Made>();
  /** Decisions that another client may have reported before, so the bridge may take them or not. */
  const optional = new Set<Made>();
  /** Flags whose current decision may be such a one, until they are decided again. */
  const unsure = new Set<string>();
  /** Decisions that were made before the bridge listened. */
  const recovered = new Set<Made>();
  /** How often the call for a decision threw. */
  const failures = new Map<string, number>();
  let page = -1;
  let ignored = 0;

  /**
   * What a page had delivered, and kept behind an earlier decision for its flag: sent again, it is the current one. With
   * the number of times.
   */
  const keptAgain = new Map<Made, number>();
  /** The decisions of the page as it took them, the latest last: one may be there again. */
  let log: Made[] = [];
  /** The same of the page before. */
  let logBefore: Made[] = [];
  /** Kept decisions that a page took when it was first shown. */
  const takenLate = new Set<Made>();

  const takenNow = () => taken[page] as Set<Made>;
  const events = () => handOvers.filter(({ kind, outcome }) => kind === 'event' && outcome !== 'discarded');
  const failed = (decision: Made) => failures.get(keyOf(decision)) ?? 0;

  function holdingDecision(flag: string): Made | undefined {
    return log.filter((decision) => decision.flag === flag).pop();
  }

  function isHolding(decision: Made): boolean {
    const holding = holdingDecision(decision.flag);
    return holding !== undefined && keyOf(holding) === keyOf(decision);
  }

  function once(what: string, detail: unknown): void {
    if (onceEach.has(what)) fail('delivered twice', detail);
    onceEach.add(what);
  }

  function checkPace(kind: HandOver['kind'], leaving: Leaving): void {
    if (leaving === 'left' && !persist) return;
    const [perMinute, perSecond] = limits[kind][leaving === 'no' ? 'ours' : 'all'];
    const earlier = handOvers.filter((other) => other.kind === kind && other.page === page);
    const within = (ms: number) => earlier.filter(({ at }) => now() - at < ms).length;
    if (within(60_000) >= perMinute || within(1000) >= perSecond) fail('too fast', { kind, leaving });
  }

  function decisionOf(given: Record<string, unknown>): Made {
    return made[Number(given.experiment_id)] ?? fail('an event without a decision', given);
  }

  function checkEvent(call: Call, leaving: Leaving): Made {
    const decision = decisionOf(call.properties);
    const { id, flag, user, variation, at } = decision;
    const expected: Record<string, unknown> = {
      flag_key: flag,
      variation_key: variation.variationKey,
      ...(variation.ruleKey && { rule_key: variation.ruleKey }),
      enabled: variation.enabled,
      user_id: user,
      experiment_id: String(id),
      ...(now() - at > LATE && { decided_at: new Date(at).toISOString() }),
    };
    const sorted = (properties: object) => JSON.stringify(Object.entries(properties).sort());
    if (sorted(call.properties) !== sorted(expected)) fail('wrong event', [call.properties, expected]);
    if (call.name !== setup.eventName || !call.name) fail('wrong event name', call.name);
    if (!takenNow().has(decision)) fail('an event of another page', decision);
    checkSignIn(decision, leaving);
    if (call.outcome !== 'discarded') {
      checkOnce(decision, call.session);
      checkOrder(decision);
    }
    checkPace('event', leaving);
    return decision;
  }

  function onceKeys(decision: Made, session: string): string[] {
    if (dedupe === 'none') return [`${session} ${decision.id} ${keptAgain.get(decision) ?? ''}`];
    const ofPage = `${session} ${page} ${keyOf(decision)}`;
    return dedupe === 'session' ? [ofPage, `${session} any ${keyOf(decision)}`] : [ofPage];
  }

  function checkOnce(decision: Made, session: string): void {
    for (const key of onceKeys(decision, session)) once(key, decision);
  }

  function checkOrder(made: Made): void {
    const { id, flag } = made;
    // A dropped decision is sent to the next session or page if the flag returns to it.
    if (setup.bufferSize < 1000 && (isHolding(made) || persist)) return;
    // A failing event does not delay the others, a recovered decision comes when Optimizely sends it, and calls during
    // FullStory's sleep were made in order.
    if (failed(made) || recovered.has(made) || takenLate.has(made) || hasVanished(made)) return;
    const isFirst = !events().some(
      ({ decision }) =>
        decision && (decision === made || (dedupe === 'session' && keyOf(decision) === keyOf(made))),
    );
    if (!isFirst) return;
    if ((latestDelivered.get(flag) ?? -1) > id) fail('out of order', [latestDelivered.get(flag), id]);
    latestDelivered.set(flag, id);
  }

  /** When a decision was made last on this page. */
  function madeLast(decision: Made): number {
    if (dedupe === 'none') return decision.at;
    return Math.max(
      decision.at,
      ...[...takenNow()].filter((other) => keyOf(other) === keyOf(decision)).map(({ at }) => at),
    );
  }

  /** Whether an earlier user's session got it on this page. If its call threw, the bridge does not know. */
  function wasSentBefore(decision: Made, signIn: number): boolean {
    return (
      !failed(decision) &&
      events().some(
        (call) =>
          call.decision &&
          keyOf(call.decision) === keyOf(decision) &&
          call.page === page &&
          call.at >= decision.at &&
          call.at < signIn,
      )
    );
  }

  /** A new user gets no variation of the earlier user, and has time to get an own one. */
  function checkSignIn(decision: Made, leaving: Leaving): void {
    for (const { at, page: ofPage } of switches) {
      const ahead = wasSentBefore(decision, at) ? 0 : DECIDED_AHEAD;
      if (ofPage !== page || madeLast(decision) >= at - ahead) continue;
      if (leaving === 'no' && now() < at + HOLD) fail('sent to the new user before the hold ends', decision);
      const anew = [...takenNow()].find(
        (other) =>
          other.flag === decision.flag &&
          keyOf(other) !== keyOf(decision) &&
          !optional.has(other) &&
          !recovered.has(other) &&
          other.at > at - DECIDED_AHEAD &&
          other.at <= at + HOLD,
      );
      if (anew && isHolding(anew) && !unsure.has(anew.flag))
        fail('two variations for a new user', [decision, anew]);
    }
  }

  function checkProperties(call: Call, leaving: Leaving): void {
    checkPace('properties', leaving);
    let known = 0;
    for (const flag of FLAGS) {
      const value = call.given[setup.propertyName.replace('{flag}', flag)];
      if (value === undefined) continue;
      known++;
      if (call.outcome === 'accepted') properties.set(`${call.session} ${flag}`, String(value));
      if (unsure.has(flag)) {
        if (!VARIATIONS.some((variation) => propertyOf({ variation }) === value)) fail('wrong value', value);
        continue;
      }
      const decision = holdingDecision(flag);
      if (!decision || value !== propertyOf(decision))
        fail('an outdated user property', [call.given, decision]);
      checkSignIn(decision, leaving);
    }
    if (known !== Object.keys(call.given).length) fail('unknown user property', call.given);
  }

  /**
   * Whether another user may have signed in after it, and its flag was decided again: from half a second before the sign-in
   * to two seconds after it.
   */
  function isSuperseded({ id, flag, at, user }: Made): boolean {
    return signIns.some((signIn) =>
      made.some(
        (other) =>
          other.flag === flag &&
          other.at >= signIn - DECIDED_AHEAD &&
          other.at <= signIn + HOLD &&
          (at < signIn - DECIDED_AHEAD ||
            (at <= signIn && at <= other.at && (user !== other.user || id < other.id))),
      ),
    );
  }

  /** Whether it was sent while FullStory slept, or is not retried any more. */
  function hasVanished(decision: Made): boolean {
    return (
      failed(decision) >= TRIES ||
      handOvers.some(
        (call) => call.outcome === 'discarded' && call.decision && keyOf(call.decision) === keyOf(decision),
      )
    );
  }

  /** Whether FullStory got the decision, or had it: in the same words, on a page that knew of it. */
  function isCovered(decision: Made, ofPage: number): boolean {
    if (isSuperseded(decision) || hasVanished(decision)) return true;
    // A kept decision has the time at which it was first made.
    if (persist && made.some((other) => keyOf(other) === keyOf(decision) && isSuperseded(other))) return true;
    return events().some(({ decision: other, page: deliveredBy }) => {
      if (!other || other.id > decision.id) return other !== undefined && isShared(other, decision, ofPage);
      if (other === decision) return true;
      if (dedupe === 'none' || keyOf(other) !== keyOf(decision)) return false;
      return dedupe === 'session' || (taken[ofPage]?.has(other) && deliveredBy >= ofPage);
    });
  }

  function isShared(one: Made, other: Made, ofPage: number): boolean {
    // A decision kept while the page was hidden comes after the page's own decisions.
    const comesLate = recovered.has(other) || (persist && !!taken[ofPage]?.has(one));
    return (dedupe === 'session' || comesLate) && keyOf(one) === keyOf(other);
  }

  /** Also if it was a repeat on its page, and another page got the first one. */
  function isCoveredAnywhere(decision: Made): boolean {
    return taken.some(
      (ofPage, index) =>
        ofPage.has(decision) &&
        (isCovered(decision, index) ||
          [...ofPage].some(
            (first) =>
              dedupe !== 'none' &&
              first.id < decision.id &&
              keyOf(first) === keyOf(decision) &&
              isCoveredAnywhere(first),
          )),
    );
  }

  function checkCovered(ofPage: number): void {
    if (!setup.eventName || setup.bufferSize < 1000) return;
    for (const decision of taken[ofPage] ?? []) {
      if (lost.has(decision) || optional.has(decision)) continue;
      if (!isCovered(decision, ofPage)) fail('never delivered', decision);
    }
  }

  function checkHolding(session: string): void {
    for (const flag of FLAGS) {
      const decision = holdingDecision(flag);
      if (!decision || unsure.has(flag)) continue;
      const property = properties.get(`${session} ${flag}`);
      const isRejected = handOvers.some(
        (call) => call.kind === 'properties' && call.session === session && call.outcome === 'rejected',
      );
      if (setup.propertyName && !isRejected && property !== propertyOf(decision)) {
        fail('the user property is wrong', [decision, property]);
      }
      if (!setup.eventName || setup.bufferSize < 1000 || failed(decision) >= TRIES) continue;
      const isThere = events().some(
        (call) =>
          call.session === session &&
          call.decision &&
          (dedupe === 'none' ? call.decision === decision : keyOf(call.decision) === keyOf(decision)) &&
          (dedupe === 'session' || call.page === page),
      );
      if (!isThere) fail('the session lacks the current decision', decision);
    }
  }

  /** Whether it was lost, or was kept as an identical one that was lost. */
  function isLost(decision: Made): boolean {
    return [...lost].some((other) => keyOf(other) === keyOf(decision));
  }

  function countKeptAgain(kept: Made[]): void {
    for (const decision of kept) {
      const isBehind = kept.some((other) => other.flag === decision.flag && keyOf(other) !== keyOf(decision));
      const isSent = events().some((call) => call.decision === decision);
      const isLast = kept.filter(({ flag }) => flag === decision.flag).pop() === decision;
      if (isSent && isBehind && isLast) keptAgain.set(decision, (keptAgain.get(decision) ?? 0) + 1);
    }
  }

  function checkKeptOrder(): void {
    for (const flag of FLAGS) {
      const latest = logBefore.filter((decision) => decision.flag === flag).pop();
      const holding = holdingDecision(flag);
      // Dropped decisions are not kept.
      if (setup.bufferSize < 1000 || !latest || !holding) continue;
      if (keyOf(latest) !== keyOf(holding)) fail('kept in another order', log);
    }
  }

  function take(decision: Made): void {
    unsure.delete(decision.flag);
    takenNow().add(decision);
    log.push(decision);
  }

  return {
    /** A page begins. */
    open() {
      logBefore = log;
      page++;
      taken.push(new Set());
      log = [];
      unsure.clear();
      ignored = 0;
    },
    /**
     * The page takes decisions kept by the pages before.
     *
     * @param isLate whether it began hidden, and may have decided meanwhile.
     */
    takeKept(ids: number[], isLate: boolean) {
      const ofPage = log;
      log = [];
      for (const id of ids) take(made[id] ?? fail('kept an unknown decision', id));
      countKeptAgain(log);
      if (isLate) for (const decision of log) takenLate.add(decision);
      else checkKeptOrder();
      // What the page itself has decided was decided later.
      log = log.concat(ofPage);
    },
    /** The page takes its own decisions back. */
    takeBack(ids: number[]) {
      countKeptAgain(ids.map((id) => made[id] as Made));
    },
    /** A decision is made. */
    make(decision: Omit<Made, 'id' | 'at'>, dispatched: boolean): Made {
      const complete = { ...decision, id: made.length, at: now() };
      made.push(complete);
      if (dispatched || !setup.impressionsOnly) take(complete);
      else ignored++;
      return complete;
    },
    /** A decision is made before the bridge listens. */
    makeUnheard(decision: Omit<Made, 'id' | 'at'>): Made {
      const complete = { ...decision, id: made.length, at: now() };
      made.push(complete);
      return complete;
    },
    /**
     * Optimizely sends decisions from before the bridge listened.
     *
     * @param hasOthers whether another client may have reported it.
     */
    recover(id: number, hasOthers: boolean) {
      const decision = made[id] as Made;
      const isKnown = [...takenNow()].some((other) => keyOf(other) === keyOf(decision));
      recovered.add(decision);
      takenNow().add(decision);
      if (isKnown && hasOthers) {
        optional.add(decision);
        unsure.add(decision.flag);
        return;
      }
      // It is the current one if nothing was decided since.
      const later = log.findIndex((other) => other.flag === decision.flag && other.at > decision.at);
      if (later < 0) log.push(decision);
      else log.splice(later, 0, decision);
    },
    /** The page is gone. @param keeps whether waiting decisions are kept, or were sent. */
    close(keeps: boolean) {
      for (const decision of takenNow()) {
        const isGone = !keeps || (!persist && failed(decision));
        if (isGone && !isCovered(decision, page)) lost.add(decision);
      }
    },
    receive(call: Call | undefined, leaving: Leaving, isThrowing: boolean) {
      if (!call) return fail('called without FullStory');
      // The bridge cannot know that FullStory sleeps, and it retries failing calls to the end.
      const mayVanish = call.reason === 'asleep' || (isThrowing && leaving === 'left');
      if (call.outcome === 'discarded' && !mayVanish) fail('discarded', call);
      if (!call.session && call.outcome !== 'discarded') fail('called without a session', call);
      if (call.outcome === 'rejected' && (persist || leaving !== 'left')) fail('rejected', call);
      const { kind, session, at, outcome } = call;
      const handOver: HandOver = { kind, session, at, outcome, page };
      if (kind === 'event') handOver.decision = checkEvent(call, leaving);
      else checkProperties(call, leaving);
      handOvers.push(handOver);
      if (!isThrowing || !handOver.decision) return;
      // For the bridge, the call has failed.
      failures.set(keyOf(handOver.decision), failed(handOver.decision) + 1);
      for (const key of onceKeys(handOver.decision, session)) onceEach.delete(key);
    },
    threw(given: Record<string, unknown>) {
      const decision = decisionOf(given);
      failures.set(keyOf(decision), failed(decision) + 1);
    },
    /** @param before the session that ended; undefined if none ran. */
    signIn(before?: string) {
      signIns.push(now());
      const isSwitch = handOvers.some((call) => call.session === before && call.page === page);
      if (isSwitch) switches.push({ at: now(), page });
    },
    canDrop: () => made.some((decision) => isSuperseded(decision) || failed(decision) >= TRIES),
    /** How many decisions the bridge saw, at least and at most. */
    seen() {
      const most = takenNow().size + ignored;
      return [most - [...takenNow()].filter((decision) => optional.has(decision)).length, most] as const;
    },
    /** Everything has arrived. */
    checkSettled(session: string) {
      checkHolding(session);
      checkCovered(page);
    },
    checkAll() {
      taken.forEach((_, ofPage) => {
        if (persist || ofPage === page) return;
        checkCovered(ofPage);
      });
      if (!persist) return;
      // Another page sends kept decisions.
      for (const decision of new Set(taken.flatMap((ofPage) => [...ofPage]))) {
        if (isLost(decision) || optional.has(decision)) continue;
        if (setup.eventName && setup.bufferSize >= 1000 && !isCoveredAnywhere(decision))
          fail('never delivered', decision);
      }
    },
  };
}
