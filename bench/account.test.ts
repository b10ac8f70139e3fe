import { expect, test } from 'vitest';
import { account, isComplete } from './account.mjs';

const [ONE, TWO] = ['https://fs/session/1:1', 'https://fs/session/2:2'];

const decided = (session: string | null, user = 'ada', variation = 'a') => ({
  session,
  user,
  flag: 'f',
  variation,
  rule: 'r',
  enabled: true,
});

const event = (session: string, outcome = 'accepted', variation = 'a') => ({
  kind: 'event',
  name: 'Experiment Viewed',
  properties: { flag_key: 'f', variation_key: variation, rule_key: 'r', enabled: true },
  session,
  outcome,
  at: 0,
});

const property = (session: string, value = 'a') => ({
  kind: 'properties',
  name: '',
  properties: { '[Optimizely] f': value },
  session,
  outcome: 'accepted',
});

const start = (started: string) => ({ started });

test('once, in the session that ran or in the next one', () => {
  for (const session of [ONE, null]) {
    const result = account([decided(session), start(ONE)], [property(ONE), event(ONE)]);
    expect(result).toMatchObject({
      decisions: 1,
      once: 1,
      lost: 0,
      doubled: 0,
      rejected: 0,
      told: 1,
      values: 1,
    });
    expect(isComplete(result)).toBe(true);
  }
});

test('repeated decisions are one; users with the same decision are two', () => {
  const ledger = [start(ONE), decided(ONE), decided(ONE), decided(ONE, 'grace')];
  const calls = [property(ONE), event(ONE), event(ONE)];
  expect(account(ledger, calls)).toMatchObject({ decisions: 2, once: 2, lost: 0, doubled: 0 });
});

test('lost, doubled, rejected', () => {
  const ledger = [start(ONE), decided(ONE)];
  for (const [calls, fault] of [
    [[], 'lost'],
    [[event(TWO)], 'lost'],
    [[event('', 'discarded')], 'lost'],
    [[event(ONE), event(ONE)], 'doubled'],
    [[event(ONE, 'rejected')], 'rejected'],
  ] as const) {
    const result = account(ledger, [property(ONE), ...calls]);
    expect(result).toMatchObject({ once: 0, [fault]: 1 });
    expect(isComplete(result)).toBe(false);
  }
});

test('told again to a later session, and there not twice', () => {
  const ledger = [start(ONE), decided(ONE), start(TWO)];
  const calls = [property(ONE), event(ONE), event(TWO)];
  expect(account(ledger, calls)).toMatchObject({ once: 1, again: 1, doubled: 0 });
  expect(account(ledger, [...calls, event(TWO)])).toMatchObject({ once: 1, again: 1, doubled: 1 });
});

test('a user property has to hold the latest decision', () => {
  const ledger = [start(ONE), decided(ONE), decided(ONE, 'ada', 'b'), decided(ONE)];
  const calls = [event(ONE), event(ONE, 'accepted', 'b'), property(ONE), property(ONE, 'b')];
  expect(account(ledger, calls)).toMatchObject({ once: 2, told: 0, values: 1 });
  expect(account(ledger, [...calls, property(ONE)])).toMatchObject({ told: 1 });
});

test('in a session where nobody decided it', () => {
  const ledger = [start(ONE), decided(ONE), start(TWO)];
  const calls = [property(ONE), event(ONE), event(TWO, 'accepted', 'b')];
  const result = account(ledger, calls);
  expect(result).toMatchObject({ once: 1, lost: 0, again: 0, astray: 1 });
  expect(isComplete(result)).toBe(false);
});

test('where no session ever starts, what still waits is not lost', () => {
  const ledger = [decided(null), decided(null, 'grace', 'b')];
  const waiting = (count: number) => ({ status: { decisions: { waiting: count, dropped: 0 } } });
  const result = account(ledger, [], waiting(2));
  expect(result).toMatchObject({ decisions: 2, once: 0, waiting: 2, lost: 0 });
  expect(isComplete(result)).toBe(true);
  expect(account(ledger, [], waiting(1))).toMatchObject({ waiting: 1, lost: 1 });
  expect(account(ledger, [event('', 'discarded')])).toMatchObject({ waiting: 0, lost: 2 });
});

