import type { ReceivedCall } from '../doubles/fullstory.ts';
import { type Account, account, type Observed } from './account.ts';

/** The outcomes of all decisions of a run, in numbers. */
export interface Totals {
  /** Distinct decisions: those expected in a session. */
  decisions: number;
  once: number;
  lost: number;
  doubled: number;
  rejected: number;
  otherUser: number;
  otherSession: number;
  waiting: number;
  dropped: number;
  /** Made while the page had disconnected the bridge. */
  unheard: number;
  /** Sent again to a later session of the page. */
  again: number;
  /** Current ones that a later session did not get, though the bridge promises that. */
  notAgain: number;
  /** Events of no decision. */
  unexplained: number;
  /** Late events without the time of their decision. */
  undated: number;
  /** User properties, and those of them that hold the latest decision. */
  properties: number;
  right: number;
  /** Those that cannot hold it: the page had disconnected the bridge, or FullStory refuses all of a child frame's. */
  unreachable: number;
  /** Calls of any kind that FullStory rejected. */
  refused: number;
}

export const NOTHING: Readonly<Totals> = {
  decisions: 0,
  once: 0,
  lost: 0,
  doubled: 0,
  rejected: 0,
  otherUser: 0,
  otherSession: 0,
  waiting: 0,
  dropped: 0,
  unheard: 0,
  again: 0,
  notAgain: 0,
  unexplained: 0,
  undated: 0,
  properties: 0,
  right: 0,
  unreachable: 0,
  refused: 0,
};

/** Adds totals to others. */
export function addTotals(sum: Totals, part: Totals): Totals {
  const added = { ...sum };
  for (const name of Object.keys(NOTHING) as (keyof Totals)[]) added[name] += part[name];
  return added;
}

export interface Run extends Omit<Observed, 'waiting'> {
  /** The number of waiting decisions, by the bridge's status. If a session ran, none should be missing. */
  waiting: number;
  /** In a child frame FullStory silently refuses user properties: they are missing, and trying is not a fault. */
  isChildFrame: boolean;
}

/** Adds up a finished run. */
export function totalsOf(run: Run): Totals {
  const { entries, calls, isBridge, isChildFrame } = run;
  const hasSession = entries.some(({ kind }) => kind === 'started');
  const accounted = account({ ...run, waiting: hasSession ? 0 : run.waiting });
  return {
    ...countDistinct(accounted),
    ...countAgain(accounted, isBridge),
    ...countProperties(accounted, run),
    unexplained: accounted.unexplained.length,
    undated: accounted.expected.filter(({ isUndated }) => isUndated).length,
    refused: countRejected(calls.filter(({ kind }) => !isChildFrame || kind !== 'properties')),
  };
}

function countProperties({ properties }: Account, { calls, isChildFrame }: Run) {
  const { right, unheard, all } = properties.compare(calls);
  return { properties: all, right, unreachable: isChildFrame ? all - right : unheard };
}

function countDistinct({ expected, counts: { unheard } }: Account): Totals {
  const totals = { ...NOTHING, decisions: unheard, unheard };
  for (const { kind, verdict, repeats } of expected) {
    const isDoubled = repeats.some(({ outcome }) => outcome === 'doubled');
    if (isDoubled) totals.doubled++;
    const { outcome } = verdict;
    if (kind !== 'own' || outcome === 'superseded') continue;
    totals.decisions++;
    if (!isDoubled && outcome !== 'repeat') totals[outcome]++;
  }
  return totals;
}

function countAgain({ expected, again }: Account, isBridge: boolean) {
  const wanted = expected.filter(({ kind, isSuperseded }) => kind === 'again' && !isSuperseded);
  const notAgain = wanted.filter(({ state }) => state !== 'accepted').length;
  return {
    again: [...again.values()].reduce((sum, count) => sum + count, 0),
    notAgain: isBridge ? notAgain : 0,
  };
}

const countRejected = (calls: readonly ReceivedCall[]) =>
  calls.filter(({ outcome }) => outcome === 'rejected').length;

/**
 * Whether there were decisions, each in the right session with its user property, and FullStory rejected no call. Those that
 * the page kept from the bridge, and properties that FullStory refuses in a child frame, are counted, and no fault.
 */
export function isComplete(totals: Totals): boolean {
  const { lost, doubled, rejected, otherUser, otherSession, notAgain, unexplained, undated, refused } =
    totals;
  const faults =
    lost + doubled + rejected + otherUser + otherSession + notAgain + unexplained + undated + refused;
  return totals.decisions > 0 && !faults && totals.right + totals.unreachable === totals.properties;
}
