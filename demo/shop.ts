import { eventKey } from '../e2e/accounting/keys.ts';
import { createLedger, type Decided, type DecidedFlag, type Entry } from '../e2e/accounting/ledger.ts';
import { clientConfiguration } from '../e2e/doubles/client-configuration.ts';
import { forbidStorage } from '../e2e/doubles/forbid-storage.ts';
import type { FullStoryDouble, Operation, ReceivedCall, Stub } from '../e2e/doubles/fullstory.ts';
import type { AnyClient, ShopActions } from '../e2e/situations/shop-actions.ts';
import { HEALTHY_BEGINNING } from '../e2e/situations/situation.ts';
import type { DropIn } from '../src/entries/drop-in.ts';
import type { DestinationState } from '../src/status.ts';
import { packageName } from '../src/version.ts';
import { openAmplitude } from './amplitude.ts';
import type { Arrivals } from './arrivals.ts';
import { addScript, addSnippet } from './page-scripts.ts';
import { type Forwarder, isContinued, readRequest } from './request.ts';
import {
  createPollingClient,
  decideWith,
  LATEST,
  type MadeDecision,
  type OptimizelyReactSdk,
  type OptimizelySdk,
} from './sdk.ts';
import { damageStorage, forgetEarlierPages, STORED } from './storage.ts';
import { joinTabs } from './tabs.ts';
import { nameOf, planOf, SHOP_FLAGS } from './visitors.ts';

/**
 * A page with Optimizely and FullStory in a situation. The playground shows one or two of them. Its own arrivals are those
 * at FullStory.
 */
export interface Shop extends ShopActions, Arrivals {
  readonly forwarder: Forwarder;
  /** The arrivals at Amplitude, if the page has it. */
  readonly amplitude?: Arrivals;
  /**
   * Settles when the page has made its first decisions, and FullStory is in the situation's first state. The next steps may
   * depend on its session.
   */
  readonly isReady: Promise<unknown>;
  uid(): string;
  status(): ReturnType<DropIn['status']> | undefined;
  subscribe(callback: () => void): void;
  /** Connects the bridge again if it is disconnected. */
  reconnect(): void;
  /** Stores FullStory's data for a new tab, when no calls are in progress. */
  keepForTab(): Promise<void>;
}

/** The globals of the shop's other scripts. Each is missing until its script has loaded. */
interface Globals {
  optimizelySdk?: OptimizelySdk;
  optimizelyReactSdk?: OptimizelyReactSdk;
  optimizelyFullStory?: DropIn;
  optimizelyClientInstance?: AnyClient;
  recipe?: Recipe;
  FS?: FullStory;
  /** FullStory's global, under the name that the site chose. */
  [name: string]: unknown;
}

type Recipe = (client: AnyClient) => void;

type FullStory = Stub & ((operation: string, options?: object) => unknown);

declare global {
  interface Window {
    shop?: Shop;
  }
}

/** The key of the flag that only the latest datafile has. */
const NEW_FLAG = 'flag_096';

/** Ms between the decisions and a late script. */
const LATE = 300;

/** Ms after a change until the other tabs are informed. By then the bridge has made its calls. */
const HANDED_OVER = 50;

/** Ms between two events of the page's own: 20 in any minute, even if timers are a bit late. */
const TRACK_EVERY = 3050;

/** Ms until a late script has recovered decisions: Optimizely sends its batch once a second. */
const RECOVERED = 1500;

const SERVER_DECISIONS = [
  { flag_key: 'header', variation_key: 'tall', rule_key: 'header_test', enabled: true },
  { flag_key: 'footer', variation_key: 'off', rule_key: null, enabled: false },
];

const globals = window as unknown as Globals;

