import type { ReceivedCall } from '../doubles/fullstory.ts';
import type { DecidedFlag, Entry } from './ledger.ts';

/**
 * What became of a decision: `accepted` once in the right session, still `waiting`, `rejected` by FullStory's limits,
 * `misplaced` in another session, `lost`; made before and told before (`repeat`), or told once more (`doubled`);
 * `leftOut` when nobody was to forward it.
 */
export type Fate =
  | 'accepted'
  | 'waiting'
  | 'rejected'
  | 'misplaced'
  | 'lost'
  | 'repeat'
  | 'doubled'
  | 'leftOut';

export const FATES: readonly Fate[] = [
  'accepted',
  'waiting',
  'rejected',
  'misplaced',
  'lost',
  'doubled',
  'repeat',
  'leftOut',
];

export interface FlagFate {
  decision: DecidedFlag;
  fate: Fate;
  /** The call that tells of it, if one does. */
  call?: ReceivedCall;
  /** FullStory's reason, or ours. */
  reason: string;
  /** Ms from the decision to its arrival; 0 when it has not arrived. */
  delay: number;
}

/** What the shop did, and what FullStory received of it, on one side. */
export interface Observed {
  entries: readonly Entry[];
  calls: readonly ReceivedCall[];
  /** What has not reached FullStory yet, and will: how many of the latest decisions, or which ones by their keys. */
  waiting: number | readonly string[];
  /** The session that runs. */
  session: string | null;
  /** Whether a decision is to be told once per session, and not once per page. */
  isOncePerSession: boolean;
}

/** How many of the flags that the shop has decided FullStory knows as they are. */
export interface Known {
  known: number;
  flags: number;
}

export interface Account {
  /** By the number of the ledger's entry. */
  fates: Map<number, FlagFate[]>;
  counts: Record<Fate, number>;
  /** By session: how many decisions of earlier sessions it was told again. */
  again: Map<string, number>;
  /** Flags whose latest decision the running session has as an event. */
  inSession: Known;
  /** Flags whose latest decision the running session's user has as a user property. */
  asProperty: Known;
  /** Events of the page's own, and how many of them FullStory accepted. */
  ofThePage: { made: number; accepted: number };
  /** The values of the user properties of that user. */
  properties: Map<string, unknown>;
  /** The latest decision for each flag. */
  latest: Map<string, DecidedFlag>;
}

const EVENT = 'Experiment Viewed';

const textOf = (...parts: unknown[]) => JSON.stringify(parts.map((part) => part ?? null));

/** What a decision and the event for it have in common. */
export function decisionKey({ flagKey, variationKey, ruleKey, enabled }: DecidedFlag): string {
  return textOf(flagKey, variationKey, ruleKey, enabled);
}

export function eventKey(properties: Record<string, unknown>): string {
  return textOf(properties.flag_key, properties.variation_key, properties.rule_key, properties.enabled);
}

/** What the user property has to say for a decision. */
export function propertyValueOf({ enabled, variationKey }: DecidedFlag): string {
  return enabled ? (variationKey ?? 'on') : 'off';
}

/** The user property that is set for a flag, without settings of the site's own. */
export function propertyOf(flagKey: string): string {
  return `[Optimizely] ${flagKey}`;
}

