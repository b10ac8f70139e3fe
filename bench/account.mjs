const EVENT = 'Experiment Viewed';
const PROPERTY = /^\[Optimizely\] /;

/** Ms after which an event has to say when its decision was made, and by how many it may be wrong. */
const LATE = 1000;
const TOLERANCE = 50;

const NOTHING = {
  decisions: 0,
  once: 0,
  lost: 0,
  doubled: 0,
  rejected: 0,
  again: 0,
  astray: 0,
  waiting: 0,
  dropped: 0,
  undated: 0,
  told: 0,
  values: 0,
  refused: 0,
};

/** What a decision and the event for it have in common. */
const keyOf = (flag, variation, rule, enabled) =>
  JSON.stringify([flag, variation ?? null, rule ?? null, enabled]);

const decisionKey = ({ flag, variation, rule, enabled }) => keyOf(flag, variation, rule, enabled);
const eventKey = ({ flag_key, variation_key, rule_key, enabled }) =>
  keyOf(flag_key, variation_key, rule_key, enabled);

/** FullStory's user, which the URL of a session begins with. */
const userOf = (session) => /([^/:]*):[^:]*$/.exec(session)?.[1];

/** The ledger's decisions, each with the session it belongs to: the one that ran, else the next one to start. */
function placeDecisions(ledger) {
  const placed = [];
  let next = null;
  for (const entry of ledger.toReversed()) {
    if (entry.started) next = entry.started;
    else placed.push({ ...entry, session: entry.session ?? next });
  }
  return placed.reverse();
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

/** Sessions in the order in which they began. */
const sessionsOf = (ledger) => [...new Set(ledger.flatMap(({ started }) => started ?? []))];

/** What became of `wanted` equal decisions of one session, of which `events` tell. */
function settle(wanted, events) {
  const accepted = events.filter(({ outcome }) => outcome === 'accepted').length;
  const doubled = Math.min(wanted, Math.max(0, accepted - wanted));
  const missing = Math.max(0, wanted - accepted);
  const rejected = Math.min(missing, events.filter(({ outcome }) => outcome === 'rejected').length);
  return { once: wanted - missing - doubled, lost: missing - rejected, doubled, rejected };
}

/** How many events come late and do not say when their decision was made. */
function countUndated(decisions, events) {
  return events.filter(({ outcome, at, properties }, index) => {
    const decided = decisions[index]?.at;
    const isRight = Math.abs(Date.parse(properties.decided_at) - decided) <= TOLERANCE;
    return outcome === 'accepted' && at - decided > LATE && !isRight;
  }).length;
}

/**
 * Events that tell a later session what an earlier one has (more than one each would be too many), and those that are
 * in a session where nobody made their decision.
 */
function countUnasked(ledger, wanted, accepted) {
  const counts = { again: 0, doubled: 0, astray: 0 };
  const known = new Set();
  for (const session of sessionsOf(ledger)) {
    const events = groupBy(
      accepted.filter((event) => event.session === session),
      ({ properties }) => eventKey(properties),
    );
    for (const [key, { length }] of events) {
      if (wanted.has(`${session} ${key}`)) continue;
      if (known.has(key)) {
        counts.again++;
        if (length > 1) counts.doubled++;
      } else counts.astray += length;
    }
    for (const key of events.keys()) known.add(key);
  }
  return counts;
}

/** How many of the user properties hold the latest decision in the end, for each of FullStory's users. */
function countValues(placed, calls) {
  const latest = new Map();
  for (const { session, flag, variation, enabled } of placed) {
    if (session) latest.set(`${userOf(session)} [Optimizely] ${flag}`, enabled ? variation : 'off');
  }
  const held = new Map();
  for (const { kind, outcome, session, properties } of calls) {
    if (kind !== 'properties' || outcome !== 'accepted') continue;
    for (const [name, value] of Object.entries(properties)) {
      if (PROPERTY.test(name)) held.set(`${userOf(session)} ${name}`, value);
    }
  }
  const told = [...latest].filter(([name, value]) => held.get(name) === value).length;
  return { told, values: latest.size };
}

/**
 * Compares what a page decided with what FullStory has.
 *
 * @param ledger decisions and starts of sessions, in order.
 * @param calls what FullStory's double received.
 * @param {{ isChildFrame?: boolean, drops?: number, status?: object }} options
 * @param options.isChildFrame whether FullStory takes no user properties from the page.
 * @param options.drops how many decisions there were too many to be kept: the oldest may be missing, if that is told.
 * @param options.status what the forwarder tells in the end, if it can: a decision of which no session can know, because
 * none has started, is not lost while it waits.
 */
export function account(ledger, calls, { isChildFrame, drops = 0, status } = {}) {
  const result = { ...NOTHING };
  const placed = placeDecisions(ledger);
  const distinct = [
    ...groupBy(
      placed,
      (decision) => `${decision.session} ${decision.user} ${decisionKey(decision)}`,
    ).values(),
  ].map(([first]) => first);
  const wanted = groupBy(distinct, (decision) => `${decision.session} ${decisionKey(decision)}`);
  const events = calls.filter(({ kind, name }) => kind === 'event' && name === EVENT);
  const arrived = groupBy(events, ({ session, properties }) => `${session} ${eventKey(properties)}`);
  const tooMany = new Set(distinct.slice(0, drops));
  let { waiting = 0, dropped = 0 } = status?.decisions ?? {};
  for (const [key, decisions] of wanted) {
    const settled = settle(decisions.length, arrived.get(key) ?? []);
    if (!decisions[0].session) {
      settled.waiting = Math.min(settled.lost, waiting);
      settled.lost -= settled.waiting;
      waiting -= settled.waiting;
    }
    settled.dropped = Math.min(settled.lost, dropped, decisions.filter((one) => tooMany.has(one)).length);
    settled.lost -= settled.dropped;
    dropped -= settled.dropped;
    // Only who tells what it does promises more than the event itself.
    settled.undated = status ? countUndated(decisions, arrived.get(key) ?? []) : 0;
    add(result, settled);
  }
  const accepted = events.filter(({ outcome }) => outcome === 'accepted');
  add(result, countUnasked(ledger, wanted, accepted));
  if (!isChildFrame) add(result, countValues(placed, calls));
  result.decisions = distinct.length;
  result.refused = calls.filter(({ outcome }) => outcome === 'rejected').length;
  return result;
}

/** Adds one account to another. */
export function add(total, part) {
  for (const [name, count] of Object.entries(part)) total[name] += count;
}

export const emptyAccount = () => ({ ...NOTHING });

/** Whether there were decisions, each is where it belongs, with its user property, and FullStory refused no call. */
export function isComplete({ decisions, lost, doubled, rejected, astray, undated, told, values, refused }) {
  const faults = lost + doubled + rejected + astray + undated + refused;
  return decisions > 0 && !faults && told === values;
}
