import fc from 'fast-check';
import type { FullStoryDouble } from '../e2e/doubles/fullstory.ts';
import { type Bridge, createBridge, type ModuleSettings } from '../src/entries/index.ts';
import {
  type Client,
  createClient,
  createClock,
  createPage,
  createStage,
  createStorage,
  type FakePage,
  type SdkVersion,
  type SnippetVersion,
} from './page.ts';

/**
 * A model of the contract, independent of how the bridge keeps it: `play` runs a sequence of actions on a fake page
 * with the real bridge and FullStory's double, and throws as soon as the bridge does what the contract excludes.
 */

/** What stays the same in a sequence. */
export interface Setup {
  dedupe: 'page' | 'session' | 'none';
  eventsPerMinute: number;
  bufferSize: number;
  persist: boolean;
  impressionsOnly: boolean;
  eventName: string;
  propertyName: string;
  snippet: SnippetVersion;
  sdk: SdkVersion;
  /** Whether FullStory captures on the first page before anything else happens. */
  startsCapturing: boolean;
  /** Whether `status()` is called after every action: it looks at FullStory too. */
  isInspected: boolean;
}

export type Action =
  | { do: 'decide'; flag: number; variation: number; user: number; dispatched: boolean }
  | { do: 'decideAll'; variations: number[]; user: number }
  /** All flags, for several users. */
  | { do: 'burst'; users: number; variation: number }
  | { do: 'record'; flag: number; variation: number; user: number; snakeCase: boolean }
  | { do: 'identify'; uid: string }
  | { do: 'call'; operation: 'shutdown' | 'restart' | 'start' }
  | { do: 'appear' }
  | { do: 'arrive'; refuse: boolean; captureOnStartup: boolean; delay: number }
  | { do: 'block' }
  | { do: 'expire' }
  | { do: 'clear'; how: 'all' | 'type' | 'close' }
  | { do: 'pass'; ms: number }
  | { do: 'reopen'; gap: number; hasSnippet: boolean; arrives: boolean }
  | { do: 'restore'; gap: number; losesListeners: boolean }
  | { do: 'reconnect'; gap: number };

const FLAGS = ['checkout', 'pricing', 'search'];
const VARIATIONS = [
  { variationKey: 'control', ruleKey: 'test', enabled: true },
  { variationKey: 'treatment', ruleKey: 'test', enabled: true },
  { variationKey: 'off', ruleKey: null, enabled: false },
] as const;
/** The name under which the bridge keeps what it has in a storage. */
const STORED = 'optimizely-fullstory|FullStory';
const HOUR = 3_600_000;

/** A decision that the bridge has to deliver. */
interface Made {
  id: number;
  flag: string;
  user: string;
  variation: (typeof VARIATIONS)[number];
  at: number;
}

/** A call that FullStory was given. */
interface HandOver {
  kind: 'event' | 'properties';
  decision?: Made;
  page: number;
  session: string;
  at: number;
  isLeaving: boolean;
  outcome: FullStoryDouble['calls'][number]['outcome'];
}

/** Ms by which the bridge's holds and delays may differ from what the contract says. */
const SLACK = 50;

function fail(what: string, detail?: unknown): never {
  throw new Error(what + (detail === undefined ? '' : ': ' + JSON.stringify(detail)));
}

function keyOf({ user, flag, variation }: Made): string {
  return [user, flag, variation.variationKey].join(' ');
}

function propertyOf({ variation }: Made): string {
  return variation.enabled ? variation.variationKey : 'off';
}

