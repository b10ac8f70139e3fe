import { describe, expect, test } from 'vitest';
import type { ReceivedCall } from '../doubles/fullstory.ts';
import { account, type Observed } from './account.ts';
import { decisionKey } from './keys.ts';
import type { DecidedFlag, Entry } from './ledger.ts';
import { readSession } from './session-state.ts';
import { isComplete, type Run, totalsOf } from './totals.ts';

/** Sessions of three users, and a later one of the first. */
const [ONE, TWO, THREE, LATER] = [
  'https://fs/session/1:1',
  'https://fs/session/2:2',
  'https://fs/session/3:3',
  'https://fs/session/1:4',
] as const;

interface Made {
  at?: number;
  until?: number;
  page?: number;
  user?: string;
  variation?: string;
  unheard?: string;
  ifLost?: string;
}

function flag(flagKey: string, { user = 'ada', variation = 'a' }: Made = {}): DecidedFlag {
  return { user, flagKey, variationKey: variation, ruleKey: 'r', enabled: true };
}

function decided(session: string | null, flags: string[], more: Made = {}): Entry {
  const { at = 1000, until = at, page = 1, unheard = '', ifLost = '' } = more;
  const decisions = flags.map((flagKey) => flag(flagKey, more));
  return { kind: 'decided', at, until, page, session, title: '', decisions, unheard, ifLost };
}

function started(session: string, at = 0, page = 1): Entry {
  return { kind: 'started', at, page, session, uid: '' };
}

interface Arrived {
  at?: number;
  outcome?: ReceivedCall['outcome'];
  variation?: string;
  /** The moment that it names. */
  decidedAt?: number | string;
}

function call(
  kind: 'event' | 'properties',
  properties: Record<string, unknown>,
  session: string,
  { outcome = 'accepted', at = 1000 }: Arrived = {},
): ReceivedCall {
  const name = kind === 'event' ? 'Experiment Viewed' : '';
  const reason = outcome === 'accepted' ? '' : 'a reason';
  const given = properties;
  return {
    kind,
    name,
    properties,
    given,
    source: 'optimizely',
    session,
    uid: '',
    page: 1,
    at,
    outcome,
    reason,
  };
}

function event(flagKey: string, session: string, more: Arrived = {}): ReceivedCall {
  const { variation = 'a', decidedAt } = more;
  const moment = typeof decidedAt === 'number' ? new Date(decidedAt).toISOString() : decidedAt;
  const named = moment === undefined ? {} : { decided_at: moment };
  return call(
    'event',
    { flag_key: flagKey, variation_key: variation, rule_key: 'r', enabled: true, ...named },
    session,
    more,
  );
}

const property = (flagKey: string, session: string, value = 'a', at = 1000) =>
  call('properties', { [`[Optimizely] ${flagKey}`]: value }, session, { at });

function accountFor(entries: Entry[], calls: ReceivedCall[], more: Partial<Observed> = {}) {
  return account({
    entries,
    calls,
    waiting: 0,
    dropped: 0,
    isOncePerSession: false,
    isBridge: true,
    ...more,
  });
}

function outcomes(...parameters: Parameters<typeof accountFor>): string[] {
  return [...accountFor(...parameters).verdicts]
    .sort(([one], [other]) => one - other)
    .flatMap(([, all]) => all.map(({ outcome }) => outcome));
}

function totals(entries: Entry[], calls: ReceivedCall[], more: Partial<Run> = {}) {
  return totalsOf({
    entries,
    calls,
    waiting: 0,
    dropped: 0,
    isOncePerSession: false,
    isBridge: true,
    isChildFrame: false,
    ...more,
  });
}

const RECIPE = { isBridge: false };
const ONE_FLAG = [started(ONE), decided(ONE, ['f'])];

test('counts a decision once in the running session, or in the next one', () => {
  expect(outcomes(ONE_FLAG, [event('f', ONE)])).toEqual(['once']);
  const late = accountFor(
    [decided(null, ['f']), started(ONE, 4000)],
    [event('f', ONE, { at: 4500, decidedAt: 1000 })],
  );
  expect(late.verdicts.get(0)).toMatchObject([{ outcome: 'once', delay: 3500 }]);
});

