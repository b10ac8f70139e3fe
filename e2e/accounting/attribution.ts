import type { ReceivedCall } from '../doubles/fullstory.ts';
import { decisionKey, EVENT, eventKey, textOf, userOf } from './keys.ts';
import type { DecidedFlag, Entry, Started } from './ledger.ts';
import { createExpectedProperties, type ExpectedProperties } from './user-properties.ts';

/** Ms after which an event must have the time of its decision. */
const LATE = 1000;

/** Ms before and after a change of user in which a decision supersedes an earlier one for its flag. */
const SUPERSEDES_BEFORE = 500;
const SUPERSEDES_AFTER = 2000;

/**
 * The outcome of a decision:
 * - `once`: FullStory accepted it once, in the right session.
 * - `waiting`: it still waits.
 * - `rejected`: it is over FullStory's limits.
 * - `otherUser`, `otherSession`: it arrived in a session of another user, or in another one of the same user.
 * - `lost`: it never arrives.
 * - `dropped`: more was waiting than `bufferSize` allows.
 * - `superseded`: it waited when FullStory's user changed, and its flag was decided again for the new user.
 * - `doubled`: it was sent to a session more than once.
 * - `repeat`: the session already had it, and it was not sent again.
 * - `unheard`: nobody listened, on purpose: the page had disconnected the bridge. It never arrives.
 */
export type Outcome =
  | 'once'
  | 'waiting'
  | 'rejected'
  | 'otherUser'
  | 'otherSession'
  | 'lost'
  | 'dropped'
  | 'superseded'
  | 'doubled'
  | 'repeat'
  | 'unheard';

/** A decision with its outcome. */
export interface Verdict {
  decision: DecidedFlag;
  at: number;
  until: number;
  page: number;
  /** The session it belongs to: the one that ran, else the next one to start; null when none has. */
  session: string | null;
  /** Whether nobody listened, on purpose. */
  isUnheard: boolean;
  outcome: Outcome;
  /** Its call, if there is one. */
  call?: ReceivedCall;
  /** FullStory's reason, or the page's. */
  reason: string;
  /** Ms from the decision to its arrival; 0 when it has not arrived. */
  delay: number;
}

/** An expected or received event of a session. */
export interface Expected {
  /** `own`: for a decision made in it. `again`: for an earlier, still current decision. `foreign`: not expected. */
  kind: 'own' | 'again' | 'foreign';
  session: string | null;
  verdict: Verdict;
  /** The same decisions, made later: they are not to be sent to the session again. */
  repeats: Verdict[];
  state: 'missing' | 'accepted' | 'rejected';
  /** Whether the event lacks the time of its decision, or has a wrong one. */
  isUndated: boolean;
  /** Whether it was missing when the new user's decision for the flag was made: then it is no longer expected. */
  isSuperseded: boolean;
}

interface Tracked extends Expected {
  /** Equal decisions of one user on one page; or, when that is wanted, in one session. */
  distinct: string;
  /** When that user decided the same on that page. */
  moments: readonly Verdict[];
}

/** The pages' actions, and the calls that FullStory received. */
export interface Observed {
  entries: readonly Entry[];
  calls: readonly ReceivedCall[];
  /** Whether a decision is expected once per session, and not once per page. */
  isOncePerSession: boolean;
  /**
   * Whether the bridge forwards. It promises more than the recipe: late events have the time of the decision, and a
   * later session gets the page's current decisions again.
   */
  isBridge: boolean;
}