/** What was decided and what was handed over; knows what the contract says of the two. */
function createLedger(setup: Setup, now: () => number) {
  const { dedupe, persist } = setup;
  const made: Made[] = [];
  /** The decisions that each page took, made there or kept by the page before. */
  const taken: Set<Made>[] = [];
  const handOvers: HandOver[] = [];
  /** First deliveries: the latest of each flag. */
  const latestDelivered = new Map<string, number>();
  const onceEach = new Set<string>();
  /** When the page called for another user. */
  const signIns: number[] = [];
  const properties = new Map<string, string>();
  /** Decisions that the contract gives up: the page went away without a session, and they were not to be kept. */
  const lost = new Set<Made>();
  let page = -1;
  let ignored = 0;

  /** The decisions of the page as it took them, the latest last: one may be there again. */
  let log: Made[] = [];

  const takenNow = () => taken[page] as Set<Made>;
  const events = () => handOvers.filter(({ kind }) => kind === 'event');

  function holdingDecision(flag: string): Made | undefined {
    return log.filter((decision) => decision.flag === flag).pop();
  }

  function isHolding(decision: Made): boolean {
    const holding = holdingDecision(decision.flag);
    return holding !== undefined && keyOf(holding) === keyOf(decision);
  }

  function once(what: string, detail: unknown): void {
    if (onceEach.has(what)) fail('delivered twice', detail);
    onceEach.add(what);
  }

  function checkPace(kind: HandOver['kind'], isLeaving: boolean): void {
    if (isLeaving && !persist) return;
    // The share of a minute is the site's; of the rest there is to be a good part left for the page's own calls.
    const ours = kind === 'event' ? [setup.eventsPerMinute, 30] : [15, 5];
    const all = kind === 'event' ? [60, 40] : [30, 10];
    const [perMinute = 0, perSecond = 0] = isLeaving ? all : ours;
    const earlier = handOvers.filter((other) => other.kind === kind && other.page === page);
    const within = (ms: number) => earlier.filter(({ at }) => now() - at < ms).length;
    if (within(60_000) >= perMinute || within(1000) >= perSecond) fail('too fast', { kind, isLeaving });
  }

  function checkEvent(call: FullStoryDouble['calls'][number], isLeaving: boolean): Made {
    const decision = made[Number(call.properties.experiment_id)];
    if (!decision) fail('an event of no decision', call.properties);
    const { id, flag, user, variation, at } = decision;
    const expected: Record<string, unknown> = {
      flag_key: flag,
      variation_key: variation.variationKey,
      ...(variation.ruleKey && { rule_key: variation.ruleKey }),
      enabled: variation.enabled,
      user_id: user,
      experiment_id: String(id),
    };
    const age = now() - at;
    if (age > 1000 + SLACK || (age > 1000 - SLACK && 'decided_at' in call.properties)) {
      expected.decided_at = new Date(at).toISOString();
    }
    const sorted = (properties: object) => JSON.stringify(Object.entries(properties).sort());
    if (sorted(call.properties) !== sorted(expected)) fail('wrong event', [call.properties, expected]);
    if (call.name !== setup.eventName || !call.name) fail('wrong event name', call.name);
    if (!takenNow().has(decision)) fail('an event of another page', decision);
    checkOnce(decision, call.session);
    checkOrder(decision);
    checkPace('event', isLeaving);
    return decision;
  }

  function checkOnce(decision: Made, session: string): void {
    if (dedupe === 'none') once(`${session} ${decision.id}`, decision);
    else once(`${session} ${page} ${keyOf(decision)}`, decision);
    if (dedupe === 'session') once(`${session} any ${keyOf(decision)}`, decision);
  }

  function checkOrder(made: Made): void {
    const { id, flag } = made;
    // One that was dropped is sent to the next session or page when the flag is back at it.
    if (setup.bufferSize < 1000 && (isHolding(made) || persist)) return;
    const isFirst = !events().some(
      ({ decision }) =>
        decision && (decision === made || (dedupe === 'session' && keyOf(decision) === keyOf(made))),
    );
    if (!isFirst) return;
    if ((latestDelivered.get(flag) ?? -1) > id) fail('out of order', [latestDelivered.get(flag), id]);
    latestDelivered.set(flag, id);
  }

  function checkProperties(call: FullStoryDouble['calls'][number], isLeaving: boolean): void {
    checkPace('properties', isLeaving);
    let known = 0;
    for (const flag of FLAGS) {
      const value = call.given[setup.propertyName.replace('{flag}', flag)];
      if (value === undefined) continue;
      known++;
      const decision = holdingDecision(flag);
      if (!decision || value !== propertyOf(decision))
        fail('a user property that does not hold', call.properties);
      if (call.outcome === 'accepted') properties.set(`${call.session} ${flag}`, value);
    }
    if (known !== Object.keys(call.given).length) fail('unknown user property', call.given);
  }

  /**
   * Whether another user may have signed in after it, and its flag was decided anew for that one: from half a second
   * before the sign-in to two seconds after it.
   */
  function isSuperseded({ flag, at }: Made): boolean {
    return signIns.some(
      (signIn) =>
        at < signIn - 500 + SLACK &&
        made.some(
          (other) =>
            other.flag === flag && other.at >= signIn - 500 - SLACK && other.at <= signIn + 2000 + SLACK,
        ),
    );
  }

  /** Whether FullStory got the decision, or had it: in the same words, on a page that knew of it. */
  function isCovered(decision: Made, ofPage: number): boolean {
    if (isSuperseded(decision)) return true;
    // What is kept bears the moment at which it was first made.
    if (persist && made.some((other) => keyOf(other) === keyOf(decision) && isSuperseded(other))) return true;
    return events().some(({ decision: other, page: deliveredBy }) => {
      if (!other || other.id > decision.id) return other !== undefined && isShared(other, decision);
      if (other === decision) return true;
      if (dedupe === 'none' || keyOf(other) !== keyOf(decision)) return false;
      return dedupe === 'session' || (taken[ofPage]?.has(other) && deliveredBy >= ofPage);
    });
  }

  function isShared(one: Made, other: Made): boolean {
    return dedupe === 'session' && keyOf(one) === keyOf(other);
  }

  function checkCovered(ofPage: number): void {
    if (!setup.eventName || setup.bufferSize < 1000) return;
    for (const decision of taken[ofPage] ?? []) {
      if (!lost.has(decision) && !isCovered(decision, ofPage)) fail('never delivered', decision);
    }
  }

  function checkHolding(session: string): void {
    for (const flag of FLAGS) {
      const decision = holdingDecision(flag);
      if (!decision) continue;
      const property = properties.get(`${session} ${flag}`);
      const isRejected = handOvers.some(
        (call) => call.kind === 'properties' && call.session === session && call.outcome === 'rejected',
      );
      if (setup.propertyName && !isRejected && property !== propertyOf(decision)) {
        fail('the user property is wrong', [decision, property]);
      }
      if (!setup.eventName || setup.bufferSize < 1000) continue;
      const isThere = events().some(
        (call) =>
          call.session === session &&
          call.decision &&
          (dedupe === 'none' ? call.decision === decision : keyOf(call.decision) === keyOf(decision)) &&
          (dedupe === 'session' || call.page === page),
      );
      if (!isThere) fail('the session lacks the decision that holds', decision);
    }
  }

  return {
    /** A page begins, with what the one before has kept. */
    open(ids: number[]) {
      const before = log;
      page++;
      taken.push(new Set());
      log = ids.map((id) => made[id] ?? fail('kept what nobody decided', id));
      for (const decision of log) takenNow().add(decision);
      for (const flag of FLAGS) {
        const latest = before.filter((decision) => decision.flag === flag).pop();
        const holding = holdingDecision(flag);
        if (latest && holding && keyOf(latest) !== keyOf(holding)) fail('kept in another order', log);
      }
    },
    /** A decision is made. */
    make(decision: Omit<Made, 'id' | 'at'>, dispatched: boolean): Made {
      const complete = { ...decision, id: made.length, at: now() };
      made.push(complete);
      if (dispatched || !setup.impressionsOnly) {
        takenNow().add(complete);
        log.push(complete);
      } else ignored++;
      return complete;
    },
    /** The page is gone. */
    close(hasSession: boolean) {
      if (persist || hasSession) return;
      for (const decision of takenNow()) if (!isCovered(decision, page)) lost.add(decision);
    },
    receive(call: FullStoryDouble['calls'][number] | undefined, isLeaving: boolean) {
      if (!call?.session) return fail('handed over while no session runs', call);
      if (call.outcome === 'discarded') fail('discarded', call);
      if (call.outcome === 'rejected' && (persist || !isLeaving)) fail('rejected', call);
      const handOver: HandOver = { ...call, page, isLeaving };
      if (call.kind === 'event') handOver.decision = checkEvent(call, isLeaving);
      else checkProperties(call, isLeaving);
      handOvers.push(handOver);
    },
    signIn() {
      signIns.push(now());
    },
    canDrop: () => made.some(isSuperseded),
    seen: () => takenNow().size + ignored,
    resetIgnored() {
      ignored = 0;
    },
    /** Nothing is on its way any more. */
    checkSettled(session: string) {
      checkHolding(session);
      checkCovered(page);
    },
    checkAll() {
      taken.forEach((_, ofPage) => {
        if (persist || ofPage === page) return;
        checkCovered(ofPage);
      });
      if (!persist) return;
      // What a page kept, another one delivers.
      for (const decision of new Set(taken.flatMap((ofPage) => [...ofPage]))) {
        const isAnywhere = taken.some((ofPage, index) => ofPage.has(decision) && isCovered(decision, index));
        if (setup.eventName && setup.bufferSize >= 1000 && !isAnywhere) fail('never delivered', decision);
      }
    },
  };
}