test('lost, rejected, discarded', () => {
  expect(outcomes(ONE_FLAG, [])).toEqual(['lost']);
  expect(outcomes(ONE_FLAG, [event('g', ONE)])).toEqual(['lost']);
  expect(outcomes(ONE_FLAG, [event('f', ONE, { outcome: 'rejected' })])).toEqual(['rejected']);
  for (const [at, reason] of [
    [1000, 'a reason'],
    [999, ''],
  ] as const) {
    const calls = [event('f', '', { outcome: 'discarded', at })];
    expect(accountFor(ONE_FLAG, calls).verdicts.get(1)).toMatchObject([{ outcome: 'lost', reason }]);
  }
});

test('a decision in another session is not lost', () => {
  expect(outcomes(ONE_FLAG, [event('f', TWO)])).toEqual(['otherUser']);
  expect(outcomes(ONE_FLAG, [event('f', LATER)])).toEqual(['otherSession']);
  // Also with later decisions there.
  const later = [...ONE_FLAG, started(TWO, 1500), decided(TWO, ['f'], { at: 3000, user: 'grace' })];
  const calls = [event('f', TWO, { at: 2000 }), event('f', TWO, { at: 3010 })];
  for (const more of [{}, RECIPE]) expect(outcomes(later, calls, more)).toEqual(['otherUser', 'once']);
  expect(accountFor(later, calls).again.get(TWO)).toBe(0);
});

test('a call between two users arrives in the session of the second', () => {
  // The recipe calls at once, while no session runs; the next one to start is the right one.
  const entries = [started(ONE), decided(null, ['f'], { user: 'grace' }), started(TWO, 1020)];
  expect(outcomes(entries, [event('f', TWO, { at: 1020 })], RECIPE)).toEqual(['once']);
  // Decided before the sign-in, in the same task, and sent after it.
  const before = [started(ONE), decided(ONE, ['f']), started(TWO, 1020)];
  const late = [event('f', TWO, { at: 1020 }), property('f', TWO)];
  expect(outcomes(before, late)).toEqual(['otherUser']);
  expect(totals(before, late)).toMatchObject({
    decisions: 1,
    otherUser: 1,
    lost: 0,
    unexplained: 0,
    again: 0,
  });
});

test('an event counts for one decision only', () => {
  const entries = [...ONE_FLAG, decided(ONE, ['f'], { user: 'grace' })];
  expect(outcomes(entries, [event('f', TWO)])).toEqual(['otherUser', 'lost']);
});

test('a lost decision has the reason known at the decision, or FullStory’s', () => {
  const entries = [started(ONE), decided(ONE, ['f'], { ifLost: 'nobody listened' })];
  const reasonOf = (...parameters: Parameters<typeof accountFor>) =>
    accountFor(...parameters)
      .verdicts.get(1)
      ?.map(({ outcome, reason }) => [outcome, reason]);
  expect(reasonOf(entries, [])).toEqual([['lost', 'nobody listened']]);
  expect(reasonOf(entries, [event('f', '', { outcome: 'discarded' })])).toEqual([['lost', 'a reason']]);
  expect(reasonOf(entries, [], { waiting: 1 })).toEqual([['waiting', '']]);
  expect(reasonOf(entries, [], { dropped: 1 })).toEqual([['dropped', 'nobody listened']]);
  expect(reasonOf(entries, [event('f', ONE)])).toEqual([['once', '']]);
});

test('waiting decisions are the latest of the missing ones, or those with the given keys', () => {
  const entries = [started(ONE), decided(ONE, ['f', 'g', 'h'])];
  expect(outcomes(entries, [event('f', ONE)], { waiting: 1 })).toEqual(['once', 'lost', 'waiting']);
  expect(outcomes(entries, [], { waiting: [decisionKey(flag('g'))] })).toEqual(['lost', 'waiting', 'lost']);
});

test('dropped decisions are the oldest ones, as many as the bridge reports', () => {
  const entries = [decided(null, ['f', 'g']), started(ONE, 1000)];
  expect(outcomes(entries, [event('g', ONE)], { dropped: 1 })).toEqual(['dropped', 'once']);
  expect(outcomes(entries, [event('f', ONE)], { dropped: 1 })).toEqual(['once', 'lost']);
  expect(outcomes(entries, [event('g', ONE)])).toEqual(['lost', 'once']);
});

