import { mock } from 'node:test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account, isComplete } from './account.mjs';
import { loadFullStory, openPage, openShop, readScript } from './page-in-node.mjs';

interface Call {
  kind: string;
  name: string;
  properties: Record<string, unknown>;
  session: string;
  outcome: string;
  at: number;
}

declare global {
  var FS: (operation: string, options: object) => void;
  var optimizelyFullStory: { status(): object };
}

const ledger: object[] = [];
let calls: Call[] = [];
let options = {};

/** A right run, by the script itself: FullStory comes late, users decide the same, and sign in one after the other. */
beforeAll(async () => {
  await openPage();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 });
  mock.method(performance, 'now', () => Date.now());
  const client = openShop(await readScript(), { moreFlags: 3 });
  let double: ReturnType<typeof loadFullStory> | undefined;

  function pass(ms: number): void {
    for (let time = 0; time < ms; time += 10) mock.timers.tick(10);
  }

  function decide(user: string, ...flags: string[]): void {
    const made = client.createUserContext(user, { plan: 'pro' }).decideForKeys(flags);
    for (const { flagKey, variationKey, ruleKey, enabled } of Object.values<Record<string, unknown>>(made)) {
      ledger.push({
        at: Date.now(),
        page: 1,
        session: double?.session() ?? null,
        user,
        flag: flagKey,
        variation: variationKey,
        rule: ruleKey,
        enabled,
      });
    }
    pass(2000);
  }

  FS('observe', {
    type: 'start',
    callback: ({ sessionUrl }: { sessionUrl: string }) =>
      ledger.push({ at: Date.now(), page: 1, started: sessionUrl }),
  });
  FS('setIdentity', { uid: 'ada' });
  decide('ada', 'free_shipping_banner', 'flag_001', 'loyalty_points');
  decide('grace', 'flag_002');
  double = loadFullStory();
  pass(2000);
  decide('ada', 'free_shipping_banner', 'flag_003');
  decide('grace', 'free_shipping_banner');
  for (const uid of ['grace', 'linus']) {
    FS('setIdentity', { uid });
    pass(2000);
    decide(uid, 'free_shipping_banner', 'checkout_redesign');
  }
  calls = [...double.calls];
  options = { status: optimizelyFullStory.status() };
});

afterAll(() => {
  mock.restoreAll();
  mock.timers.reset();
});

type Fault = 'lost' | 'doubled' | 'rejected' | 'untold' | 'astray' | 'undated';

const others = (session: string) =>
  [...new Set(calls.map((call) => call.session))].filter((one) => one !== session);

/** All calls, with others in the place of one. */
function instead(of: Call, ...replacements: Call[]): Call[] {
  return calls.flatMap((call) => (call === of ? replacements : [call]));
}

/** All calls, with other properties in one. */
function changed(of: Call, properties: object): Call[] {
  return instead(of, { ...of, properties: { ...of.properties, ...properties } });
}

const altered = (call: Call) =>
  Object.entries(call.properties).map(([name, value]) =>
    changed(call, { [name]: typeof value === 'boolean' ? !value : `${value}_` }),
  );

const moment = (at: number) => ({ decided_at: new Date(at).toISOString() });

/** What can go wrong with an event, and what it is to be called: one of these, once. */
const EVENTS: Record<string, [Fault[], (call: Call) => Call[][]]> = {
  removed: [['lost', 'untold'], (call) => [instead(call)]],
  rejected: [['rejected', 'untold'], (call) => [instead(call, { ...call, outcome: 'rejected' })]],
  'told twice': [['doubled'], (call) => [instead(call, call, call), [...calls, call]]],
  'told to another session': [
    ['lost', 'untold'],
    (call) => others(call.session).map((session) => instead(call, { ...call, session })),
  ],
  'told to another session as well': [
    ['doubled', 'astray'],
    (call) => others(call.session).map((session) => instead(call, call, { ...call, session })),
  ],
  'told before it is decided': [
    ['lost', 'untold'],
    (call) => [instead(call, { ...call, at: call.at - 10_000 })],
  ],
  altered: [['lost', 'untold', 'undated'], altered],
  'said to be of another moment': [
    ['undated'],
    (call) => [call.at - 3000, call.at + 1000].map((at) => changed(call, moment(at))),
  ],
  'late and of no moment': [
    ['undated'],
    (call) => (call.properties.decided_at ? [changed(call, { decided_at: undefined })] : []),
  ],
  'telling more than it should': [['lost', 'untold'], (call) => [changed(call, { user_id: 'ada' })]],
};

const PROPERTIES: Record<string, (call: Call) => Call[][]> = {
  removed: (call) => [instead(call)],
  rejected: (call) => [instead(call, { ...call, outcome: 'rejected' })],
  'told of another user': (call) =>
    others(call.session).map((session) => instead(call, { ...call, session })),
  altered,
  'of a flag that nobody decided': (call) => [changed(call, { '[Optimizely] other': 'on' })],
};

test('nothing is wrong with the run', () => {
  const result = account(ledger, calls, options);
  expect(isComplete(result)).toBe(true);
  expect(result).toMatchObject({ decisions: 9, once: 9, again: 11, told: 17, values: 17 });
});

test.each(Object.entries(EVENTS))('an event that is %s is blamed', (_, [faults, mutate]) => {
  const mutated = calls.filter(({ kind }) => kind === 'event').flatMap(mutate);
  expect(mutated.length).toBeGreaterThan(0);
  for (const wrong of mutated) {
    const result = account(ledger, wrong, options);
    expect(isComplete(result)).toBe(false);
    expect(faults.reduce((sum, fault) => sum + result[fault], 0)).toBe(1);
  }
});

test.each(Object.entries(PROPERTIES))('a user property that is %s is blamed', (_, mutate) => {
  const mutated = calls.filter(({ kind }) => kind === 'properties').flatMap(mutate);
  expect(mutated.length).toBeGreaterThan(0);
  for (const wrong of mutated) {
    const result = account(ledger, wrong, options);
    expect(isComplete(result)).toBe(false);
  }
});