/** A tab in which a sequence plays. */
function createTab(setup: Setup) {
  const clock = createClock();
  const storages = { local: createStorage(), session: createStorage(), cookie: createStorage() };
  const stage = createStage(clock);
  const ledger = createLedger(setup, clock.now);
  let isLeaving = false;
  let isDeciding = false;
  let isConnected = true;
  let observers = 0;
  let violation: unknown;
  let page: FakePage;
  let client: Client;
  let bridge: Bridge;

  const watcher = {
    queued: (operation: string) => fail('left to the stub', operation),
    handedOver(take: () => FullStoryDouble['calls'][number] | undefined) {
      const call = take();
      // Not thrown: the bridge would take it for FullStory's.
      try {
        if (isDeciding) fail('called FullStory inside decide()');
        if (!isConnected) fail('called FullStory after disconnect()');
        ledger.receive(call, isLeaving);
      } catch (error) {
        violation = violation ?? error;
      }
    },
    observing(change: 1 | -1) {
      // Snippet 1.3 returns nothing to disconnect an observer by.
      if (setup.snippet !== '1.3') observers += change;
      if (observers > 2) fail('observes more than once');
    },
  };

  function settings(): ModuleSettings {
    const { dedupe, eventsPerMinute, bufferSize, persist, impressionsOnly, eventName, propertyName } = setup;
    return {
      dedupe,
      eventsPerMinute,
      bufferSize,
      persist,
      impressionsOnly,
      eventName,
      propertyName,
      include: ['user_id', 'experiment_id'],
    };
  }

  /** What an earlier page has kept. */
  function kept(): number[] {
    const decisions = JSON.parse(storages.session.findItem(STORED) ?? 'null') as
      | { experimentId: string }[]
      | null;
    // Beside what waited, what holds for a flag that is back at an earlier decision.
    if ((decisions ?? []).length > setup.bufferSize + FLAGS.length) fail('kept more than the buffer holds');
    return (decisions ?? []).map(({ experimentId }) => Number(experimentId));
  }

  function open(hasSnippet: boolean): void {
    page = createPage(clock, storages, watcher);
    observers = 0;
    stage.enter(page);
    if (hasSnippet) page.appear(setup.snippet);
    client = createClient(setup.sdk);
    ledger.open(kept());
    ledger.resetIgnored();
    bridge = createBridge({ ...settings(), client });
  }

  /** @param persisted whether the page is kept for going back. */
  function leave(persisted = false): void {
    isLeaving = true;
    page.dispatch('beforeunload', false);
    page.dispatch('pagehide', persisted);
    isLeaving = false;
  }

  function decide(flag: string, user: string, variation: number, dispatched: boolean): void {
    const chosen = VARIATIONS[variation] ?? VARIATIONS[0];
    const { id } = ledger.make({ flag, user, variation: chosen }, dispatched);
    isDeciding = true;
    client.notify({
      type: 'flag',
      userId: user,
      decisionInfo: {
        flagKey: flag,
        ...chosen,
        ruleKey: chosen.ruleKey,
        decisionEventDispatched: dispatched,
        experimentId: String(id),
      },
    });
    isDeciding = false;
  }

  function record(flag: string, user: string, variation: number, snakeCase: boolean): void {
    const chosen = VARIATIONS[variation] ?? VARIATIONS[0];
    const { id } = ledger.make({ flag, user, variation: chosen }, true);
    const { variationKey, ruleKey, enabled } = chosen;
    const experimentId = String(id);
    bridge.record(
      snakeCase
        ? {
            flag_key: flag,
            variation_key: variationKey,
            rule_key: ruleKey,
            enabled,
            experiment_id: experimentId,
          }
        : [{ flagKey: flag, variationKey, ruleKey, enabled, experimentId }],
      user,
    );
  }

  function reopen(gap: number, hasSnippet: boolean): void {
    leave();
    ledger.close(page.session() !== null);
    page.unload();
    clock.freeze(gap);
    open(hasSnippet);
  }

  function restore(gap: number, losesListeners: boolean): void {
    leave(true);
    clock.freeze(gap);
    if (losesListeners) client.lose();
    page.dispatch('pageshow', true);
  }

  function disconnect(): void {
    bridge.disconnect();
    isConnected = false;
    if (clock.pending()) fail('a timer is left');
    if (page.listeners() || client.listeners()) fail('a listener is left');
    if (observers) fail('an observer is left');
  }

  function reconnect(gap: number): void {
    disconnect();
    clock.pass(gap);
    isConnected = true;
    bridge.connect(client);
  }

  function clear(how: 'all' | 'type' | 'close'): void {
    if (how === 'all') client.notificationCenter.clearAllNotificationListeners();
    else if (how === 'type') client.clearDecisionListeners();
    else client.close();
  }

  function act(action: Action): void {
    switch (action.do) {
      case 'decide':
        decide(FLAGS[action.flag] ?? '', `user${action.user}`, action.variation, action.dispatched);
        break;
      case 'decideAll':
        FLAGS.forEach((flag, index) => {
          decide(flag, `user${action.user}`, action.variations[index] ?? 0, true);
        });
        break;
      case 'burst':
        for (let user = 0; user < action.users; user++) {
          for (const flag of FLAGS) decide(flag, `guest${user}`, action.variation, true);
        }
        break;
      case 'record':
        record(FLAGS[action.flag] ?? '', `user${action.user}`, action.variation, action.snakeCase);
        break;
      case 'identify':
        ledger.signIn();
        page.call('setIdentity', action.uid ? { uid: action.uid } : { anonymous: true });
        break;
      case 'call':
        page.call(action.operation);
        break;
      case 'appear':
        page.appear(setup.snippet);
        break;
      case 'arrive':
        page.arrive(action);
        break;
      case 'block':
        page.block();
        break;
      case 'expire':
        page.expireSession();
        break;
      case 'clear':
        clear(action.how);
        break;
      case 'pass':
        clock.pass(action.ms);
        break;
      case 'reopen':
        reopen(action.gap, action.hasSnippet);
        if (action.arrives) page.arrive({});
        break;
      case 'restore':
        restore(action.gap, action.losesListeners);
        break;
      case 'reconnect':
        reconnect(action.gap);
        break;
    }
  }

  function checkStatus(): void {
    const { decisions, recent } = bridge.status();
    const { seen, sent, duplicate, ignored, waiting, dropped } = decisions;
    if (seen !== sent + duplicate + ignored + waiting + dropped) fail('counts do not add up', decisions);
    if (Object.values(decisions).some((count) => count < 0)) fail('a negative count', decisions);
    if (waiting > setup.bufferSize) fail('more waits than the buffer holds', decisions);
    if (!setup.persist && seen !== ledger.seen()) fail('not all seen', [decisions, ledger.seen()]);
    if (setup.bufferSize >= 1000 && dropped && !ledger.canDrop()) fail('dropped for no reason', decisions);
    if (recent.length > 100) fail('remembers too many', recent.length);
    if (recent.some(({ outcome, settledAt }) => (outcome === 'waiting') !== (settledAt === null))) {
      fail('settled and waiting', recent);
    }
    // With `persist`, what is given away is seen no more.
    if (!setup.persist && recent.length < Math.min(seen, 25)) fail('not all are recent', recent);
    if (recent.length < seen) return;
    for (const name of ['sent', 'duplicate', 'ignored', 'waiting', 'dropped'] as const) {
      const count = recent.filter(({ outcome }) => outcome === name).length;
      if (count !== decisions[name]) fail(`${name} is counted otherwise`, [count, decisions]);
    }
  }

  function checkCalls(): void {
    if (violation) throw violation;
  }

  /** Where the bridge has nothing more to do, everything has to be as the contract says. */
  function checkQuiet(): void {
    const session = page.session();
    if (session === null || clock.pending()) return;
    ledger.checkSettled(session);
    if (setup.isInspected && bridge.status().decisions.waiting) fail('waits for nothing', bridge.status());
  }

  /** Lets time pass while the bridge has something to do, for as long as a session runs. */
  function rest(): void {
    for (let hours = 0; page.session() !== null && clock.pending() && hours < 100; hours++) clock.pass(HOUR);
  }

  /** FullStory comes, captures and has time; unless its server refuses. */
  function settle(): void {
    page.appear(setup.snippet);
    page.arrive({});
    clock.pass(1000);
    for (const operation of ['start', 'restart']) page.call(operation);
    clock.pass(1000);
    rest();
    checkCalls();
    checkStatus();
    // A call of status() may be the first to see that fs.js has come after all; or it comes only now.
    clock.pass(1);
    rest();
    if (page.session() === null) return;
    if (clock.pending()) fail('never comes to rest', bridge.status());
    checkQuiet();
    ledger.checkAll();
  }

  return {
    run(actions: readonly Action[]) {
      try {
        open(setup.startsCapturing);
        if (setup.startsCapturing) {
          page.arrive({});
          clock.pass(1000);
        }
        for (const action of actions) {
          act(action);
          // Each is a task of the page's.
          clock.endTask();
          checkCalls();
          if (setup.isInspected) checkStatus();
          checkQuiet();
        }
        settle();
        disconnect();
        clock.pass(HOUR);
        if (page.session() !== null) page.expireSession();
        leave();
        clock.pass(HOUR);
        checkCalls();
      } finally {
        stage.leave();
      }
    },
  };
}