test('a repeated decision is sent once; more is doubled', () => {
  const entries = [...ONE_FLAG, decided(ONE, ['f'])];
  expect(outcomes(entries, [event('f', ONE)])).toEqual(['once', 'repeat']);
  expect(outcomes(entries, [event('f', ONE), event('f', ONE)])).toEqual(['once', 'doubled']);
  expect(outcomes(ONE_FLAG, [event('f', ONE), event('f', ONE)])).toEqual(['doubled']);
  expect(totals(entries, [event('f', ONE)])).toMatchObject({ decisions: 1, once: 1, doubled: 0 });
  expect(totals(entries, [event('f', ONE), event('f', ONE)])).toMatchObject({ once: 0, doubled: 1 });
});

test('each sent repeat is doubled, whichever of two users with the same decision made it', () => {
  const entries = [
    ...ONE_FLAG,
    decided(ONE, ['f'], { at: 2000 }),
    decided(ONE, ['f'], { at: 3000, user: 'grace' }),
    decided(ONE, ['f'], { at: 4000, user: 'grace' }),
  ];
  const calls = [1000, 2000, 3000, 4000].map((at) => event('f', ONE, { at }));
  for (const more of [{}, RECIPE]) {
    expect(outcomes(entries, calls, more)).toEqual(['once', 'doubled', 'once', 'doubled']);
  }
});

test('the same decision of another user, session or page is a different one', () => {
  const calls = [event('f', ONE)];
  expect(outcomes([...ONE_FLAG, decided(ONE, ['f'], { user: 'grace' })], calls)).toEqual(['once', 'lost']);
  expect(outcomes([...ONE_FLAG, started(TWO, 2000), decided(TWO, ['f'], { at: 2000 })], calls)).toEqual([
    'once',
    'lost',
  ]);
  const nextPage = [...ONE_FLAG, decided(ONE, ['f'], { page: 2 })];
  expect(outcomes(nextPage, calls)).toEqual(['once', 'lost']);
  expect(outcomes(nextPage, calls, { isOncePerSession: true })).toEqual(['once', 'repeat']);
  expect(outcomes(nextPage, [...calls, ...calls])).toEqual(['once', 'once']);
  expect(outcomes(nextPage, [...calls, ...calls], { isOncePerSession: true })).toEqual(['once', 'doubled']);
});

test('a rejected decision counts as accepted if it is sent again', () => {
  const entries = [...ONE_FLAG, decided(ONE, ['f'], { at: 2000 })];
  const calls = [event('f', ONE, { outcome: 'rejected' }), event('f', ONE, { at: 2000 })];
  expect(outcomes(entries, calls)).toEqual(['once', 'repeat']);
});

test('equal decisions of two users are rejected each', () => {
  const entries = [...ONE_FLAG, decided(ONE, ['f'], { user: 'grace' })];
  const rejected = event('f', ONE, { outcome: 'rejected' });
  expect(totals(entries, [rejected, rejected])).toMatchObject({ rejected: 2, lost: 0, refused: 2 });
  expect(totals(entries, [rejected, event('f', ONE)])).toMatchObject({ rejected: 1, once: 1 });
});

/** Ada decides, another user signs in, and Ada's decision is sent again to the new session. */
const SIGN_IN = [...ONE_FLAG, started(TWO, 10_000)];
const SENT_AGAIN = [
  property('f', ONE),
  event('f', ONE),
  property('f', TWO, 'a', 10_000),
  event('f', TWO, { at: 10_000, decidedAt: 1000 }),
];

test('current decisions of the page are sent again to a new session', () => {
  const all = accountFor(SIGN_IN, SENT_AGAIN);
  expect(all.again).toEqual(
    new Map([
      [ONE, 0],
      [TWO, 1],
    ]),
  );
  expect(all.counts).toMatchObject({ once: 1, lost: 0, doubled: 0 });
  expect(totals(SIGN_IN, SENT_AGAIN)).toMatchObject({ again: 1, notAgain: 0, right: 2, properties: 2 });
  expect(totals(SIGN_IN, SENT_AGAIN.slice(0, 2))).toMatchObject({ notAgain: 1, right: 1, properties: 2 });
  // The recipe promises nothing of the kind.
  expect(totals(SIGN_IN, SENT_AGAIN.slice(0, 2), RECIPE)).toMatchObject({
    notAgain: 0,
    right: 1,
    properties: 1,
  });
});

