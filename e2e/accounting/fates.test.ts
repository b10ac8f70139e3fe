import { expect, test } from 'vitest';
import { account as benchAccount } from '../../bench/account.mjs';
import type { ReceivedCall } from '../doubles/fullstory.ts';
import { account, type Observed } from './fates.ts';
import type { Entry } from './ledger.ts';

const [ONE, TWO] = ['https://fs/session/1:1', 'https://fs/session/2:2'] as const;

function decided(
  session: string | null,
  flags: string[],
  more: { at?: number; page?: number; leftOut?: string; ifLost?: string; user?: string } = {},
): Entry {
  const { at = 1000, page = 1, leftOut = '', ifLost = '', user = 'ada' } = more;
  const decisions = flags.map((flagKey) => ({
    user,
    flagKey,
    variationKey: 'a',
    ruleKey: 'r',
    enabled: true,
  }));
  return { kind: 'decided', at, page, session, title: '', decisions, leftOut, ifLost };
}

function started(session: string): Entry {
  return { kind: 'started', at: 0, session, uid: '' };
}

function call(
  kind: 'event' | 'properties',
  properties: Record<string, unknown>,
  session: string,
  outcome: ReceivedCall['outcome'],
  at: number,
): ReceivedCall {
  const name = kind === 'event' ? 'Experiment Viewed' : '';
  const reason = outcome === 'accepted' ? '' : 'a reason';
  return {
    kind,
    name,
    properties,
    given: properties,
    source: 'optimizely',
    session,
    uid: '',
    page: 1,
    at,
    outcome,
    reason,
  };
}

function event(flag: string, session: string, outcome: ReceivedCall['outcome'] = 'accepted', at = 1000) {
  return call(
    'event',
    { flag_key: flag, variation_key: 'a', rule_key: 'r', enabled: true },
    session,
    outcome,
    at,
  );
}

/** An event as the bridge tells it late. */
function dated(late: ReceivedCall, decidedAt: number): ReceivedCall {
  return { ...late, properties: { ...late.properties, decided_at: new Date(decidedAt).toISOString() } };
}

const property = (flag: string, session: string) =>
  call('properties', { [`[Optimizely] ${flag}`]: 'a' }, session, 'accepted', 1000);

function tell(entries: Entry[], calls: ReceivedCall[], more: Partial<Observed> = {}) {
  return account({ entries, calls, waiting: 0, session: ONE, isOncePerSession: false, ...more });
}

function fates(...parameters: Parameters<typeof tell>): string[] {
  return [...tell(...parameters).fates]
    .sort(([one], [other]) => one - other)
    .flatMap(([, all]) => all.map(({ fate }) => fate));
}

test('accepted in the session that ran, or in the next one to start', () => {
  expect(fates([started(ONE), decided(ONE, ['f'])], [event('f', ONE)])).toEqual(['accepted']);
  const late = tell([decided(null, ['f']), started(ONE)], [event('f', ONE, 'accepted', 4500)]);
  expect(late.fates.get(0)).toMatchObject([{ fate: 'accepted', delay: 3500 }]);
});

test('lost, rejected, discarded, misplaced', () => {
  const entries = [started(ONE), decided(ONE, ['f'])];
  expect(fates(entries, [])).toEqual(['lost']);
  expect(fates(entries, [event('f', ONE, 'rejected')])).toEqual(['rejected']);
  expect(tell(entries, [event('f', '', 'discarded')]).fates.get(1)).toMatchObject([
    { fate: 'lost', reason: 'a reason' },
  ]);
  expect(tell(entries, [event('f', '', 'discarded', 999)]).fates.get(1)).toMatchObject([
    { fate: 'lost', reason: '' },
  ]);
  expect(fates(entries, [event('f', TWO)])).toEqual(['misplaced']);
  expect(fates(entries, [event('g', ONE)])).toEqual(['lost']);
});

test('a lost decision has the reason that was known when it was made, or FullStory’s', () => {
  const entries = [started(ONE), decided(ONE, ['f'], { ifLost: 'nobody listened' })];
  expect(tell(entries, []).fates.get(1)).toMatchObject([{ fate: 'lost', reason: 'nobody listened' }]);
  expect(tell(entries, [event('f', '', 'discarded')]).fates.get(1)).toMatchObject([
    { fate: 'lost', reason: 'a reason' },
  ]);
  for (const more of [{ waiting: 1 }, { waiting: [JSON.stringify(['f', 'a', 'r', true])] }]) {
    expect(tell(entries, [], more).fates.get(1)).toMatchObject([{ fate: 'waiting', reason: '' }]);
  }
  expect(tell(entries, [event('f', ONE)]).fates.get(1)).toMatchObject([{ fate: 'accepted', reason: '' }]);
});

