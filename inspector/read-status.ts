import type {
  DecisionCounts,
  DestinationState,
  DestinationStatus,
  Problem,
  RecentDecision,
  SdkStatus,
  Status,
} from '../src/status.ts';
import { STATES } from './destination-states.ts';

type Members = Record<string, unknown>;

/** The latest time that a date can have, in ms since 1970 (https://tc39.es/ecma262/#sec-time-values-and-time-range). */
const LAST_MOMENT = 8.64e15;

function readMembers(value: unknown): Members {
  return typeof value === 'object' && value ? (value as Members) : {};
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readNumber(value: unknown): number {
  return typeof value === 'number' && Math.abs(value) <= LAST_MOMENT ? value : 0;
}

function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function readCounts(value: unknown): DecisionCounts {
  const counts = readMembers(value);
  return {
    seen: readNumber(counts.seen),
    sent: readNumber(counts.sent),
    duplicate: readNumber(counts.duplicate),
    ignored: readNumber(counts.ignored),
    waiting: readNumber(counts.waiting),
    dropped: readNumber(counts.dropped),
    recovered: readNumber(counts.recovered),
  };
}

function readSdk(value: unknown): SdkStatus {
  const { state, reason } = readMembers(value);
  const known = (['waiting', 'ready', 'failed'] as const).find((one) => one === state);
  return { state: known || 'missing', reason: readText(reason) };
}

function readDecision(value: unknown): RecentDecision {
  const {
    flagKey,
    variationKey,
    ruleKey,
    enabled,
    dispatched,
    experimentId,
    variationId,
    at,
    outcome,
    settledAt,
  } = readMembers(value);
  return {
    flagKey: readText(flagKey),
    variationKey: readText(variationKey) || null,
    ruleKey: readText(ruleKey) || null,
    enabled: enabled === true,
    dispatched: dispatched === true,
    experimentId: readText(experimentId) || null,
    variationId: readText(variationId) || null,
    at: readNumber(at),
    // An unknown one is shown with its name.
    outcome: readText(outcome) as RecentDecision['outcome'],
    settledAt: typeof settledAt === 'number' ? readNumber(settledAt) : null,
  };
}

function readDestination(value: unknown): DestinationStatus {
  const { name, state, namespace, session, decisions, recent } = readMembers(value);
  return {
    name: readText(name),
    state: readState(state) || 'absent',
    namespace: readText(namespace) || null,
    session: readText(session) || null,
    decisions: readCounts(decisions),
    recent: readList(recent).map(readDecision),
  };
}

function readState(value: unknown): DestinationState | undefined {
  return STATES.find((state) => state === value);
}

/**
 * Reads an object of the page as a bridge's status. The bridge may have another version than the inspector, and so fewer or
 * more members. Members that cannot be read count as missing.
 *
 * @param otherwise values for missing members: the bridge's own `version`, and FullStory as the inspector sees it.
 * @returns undefined if it is not a bridge's status: the page uses that name for something else.
 * @throws errors of the page's getters.
 */
export function readStatus(
  value: unknown,
  otherwise: { version: unknown; fullstory: DestinationState; namespace: string },
): Status | undefined {
  const status = readMembers(value);
  if (typeof readMembers(status.decisions).seen !== 'number') return undefined;
  const fullstory = readState(status.fullstory) || otherwise.fullstory;
  const first = {
    namespace: readText(status.namespace) || otherwise.namespace,
    session: readText(status.session) || null,
    decisions: readCounts(status.decisions),
    recent: readList(status.recent).map(readDecision),
  };
  const destinations = readList(status.destinations)
    .map(readDestination)
    .filter(({ name }) => name);
  return {
    version: readText(status.version) || readText(otherwise.version) || 'unknown',
    ...first,
    fullstory,
    clients: readNumber(status.clients),
    sdk: readSdk(status.sdk),
    // A status without destinations has one: FullStory.
    destinations: destinations.length ? destinations : [{ name: 'FullStory', state: fullstory, ...first }],
    problems: readList(status.problems).map(readText).filter(Boolean) as Problem[],
  };
}