test('a decision made again for a new user need not be sent again', () => {
  const calls = (at: number) => [
    ...SENT_AGAIN.slice(0, 2),
    property('f', TWO, 'b', at),
    event('f', TWO, { at, variation: 'b' }),
  ];
  const anew = (at: number, session: string = TWO) =>
    decided(session, ['f'], { at, user: 'grace', variation: 'b' });
  const last = [...SIGN_IN, anew(12_000)];
  expect(totals(last, calls(12_000))).toMatchObject({
    once: 2,
    again: 0,
    notAgain: 0,
    right: 2,
    properties: 2,
  });
  // Sent nevertheless, after that: two variations of a flag in one session.
  const both = [...calls(12_000), event('f', TWO, { at: 12_001, decidedAt: 1000 })];
  expect(totals(last, both)).toMatchObject({ again: 0, unexplained: 1 });
  // Sent in the meantime, as when the page is left.
  expect(totals(last, SENT_AGAIN.concat(calls(12_000).slice(2)))).toMatchObject({ again: 1, notAgain: 0 });
  // Decided later, the visitor saw both.
  expect(totals([...SIGN_IN, anew(12_001)], calls(12_001))).toMatchObject({ notAgain: 1 });
  // No other flag is excused, and no new session of the same user.
  const other = decided(TWO, ['g'], { at: 11_000, user: 'grace' });
  expect(totals([...SIGN_IN, other], SENT_AGAIN.slice(0, 2))).toMatchObject({ notAgain: 1 });
  const expired = [...ONE_FLAG, started(LATER, 10_000), anew(11_000, LATER)];
  expect(totals(expired, calls(11_000))).toMatchObject({ notAgain: 1 });
});

test('a decision that waited for a session need not arrive if its flag is decided again for the session’s user', () => {
  const waited = [started(ONE), decided(null, ['f'], { at: 5000 })];
  const ahead = (at: number) => decided(null, ['f'], { at, user: 'grace', variation: 'b' });
  const session = started(TWO, 10_000);
  const calls = [
    property('f', TWO, 'b', 10_000),
    event('f', TWO, { at: 10_000, variation: 'b', decidedAt: 9500 }),
  ];
  const entries = [...waited, ahead(9500), session];
  for (const [more, dropped] of [
    [{}, 1],
    [RECIPE, 0],
  ] as const) {
    expect(outcomes(entries, calls, { ...more, dropped })).toEqual(['superseded', 'once']);
    expect(totals(entries, calls, { ...more, dropped })).toMatchObject({ decisions: 1, once: 1, dropped: 0 });
  }
  // The recipe has called before anybody knew.
  expect(outcomes(entries, [event('f', TWO, { at: 10_000 }), ...calls], RECIPE)).toEqual(['once', 'once']);
  expect(outcomes(entries, [...calls, event('f', TWO, { at: 10_000, decidedAt: 5000 })])).toContain(
    'otherSession',
  );
  expect(outcomes([...waited, ahead(9499), session], calls)).toEqual(['lost', 'once']);
});

test('nothing else is sent again to a new session', () => {
  const superseded = [...ONE_FLAG, decided(ONE, ['f'], { at: 2000, variation: 'b' }), started(TWO, 10_000)];
  expect(totals(superseded, SENT_AGAIN)).toMatchObject({ again: 0, unexplained: 1 });
  const otherPage = [...ONE_FLAG, started(TWO, 10_000, 2)];
  expect(totals(otherPage, SENT_AGAIN)).toMatchObject({ again: 0, unexplained: 1, right: 1, properties: 2 });
  // A restart of the same session is none.
  const restarted = [...ONE_FLAG, started(ONE, 10_000)];
  expect(totals(restarted, SENT_AGAIN.slice(0, 2))).toMatchObject({ once: 1, notAgain: 0 });
});

test('a decision sent again twice to a session is doubled', () => {
  const calls = [...SENT_AGAIN, event('f', TWO, { at: 10_000, decidedAt: 1000 })];
  expect(outcomes(SIGN_IN, calls)).toEqual(['doubled']);
  expect(totals(SIGN_IN, calls)).toMatchObject({ once: 0, doubled: 1, again: 1 });
});