/** FullStory's user, whom a session's URL names before the session. */
function userOf(session: string | null): string | undefined {
  return /([^/:]*):[^:]*$/.exec(session ?? '')?.[1];
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

interface Placed extends FlagFate {
  at: number;
  page: number;
  session: string | null;
  key: string;
}

/** Each decision with the session it belongs to: the one that ran, else the next one to start. */
function place(entries: readonly Entry[]): { fates: Map<number, Placed[]>; sessions: Set<string> } {
  const fates = new Map<number, Placed[]>();
  const sessions = new Set<string>();
  let next: string | null = null;
  for (let number = entries.length - 1; number >= 0; number--) {
    const entry = entries[number] as Entry;
    if (entry.kind === 'started') {
      next = entry.session;
      sessions.add(next);
    }
    if (entry.kind !== 'decided') continue;
    const { at, page, leftOut, ifLost } = entry;
    const session = entry.session ?? next;
    fates.set(
      number,
      entry.decisions.map((decision) => ({
        decision,
        at,
        page,
        session,
        key: decisionKey(decision),
        fate: leftOut ? 'leftOut' : 'lost',
        reason: leftOut || ifLost,
        delay: 0,
      })),
    );
  }
  return { fates, sessions };
}

function arrive(placed: Placed, call: ReceivedCall | undefined, fate: Fate): void {
  placed.fate = fate;
  placed.reason = call?.reason ?? '';
  if (call) {
    placed.call = call;
    placed.delay = Math.max(0, call.at - placed.at);
  }
}

/** Nobody decided later than this what an event tells: late ones name the moment. */
function madeBy({ at, properties }: ReceivedCall): number {
  return typeof properties.decided_at === 'string' ? Date.parse(properties.decided_at) : at;
}

interface Attributed {
  /** Decisions of which their own session was told nothing. */
  missing: Placed[];
  /** The events that tell another session of those. */
  misplaced: ReadonlyMap<Placed, ReceivedCall>;
  /** The events that tell a session what an earlier one has. */
  again: ReceivedCall[];
}

/**
 * Finds each event's decision, in the order in which it all happened: so nothing that is decided later changes what
 * became of an earlier decision. Events do not say whose decision they tell.
 */
function attribute(
  decisions: readonly Placed[],
  events: readonly ReceivedCall[],
  isOncePerSession: boolean,
): Attributed {
  const wanted = new Map<string, Placed[]>();
  const repeats = new Map<string, Placed[]>();
  const byKey = new Map<string, Placed[]>();
  /** What each session was told, or is to be told, by who told it. */
  const known = new Set<string>();
  const toldAgain = new Set<string>();
  const misplaced = new Map<Placed, ReceivedCall>();
  const again: ReceivedCall[] = [];

  const distinctOf = ({ key, decision, page }: Placed, session: string | null) =>
    textOf(session, key, decision.user, isOncePerSession || page);

  function decide(placed: Placed): void {
    const where = `${placed.session} ${placed.key}`;
    const distinct = distinctOf(placed, placed.session);
    push(byKey, placed.key, placed);
    if (known.has(distinct)) {
      arrive(placed, undefined, 'repeat');
      push(repeats, where, placed);
      return;
    }
    known.add(distinct);
    push(wanted, where, placed);
  }

  /** An accepted event that tells of no decision made in its session. */
  function takeFromElsewhere(call: ReceivedCall, key: string): void {
    const where = `${call.session} ${key}`;
    const own = wanted.get(where) ?? [];
    const others = (byKey.get(key) ?? []).filter(
      ({ session, at }) => session !== call.session && at <= madeBy(call),
    );
    const untold = others.find((other) => other.fate === 'lost' && !misplaced.has(other));
    // What holds is told again: the latest one.
    const teller = untold ?? others[others.length - 1];
    const distinct = teller && distinctOf(teller, call.session);
    const sameHere = own.find(
      (placed) => placed.fate === 'lost' && distinctOf(placed, placed.session) === distinct,
    );
    const isFirst = !toldAgain.has(`${where} ${call.page}`);
    if (sameHere) arrive(sameHere, call, 'accepted');
    else if (untold) misplaced.set(untold, call);
    else if (teller && isFirst) {
      toldAgain.add(`${where} ${call.page}`);
      again.push(call);
    } else {
      // Nobody asked for this.
      const doubled = [...own, ...others].find(({ fate }) => fate === 'accepted');
      if (doubled) doubled.fate = 'doubled';
    }
    if (distinct) known.add(distinct);
  }

  function take(call: ReceivedCall): void {
    const key = eventKey(call.properties);
    const where = `${call.session} ${key}`;
    const made = madeBy(call);
    const first = (all: ReadonlyMap<string, Placed[]>, isIt: (placed: Placed) => boolean) =>
      all.get(where)?.find((placed) => placed.at <= made && isIt(placed));
    const untold = first(wanted, ({ fate }) => fate === 'lost');
    if (call.outcome === 'rejected') {
      if (untold) arrive(untold, call, 'rejected');
      return;
    }
    const told = untold ?? first(wanted, ({ fate }) => fate === 'rejected');
    const repeat = first(repeats, ({ fate }) => fate === 'repeat');
    if (told) arrive(told, call, 'accepted');
    else if (repeat) arrive(repeat, call, 'doubled');
    else takeFromElsewhere(call, key);
  }

  const happenings = [
    // What is decided and told at one moment was decided first.
    ...decisions.map((placed) => ({ at: placed.at, run: () => decide(placed) })),
    ...events
      .filter(({ outcome }) => outcome === 'accepted' || outcome === 'rejected')
      .map((call) => ({ at: call.at, run: () => take(call) })),
  ];
  for (const { run } of happenings.sort((one, other) => one.at - other.at)) run();
  const missing = [...wanted.values()].flat().filter(({ fate }) => fate === 'lost');
  return { missing, misplaced, again };
}

/** Compares what the shop decided with what FullStory has. */
export function account(observed: Observed): Account {
  const { entries, calls, session: running, isOncePerSession } = observed;
  const { fates, sessions } = place(entries);
  const events = calls.filter(({ kind, name }) => kind === 'event' && name === EVENT);
  const decisions = [...fates]
    .sort(([one], [other]) => one - other)
    .flatMap(([, all]) => all.filter(({ fate }) => fate !== 'leftOut'));
  const attributed = attribute(decisions, events, isOncePerSession);
  settleMissing(attributed, observed, events);
  const inRunning = new Set(
    events
      .filter(({ outcome, session }) => outcome === 'accepted' && session === running)
      .map(({ properties }) => eventKey(properties)),
  );

  const latest = new Map<string, DecidedFlag>();
  for (const entry of entries) {
    if (entry.kind === 'decided' && !entry.leftOut)
      for (const decision of entry.decisions) latest.set(decision.flagKey, decision);
  }
  const counts = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
  for (const all of fates.values()) for (const { fate } of all) counts[fate]++;
  const properties = readProperties(calls, running);
  const known = (isKnown: (decision: DecidedFlag) => boolean): Known => ({
    known: [...latest.values()].filter(isKnown).length,
    flags: latest.size,
  });
  return {
    fates,
    counts,
    again: countAgain(attributed, sessions),
    inSession: known((decision) => inRunning.has(decisionKey(decision))),
    asProperty: known(
      (decision) => properties.get(propertyOf(decision.flagKey)) === propertyValueOf(decision),
    ),
    ofThePage: countOfThePage(calls),
    properties,
    latest,
  };
}

/** Tells those that are still to come from those that are lost, or in another session. */
function settleMissing(
  { missing, misplaced }: Attributed,
  { waiting }: Observed,
  events: readonly ReceivedCall[],
): void {
  const keys = typeof waiting === 'number' ? [] : [...waiting];
  let latest = typeof waiting === 'number' ? waiting : 0;
  // The latest first, also of those that were made at one moment.
  for (const placed of missing.reverse().sort((one, other) => other.at - one.at)) {
    const elsewhere = misplaced.get(placed);
    if (elsewhere) {
      arrive(placed, elsewhere, 'misplaced');
      continue;
    }
    const isKept = keys.includes(placed.key);
    if (isKept) keys.splice(keys.indexOf(placed.key), 1);
    const discarded = events.find(
      ({ outcome, at, properties }) =>
        outcome === 'discarded' && at >= placed.at && eventKey(properties) === placed.key,
    );
    if (isKept || latest-- > 0) arrive(placed, undefined, 'waiting');
    else if (discarded) placed.reason = discarded.reason;
  }
}

/** How much each session was told again. */
function countAgain({ again }: Attributed, sessions: ReadonlySet<string>): Map<string, number> {
  const counts = new Map([...sessions].map((session) => [session, 0]));
  for (const { session } of again) {
    const count = counts.get(session);
    if (count !== undefined) counts.set(session, count + 1);
  }
  return counts;
}

function countOfThePage(calls: readonly ReceivedCall[]): Account['ofThePage'] {
  const events = calls.filter(({ kind, name }) => kind === 'event' && name !== EVENT);
  return { made: events.length, accepted: events.filter(({ outcome }) => outcome === 'accepted').length };
}

/** What the user of a session has as user properties. */
function readProperties(calls: readonly ReceivedCall[], session: string | null): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  const user = userOf(session);
  for (const call of calls) {
    if (!user || call.kind !== 'properties' || call.outcome !== 'accepted' || userOf(call.session) !== user)
      continue;
    // Under the names that were handed over: with snippet 1.3 others leave the browser.
    for (const [name, value] of Object.entries(call.given)) properties.set(name, value);
  }
  return properties;
}
