import type { ReceivedCall } from './fullstory-double.ts';
import type { Decided, DecidedFlag, Entry } from './ledger.ts';

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
    const { at, leftOut, ifLost } = entry;
    const session = entry.session ?? next;
    fates.set(
      number,
      entry.decisions.map((decision) => ({
        decision,
        at,
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

/** Compares what the shop decided with what FullStory has. */
export function account(observed: Observed): Account {
  const { entries, calls, session: running } = observed;
  const { fates, sessions } = place(entries);
  const events = calls.filter(({ kind, name }) => kind === 'event' && name === EVENT);
  const byPlace = new Map<string, ReceivedCall[]>();
  const elsewhere = new Map<string, ReceivedCall[]>();
  for (const call of events) {
    const key = eventKey(call.properties);
    push(byPlace, `${call.outcome} ${call.session} ${key}`, call);
    push(elsewhere, `${call.outcome} ${key}`, call);
  }

  const wanted = new Map<string, Placed[]>();
  const repeats = new Map<string, Placed[]>();
  const seen = new Set<string>();
  for (const number of [...fates.keys()].sort((one, other) => one - other)) {
    const { page } = entries[number] as Decided;
    for (const placed of fates.get(number) ?? []) {
      if (placed.fate === 'leftOut') continue;
      const where = `${placed.session} ${placed.key}`;
      const distinct = textOf(where, placed.decision.user, observed.isOncePerSession || page);
      push(seen.has(distinct) ? repeats : wanted, where, placed);
      seen.add(distinct);
    }
  }

  const missing: Placed[] = [];
  for (const [where, all] of wanted) {
    const accepted = byPlace.get(`accepted ${where}`) ?? [];
    const rejected = byPlace.get(`rejected ${where}`) ?? [];
    const again = repeats.get(where) ?? [];
    all.forEach((placed, index) => {
      const call = accepted[index];
      const refusal = rejected[index - accepted.length];
      if (call) arrive(placed, call, 'accepted');
      else if (refusal) arrive(placed, refusal, 'rejected');
      else missing.push(placed);
    });
    const extra = accepted.slice(all.length);
    again.forEach((placed, index) => {
      arrive(placed, extra[index], extra[index] ? 'doubled' : 'repeat');
    });
    // Nobody asked for these a second time.
    all.slice(0, Math.max(0, extra.length - again.length)).forEach((placed) => {
      placed.fate = 'doubled';
    });
  }
  settleMissing(missing, observed, elsewhere, wanted);

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
    again: countAgain(events, sessions, wanted),
    inSession: known((decision) => byPlace.has(`accepted ${running} ${decisionKey(decision)}`)),
    asProperty: known(
      (decision) => properties.get(propertyOf(decision.flagKey)) === propertyValueOf(decision),
    ),
    properties,
    latest,
  };
}

/** Tells those that are still to come from those that are lost, or in another session. */
function settleMissing(
  missing: Placed[],
  { waiting }: Observed,
  elsewhere: ReadonlyMap<string, ReceivedCall[]>,
  wanted: ReadonlyMap<string, Placed[]>,
): void {
  const keys = typeof waiting === 'number' ? [] : [...waiting];
  let latest = typeof waiting === 'number' ? waiting : 0;
  // The latest first, also of those that were made at one moment.
  for (const placed of missing.reverse().sort((one, other) => other.at - one.at)) {
    const isKept = keys.includes(placed.key);
    if (isKept) keys.splice(keys.indexOf(placed.key), 1);
    const later = (outcome: ReceivedCall['outcome']) =>
      elsewhere.get(`${outcome} ${placed.key}`)?.filter(({ at }) => at >= placed.at) ?? [];
    const misplaced = later('accepted').find(({ session }) => !wanted.has(`${session} ${placed.key}`));
    const [discarded] = later('discarded');
    if (isKept || latest-- > 0) arrive(placed, undefined, 'waiting');
    else if (misplaced) arrive(placed, misplaced, 'misplaced');
    else if (discarded) placed.reason = discarded.reason;
  }
}

/** How much each session was told that had not been decided in it. */
function countAgain(
  events: readonly ReceivedCall[],
  sessions: ReadonlySet<string>,
  wanted: ReadonlyMap<string, Placed[]>,
): Map<string, number> {
  const again = new Map([...sessions].map((session) => [session, 0]));
  for (const { outcome, session, properties } of events) {
    const key = `${session} ${eventKey(properties)}`;
    const count = again.get(session);
    if (outcome === 'accepted' && count !== undefined && !wanted.has(key)) {
      again.set(session, count + 1);
    }
  }
  return again;
}

/** What the user of a session has as user properties. */
function readProperties(calls: readonly ReceivedCall[], session: string | null): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  const user = userOf(session);
  for (const call of calls) {
    if (!user || call.kind !== 'properties' || call.outcome !== 'accepted' || userOf(call.session) !== user)
      continue;
    for (const [name, value] of Object.entries(call.properties)) properties.set(name, value);
  }
  return properties;
}