test('a decision sent again to a session is not a later decision of another user', () => {
  const entries = [...SIGN_IN, decided(TWO, ['f'], { at: 20_000, user: 'grace' })];
  expect(outcomes(entries, SENT_AGAIN, { waiting: 1 })).toEqual(['once', 'waiting']);
  expect(outcomes(entries, SENT_AGAIN)).toEqual(['once', 'lost']);
  for (const more of [{}, RECIPE]) {
    const all = totals(entries, [...SENT_AGAIN, event('f', TWO, { at: 20_010 })], more);
    expect(all).toMatchObject({ decisions: 2, once: 2, lost: 0, doubled: 0, again: 1, unexplained: 0 });
    expect(isComplete(all)).toBe(true);
  }
});

test('a session’s own decision comes before those sent to it again', () => {
  const entries = [...SIGN_IN, decided(TWO, ['f'], { at: 20_000, user: 'grace' })];
  const calls = [...SENT_AGAIN.slice(0, 2), event('f', TWO, { at: 20_000 })];
  expect(outcomes(entries, calls, RECIPE)).toEqual(['once', 'once']);
});

test('a decision sent again counts as the same user’s same decision', () => {
  const entries = [...SIGN_IN, decided(TWO, ['f'], { at: 20_000 })];
  expect(outcomes(entries, SENT_AGAIN)).toEqual(['once', 'repeat']);
  const twice = [...SENT_AGAIN, event('f', TWO, { at: 20_010 })];
  expect(outcomes(entries, twice)).toEqual(['once', 'doubled']);
  expect(totals(entries, twice)).toMatchObject({ decisions: 1, once: 1, again: 1, doubled: 1 });
  // Sent after both, once, with the earlier moment.
  const once = [...SENT_AGAIN.slice(0, 3), event('f', TWO, { at: 20_010, decidedAt: 1000 })];
  expect(totals(entries, once)).toMatchObject({ once: 2, again: 0, notAgain: 0, undated: 0 });
});

test('a late event is attributed by its decided_at', () => {
  const entries = [...SIGN_IN, decided(TWO, ['f'], { at: 20_000, user: 'grace' })];
  const properties = SENT_AGAIN.slice(0, 3);
  const again = event('f', TWO, { at: 60_000, decidedAt: 1000 });
  const own = event('f', TWO, { at: 61_000, decidedAt: 20_000 });
  const totalsFor = (...events: ReceivedCall[]) => totals(entries, [...properties, ...events]);
  expect(totalsFor(again, own)).toMatchObject({ once: 2, again: 1, notAgain: 0, undated: 0 });
  expect(totalsFor(again)).toMatchObject({ once: 1, lost: 1, again: 1, notAgain: 0 });
  expect(totalsFor(own)).toMatchObject({ once: 2, lost: 0, again: 0, notAgain: 1 });
  expect(totalsFor(again, again, own)).toMatchObject({ once: 1, doubled: 1, again: 1 });
});

test('a late event must have decided_at, and it must be right', () => {
  const entries = [decided(null, ['f']), started(ONE, 1500)];
  const totalsFor = (at: number, decidedAt?: number | string, more: Partial<Run> = {}) =>
    totals(
      entries,
      [property('f', ONE), event('f', ONE, { at, ...(decidedAt !== undefined && { decidedAt }) })],
      more,
    );
  expect(totalsFor(2001, 1000)).toMatchObject({ once: 1, undated: 0 });
  expect(totalsFor(2000)).toMatchObject({ once: 1, undated: 0 });
  for (const [at, moment] of [
    [2001, undefined],
    [2001, 'some time'],
    [2001, 2001],
    [1500, 2001],
  ] as const) {
    expect(totalsFor(at, moment, RECIPE)).toMatchObject({ once: 1, undated: 0 });
    expect(totalsFor(at, moment)).toMatchObject({ once: 1, undated: 1 });
    expect(isComplete(totalsFor(at, moment))).toBe(false);
  }
});

test('a slow page may take its time to decide', () => {
  const entries = [started(ONE), decided(ONE, ['f'], { at: 1000, until: 3000 })];
  for (const [late, undated] of [
    [{ at: 4000 }, 0],
    [{ at: 4001 }, 1],
    [{ at: 5000, decidedAt: 3000 }, 0],
    [{ at: 5000, decidedAt: 3001 }, 1],
    [{ at: 5000, decidedAt: 999 }, 1],
  ] as const) {
    expect(totals(entries, [event('f', ONE, late)])).toMatchObject({ once: 1, undated });
  }
});