export function openShop(forwarder: Forwarder): Shop {
  const { situation, isNext, sdk, snippet, hasAmplitude } = readRequest();
  const { settings = {}, playground } = situation;
  const beginning = { ...HEALTHY_BEGINNING, ...playground.beginning, ...(isNext && playground.nextPage) };
  const { fullstory: fullstoryBegins, decides, moreFlags } = beginning;
  const ledger = createLedger(`${STORED}-ledger-${forwarder}`);
  const page = 1 + ledger.entries.filter((entry) => entry.kind === 'happened' && entry.isPage).length;
  const subscribers: (() => void)[] = [];
  let double: FullStoryDouble | undefined;
  let client: AnyClient | undefined;
  let latestSession: string | null = null;
  let visitors = 1;
  let isDisconnected = false;
  let isCatchingUp = beginning.isForwarderLate;
  let again: { flagKeys: readonly string[] | null; user: string } = { flagKeys: SHOP_FLAGS, user: 'ada' };
  const callsElsewhere: ReceivedCall[] = [];
  /** Happenings that the other tabs have not been informed of yet. */
  const news: Entry[] = [];
  let waitingElsewhere = 0;
  /** The number of FullStory's calls that the other tabs know. */
  let sharedCalls = 0;
  let isSharing = false;
  let release: () => void = () => {};
  let begin: () => void = () => {};
  /** Settles when FullStory is in the situation's first state. */
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  const shareWithTabs = beginning.hasTabs
    ? joinTabs(`${STORED}-${forwarder}`, ({ entries, calls, waiting }) => {
        for (const entry of entries) ledger.add(entry);
        callsElsewhere.push(...calls);
        waitingElsewhere = waiting;
        for (const callback of subscribers) callback();
      })
    : undefined;

  /** Informs the other tabs, once for several changes at the same time. */
  function shareSoon(): void {
    if (!shareWithTabs || isSharing) return;
    isSharing = true;
    setTimeout(() => {
      isSharing = false;
      const calls = double?.calls ?? [];
      shareWithTabs({ entries: news.splice(0), calls: calls.slice(sharedCalls), waiting: waitingInBridge() });
      sharedCalls = calls.length;
    }, HANDED_OVER);
  }

  function changed(): void {
    shareSoon();
    for (const callback of subscribers) callback();
  }

  function add(entry: Entry): void {
    ledger.add(entry);
    if (shareWithTabs) news.push(entry);
    changed();
  }

  const statusOf = (name: string) =>
    globals.optimizelyFullStory?.status().destinations.find((destination) => destination.name === name);
  const amplitude = hasAmplitude
    ? openAmplitude(forwarder, beginning.amplitude, page, () => statusOf('Amplitude'), changed)
    : undefined;

  const waitingInBridge = () => globals.optimizelyFullStory?.status().decisions.waiting ?? 0;

  function happen(text: string): void {
    add({ kind: 'happened', at: Date.now(), text });
  }

  function watchSessions(): void {
    const session = double?.session() ?? null;
    const isNew = session !== latestSession;
    latestSession = session;
    if (isNew && session) add({ kind: 'started', at: Date.now(), page, session, uid: double?.uid() ?? '' });
    changed();
  }

  /** FullStory's script: blocked ones ask for a file that is not there. */
  const scriptUrl = (isBlocked: boolean) => (isBlocked ? 'blocked/fs.js' : 'fullstory/fs.js');

  function prepareFullStory(): void {
    window._fs_capture_on_startup = fullstoryBegins !== 'waits for consent';
    window.fullstoryDoubleOptions = {
      storage: sessionStorage,
      storedAs: `${STORED}-fullstory-${forwarder}`,
      isChildFrame: beginning.isChildFrame,
      refuse: fullstoryBegins === 'refuses',
      returningUser: beginning.returningUser,
      ...(fullstoryBegins === 'slow' && {
        arrival: new Promise<void>((resolve) => {
          release = resolve;
        }),
      }),
      onInstalled(installed) {
        double = installed;
        sharedCalls = double.calls.length;
        double.subscribe(watchSessions);
        watchSessions();
        // Its first report is that a session runs, or that none will.
        if (fullstoryBegins === 'waits for consent') begin();
        else double.subscribe(begin);
      },
    };
    // Their scripts load when the visitor clicks.
    if (fullstoryBegins === 'absent' || fullstoryBegins === 'slow') begin();
  }

  const recipes: Recipe[] = [];

  /** One for each destination. */
  async function addRecipe(url: string): Promise<void> {
    await addScript(url);
    if (globals.recipe) recipes.push(globals.recipe);
  }

  async function addForwarder(): Promise<void> {
    if (forwarder === 'recipe') {
      await addRecipe('bench/recipe.js');
      if (amplitude) await addRecipe('bench/recipe-amplitude.js');
    } else if (amplitude) await addScript('dist/optimizely-fullstory-amplitude.min.js', settings);
    else await addScript('dist/optimizely-fullstory.min.js', settings);
  }

  function decideNewFlag(): void {
    // SDK 4 and 5 ask for the latest datafile before they are ready.
    void hasDecided.then(() => {
      happen(`The SDK has the latest datafile: revision ${LATEST}`);
      shop.decide([NEW_FLAG], 'ada');
    });
  }

  function makeClient(user = 'ada'): AnyClient {
    const { optimizelySdk, optimizelyReactSdk } = globals;
    if (optimizelyReactSdk) {
      const made = optimizelyReactSdk.createInstance(clientConfiguration(optimizelyReactSdk, { moreFlags }));
      // It is not ready before it knows its user.
      void made.setUser({ id: user, attributes: { plan: planOf(user) } });
      client = made;
      return client;
    }
    if (!optimizelySdk)
      throw new Error('Optimizely’s SDK is not there. Run “npm ci”, then reload this page.');
    client = beginning.isDatafileOld
      ? createPollingClient(optimizelySdk, moreFlags, decideNewFlag)
      : optimizelySdk.createInstance(clientConfiguration(optimizelySdk, { moreFlags }));
    return client;
  }

  function forward<Made extends AnyClient>(made: Made): Made {
    for (const recipe of recipes) recipe(made);
    return made;
  }

  const findFullStory = () => globals[beginning.namespace] as FullStory | undefined;

  function fullstoryState(): DestinationState {
    const fullstory = findFullStory();
    if (!fullstory) return 'absent';
    if (!double) return fullstory.q && fullstory.q.push !== [].push ? 'blocked' : 'loading';
    return double.session() ? 'capturing' : fullstoryBegins === 'refuses' ? 'refused' : 'waiting';
  }

  /** The number of calls that FullStory or its snippet has accepted, whatever their outcome. */
  const countCalls = () =>
    (double?.calls.length ?? 0) + (double?.kept.length ?? 0) + (findFullStory()?.q?.length ?? 0);

  /** @param isCalled whether FullStory was called during the decisions. */
  function whyLost(isCalled: boolean): string {
    if (forwarder === 'bridge') return settings.bufferSize ? `the buffer holds ${settings.bufferSize}` : '';
    const state = fullstoryState();
    if (state === 'absent') return 'FullStory was not there';
    if (state === 'blocked') return 'FullStory was blocked';
    // Snippets discard their queue when their script does not load.
    if (isCalled) return state === 'loading' ? 'FullStory was blocked' : '';
    return findFullStory() === globals.FS ? 'nobody listened' : 'FullStory has another name';
  }

  function note(at: number, title: string, decisions: DecidedFlag[], unheard: string, ifLost: string): void {
    const session = double?.session() ?? null;
    const decided: Decided = {
      kind: 'decided',
      at,
      until: Date.now(),
      page,
      session,
      title,
      decisions,
      unheard,
      ifLost,
    };
    // FullStory's reason for a loss does not apply to Amplitude.
    amplitude?.note({ ...decided, ifLost: '' });
    add(decided);
  }

  function decideTimes(flagKeys: readonly string[] | null, user: string, times: number): void {
    again = { flagKeys, user };
    const at = Date.now();
    const calls = countCalls();
    const made: MadeDecision[] = [];
    for (let time = 0; time < times; time++) {
      made.push(...decideWith(client as AnyClient, flagKeys, user, { plan: planOf(user) }));
    }
    const decisions = made.map(({ flagKey, variationKey, ruleKey, enabled }) => ({
      user,
      flagKey,
      variationKey,
      ruleKey,
      enabled,
    }));
    const [only] = decisions;
    const count = flagKeys ? flagKeys.length : decisions.length / times;
    const what =
      count === 1 && only
        ? `${only.flagKey} = ${only.enabled ? only.variationKey : 'off'}`
        : `${count} flags decided`;
    const often = times > 1 ? `, ${times} times` : '';
    note(
      at,
      `${what} for ${nameOf(user)}${often}`,
      decisions,
      isDisconnected ? 'disconnected' : '',
      whyLost(countCalls() > calls),
    );
  }

  const hasDecided = start();
  const shop: Shop = {
    forwarder,
    entries: ledger.entries,
    ...(amplitude && { amplitude }),
    isReady: Promise.all([hasDecided, hasBegun]),
    isOncePerSession: settings.dedupe === 'session',
    calls() {
      const own = double?.calls ?? [];
      return callsElsewhere[0] ? [...own, ...callsElsewhere].sort((one, other) => one.at - other.at) : own;
    },
    session: () => double?.session() ?? null,
    uid: () => double?.uid() ?? '',
    state: fullstoryState,
    waiting() {
      if (forwarder === 'bridge') {
        return isCatchingUp ? Infinity : waitingInBridge() + waitingElsewhere;
      }
      const kept: readonly Operation[] = double?.kept ?? findFullStory()?.q ?? [];
      return kept
        .filter(([operation]) => operation === 'trackEvent')
        .map(([, options]) => eventKey((options as { properties: Record<string, unknown> }).properties));
    },
    dropped: () => globals.optimizelyFullStory?.status().decisions.dropped ?? 0,
    status: () => globals.optimizelyFullStory?.status(),
    subscribe: (callback) => void subscribers.push(callback),

    client: () => client as AnyClient,
    createClient: (user) => forward(makeClient(user)),
    flags: () => SHOP_FLAGS,
    decide: (flagKeys, user) => decideTimes(flagKeys, user, 1),
    decideAgain: (times) => decideTimes(again.flagKeys, again.user, times),
    record() {
      const isBridge = forwarder === 'bridge';
      const decisions = SERVER_DECISIONS.map(({ flag_key, variation_key, rule_key, enabled }) => ({
        user: 'ada',
        flagKey: flag_key,
        variationKey: variation_key,
        ruleKey: rule_key,
        enabled,
      }));
      note(Date.now(), '2 flags decided on a server', decisions, isBridge ? '' : 'it cannot take them', '');
      globals.optimizelyFullStory?.record(SERVER_DECISIONS, 'ada');
    },
    nextVisitor: () => `visitor-${++visitors}`,
    happen,
    callFullStory(operation, options) {
      if (operation === 'start' || operation === 'restart') happen(`FS('${operation}')`);
      findFullStory()?.(operation, options);
    },
    become(user) {
      findFullStory()?.('setIdentity', user ? { uid: user } : { anonymous: true });
      amplitude?.setUser(user);
    },
    identify() {
      if (double?.uid()) return;
      happen('Ada signs in');
      // Amplitude has known her from the start.
      findFullStory()?.('setIdentity', { uid: 'ada' });
    },
    signIn() {
      shop.identify();
      const user = double?.uid() === 'grace' ? 'linus' : 'grace';
      happen(`${nameOf(user)} signs in`);
      shop.become(user);
      return user;
    },
    expireSession() {
      happen('30 minutes pass without activity');
      if (double?.session()) double.expireSession();
    },
    loadFullStory() {
      happen('FullStory’s snippet is loaded');
      addSnippet(snippet, beginning.namespace, scriptUrl(false), begin);
    },
    releaseFullStory() {
      happen('FullStory’s script arrives');
      release();
    },
    unblockFullStory() {
      happen('FullStory’s script is loaded after all');
      void addScript(scriptUrl(false));
    },
    startAmplitude() {
      happen('Amplitude starts');
      void amplitude?.start();
    },
    setOptOut(isOut) {
      happen(isOut ? 'The visitor opts out of Amplitude' : 'The visitor opts in again');
      amplitude?.setOptOut(isOut);
    },
    disconnect() {
      happen('optimizelyFullStory.disconnect()');
      if (forwarder !== 'bridge') return;
      globals.optimizelyFullStory?.disconnect();
      isDisconnected = true;
    },
    connect() {
      happen('optimizelyFullStory.connect(client)');
      isDisconnected = false;
      if (client) globals.optimizelyFullStory?.connect(client);
    },
    reconnect() {
      if (isDisconnected) shop.connect();
    },
    async keepForTab() {
      do await new Promise((resolve) => setTimeout(resolve, HANDED_OVER));
      while (double?.session() && waitingInBridge());
      double?.save();
    },
  };

  async function start(): Promise<void> {
    // Not before the shop is defined, because others use it.
    await Promise.resolve();
    add({
      kind: 'happened',
      at: Date.now(),
      text: page === 1 ? 'The page opens' : `${beginning.hasTabs ? 'Tab' : 'Page'} ${page} opens`,
      isPage: true,
    });
    if (forwarder === 'bridge' && beginning.storage === 'forbidden') {
      // The playground itself needs it.
      forbidStorage(packageName);
    }
    if (forwarder === 'bridge' && beginning.storage === 'damaged') damageStorage();
    // Before FullStory, as in a page's head: its calls on leaving must precede FullStory's last batch.
    if (!beginning.isForwarderLate) await addForwarder();
    prepareFullStory();
    if (fullstoryBegins !== 'absent') {
      addSnippet(snippet, beginning.namespace, scriptUrl(fullstoryBegins === 'blocked'), begin);
    }
    if (beginning.tracksEvents) {
      const track = () => findFullStory()?.('trackEvent', { name: 'Product Viewed', properties: {} });
      setInterval(track, TRACK_EVERY);
    }
    const sdkScripts = beginning.isReact ? ['react.js', 'optimizely/react.js'] : [`optimizely/${sdk}.js`];
    const amplitudeBegins = amplitude?.begin();
    await Promise.all(sdkScripts.map((url) => addScript(url)));
    await amplitudeBegins;
    const decideFlags = () => shop.decide(SHOP_FLAGS, 'ada');

    if (decides === 'queued first') {
      const made = makeClient();
      const decided = Promise.resolve(made.onReady()).then(decideFlags);
      forward(made);
      await decided;
      return;
    }
    globals.optimizelyClientInstance = forward(makeClient());
    if (decides === 'on the next line') decideFlags();
    await shop.client().onReady();
    if (decides === 'when ready') decideFlags();
    if (beginning.isForwarderLate) {
      await new Promise((resolve) => setTimeout(resolve, LATE));
      happen(forwarder === 'bridge' ? 'The script is loaded' : 'The recipe is loaded');
      await addForwarder();
      forward(shop.client());
      setTimeout(() => {
        isCatchingUp = false;
      }, RECOVERED);
    }
  }

  return shop;
}

// The playground's own page is the bridge's shop. It opens the others in frames.
const { situation, isNext, forwarder } = readRequest();
const isInFrame = window.parent !== window;
if (!isInFrame && !isContinued(isNext)) forgetEarlierPages();
if (isInFrame || !situation.playground.beginning?.isChildFrame)
  window.shop = openShop(isInFrame ? forwarder : 'bridge');
