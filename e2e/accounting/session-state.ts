import type { ReceivedCall } from '../doubles/fullstory.ts';
import { decisionKey, EVENT, eventKey, userOf } from './keys.ts';
import type { DecidedFlag, Entry } from './ledger.ts';
import { propertyOf, propertyValueOf, readProperties } from './user-properties.ts';

/** How many of the flags that the page has decided FullStory knows as they are. */
export interface Known {
  known: number;
  flags: number;
}

/** The decisions that the running session has. */
export interface SessionState {
  /** The latest decision for each flag. */
  latest: ReadonlyMap<string, DecidedFlag>;
  /** Flags whose latest decision the session has as an event. */
  inSession: Known;
  /** Flags whose latest decision the session's user has as a user property. */
  asProperty: Known;
  /** The values of the user properties of that user. */
  properties: ReadonlyMap<string, unknown>;
  /** The page's own events, and the number of accepted ones. */
  ofThePage: { made: number; accepted: number };
}

export function readSession(
  entries: readonly Entry[],
  calls: readonly ReceivedCall[],
  session: string | null,
): SessionState {
  const latest = new Map<string, DecidedFlag>();
  for (const entry of entries) {
    if (entry.kind !== 'decided') continue;
    for (const decision of entry.decisions) latest.set(decision.flagKey, decision);
  }
  const events = calls.filter(({ kind, name }) => kind === 'event' && name === EVENT);
  const inSession = new Set(
    events
      .filter((call) => call.outcome === 'accepted' && call.session === session)
      .map(({ properties }) => eventKey(properties)),
  );
  const properties = readProperties(calls).get(userOf(session) ?? '') ?? new Map<string, unknown>();
  const count = (isKnown: (decision: DecidedFlag) => boolean): Known => ({
    known: [...latest.values()].filter(isKnown).length,
    flags: latest.size,
  });
  const own = calls.filter(({ kind, name }) => kind === 'event' && name !== EVENT);
  return {
    latest,
    inSession: count((decision) => inSession.has(decisionKey(decision))),
    asProperty: count(
      (decision) => properties.get(propertyOf(decision.flagKey)) === propertyValueOf(decision),
    ),
    properties,
    ofThePage: {
      made: own.length,
      accepted: own.filter(({ outcome }) => outcome === 'accepted').length,
    },
  };
}