test('events of the page’s own are counted apart', () => {
  const own = (outcome: ReceivedCall['outcome']) => ({ ...event('f', ONE, outcome), name: 'Of the page' });
  const calls = [own('accepted'), event('f', ONE), own('rejected'), own('discarded'), property('f', ONE)];
  const { ofThePage, counts } = tell([started(ONE), decided(ONE, ['f'])], calls);
  expect(ofThePage).toEqual({ made: 3, accepted: 1 });
  expect(counts).toMatchObject({ accepted: 1, rejected: 0, doubled: 0 });
});

test('what waits are the latest of those that are missing, or those with these keys', () => {
  const entries = [started(ONE), decided(ONE, ['f', 'g', 'h'])];
  expect(fates(entries, [event('f', ONE)], { waiting: 1 })).toEqual(['accepted', 'lost', 'waiting']);
  expect(fates(entries, [], { waiting: [JSON.stringify(['g', 'a', 'r', true])] })).toEqual([
    'lost',
    'waiting',
    'lost',
  ]);
});

test('a repeated decision is told once; more is doubled', () => {
  const entries = [started(ONE), decided(ONE, ['f']), decided(ONE, ['f'])];
  expect(fates(entries, [event('f', ONE)])).toEqual(['accepted', 'repeat']);
  expect(fates(entries, [event('f', ONE), event('f', ONE)])).toEqual(['accepted', 'doubled']);
  expect(fates([entries[0] as Entry, entries[1] as Entry], [event('f', ONE), event('f', ONE)])).toEqual([
    'doubled',
  ]);
});

test('the same decision of another user, session or page is another one', () => {
  const first = [started(ONE), decided(ONE, ['f'])];
  expect(fates([...first, decided(ONE, ['f'], { user: 'grace' })], [event('f', ONE)])).toEqual([
    'accepted',
    'lost',
  ]);
  expect(fates([...first, started(TWO), decided(TWO, ['f'])], [event('f', ONE)])).toEqual([
    'accepted',
    'lost',
  ]);
  const nextPage = [...first, decided(ONE, ['f'], { page: 2 })];
  expect(fates(nextPage, [event('f', ONE)])).toEqual(['accepted', 'lost']);
  expect(fates(nextPage, [event('f', ONE)], { isOncePerSession: true })).toEqual(['accepted', 'repeat']);
});

test('a new session is told again what it has not decided itself', () => {
  const entries = [started(ONE), decided(ONE, ['f', 'g']), started(TWO)];
  const calls = [event('f', ONE), event('g', ONE), event('f', TWO), property('f', TWO), property('g', ONE)];
  const told = tell(entries, calls, { session: TWO });
  expect(told.again).toEqual(
    new Map([
      [TWO, 1],
      [ONE, 0],
    ]),
  );
  expect(told.inSession).toEqual({ known: 1, flags: 2 });
  expect(told.asProperty).toEqual({ known: 1, flags: 2 });
  expect(told.counts).toMatchObject({ accepted: 2, lost: 0, doubled: 0 });
});

const [TWO_STARTS, THREE] = [started(TWO), 'https://fs/session/3:3'];

/** Ada's flag in the first session, and what the second one is told of it again. */
const ADA = [started(ONE), decided(ONE, ['f', 'g']), TWO_STARTS];
const ADA_TOLD = [
  event('f', ONE),
  event('g', ONE),
  event('f', TWO, 'accepted', 2000),
  event('g', TWO, 'accepted', 2000),
];

test('what a session was told again is not what another user decides in it later', () => {
  const entries = [...ADA, decided(TWO, ['f'], { at: 3000, user: 'grace' })];
  const now = { session: TWO };
  expect(fates(entries, ADA_TOLD, { ...now, waiting: 1 })).toEqual(['accepted', 'accepted', 'waiting']);
  expect(fates(entries, ADA_TOLD, now)).toEqual(['accepted', 'accepted', 'lost']);
  const told = tell(entries, [...ADA_TOLD, event('f', TWO, 'accepted', 3010)], now);
  expect(told.counts).toMatchObject({ accepted: 3, doubled: 0, lost: 0 });
  expect(told.again.get(TWO)).toBe(2);
  expect(told.fates.get(3)).toMatchObject([{ fate: 'accepted', delay: 10 }]);
});

test('what was told again stands for the same user’s same decision', () => {
  const later = [...ADA, decided(TWO, ['f'], { at: 3000 })];
  expect(fates(later, ADA_TOLD)).toEqual(['accepted', 'accepted', 'repeat']);
  expect(tell(later, ADA_TOLD).again.get(TWO)).toBe(2);
  expect(fates(later, [...ADA_TOLD, event('f', TWO, 'accepted', 3010)])).toEqual([
    'accepted',
    'accepted',
    'doubled',
  ]);
  // Told after it, and of the earlier moment.
  const [f, g] = ADA_TOLD as [ReceivedCall, ReceivedCall];
  const late = dated(event('f', TWO, 'accepted', 3010), 1000);
  expect(fates(later, [f, g, late])).toEqual(['accepted', 'accepted', 'accepted']);
});

