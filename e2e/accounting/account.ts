import type { ReceivedCall } from '../doubles/fullstory.ts';
import {
  type Attribution,
  attribute,
  type Expected,
  type Observed as Forwarded,
  type Outcome,
  settle,
  type Verdict,
} from './attribution.ts';
import { decisionKey, EVENT, eventKey, userOf } from './keys.ts';
import type { ExpectedProperties } from './user-properties.ts';

export type { Expected, Outcome, Verdict } from './attribution.ts';

/** In the order in which they are shown. */
export const OUTCOMES: readonly Outcome[] = [
  'once',
  'waiting',
  'rejected',
  'otherUser',
  'otherSession',
  'lost',
  'dropped',
  'superseded',
  'unheard',
  'doubled',
  'repeat',
];

export interface Observed extends Forwarded {
  /** Decisions that still wait: the number of the latest ones, or their keys. */
  waiting: number | readonly string[];
  /** The number of dropped decisions, by the bridge's status. They are the oldest. */
  dropped: number;
}

export interface Account {
  /** By the number of the ledger's entry. */
  verdicts: ReadonlyMap<number, readonly Verdict[]>;
  counts: Record<Outcome, number>;
  /** The expected events of sessions, in order. */
  expected: readonly Expected[];
  /** By session: how many decisions of earlier sessions it got again. */
  again: ReadonlyMap<string, number>;
  /** Accepted events of no decision at all. */
  unexplained: readonly ReceivedCall[];
  /** The expected user properties at the end. */
  properties: ExpectedProperties;
}

/** Compares the pages' decisions with the calls that FullStory received, and finds the outcome of each decision. */
export function account(observed: Observed): Account {
  const attribution = attribute(observed);
  settleMissing(attribution, observed);
  const { verdicts, expected, unexplained, properties } = attribution;
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const all of verdicts.values()) for (const { outcome } of all) counts[outcome]++;
  return { verdicts, counts, expected, again: countAgain(attribution, observed), unexplained, properties };
}

/** Distinguishes decisions that still wait, or arrived elsewhere, from lost ones. */
function settleMissing({ expected, elsewhere }: Attribution, observed: Observed): void {
  const { calls, waiting, dropped } = observed;
  const ownItems = expected.filter(({ kind }) => kind === 'own');
  const superseded = ownItems.filter(
    ({ isSuperseded, state, verdict }) => isSuperseded && state === 'missing' && !elsewhere.has(verdict),
  );
  for (const { verdict } of superseded) verdict.outcome = 'superseded';
  const own = ownItems.map(({ verdict }) => verdict).filter(({ outcome }) => outcome !== 'superseded');
  // The bridge counts superseded decisions as dropped too.
  const oldest = new Set(own.slice(0, Math.max(0, dropped - superseded.length)));
  const keys = typeof waiting === 'number' ? [] : [...waiting];
  let latest = typeof waiting === 'number' ? waiting : 0;
  const missing = own.filter(({ outcome }) => outcome === 'lost');
  // The latest first, also of those that were made at one moment.
  for (const verdict of missing.reverse().sort((one, other) => other.at - one.at)) {
    const call = elsewhere.get(verdict);
    if (call) {
      settle(verdict, isOtherUser(verdict, call) ? 'otherUser' : 'otherSession', call);
      continue;
    }
    if (oldest.has(verdict)) {
      verdict.outcome = 'dropped';
      continue;
    }
    const key = decisionKey(verdict.decision);
    const isKept = keys.includes(key);
    if (isKept) keys.splice(keys.indexOf(key), 1);
    if (isKept || latest-- > 0) settle(verdict, 'waiting');
    else verdict.reason = findDiscarded(calls, verdict, key)?.reason ?? verdict.reason;
  }
}

function isOtherUser({ session }: Verdict, call: ReceivedCall): boolean {
  return session !== null && userOf(session) !== userOf(call.session);
}

/** The discarded calls of a decision. */
function findDiscarded(
  calls: readonly ReceivedCall[],
  { at }: Verdict,
  key: string,
): ReceivedCall | undefined {
  return calls.find(
    (call) =>
      call.kind === 'event' &&
      call.name === EVENT &&
      call.outcome === 'discarded' &&
      call.at >= at &&
      eventKey(call.properties) === key,
  );
}

/** Events sent again that had been sent before. The others are only late. */
function countAgain({ expected, elsewhere }: Attribution, { entries }: Observed): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) if (entry.kind === 'started') counts.set(entry.session, 0);
  for (const item of expected) {
    const { kind, state, session, verdict } = item;
    if (kind !== 'again' || state !== 'accepted' || !session) continue;
    if (elsewhere.get(verdict)?.session === session) continue;
    counts.set(session, (counts.get(session) ?? 0) + 1);
  }
  return counts;
}
