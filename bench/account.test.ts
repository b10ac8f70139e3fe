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

test('what comes late has to say when it was decided', () => {
  const status = { decisions: { waiting: 0, dropped: 0 } };
  const ledger = [{ ...decided(null), at: 1000 }, start(ONE)];
  const late = (decided_at?: string) => {
    const { properties, ...others } = event(ONE);
    return [property(ONE), { ...others, at: 2001, properties: { ...properties, decided_at } }];
  };
  const right = '1970-01-01T00:00:01.000Z';
  expect(account(ledger, late(right), { status })).toMatchObject({ once: 1, undated: 0 });
  for (const wrong of [undefined, 'some time', '1970-01-01T00:00:02.001Z']) {
    expect(account(ledger, late(wrong))).toMatchObject({ once: 1, undated: 0 });
    const result = account(ledger, late(wrong), { status });
    expect(result).toMatchObject({ once: 1, undated: 1 });
    expect(isComplete(result)).toBe(false);
  }
});