/** @throws when the bridge does what the contract excludes. */
export function play(setup: Partial<Setup>, actions: readonly Action[]): void {
  const usual: Setup = {
    dedupe: 'page',
    eventsPerMinute: 40,
    bufferSize: 1000,
    persist: false,
    impressionsOnly: false,
    eventName: 'Experiment Viewed',
    propertyName: '[Optimizely] {flag}',
    snippet: '2.1',
    sdk: 6,
    startsCapturing: true,
    isInspected: true,
  };
  createTab({ ...usual, ...setup }).run(actions);
}

const index = fc.integer({ min: 0, max: 2 });
const user = fc.integer({ min: 0, max: 1 });
const span = fc.constantFrom(0, 0, 1, 20, 100, 250, 400, 999, 1000, 1001, 3000, 11_000, 30_000, 60_000);

export const anySetup: fc.Arbitrary<Setup> = fc.record({
  dedupe: fc.constantFrom('page', 'session', 'none'),
  eventsPerMinute: fc.constantFrom(40, 1, 2, 5, 20, 60),
  bufferSize: fc.constantFrom(1000, 1000, 1000, 1, 2, 3, 5, 10),
  persist: fc.boolean(),
  impressionsOnly: fc.constantFrom(false, false, false, true),
  eventName: fc.constantFrom('Experiment Viewed', 'Experiment Viewed', 'Experiment Viewed', ''),
  propertyName: fc.constantFrom('[Optimizely] {flag}', 'optimizely_{flag}', '[Optimizely] {flag}', ''),
  snippet: fc.constantFrom('2.1', '2.0', '1.3'),
  sdk: fc.constantFrom(6, 5),
  startsCapturing: fc.constantFrom(true, true, false),
  isInspected: fc.boolean(),
});

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('decide'),
      flag: index,
      variation: index,
      user,
      dispatched: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('decideAll'),
      variations: fc.tuple(index, index, index),
      user,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('burst'),
      users: fc.integer({ min: 1, max: 12 }),
      variation: index,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('record'),
      flag: index,
      variation: index,
      user,
      snakeCase: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('identify'), uid: fc.constantFrom('ada', 'bob', '') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('call'),
      operation: fc.constantFrom('shutdown', 'restart', 'restart', 'start'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('appear') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('arrive'),
      refuse: fc.constantFrom(false, false, false, false, true),
      captureOnStartup: fc.constantFrom(true, true, false),
      delay: fc.constantFrom(20, 0, 5000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clear'), how: fc.constantFrom('all', 'type', 'close') }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('pass'), ms: span }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reopen'),
      gap: fc.constantFrom(100, 2000, 31 * 60_000),
      hasSnippet: fc.constantFrom(true, true, false),
      arrives: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('restore'), gap: span, losesListeners: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconnect'), gap: span }) },
);

export const anyActions = fc.array(anyAction, { maxLength: 40, size: 'max' });
