const EVENT = 'Experiment Viewed';

/** Ms after which an event has to say when its decision was made, and by how many it may be wrong. */
const LATE = 1000;
const TOLERANCE = 50;

const keyOf = (...parts) => JSON.stringify(parts.map((part) => part ?? null));

/** What a decision and the event for it have in common. An event says nothing else, but when it was decided. */
const decisionKey = ({ flag, variation, rule, enabled }) => keyOf(flag, variation, rule, enabled, {});
const eventKey = ({ flag_key, variation_key, rule_key, enabled, decided_at, ...others }) =>
  keyOf(flag_key, variation_key, rule_key, enabled, others);

/** FullStory's user, whom a session's URL names before the session. */
const userOf = (session) => /([^/:]*):[^:]*$/.exec(session)?.[1];

/** A user property of one of FullStory's users. */
export const propertyOf = (session, name) => `${userOf(session)} ${name}`;

/**
 * The ledger, with the session that each decision belongs to: the one that ran, else the next one to start. What has no
 * moment came before all calls.
 */
function placeDecisions(ledger) {
  let next = null;
  return ledger
    .toReversed()
    .map((entry) => {
      if (entry.started) {
        next = entry.started;
        return entry;
      }
      return { ...entry, session: entry.session ?? next, key: decisionKey(entry) };
    })
    .reverse()
    .map((entry) => ({ ...entry, at: entry.at ?? 0 }));
}

/** Whether an event is told soon after one of these moments, or names one of them. */
function isDated({ at, properties: { decided_at } }, { moments }) {
  return moments.some((moment) =>
    decided_at === undefined ? at - moment <= LATE : Math.abs(Date.parse(decided_at) - moment) <= TOLERANCE,
  );
}

/**
 * Finds the decision that each event tells, in the order in which it all happened: events do not say whose decision it
 * is, and what a session was told again is not what another user decides in it later.
 *
 * @param ledger decisions and starts of sessions, in order.
 * @param calls what FullStory's double received.
 * @param options.isOncePerSession whether a decision is to be told once per session, and not once per page of it.
 * @param options.namesMoments whether events are sent after `decide()` has returned, and late ones say when that was.
 * @returns `wanted`, the distinct decisions in order, and `again`, what sessions are to be told again: each with its
 * `fate` (`once`, `lost`, `rejected` or `doubled`), and with `isUndated` when its event should say the moment, or says a
 * wrong one. `astray`: how many events tell a session what nobody decided in it, and what it was not to be told again.
 * `values`: what the user properties are to hold in the end, by `propertyOf`; only those that are `isPromised` have to.
 */
export function attribute(ledger, calls, { isOncePerSession, namesMoments }) {
  const wanted = [];
  const again = [];
  /** What each session was told or is to be told, by who told it. */
  const known = new Set();
  /** By page: the latest decision of each flag, and the latest session. */
  const holders = new Map();
  const sessions = new Map();
  /** When somebody decided the same on a page. */
  const moments = new Map();
  const values = new Map();
  let astray = 0;

  const distinctOf = ({ user, key, page }, session) => keyOf(session, user, key, isOncePerSession || page);

  function expectValue(session, { flag, variation, enabled }, isPromised) {
    const name = propertyOf(session, `[Optimizely] ${flag}`);
    const value = enabled ? (variation ?? 'on') : 'off';
    values.set(name, { value, isPromised: isPromised || !!values.get(name)?.isPromised });
  }

  function decide(entry) {
    const { page, user, key, flag, session, at } = entry;
    const same = keyOf(page, user, key);
    if (!moments.has(same)) moments.set(same, []);
    moments.get(same).push(at);
    const decision = { ...entry, moments: moments.get(same), fate: 'lost' };
    if (!holders.has(page)) holders.set(page, new Map());
    holders.get(page).set(flag, decision);
    if (session) expectValue(session, decision, true);
    const distinct = distinctOf(decision, session);
    if (known.has(distinct)) return;
    known.add(distinct);
    wanted.push(decision);
    // One event tells both.
    const index = again.findIndex((other) => other.fate === 'lost' && other.distinct === distinct);
    if (index >= 0) again.splice(index, 1);
  }

  function start({ page, started: session }) {
    const earlier = sessions.get(page);
    sessions.set(page, session);
    if (!earlier || earlier === session) return;
    for (const holder of holders.get(page)?.values() ?? []) {
      const distinct = distinctOf(holder, session);
      expectValue(session, holder, namesMoments);
      if (holder.session !== session && !known.has(distinct)) {
        again.push({ ...holder, session, distinct, fate: 'lost' });
      }
    }
  }

  function take(event) {
    const key = eventKey(event.properties);
    const same = [...wanted, ...again].filter((one) => one.session === event.session && one.key === key);
    const dated = namesMoments ? same.filter((one) => isDated(event, one)) : [];
    const candidates = dated[0] ? dated : same;
    const untold =
      candidates.find(({ fate }) => fate === 'lost') ?? candidates.find(({ fate }) => fate === 'rejected');
    if (untold) {
      untold.fate = event.outcome === 'accepted' ? 'once' : 'rejected';
      untold.isUndated = namesMoments && !dated[0];
      known.add(distinctOf(untold, untold.session));
    } else if (event.outcome === 'accepted') {
      const told = [...dated, ...same].find(({ fate }) => fate === 'once');
      if (told) told.fate = 'doubled';
      else if (!same[0]) astray++;
    }
  }

  const placed = placeDecisions(ledger);
  const events = calls.filter(
    ({ kind, name, outcome }) => kind === 'event' && name === EVENT && outcome !== 'discarded',
  );
  // At one moment what is decided comes first, and what is told last: what is decided as a session starts holds in it.
  const happenings = [
    ...placed.filter(({ started }) => !started).map((entry) => ({ at: entry.at, run: () => decide(entry) })),
    ...placed.filter(({ started }) => started).map((entry) => ({ at: entry.at, run: () => start(entry) })),
    ...events.map((event) => ({
      // Who calls FullStory while the page decides is ahead of the ledger.
      at: event.at + (namesMoments ? 0 : TOLERANCE),
      run: () => take(event),
    })),
  ].sort((one, other) => one.at - other.at);
  for (const { run } of happenings) run();
  return { wanted, again, astray, values };
}