test('an event with more than its decision is a different one', () => {
  const more = event('f', ONE);
  more.properties.user_id = 'ada';
  expect(totals(ONE_FLAG, [more])).toMatchObject({ lost: 1, unexplained: 1 });
});

test('an event without a decision is unexplained', () => {
  const all = totals(SIGN_IN, [...SENT_AGAIN, event('f', TWO, { variation: 'b', at: 10_000 })]);
  expect(all).toMatchObject({ once: 1, unexplained: 1 });
  expect(isComplete(all)).toBe(false);
});

test('if no session ever starts, waiting decisions are not lost', () => {
  const entries = [decided(null, ['f', 'g'])];
  const all = totals(entries, [], { waiting: 2 });
  expect(all).toMatchObject({ decisions: 2, once: 0, waiting: 2, lost: 0 });
  expect(isComplete(all)).toBe(true);
  expect(totals(entries, [], { waiting: 1 })).toMatchObject({ waiting: 1, lost: 1 });
  expect(totals([...entries, started(ONE, 2000)], [], { waiting: 2 })).toMatchObject({ waiting: 0, lost: 2 });
});

test('a user property must hold the latest decision', () => {
  const entries = [
    ...ONE_FLAG,
    decided(ONE, ['f'], { at: 2000, variation: 'b' }),
    decided(ONE, ['f'], { at: 3000 }),
  ];
  const calls = [
    event('f', ONE),
    property('f', ONE),
    event('f', ONE, { at: 2000, variation: 'b' }),
    property('f', ONE, 'b', 2000),
  ];
  expect(totals(entries, calls)).toMatchObject({ once: 2, right: 0, properties: 1 });
  expect(totals(entries, [...calls, property('f', ONE, 'a', 3000)])).toMatchObject({ once: 2, right: 1 });
  expect(totals(entries, [property('other', ONE)])).toMatchObject({ right: 0, properties: 2 });
});

test('in a child frame user properties are missing, and no fault', () => {
  const refused = { ...property('f', ONE), outcome: 'rejected' } as const;
  const inFrame = (calls: ReceivedCall[]) => totals(ONE_FLAG, calls, { isChildFrame: true });
  expect(inFrame([refused, event('f', ONE)])).toMatchObject({ once: 1, right: 0, properties: 1, refused: 0 });
  expect(isComplete(inFrame([refused, event('f', ONE)]))).toBe(true);
  expect(inFrame([event('f', ONE, { outcome: 'rejected' })])).toMatchObject({ rejected: 1, refused: 1 });
  expect(totals(ONE_FLAG, [refused, event('f', ONE)])).toMatchObject({ refused: 1 });
});

test('a run without decisions is not complete', () => {
  expect(isComplete(totals([started(ONE)], []))).toBe(false);
  expect(isComplete(totals(ONE_FLAG, [event('f', ONE), property('f', ONE)]))).toBe(true);
});

test('shown results stay when more decisions are made and sent', () => {
  const entries: Entry[] = [];
  const calls: ReceivedCall[] = [];
  let shown: string[] = [];
  let again: [string, number][] = [];
  let at = 1000;
  let holder = '';
  for (const session of [ONE, TWO, THREE]) {
    entries.push(started(session, ++at));
    const known = new Set([holder]);
    // Decisions of the session before are sent again.
    if (session !== ONE)
      for (const flagKey of ['f', 'g']) calls.push(event(flagKey, session, { at: ++at, decidedAt: at }));
    for (const user of ['ada', 'grace', 'ada', 'linus']) {
      at += 1000;
      holder = user;
      entries.push(decided(session, ['f', 'g'], { at, user }));
      if (!known.has(user))
        for (const flagKey of ['f', 'g']) calls.push(event(flagKey, session, { at: ++at }));
      known.add(user);
      const current = accountFor(entries, calls);
      const now = outcomes(entries, calls);
      expect(now.slice(0, shown.length)).toEqual(shown);
      expect([...current.again].filter(([of]) => again.some(([one]) => one === of)).sort()).toEqual(
        again.sort(),
      );
      expect(current.counts).toMatchObject({ lost: 0, doubled: 0, otherUser: 0 });
      shown = now;
      again = [...current.again];
    }
  }
});