export interface Attribution {
  /** By the number of the ledger's entry. */
  verdicts: Map<number, Verdict[]>;
  /** The expected events of sessions, in order. */
  expected: readonly Expected[];
  /** The events in another session for decisions that are missing in their own. */
  elsewhere: ReadonlyMap<Verdict, ReceivedCall>;
  /** Accepted events of no decision at all. */
  unexplained: readonly ReceivedCall[];
  properties: ExpectedProperties;
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Each decision with the session that it belongs to. */
function assignSessions(entries: readonly Entry[]): Map<number, Verdict[]> {
  const verdicts = new Map<number, Verdict[]>();
  let next: string | null = null;
  for (let number = entries.length - 1; number >= 0; number--) {
    const entry = entries[number] as Entry;
    if (entry.kind === 'started') next = entry.session;
    if (entry.kind !== 'decided') continue;
    const { at, until, page, unheard, ifLost } = entry;
    const session = entry.session ?? next;
    const outcome = unheard ? 'unheard' : 'lost';
    verdicts.set(
      number,
      entry.decisions.map((decision) => ({
        decision,
        at,
        until,
        page,
        session,
        isUnheard: !!unheard,
        outcome,
        reason: unheard || ifLost,
        delay: 0,
      })),
    );
  }
  return verdicts;
}

/** The decision of an event was made no later than this: late ones name the moment. */
function madeBy({ at, properties }: ReceivedCall): number {
  return typeof properties.decided_at === 'string' ? Date.parse(properties.decided_at) : at;
}

/** Whether an event arrives soon after one of these decisions, or names its moment. */
function isDated({ at, properties: { decided_at } }: ReceivedCall, { moments }: Tracked): boolean {
  const named = decided_at === undefined ? undefined : Date.parse(String(decided_at));
  return moments.some((made) =>
    named === undefined ? at - made.until <= LATE : named >= made.at && named <= made.until,
  );
}

/** Records the outcome of a decision. */
export function settle(verdict: Verdict, outcome: Outcome, call?: ReceivedCall): void {
  verdict.outcome = outcome;
  verdict.reason = call?.reason ?? '';
  if (!call) return;
  verdict.call = call;
  verdict.delay = Math.max(0, call.at - verdict.at);
}

/**
 * Finds the decision of each event, in the order of time, so later decisions do not change the outcome of earlier ones.
 * Events do not name the user of the decision.
 */
export function attribute({ entries, calls, isOncePerSession, isBridge }: Observed): Attribution {
  const verdicts = assignSessions(entries);
  const properties = createExpectedProperties();
  const elsewhere = new Map<Verdict, ReceivedCall>();
  const unexplained: ReceivedCall[] = [];
  const expected = new Set<Tracked>();
  const bySessionAndKey = new Map<string, Tracked[]>();
  const byKey = new Map<string, Verdict[]>();
  /** Events for each session's own decisions, received or expected. */
  const known = new Map<string, Tracked>();
  /** Events expected again in each session. */
  const again = new Map<string, Tracked>();
  const moments = new Map<string, Verdict[]>();
  /** By page: the latest decision of each flag, the latest that was heard, and the latest session. */
  const latest = new Map<number, Map<string, Verdict>>();
  const holders = new Map<number, Map<string, Verdict>>();
  const sessions = new Map<number, string>();
  /** By page: when FullStory's user changed last. */
  const changes = new Map<number, number>();

  const sessionKeyOf = (session: string | null, key: string) => `${session} ${key}`;

  const distinctOf = ({ decision, page }: Verdict, session: string | null) =>
    textOf(session, decision.user, decisionKey(decision), isOncePerSession || page);

  function momentsOf({ decision, page }: Verdict): Verdict[] {
    const same = textOf(page, decision.user, decisionKey(decision));
    const all = moments.get(same) ?? [];
    moments.set(same, all);
    return all;
  }

  function hold(of: Map<number, Map<string, Verdict>>, verdict: Verdict): void {
    const flags = of.get(verdict.page) ?? new Map<string, Verdict>();
    of.set(verdict.page, flags.set(verdict.decision.flagKey, verdict));
  }

  function expect(verdict: Verdict, session: string | null, kind: Expected['kind']): Tracked {
    const item: Tracked = {
      kind,
      verdict,
      session,
      distinct: distinctOf(verdict, session),
      moments: momentsOf(verdict),
      repeats: [],
      state: 'missing',
      isUndated: false,
      isSuperseded: false,
    };
    expected.add(item);
    push(bySessionAndKey, sessionKeyOf(session, decisionKey(verdict.decision)), item);
    return item;
  }

  function forget(item: Tracked): void {
    expected.delete(item);
    again.delete(item.distinct);
    const list = bySessionAndKey.get(sessionKeyOf(item.session, decisionKey(item.verdict.decision)));
    list?.splice(list.indexOf(item), 1);
  }

  /** A missing decision of the earlier user is no longer expected if the flag is decided again. */
  function supersede(holder: Verdict): void {
    const { page, at, decision } = holder;
    const changedAt = changes.get(page) ?? -Infinity;
    const from = changedAt - SUPERSEDES_BEFORE;
    if (at < from || at > changedAt + SUPERSEDES_AFTER) return;
    for (const item of expected) {
      const { verdict, state, session } = item;
      if (state !== 'missing' || verdict.page !== page || session !== sessions.get(page)) continue;
      if (verdict.decision.flagKey === decision.flagKey && verdict.at < from) item.isSuperseded = true;
    }
  }

  function decide(verdict: Verdict): void {
    const { decision, session, isUnheard } = verdict;
    hold(latest, verdict);
    if (!isUnheard) {
      momentsOf(verdict).push(verdict);
      push(byKey, decisionKey(decision), verdict);
      hold(holders, verdict);
      supersede(verdict);
    }
    if (session) properties.expect(session, verdict, true);
    const distinct = distinctOf(verdict, session);
    const earlier = known.get(distinct);
    if (earlier && !earlier.isSuperseded) {
      settle(verdict, 'repeat');
      earlier.repeats.push(verdict);
      return;
    }
    if (isUnheard) return;
    // One event counts for both.
    const sentAgain = again.get(distinct);
    if (sentAgain?.state === 'missing') forget(sentAgain);
    known.set(distinct, expect(verdict, session, 'own'));
  }

  function start({ page, session, at }: Started): void {
    const earlier = sessions.get(page);
    sessions.set(page, session);
    if (!earlier || earlier === session) return;
    if (userOf(earlier) !== userOf(session)) changes.set(page, at);
    for (const verdict of latest.get(page)?.values() ?? []) properties.expect(session, verdict, isBridge);
    for (const holder of holders.get(page)?.values() ?? []) {
      supersede(holder);
      const distinct = distinctOf(holder, session);
      if (holder.session === session || known.has(distinct) || again.has(distinct)) continue;
      again.set(distinct, expect(holder, session, 'again'));
    }
  }

  function arrive(item: Tracked, call: ReceivedCall, isUndated: boolean): void {
    const isAccepted = call.outcome === 'accepted';
    const { verdict, kind } = item;
    item.state = isAccepted ? 'accepted' : 'rejected';
    item.isUndated = isUndated;
    known.set(item.distinct, item);
    if (kind === 'own') settle(verdict, isAccepted ? 'once' : 'rejected', call);
    // It never arrived in its own session, and is too late for that.
    else if (isAccepted && verdict.outcome === 'lost' && !elsewhere.has(verdict))
      elsewhere.set(verdict, call);
  }

  /** An event that its session should not have, or not a second time. */
  function arriveUnasked(call: ReceivedCall, accepted: readonly Tracked[]): void {
    const repeat = accepted.flatMap(({ repeats }) => repeats).find(({ outcome }) => outcome === 'repeat');
    const doubled = repeat ?? accepted[0]?.verdict;
    if (doubled) {
      settle(doubled, 'doubled', call);
      return;
    }
    const missed = byKey
      .get(eventKey(call.properties))
      ?.find(
        (verdict) => verdict.outcome === 'lost' && !elsewhere.has(verdict) && verdict.at <= madeBy(call),
      );
    if (missed) arrive(expect(missed, call.session, 'foreign'), call, false);
    else unexplained.push(call);
  }

  function take(call: ReceivedCall): void {
    const all = (bySessionAndKey.get(sessionKeyOf(call.session, eventKey(call.properties))) ?? []).filter(
      // The bridge promises a new user's session one variation of the flag. The recipe may send both.
      ({ isSuperseded }) => !isBridge || !isSuperseded,
    );
    // A session's own decisions are matched before those sent again.
    const there = [...all.filter(({ kind }) => kind === 'own'), ...all.filter(({ kind }) => kind !== 'own')];
    const dated = isBridge ? there.filter((item) => isDated(call, item)) : [];
    const candidates = dated[0] ? dated : there;
    const missing =
      candidates.find(({ state }) => state === 'missing') ??
      candidates.find(({ state }) => state === 'rejected');
    if (missing) arrive(missing, call, isBridge && !dated[0]);
    else if (call.outcome === 'accepted') {
      const accepted = [...dated, ...there].filter(({ state }) => state === 'accepted');
      arriveUnasked(call, accepted);
    }
  }

  // At the same time, decisions come first, then starts, then events. A decision at the start of a session is current
  // in it.
  const happenings = [
    ...[...verdicts]
      .sort(([one], [other]) => one - other)
      .flatMap(([, all]) => all)
      .map((verdict) => ({ at: verdict.at, run: () => decide(verdict) })),
    ...entries
      .filter((entry) => entry.kind === 'started')
      .map((entry) => ({ at: entry.at, run: () => start(entry) })),
    ...calls
      .filter(({ kind, name, outcome }) => kind === 'event' && name === EVENT && outcome !== 'discarded')
      .map((call) => ({ at: call.at, run: () => take(call) })),
  ];
  for (const { run } of happenings.sort((one, other) => one.at - other.at)) run();
  return { verdicts, expected: [...expected], elsewhere, unexplained, properties };
}
