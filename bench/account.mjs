const EVENT = 'Experiment Viewed';
const PROPERTY = /^\[Optimizely\] /;

const NOTHING = {
  decisions: 0,
  once: 0,
  lost: 0,
  doubled: 0,
  rejected: 0,
  again: 0,
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

/** Events that tell a later session what an earlier one has; more than one each would be too many. */
function countAgain(ledger, wanted, accepted) {
  let again = 0;
  let doubled = 0;
  const known = new Set();
  for (const session of sessionsOf(ledger)) {
    const events = groupBy(
      accepted.filter((event) => event.session === session),
      ({ properties }) => eventKey(properties),
    );
    for (const [key, { length }] of events) {
      if (!wanted.has(`${session} ${key}`) && known.has(key)) {
        again++;
        if (length > 1) doubled++;
      }
    }
    for (const key of events.keys()) known.add(key);
  }
  return { again, doubled };
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
 * @param isChildFrame whether FullStory takes no user properties from the page.
 */
export function account(ledger, calls, isChildFrame) {
  const result = { ...NOTHING };
  const placed = placeDecisions(ledger);
  const distinct = groupBy(
    placed,
    (decision) => `${decision.session} ${decision.user} ${decisionKey(decision)}`,
  );
  const wanted = groupBy(
    [...distinct.values()].map(([first]) => first),
    (decision) => `${decision.session} ${decisionKey(decision)}`,
  );
  const events = calls.filter(({ kind, name }) => kind === 'event' && name === EVENT);
  const arrived = groupBy(events, ({ session, properties }) => `${session} ${eventKey(properties)}`);
  for (const [key, decisions] of wanted) {
    add(result, settle(decisions.length, arrived.get(key) ?? []));
  }
  const accepted = events.filter(({ outcome }) => outcome === 'accepted');
  add(result, countAgain(ledger, wanted, accepted));
  if (!isChildFrame) add(result, countValues(placed, calls));
  result.decisions = distinct.size;
  result.refused = calls.filter(({ outcome }) => outcome === 'rejected').length;
  return result;
}

/** Adds one account to another. */
export function add(total, part) {
  for (const [name, count] of Object.entries(part)) total[name] += count;
}

export const emptyAccount = () => ({ ...NOTHING });

/** Whether there were decisions, each is where it belongs, with its user property, and FullStory refused no call. */
export function isComplete({ decisions, lost, doubled, rejected, told, values, refused }) {
  return decisions > 0 && !lost && !doubled && !rejected && !refused && told === values;
}