test('where there are too many, the oldest may be missing when that is told', () => {
  const ledger = [decided(null), decided(null, 'ada', 'b'), start(ONE)];
  const [older, newer] = [event(ONE), event(ONE, 'accepted', 'b')];
  const status = { decisions: { waiting: 0, dropped: 1 } };
  const told = { drops: 1, status };
  const values = [property(ONE, 'b')];
  expect(account(ledger, [newer, ...values], told)).toMatchObject({ once: 1, dropped: 1, lost: 0 });
  expect(account(ledger, [older, ...values], told)).toMatchObject({ once: 1, dropped: 0, lost: 1 });
  expect(account(ledger, [newer, ...values], { drops: 1 })).toMatchObject({ once: 1, dropped: 0, lost: 1 });
  expect(account(ledger, [newer, ...values], { status })).toMatchObject({ once: 1, dropped: 0, lost: 1 });
});

const STATUS = { decisions: { waiting: 0, dropped: 0 } };

test('what comes late has to say when it was decided, and what says it has to be right', () => {
  const ledger = [{ ...decided(null), at: 1000 }, start(ONE)];
  const told = (at: number, decided_at?: string) => {
    const { properties, ...others } = event(ONE);
    return [property(ONE), { ...others, at, properties: { ...properties, decided_at } }];
  };
  const right = '1970-01-01T00:00:01.000Z';
  expect(account(ledger, told(2001, right), { status: STATUS })).toMatchObject({ once: 1, undated: 0 });
  expect(account(ledger, told(2000), { status: STATUS })).toMatchObject({ once: 1, undated: 0 });
  for (const late of [
    told(2001),
    told(2001, 'some time'),
    told(2001, '1970-01-01T00:00:02.001Z'),
    told(1500, '1970-01-01T00:00:02.001Z'),
  ]) {
    expect(account(ledger, late)).toMatchObject({ once: 1, undated: 0 });
    const result = account(ledger, late, { status: STATUS });
    expect(result).toMatchObject({ once: 1, undated: 1 });
    expect(isComplete(result)).toBe(false);
  }
});

/** An event for the flag `f`, or another one, as the bridge tells it. */
function told(session: string, at: number, decidedAt?: number, flag = 'f', outcome = 'accepted') {
  const { properties, ...others } = event(session, outcome);
  const decided_at = decidedAt === undefined ? {} : { decided_at: new Date(decidedAt).toISOString() };
  return { ...others, at, properties: { ...properties, flag_key: flag, ...decided_at } };
}

const holds = (session: string, flag: string, at: number) => ({
  ...property(session),
  at,
  properties: { [`[Optimizely] ${flag}`]: 'a' },
});

const began = (session: string, at: number, page = 1) => ({ started: session, at, page });

const made = (
  session: string | null,
  at: number,
  more: { user?: string; flag?: string; page?: number } = {},
) => ({
  ...decided(session),
  at,
  page: 1,
  ...more,
});

/** Ada decides, another user signs in, and the session is told again what Ada decided. */
const SIGN_IN = [began(ONE, 0), made(ONE, 1000), began(TWO, 10_000)];
const TOLD_AGAIN = [holds(ONE, 'f', 1000), told(ONE, 1000), holds(TWO, 'f', 10_000), told(TWO, 10_000, 1000)];

test('what a session was told again is not what another user decides in it later', () => {
  const ledger = [...SIGN_IN, made(TWO, 20_000, { user: 'grace' })];
  for (const options of [{ status: STATUS }, {}]) {
    const result = account(ledger, [...TOLD_AGAIN, told(TWO, 20_000)], options);
    expect(result).toMatchObject({ decisions: 2, once: 2, lost: 0, doubled: 0, again: 1, astray: 0 });
    expect(isComplete(result)).toBe(true);
    expect(isComplete(account(ledger, TOLD_AGAIN, options))).toBe(false);
  }
  expect(account(ledger, TOLD_AGAIN, { status: STATUS })).toMatchObject({ once: 1, lost: 1, again: 1 });
});