describe('a decision that nobody listened to, on purpose', () => {
  const UNHEARD = { at: 2000, variation: 'b', unheard: 'disconnected' };
  const heard = [event('f', ONE), property('f', ONE)];

  test('is the page’s latest all the same, and the session lacks it', () => {
    const entries = [...ONE_FLAG, decided(ONE, ['f'], UNHEARD)];
    expect(outcomes(entries, heard)).toEqual(['once', 'unheard']);
    const { latest, inSession, asProperty } = readSession(entries, heard, ONE);
    expect(latest.get('f')).toMatchObject({ variationKey: 'b' });
    expect(inSession).toEqual({ known: 0, flags: 1 });
    expect(asProperty).toEqual({ known: 0, flags: 1 });
  });

  test('counts as a decision and as a property that is not right, and is no fault', () => {
    const entries = [...ONE_FLAG, decided(ONE, ['f', 'g'], UNHEARD)];
    const counted = totals(entries, heard);
    expect(counted).toMatchObject({ decisions: 3, once: 1, unheard: 2, lost: 0 });
    expect(counted).toMatchObject({ properties: 2, right: 0, unreachable: 2 });
    expect(isComplete(counted)).toBe(true);
    expect(isComplete(totals(entries, [event('f', ONE)]))).toBe(true);
    expect(isComplete(totals(entries, [property('f', ONE)]))).toBe(false);
  });

  test('does not explain a wrong property once the flag is decided again', () => {
    const entries = [
      ...ONE_FLAG,
      decided(ONE, ['f'], UNHEARD),
      decided(ONE, ['f'], { at: 3000, variation: 'c' }),
    ];
    const calls = [...heard, event('f', ONE, { at: 3000, variation: 'c' })];
    expect(isComplete(totals(entries, calls))).toBe(false);
    expect(isComplete(totals(entries, [...calls, property('f', ONE, 'c', 3000)]))).toBe(true);
  });

  test('is not missed where the session has it already', () => {
    const entries = [...ONE_FLAG, decided(ONE, ['f'], { ...UNHEARD, variation: 'a' })];
    expect(outcomes(entries, heard)).toEqual(['once', 'repeat']);
    expect(totals(entries, heard)).toMatchObject({ decisions: 1, unheard: 0, properties: 1, right: 1 });
  });

  test('is not the one that a later session gets again', () => {
    const entries = [...ONE_FLAG, decided(ONE, ['f'], UNHEARD), started(LATER, 3000)];
    const again = event('f', LATER, { at: 3000, decidedAt: 1000 });
    const counted = totals(entries, [...heard, again]);
    expect(counted).toMatchObject({ again: 1, notAgain: 0, unexplained: 0, unheard: 1, right: 0 });
    expect(isComplete(counted)).toBe(true);
    expect(isComplete(totals(entries, heard))).toBe(false);
  });

  test('is not expected to arrive: an event for it is one of no decision', () => {
    const entries = [started(ONE), decided(ONE, ['f'], UNHEARD)];
    expect(totals(entries, [event('f', ONE, { at: 2000, variation: 'b' })])).toMatchObject({
      unexplained: 1,
    });
  });
});

test('reports the decisions that the running session has', () => {
  const entries = [started(ONE), decided(ONE, ['f', 'g']), started(TWO, 2000)];
  const calls = [event('f', ONE), event('g', ONE), event('f', TWO), property('f', TWO), property('g', ONE)];
  const { inSession, asProperty, properties, latest } = readSession(entries, calls, TWO);
  expect(inSession).toEqual({ known: 1, flags: 2 });
  expect(asProperty).toEqual({ known: 1, flags: 2 });
  expect([...properties]).toEqual([['[Optimizely] f', 'a']]);
  expect([...latest.keys()]).toEqual(['f', 'g']);
});

test('the page’s own events are counted separately', () => {
  const own = (outcome: ReceivedCall['outcome']) => ({
    ...event('f', ONE, { outcome }),
    name: 'Of the page',
  });
  const calls = [own('accepted'), event('f', ONE), own('rejected'), own('discarded'), property('f', ONE)];
  expect(readSession(ONE_FLAG, calls, ONE).ofThePage).toEqual({ made: 3, accepted: 1 });
  expect(accountFor(ONE_FLAG, calls).counts).toMatchObject({ once: 1, rejected: 0, doubled: 0 });
});
