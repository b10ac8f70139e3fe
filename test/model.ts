import type { ReceivedCall } from '../e2e/doubles/fullstory.ts';
import { RECENT } from '../src/delivery/report.ts';
import type { Destination } from '../src/destinations/destination.ts';
import { type Bridge, createBridge, fullstory, type ModuleSettings } from '../src/entries/index.ts';
import { OLDEST } from '../src/optimizely/listener.ts';
import { readSettings } from '../src/settings.ts';
import type { Outcome } from '../src/status.ts';
import type { Action, Setup } from './model-actions.ts';
import { createLedger, FLAGS, fail, type Leaving, type ModelLimits, VARIATIONS } from './model-ledger.ts';
import {
  type Client,
  createClient,
  createClock,
  createPage,
  createStage,
  createStorage,
  type FakePage,
} from './page.ts';
import { createSecondDestination } from './second-destination.ts';

/**
 * A model of the contract, independent of the bridge's code: `play` runs a sequence of actions on a fake page with the
 * real bridge and FullStory's double, and throws as soon as the bridge breaks the contract.
 */

/** The bridge's keys in a storage. */
const STORED = 'optimizely-fullstory|';
const HOUR = 3_600_000;
const NO_RATE = [Infinity, Infinity] as const;
/** A decision in words of its client: an impression that waits for the batch. */
interface Unheard {
  id: number;
  at: number;
  userId: string;
  /** When the bridge began to listen to its client. */
  since: number;
}