test('the moment that a late event names tells whose it is', () => {
  const entries = [...ADA, decided(TWO, ['f'], { at: 3000, user: 'grace' })];
  const [f, g] = ADA_TOLD as [ReceivedCall, ReceivedCall];
  const again = dated(event('f', TWO, 'accepted', 60_000), 1000);
  const own = dated(event('f', TWO, 'accepted', 61_000), 3001);
  expect(fates(entries, [f, g, again], { waiting: 1 })).toEqual(['accepted', 'accepted', 'waiting']);
  const told = tell(entries, [f, g, again, own]);
  expect(told.fates.get(3)).toMatchObject([{ fate: 'accepted', delay: 58_000 }]);
  expect(told.again.get(TWO)).toBe(1);
});

test('what a session is told again twice is doubled', () => {
  expect(fates(ADA, [...ADA_TOLD, event('f', TWO, 'accepted', 2000)])).toEqual(['doubled', 'accepted']);
});

test('a flag in another session stays there when it is decided there', () => {
  const entries = [started(ONE), decided(ONE, ['f']), TWO_STARTS];
  const calls = [event('f', TWO, 'accepted', 2000)];
  expect(tell(entries, calls).again.get(TWO)).toBe(0);
  const later = [...entries, decided(TWO, ['f'], { at: 3000, user: 'grace' })];
  expect(fates(later, [...calls, event('f', TWO, 'accepted', 3010)])).toEqual(['misplaced', 'accepted']);
});

test('an event tells of one decision only', () => {
  const entries = [started(ONE), decided(ONE, ['f']), decided(ONE, ['f'], { user: 'grace' })];
  expect(fates(entries, [event('f', TWO)])).toEqual(['misplaced', 'lost']);
});

test('a refused decision is accepted when it is told again', () => {
  const entries = [started(ONE), decided(ONE, ['f']), decided(ONE, ['f'], { at: 2000 })];
  expect(fates(entries, [event('f', ONE, 'rejected'), event('f', ONE, 'accepted', 2000)])).toEqual([
    'accepted',
    'repeat',
  ]);
});

test('what was shown stays when more is decided and told', () => {
  const entries: Entry[] = [];
  const calls: ReceivedCall[] = [];
  let shown: string[] = [];
  let again: [string, number][] = [];
  let at = 1000;
  let holder = '';
  for (const session of [ONE, TWO, THREE]) {
    entries.push(started(session));
    const known = new Set([holder]);
    // Told again what the session before has.
    if (session !== ONE) for (const flag of ['f', 'g']) calls.push(event(flag, session, 'accepted', ++at));
    for (const user of ['ada', 'grace', 'ada', 'linus']) {
      at += 1000;
      holder = user;
      entries.push(decided(session, ['f', 'g'], { at, user }));
      if (!known.has(user)) for (const flag of ['f', 'g']) calls.push(event(flag, session, 'accepted', ++at));
      known.add(user);
      const told = tell(entries, calls, { session });
      const now = fates(entries, calls, { session });
      expect(now.slice(0, shown.length)).toEqual(shown);
      expect([...told.again].filter(([of]) => again.some(([one]) => one === of)).sort()).toEqual(
        again.sort(),
      );
      expect(told.counts).toMatchObject({ lost: 0, doubled: 0, misplaced: 0 });
      shown = now;
      again = [...told.again];
    }
  }
});

test('what nobody was to forward is not missed', () => {
  const told = tell([started(ONE), decided(ONE, ['f'], { leftOut: 'off' })], []);
  expect(told.counts).toMatchObject({ leftOut: 1, lost: 0 });
  expect(told.inSession).toEqual({ known: 0, flags: 0 });
});

test('says of a page what the benchmark says', () => {
  const entries = [started(ONE), decided(ONE, ['f', 'g', 'h', 'i']), started(TWO), decided(TWO, ['f', 'j'])];
  const calls = [
    event('f', ONE),
    event('g', ONE, 'rejected'),
    event('h', TWO),
    event('j', TWO),
    event('f', TWO),
  ];
  const ledger = entries.flatMap<object>((entry) => {
    if (entry.kind === 'started') return [{ started: entry.session }];
    if (entry.kind !== 'decided') return [];
    return entry.decisions.map(({ user, flagKey, variationKey, ruleKey, enabled }) => ({
      session: entry.session,
      user,
      flag: flagKey,
      variation: variationKey,
      rule: ruleKey,
      enabled,
    }));
  });
  const { counts } = tell(entries, calls);
  expect({
    once: counts.accepted,
    lost: counts.lost + counts.misplaced,
    rejected: counts.rejected,
    doubled: counts.doubled,
  }).toEqual(
    (({ once, lost, rejected, doubled }) => ({ once, lost, rejected, doubled }))(
      benchAccount(ledger, calls, { isChildFrame: true }),
    ),
  );
});
