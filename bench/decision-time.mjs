// The cost that listeners add to decisions, on a browser's page or in Node after `bench/page-in-node.mjs`: both have
// the globals `clientConfig` (e2e/pages/client-config.ts) and `recipe` (bench/recipe.js).
import { measureInRounds, ratios, spreadOf } from './statistics.mjs';

/** The number of flags in the datafile: the shop's five, and more. */
const FLAGS = 100;
const NEW_FLAGS = 500;
const TIMES = 50;
/** Ms until the first decisions are handed over, within the limits. */
const SETTLED = 1100;

/** `repeated` decisions, those of `two users` in turn on each flag, and `new` ones. */
const KINDS = ['repeated', 'two users', 'new'];
const PARTIES = ['no listener', 'empty listener', 'recipe', 'bridge'];
const DECISION = ['DECISION', 'DECISION:type, userId, attributes, decisionInfo'];

/** Each DECISION notification of `count` flags, as the SDK makes it. Keys come from JSON, as in a datafile. */
function createNotifications(count, userId = 'ada') {
  return JSON.parse(
    JSON.stringify(
      Array.from({ length: count }, (_, number) => ({
        type: 'flag',
        userId,
        attributes: { plan: 'pro' },
        decisionInfo: {
          flagKey: `flag_${number}`,
          enabled: true,
          variationKey: number % 2 ? 'treatment' : 'control',
          ruleKey: `flag_${number}_test`,
          variables: {},
          reasons: [],
          decisionEventDispatched: true,
          experimentId: String(9_300_000 + number),
          variationId: String(9_400_000 + number),
        },
      })),
    ),
  );
}

/**
 * A client for each party, with the party's listener.
 *
 * @param startBridge runs the script, like a page that has just been opened.
 */
async function createParties(sdk, startBridge) {
  window.optimizelySdk = sdk;
  // SDK 5 logs each decision to the console, which takes far longer than the decision.
  sdk.setLogger?.(null);
  const parties = [];
  for (const name of PARTIES) {
    const client = sdk.createInstance(clientConfig({ moreFlags: FLAGS - 5 }));
    const center = client.notificationCenter;
    const [type] = sdk.NOTIFICATION_TYPES ? DECISION : DECISION.slice(1);
    const party = { name, client, notify: (notification) => center.sendNotifications(type, notification) };
    if (name === 'empty listener') center.addNotificationListener(type, () => undefined);
    if (name === 'recipe') recipe(client);
    if (name === 'bridge') {
      let bridge;
      party.renew = () => {
        bridge?.disconnect();
        bridge = startBridge();
        bridge.connect(client);
      };
      party.stop = () => bridge.disconnect();
      party.renew();
    }
    await client.onReady();
    parties.push(party);
  }
  // The recipe awaits the same, and adds its listener one turn later.
  await new Promise((resolve) => setTimeout(resolve));
  return parties;
}

/**
 * One notification at a time: always the same ones, those of two users in turn for each flag, or those of a page that has
 * just been opened.
 */
function notifications(kind) {
  let made = createNotifications(kind === 'new' ? NEW_FLAGS : FLAGS);
  if (kind === 'two users') {
    const others = createNotifications(FLAGS, 'bob');
    made = made.flatMap((notification, index) => [notification, others[index]]);
  }
  const times = kind === 'new' ? 1 : TIMES;
  return {
    what: 'notification',
    kind,
    count: made.length * times,
    runOf:
      ({ notify }) =>
      () => {
        for (let time = 0; time < times; time++) for (const notification of made) notify(notification);
      },
  };
}

/** The SDK's own `decide()` and `decideAll()`. */
function wholeDecisions(kind) {
  const visitor = ({ client }) => client.createUserContext('ada', { plan: 'pro' });
  const options = ['DISABLE_DECISION_EVENT'];
  return [
    {
      what: 'decide()',
      kind,
      count: FLAGS,
      runOf(party) {
        const user = visitor(party);
        const keys = Object.keys(user.decideAll(options));
        return () => {
          for (const key of keys) user.decide(key, options);
        };
      },
    },
    {
      what: 'decideAll()',
      kind,
      count: 1,
      runOf(party) {
        const user = visitor(party);
        return () => user.decideAll(options);
      },
    },
  ];
}