/** A tab in which a sequence plays. */
function createTab(setup: Setup) {
  const clock = createClock();
  const storages = { local: createStorage(), session: createStorage(), cookie: createStorage() };
  const stage = createStage(clock);
  const { limits: given = {} } = fullstory()(
    readSettings([{ eventsPerMinute: setup.eventsPerMinute }], fail),
    fail,
  );
  const { events = NO_RATE, properties = NO_RATE, ours } = given;
  const limits: ModelLimits = {
    event: { ours: ours?.events ?? events, all: events },
    properties: { ours: ours?.properties ?? properties, all: properties },
  };
  const ledger = createLedger(setup, clock.now, limits);
  const second = setup.hasSecond ? createSecondDestination(setup, clock) : undefined;
  const ledgers = second ? [ledger, second.ledger] : [ledger];
  let leaving: Leaving = 'no';
  let isDeciding = false;
  let isConnected = true;
  let observers = 0;
  /** Sessions that FullStory began again under the same URL. */
  let wakes = 0;
  let violation: unknown;
  let page: FakePage;
  /** The page's first client, and later ones. */
  let clients: Client[] = [];
  /** The content of each client's next batch, and of its latest one. */
  let unheard = new Map<Client, { next: Unheard[]; recovered: boolean }>();
  let bridge: Bridge;
  /** Takes what earlier pages have kept. Undefined as soon as the page has been shown. */
  let untaken: (() => void) | undefined;
  /** The number of pages that kept it. */
  let keepers = 1;

  const nameOf = (session: string) => `${session} ${wakes}`;

  function session(): string | null {
    const url = page.session();
    return url && nameOf(url);
  }

  /** Not thrown: the bridge would take it for the destination's. */
  function check(run: () => void): void {
    try {
      if (isDeciding) fail('called a destination inside decide()');
      if (!isConnected) fail('called a destination after disconnect()');
      run();
    } catch (error) {
      violation = violation ?? error;
    }
  }

  const watcher = {
    queued: (operation: string) => fail('left to the stub', operation),
    handedOver(take: () => ReceivedCall | undefined, isThrowing: boolean) {
      const call = take();
      check(() =>
        ledger.receive(
          call && { ...call, session: call.session && nameOf(call.session) },
          leaving,
          isThrowing,
        ),
      );
    },
    threw(kind: 'event' | 'properties', given: Record<string, unknown>) {
      check(() => kind === 'event' && ledger.threw(given));
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

  /** Decisions that are in the storage for the next page. */
  function kept(name: string): number[] {
    const decisions = JSON.parse(storages.session.findItem(STORED + name) ?? 'null') as
      | { experimentId: string }[]
      | null;
    // Besides waiting decisions, the current one of a flag that returned to an earlier decision. A page that has not been
    // shown adds its own.
    if ((decisions ?? []).length > (setup.bufferSize + FLAGS.length) * (untaken ? keepers + 1 : keepers))
      fail('kept more decisions than bufferSize');
    return (decisions ?? []).map(({ experimentId }) => Number(experimentId));
  }

  const mainClient = () => clients[0] as Client;

  function takeKept(): void {
    if (untaken) keepers = 1;
    untaken?.();
    untaken = undefined;
  }

  function open(hasSnippet: boolean, isHidden: boolean): void {
    page = createPage(clock, storages, watcher);
    if (isHidden) page.setVisibility('hidden');
    observers = 0;
    leaving = 'no';
    stage.enter(page);
    if (hasSnippet) page.appear(setup.snippet);
    const client = createClient(setup.sdk);
    clients = [client];
    unheard = new Map();
    const byFirst = kept('FullStory');
    const bySecond = kept('Second');
    // The page before was never shown, so some of them are older than its own.
    const isLate = isHidden || !!untaken;
    if (untaken) keepers++;
    for (const each of ledgers) each.open();
    untaken = () => {
      ledger.takeKept(byFirst, isLate);
      second?.ledger.takeKept(bySecond, isLate);
    };
    if (!isHidden) takeKept();
    const destinations: (Destination | ReturnType<typeof fullstory>)[] = [fullstory()];
    if (second) {
      destinations.push(second.open((run) => check(() => run(leaving))));
    }
    bridge = createBridge({ ...settings(), client }, destinations);
  }

  /** @param persisted whether the page is kept for going back. */
  function leave(persisted = false): void {
    leaving = 'left';
    page.dispatch('beforeunload');
    page.dispatch('pagehide', persisted);
    leaving = 'no';
  }

  function chosen(variation: number) {
    return VARIATIONS[variation] ?? VARIATIONS[0];
  }

  /** A decision in each ledger, under one number. */
  function make(flag: string, user: string, variation: number, dispatched: boolean): number {
    const decision = { flag, user, variation: chosen(variation) };
    return ledgers.map((each) => each.make(decision, dispatched).id)[0] as number;
  }

  function impress(client: Client, id: number, flag: string, userId: string, variation: number): void {
    const { variationKey, ruleKey, enabled } = chosen(variation);
    client.impress({
      uuid: `impression ${id}`,
      timestamp: clock.now(),
      userId,
      experimentId: String(id),
      metadata: { flag_key: flag, rule_key: ruleKey ?? '', variation_key: variationKey, enabled },
    });
  }

  function decide(flag: string, user: string, variation: number, dispatched: boolean): void {
    const id = make(flag, user, variation, dispatched);
    if (dispatched) impress(mainClient(), id, flag, user, variation);
    isDeciding = true;
    mainClient().notify({
      type: 'flag',
      userId: user,
      decisionInfo: {
        flagKey: flag,
        ...chosen(variation),
        decisionEventDispatched: dispatched,
        experimentId: String(id),
      },
    });
    isDeciding = false;
  }

  function decideAll(user: string, variations: readonly number[]): void {
    FLAGS.forEach((flag, index) => {
      decide(flag, user, variations[index] ?? 0, true);
    });
  }

  /** A client decides before the bridge knows of it. */
  function comeLate(flag: string, user: string, variation: number, ms: number): void {
    const client = createClient(setup.sdk);
    const decision = { flag, user, variation: chosen(variation) };
    const at = clock.now();
    const id = ledgers.map((each) => each.makeUnheard(decision).id)[0] as number;
    impress(client, id, flag, user, variation);
    clock.pass(ms);
    bridge.connect(client);
    clients.push(client);
    unheard.set(client, { next: [{ id, at, userId: user, since: clock.now() }], recovered: true });
  }

  function sendBatches(isAgain: boolean): void {
    for (const client of clients) {
      const known = unheard.get(client);
      if (!isAgain && known) {
        for (const { id, at, since } of known.recovered ? known.next : []) {
          if (at <= since - OLDEST) continue;
          for (const each of ledgers) each.recover(id, true);
        }
        known.next = [];
      }
      client.sendBatch(isAgain);
      clock.endTask();
    }
  }

  function record(flag: string, user: string, variation: number, snakeCase: boolean): void {
    const experimentId = String(make(flag, user, variation, true));
    const { variationKey, ruleKey, enabled } = chosen(variation);
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

  function identify(uid: string): void {
    const before = session();
    page.call('setIdentity', uid ? { uid } : { anonymous: true }, () => {
      ledger.signIn(before && session() === null ? before : undefined);
    });
  }

  function switchUser({ uid, variation, decides, ms }: Extract<Action, { do: 'switch' }>): void {
    const variations = [variation, variation, variation];
    const user = `user of ${uid}`;
    if (decides === 'before') {
      decideAll(user, variations);
      clock.pass(ms);
      identify(uid);
    } else {
      identify(uid);
      clock.pass(ms);
      decideAll(user, variations);
    }
  }

  /** @param keeps whether waiting decisions are kept, or had a session to be sent to. */
  function openNext(
    { gap, hidden = false }: { gap: number; hidden?: boolean },
    hasSnippet: boolean,
    keeps: (hasSession: boolean) => boolean,
  ): void {
    ledger.close(keeps(page.session() !== null));
    second?.ledger.close(keeps(second.session() !== null));
    page.unload();
    clock.freeze(gap);
    open(hasSnippet, hidden);
  }

  function reopen(action: Extract<Action, { do: 'reopen' }>): void {
    leave();
    openNext(action, action.hasSnippet, (hasSession) => setup.persist || hasSession);
  }

  function kill(action: Extract<Action, { do: 'kill' }>): void {
    const keeps = setup.persist && page.isHidden();
    openNext(action, true, () => keeps);
  }

  function setVisibility(state: 'hidden' | 'visible'): void {
    page.setVisibility(state);
    if (state === 'visible') takeKept();
    leaving = state === 'hidden' ? 'hidden' : 'no';
    page.dispatch('visibilitychange');
    leaving = 'no';
  }

  function restore(gap: number, losesListeners: boolean): void {
    leave(true);
    clock.freeze(gap);
    ledger.takeBack(kept('FullStory'));
    second?.ledger.takeBack(kept('Second'));
    takeKept();
    if (losesListeners) for (const client of clients) client.lose();
    page.dispatch('pageshow', true);
  }

  function disconnect(): void {
    bridge.disconnect();
    isConnected = false;
    if (clock.pending()) fail('a timer is left');
    if (page.listeners() || clients.some((client) => client.listeners())) fail('a listener is left');
    if (observers) fail('an observer is left');
  }

  function reconnect(gap: number): void {
    disconnect();
    clock.pass(gap);
    isConnected = true;
    for (const client of clients) bridge.connect(client);
    // Nothing can be recovered a second time.
    for (const known of unheard.values()) known.recovered = false;
  }

  function clear(how: 'all' | 'type' | 'close'): void {
    if (how === 'all') mainClient().notificationCenter.clearAllNotificationListeners();
    else if (how === 'type') mainClient().clearDecisionListeners();
    else mainClient().close();
  }

  function wake(sameSession: boolean): void {
    wakes++;
    page.wake({ sameSession });
  }

  function expire(): void {
    if (page.session() === null) return;
    wake(false);
  }

  /** @returns whether it can change anything: some actions are possible only at some times. */
  function act(action: Action): boolean {
    switch (action.do) {
      case 'decide':
        decide(FLAGS[action.flag] ?? '', `user${action.user}`, action.variation, action.dispatched);
        return true;
      case 'decideAll':
        decideAll(`user${action.user}`, action.variations);
        return true;
      case 'burst':
        for (let user = 0; user < action.users; user++) {
          for (const flag of FLAGS) decide(flag, `guest${user}`, action.variation, true);
        }
        return true;
      case 'record':
        record(FLAGS[action.flag] ?? '', `user${action.user}`, action.variation, action.snakeCase);
        return true;
      case 'late':
        comeLate(FLAGS[action.flag] ?? '', `user${action.user}`, action.variation, action.ms);
        return true;
      case 'send':
        sendBatches(action.isAgain);
        return true;
      case 'identify':
        identify(action.uid);
        return page.hasStub();
      case 'switch':
        switchUser(action);
        return true;
      case 'call':
        page.call(action.operation);
        return page.hasStub();
      case 'appear':
        if (page.hasStub()) return false;
        page.appear(setup.snippet);
        return true;
      case 'arrive':
        if (!page.hasStub() || page.hasArrived()) return false;
        page.arrive(action);
        return true;
      case 'block':
        if (!page.hasStub() || page.hasArrived()) return false;
        page.block();
        return true;
      case 'expire':
        if (page.session() === null) return false;
        expire();
        return true;
      case 'sleep':
        if (page.session() === null || page.isAsleep()) return false;
        page.sleep();
        return true;
      case 'wake':
        if (!page.isAsleep()) return false;
        wake(action.sameSession);
        return true;
      case 'fail':
        page.fail(action.how);
        return true;
      case 'heal':
        if (!page.isFailing()) return false;
        page.fail(undefined);
        return true;
      case 'spoil':
        page.spoil();
        return true;
      case 'second':
        return !!second?.act(action.what);
      case 'clear':
        clear(action.how);
        return true;
      case 'pass':
        clock.pass(action.ms);
        return true;
      case 'hide':
        if (page.isHidden()) return false;
        setVisibility('hidden');
        return true;
      case 'show':
        if (!page.isHidden()) return false;
        setVisibility('visible');
        return true;
      case 'kill':
        kill(action);
        if (action.arrives) page.arrive({});
        return true;
      case 'reopen':
        reopen(action);
        if (action.arrives) page.arrive({});
        return true;
      case 'restore':
        restore(action.gap, action.losesListeners);
        return true;
      case 'reconnect':
        reconnect(action.gap);
        return true;
    }
  }

  function checkStatus(): void {
    const { destinations } = bridge.status();
    destinations.forEach(({ decisions, recent }, index) => {
      const [least, most] = (ledgers[index] ?? ledger).seen();
      const { seen, sent, duplicate, ignored, waiting, dropped, recovered } = decisions;
      if (seen !== sent + duplicate + ignored + waiting + dropped) fail('counts do not add up', decisions);
      if (recovered > seen) fail('recovered more than seen', decisions);
      if (Object.values(decisions).some((count) => count < 0)) fail('a negative count', decisions);
      if (waiting > setup.bufferSize) fail('more decisions wait than bufferSize', decisions);
      if (!setup.persist && (seen < least || seen > most)) fail('not all seen', [decisions, least, most]);
      if (setup.bufferSize >= 1000 && dropped && !ledgers[index]?.canDrop()) {
        fail('dropped for no reason', decisions);
      }
      if (recent.length > RECENT) fail('remembers too many', recent.length);
      if (recent.some(({ outcome, settledAt }) => (outcome === 'waiting') !== (settledAt === null))) {
        fail('a settled decision is waiting', recent);
      }
      // Repeats are counted as duplicates or, if the site left the decision out, as ignored. They are not listed.
      const listed = sent + waiting + dropped;
      // With `persist`, decisions handed to the next page no longer count as seen.
      if (!setup.persist && recent.length < Math.min(listed, RECENT)) fail('not all are recent', recent);
      if (seen > RECENT || recent.length < listed) return;
      const listedAs = (name: Outcome) => recent.filter(({ outcome }) => outcome === name).length;
      for (const name of ['sent', 'waiting', 'dropped'] as const) {
        if (listedAs(name) !== decisions[name]) fail(`${name} is counted otherwise`, decisions);
      }
      for (const name of ['duplicate', 'ignored'] as const) {
        if (listedAs(name) > decisions[name]) fail(`${name} is counted otherwise`, decisions);
      }
    });
  }

  function checkCalls(): void {
    if (violation) throw violation;
  }

  /** When the bridge has nothing more to do, everything must be as in the contract. */
  function checkQuiet(): void {
    const running = session();
    if (clock.pending()) return;
    if (running !== null && !page.isAsleep()) {
      ledger.checkSettled(running);
      if (setup.isInspected && bridge.status().decisions.waiting) fail('waits for nothing', bridge.status());
    }
    const other = second?.session();
    if (other) second?.ledger.checkSettled(other);
  }

  /** Lets time pass while the bridge has something to do, for as long as a session runs. */
  function rest(): void {
    for (let hours = 0; page.session() !== null && clock.pending() && hours < 100; hours++) clock.pass(HOUR);
  }

  /** FullStory loads, captures and has time, unless its server refuses. */
  function settle(): void {
    page.fail(undefined);
    if (page.isHidden()) setVisibility('visible');
    page.appear(setup.snippet);
    page.arrive({});
    clock.pass(1000);
    if (page.isAsleep()) wake(false);
    second?.settle();
    for (const operation of ['start', 'restart']) page.call(operation);
    clock.pass(1000);
    rest();
    checkCalls();
    checkStatus();
    // A call of status() may be the first to see that fs.js has loaded after all, or it loads only now.
    clock.pass(1);
    rest();
    if (page.session() === null) return;
    if (clock.pending()) fail('never comes to rest', bridge.status());
    checkQuiet();
    for (const each of ledgers) each.checkAll();
  }

  return {
    run(actions: readonly Action[]): boolean {
      let isEffective = true;
      try {
        open(setup.startsCapturing, setup.startsHidden);
        if (setup.startsCapturing) {
          page.arrive({});
          clock.pass(1000);
        }
        for (const action of actions) {
          isEffective = act(action);
          // Each is a task of the page.
          clock.endTask();
          checkCalls();
          if (setup.isInspected) checkStatus();
          checkQuiet();
        }
        if (!isEffective) return false;
        settle();
        disconnect();
        clock.pass(HOUR);
        expire();
        leave();
        clock.pass(HOUR);
        checkCalls();
      } finally {
        stage.leave();
      }
      return isEffective;
    },
  };
}

const USUAL: Setup = {
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
  startsHidden: false,
  isInspected: true,
  hasSecond: false,
};

/**
 * @returns whether the last action could change anything. If not, the sequence is the same as without it.
 * @throws if the bridge breaks the contract.
 */
export function play(setup: Partial<Setup>, actions: readonly Action[]): boolean {
  return createTab({ ...USUAL, ...setup }).run(actions);
}
