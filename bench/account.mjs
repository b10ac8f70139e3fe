import { attribute, propertyOf } from './attribution.mjs';

const PROPERTY = /^\[Optimizely\] /;

const NOTHING = {
  decisions: 0,
  once: 0,
  lost: 0,
  doubled: 0,
  rejected: 0,
  again: 0,
  untold: 0,
  astray: 0,
  waiting: 0,
  dropped: 0,
  undated: 0,
  told: 0,
  values: 0,
  refused: 0,
};

const countFate = (decisions, wanted) => decisions.filter(({ fate }) => fate === wanted).length;

/** Takes from what is lost what the forwarder says of itself: it waits for a session, or there was too much. */
function excuse(wanted, drops, { waiting = 0, dropped = 0 } = {}) {
  const excused = { waiting: 0, dropped: 0 };
  wanted.forEach(({ fate, session }, index) => {
    if (fate !== 'lost') return;
    if (!session && excused.waiting < waiting) excused.waiting++;
    else if (index < drops && excused.dropped < dropped) excused.dropped++;
  });
  return excused;
}

/**
 * How many of the user properties hold the latest decision in the end, for each of FullStory's users. One that holds what
 * nobody decided does not.
 */
function countValues(values, calls) {
  const held = new Map();
  for (const { kind, outcome, session, properties } of calls) {
    if (kind !== 'properties' || outcome !== 'accepted') continue;
    for (const [name, value] of Object.entries(properties)) {
      if (PROPERTY.test(name)) held.set(propertyOf(session, name), value);
    }
  }
  const promised = [...values].filter(([, { isPromised }]) => isPromised).map(([name]) => name);
  const names = [...new Set([...promised, ...held.keys()])];
  const told = names.filter((name) => held.has(name) && held.get(name) === values.get(name)?.value).length;
  return { told, values: names.length };
}

/**
 * Compares what a page decided with what FullStory has.
 *
 * @param ledger decisions and starts of sessions, in order.
 * @param calls what FullStory's double received.
 * @param {{ isChildFrame?: boolean, isOncePerSession?: boolean, drops?: number, status?: object }} options
 * @param options.isChildFrame whether FullStory takes no user properties from the page.
 * @param options.isOncePerSession whether a decision is to be told once per session, and not once per page of it.
 * @param options.drops how many decisions there were too many to be kept: the oldest may be missing, if that is told.
 * @param options.status what the forwarder tells in the end, if it can: a decision of which no session can know, because
 * none has started, is not lost while it waits. Only who tells what it does promises more than the event itself: when it
 * was decided, and that a later session of the page is told again what holds.
 */
export function account(ledger, calls, { isChildFrame, isOncePerSession, drops = 0, status } = {}) {
  const result = { ...NOTHING };
  const promisesMore = !!status;
  const { wanted, again, astray, values } = attribute(ledger, calls, {
    isOncePerSession,
    namesMoments: promisesMore,
  });
  add(result, excuse(wanted, drops, status?.decisions));
  const toldAgain = countFate(again, 'once') + countFate(again, 'doubled');
  add(result, {
    decisions: wanted.length,
    once: countFate(wanted, 'once'),
    lost: countFate(wanted, 'lost') - result.waiting - result.dropped,
    doubled: countFate([...wanted, ...again], 'doubled'),
    rejected: countFate(wanted, 'rejected'),
    again: toldAgain,
    untold: promisesMore ? again.length - toldAgain : 0,
    astray,
    undated: [...wanted, ...again].filter(({ isUndated }) => isUndated).length,
    refused: calls.filter(({ outcome }) => outcome === 'rejected').length,
  });
  if (!isChildFrame) add(result, countValues(values, calls));
  return result;
}

/** Adds one account to another. */
export function add(total, part) {
  for (const [name, count] of Object.entries(part)) total[name] += count;
}

export const emptyAccount = () => ({ ...NOTHING });

/** Whether there were decisions, each is where it belongs, with its user property, and FullStory refused no call. */
export function isComplete(result) {
  const { decisions, lost, doubled, rejected, untold, astray, undated, told, values, refused } = result;
  const faults = lost + doubled + rejected + untold + astray + undated + refused;
  return decisions > 0 && !faults && told === values;
}