/** Rounds whose times do not count, while the engine compiles the listeners. */
const WARM_UP = 10;

/**
 * The most rounds of one page or process. V8 compiles the same listeners differently in each, by a tenth of their time.
 * For new decisions each round has its own bridge. After hundreds of bridges, V8 allocates their memory in the heap for old
 * objects, because it has survived garbage collections. That takes five times as long, and does not happen on a page with
 * one bridge.
 */
const MOST_ROUNDS = { steady: 30, new: 15 };

async function measure(parties, { what, kind, count, runOf }, rounds) {
  const plan = {};
  for (const party of parties) {
    const run = runOf(party);
    plan[party.name] = { run, prepare: kind === 'new' ? party.renew : undefined };
    if (kind !== 'new') run();
  }
  if (kind !== 'new') await new Promise((resolve) => setTimeout(resolve, SETTLED));
  const times = await measureInRounds(plan, {
    rounds,
    warmUp: WARM_UP,
    count,
  });
  return { what, kind, times };
}

/** One result for the same measurement in several processes or pages: medians, and the bridge's cost as a multiple of the recipe's. */
function summarize([first, ...others]) {
  const { version, what, kind } = first;
  const times = Object.fromEntries(
    PARTIES.map((name) => [name, [first, ...others].flatMap((measured) => measured.times[name])]),
  );
  // The cost for a whole decision is so small that the difference would mostly be noise.
  const base = what === 'notification' ? times['no listener'] : times.bridge.map(() => 0);
  return {
    version,
    what,
    kind,
    ...Object.fromEntries(PARTIES.map((name) => [name, spreadOf(times[name])])),
    ratio: spreadOf(ratios(times.bridge, times.recipe, base)),
  };
}

/**
 * Measures in fresh processes or pages until there are enough rounds of each measurement.
 *
 * @param {(options: object) => Promise<object[]>} measureOnce calls `measureDecisionTimes` with the options, in a fresh one.
 */
export async function measureInFreshPages(measureOnce, { rounds, kinds = KINDS, ...options }) {
  const measured = [];
  for (const [most, some] of [
    [MOST_ROUNDS.steady, kinds.filter((kind) => kind !== 'new')],
    [MOST_ROUNDS.new, kinds.filter((kind) => kind === 'new')],
  ]) {
    for (let left = some[0] ? rounds : 0; left > 0; left -= most) {
      measured.push(await measureOnce({ ...options, rounds: Math.min(left, most), kinds: some }));
    }
  }
  const all = measured.flat();
  const isSame = (one) => (other) => one.what === other.what && one.kind === other.kind;
  return all
    .filter((one, index) => all.findIndex(isSame(one)) === index)
    .map((one) => summarize(all.filter(isSame(one))));
}

/**
 * Times in ms of each round: of one DECISION notification, and on the real SDK of one `decide()` and one `decideAll()`.
 *
 * @param version the SDK's.
 * @param sdk its exports.
 * @param script the bridge's source.
 * @param rounds number of measurements of each.
 * @param kinds of decisions.
 * @param isWhole whether the SDK's own functions are measured too.
 */
export async function measureDecisionTimes({ version, sdk, script, rounds, kinds, isWhole = true }) {
  window.FS = function fullstory() {};
  // Made once, so that the engine can optimize the script as well as the others.
  const evaluate = new Function(script);
  const startBridge = () => {
    delete window.optimizelyFullStory;
    evaluate();
    return window.optimizelyFullStory;
  };
  const results = [];
  const parties = await createParties(sdk, startBridge);
  for (const kind of kinds) {
    for (const measurement of [
      notifications(kind),
      ...(isWhole && kind !== 'two users' ? wholeDecisions(kind) : []),
    ]) {
      results.push({ version, ...(await measure(parties, measurement, rounds)) });
    }
  }
  for (const { stop } of parties) stop?.();
  return results;
}