test('what is told again late says whose it is by its moment', () => {
  const ledger = [...SIGN_IN, made(TWO, 20_000, { user: 'grace' })];
  const [ownProperty, own, properties] = TOLD_AGAIN as [object, object, object];
  const again = told(TWO, 60_000, 1000);
  const graces = told(TWO, 61_000, 20_000);
  const tell = (...events: object[]) =>
    account(ledger, [ownProperty, own, properties, ...events], { status: STATUS });
  expect(tell(again, graces)).toMatchObject({ once: 2, again: 1, untold: 0, undated: 0 });
  expect(tell(again)).toMatchObject({ once: 1, lost: 1, again: 1, untold: 0 });
  expect(tell(graces)).toMatchObject({ once: 2, lost: 0, again: 0, untold: 1 });
  expect(tell(again, again, graces)).toMatchObject({ once: 2, doubled: 1, again: 1 });
});

test('what was told again stands for the same decision of the same user', () => {
  const ledger = [...SIGN_IN, made(TWO, 20_000)];
  expect(account(ledger, TOLD_AGAIN, { status: STATUS })).toMatchObject({ decisions: 1, once: 1, again: 1 });
  const twice = account(ledger, [...TOLD_AGAIN, told(TWO, 20_000)], { status: STATUS });
  expect(twice).toMatchObject({ once: 1, again: 1, doubled: 1 });
  // Told after both, once.
  const once = [...TOLD_AGAIN.slice(0, 3), told(TWO, 20_000, 1000)];
  expect(account(ledger, once, { status: STATUS })).toMatchObject({
    once: 2,
    again: 0,
    untold: 0,
    undated: 0,
  });
});

test('a new session is told again what holds on its page, and nothing else', () => {
  const superseded = [
    began(ONE, 0),
    made(ONE, 1000),
    { ...made(ONE, 2000), variation: 'b' },
    began(TWO, 10_000),
  ];
  expect(account(superseded, [told(ONE, 1000), told(TWO, 10_000, 1000)])).toMatchObject({
    again: 0,
    astray: 1,
  });
  const otherPage = [began(ONE, 0), made(ONE, 1000), began(TWO, 10_000, 2)];
  expect(account(otherPage, TOLD_AGAIN)).toMatchObject({ again: 0, astray: 1, told: 1, values: 2 });
  expect(account(otherPage, TOLD_AGAIN.slice(0, 2), { status: STATUS })).toMatchObject({
    untold: 0,
    astray: 0,
  });
  // A restart of the same session is none.
  const restarted = [began(ONE, 0), made(ONE, 1000), began(ONE, 10_000)];
  expect(account(restarted, TOLD_AGAIN.slice(0, 2), { status: STATUS })).toMatchObject({
    once: 1,
    untold: 0,
  });
  // The recipe promises nothing of the kind.
  expect(account(SIGN_IN, TOLD_AGAIN.slice(0, 2))).toMatchObject({ untold: 0, told: 1, values: 1 });
});

test('the same decision on another page of the session is another one, but with dedupe session', () => {
  const ledger = [began(ONE, 0), made(ONE, 1000), made(ONE, 2000, { page: 2 })];
  const first = [holds(ONE, 'f', 1000), told(ONE, 1000)];
  const both = [...first, told(ONE, 2000)];
  expect(account(ledger, both)).toMatchObject({ decisions: 2, once: 2, doubled: 0 });
  expect(account(ledger, first)).toMatchObject({ decisions: 2, once: 1, lost: 1 });
  expect(account(ledger, both, { isOncePerSession: true })).toMatchObject({
    decisions: 1,
    once: 0,
    doubled: 1,
  });
  expect(account(ledger, first, { isOncePerSession: true })).toMatchObject({
    decisions: 1,
    once: 1,
    lost: 0,
  });
});

test('who calls FullStory while the page decides is a little ahead of the ledger', () => {
  const ledger = [began(ONE, 0), made(ONE, 1000)];
  const ahead = [holds(ONE, 'f', 995), told(ONE, 995)];
  expect(account(ledger, ahead)).toMatchObject({ once: 1, lost: 0, astray: 0 });
  expect(account(ledger, ahead, { status: STATUS })).toMatchObject({ once: 0, lost: 1, astray: 1 });
});

test('equal decisions that FullStory rejects are each rejected', () => {
  const ledger = [began(ONE, 0), made(ONE, 1000), made(ONE, 1000, { user: 'grace' })];
  const rejected = told(ONE, 1000, undefined, 'f', 'rejected');
  expect(account(ledger, [rejected, rejected])).toMatchObject({ rejected: 2, lost: 0 });
  expect(account(ledger, [rejected, told(ONE, 1000)])).toMatchObject({ rejected: 1, once: 1 });
});
