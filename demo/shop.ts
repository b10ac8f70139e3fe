import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet';
import type { Client, OptimizelyDecision } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';
import { eventKey } from '../e2e/accounting/fates.ts';
import { createLedger, type DecidedFlag, type Entry } from '../e2e/accounting/ledger.ts';
import { clientConfiguration, pollingConfiguration, type Sdk } from '../e2e/doubles/client-configuration.ts';
import { createDatafile } from '../e2e/doubles/datafile.ts';
import { forbidStorage } from '../e2e/doubles/forbid-storage.ts';
import type { FullStoryDouble, Operation, ReceivedCall, Stub } from '../e2e/doubles/fullstory.ts';
import { HEALTHY_BEGINNING } from '../e2e/situations/situations.ts';
import type { DestinationState } from '../src/destinations/destination.ts';
import type { DropIn } from '../src/entries/drop-in.ts';
import { type Forwarder, isContinued, readRequest } from './request.ts';
import { joinTabs } from './tabs.ts';
import { nameOf, planOf, SHOP_FLAGS } from './visitors.ts';

type AnyClient = Client | ReactSDKClient;

/** A page with Optimizely and FullStory on it, and a situation to be in. The playground shows one, or two. */
export interface Shop {
  readonly forwarder: Forwarder;
  readonly entries: readonly Entry[];
  /**
   * Settles when the page has made its first decisions, and FullStory has come as far as the situation begins with:
   * what happens next may depend on its session.
   */
  readonly isReady: Promise<unknown>;
  readonly isOncePerSession: boolean;
  calls(): FullStoryDouble['calls'];
  session(): string | null;
  uid(): string;
  fullstoryState(): DestinationState;
  /** How many of the latest decisions wait in the bridge; or the keys of what FullStory keeps. */
  waiting(): number | readonly string[];
  status(): ReturnType<DropIn['status']> | undefined;
  subscribe(callback: () => void): void;

  client(): AnyClient;
  /** Makes a client, and hands it to the recipe. React's is made for one user. */
  createClient(user?: string): AnyClient;
  /** Keys of the shop's five flags. */
  flags(): string[];
  /** Decides these flags for a user, or all hundred. */
  decide(flagKeys: readonly string[] | null, user: string): void;
  decideAgain(times: number): void;
  /** Takes decisions of a server. */
  record(): void;
  /** A user who was not here before. */
  nextVisitor(): string;
  happen(text: string): void;
  callFullStory(operation: string, options?: object): void;
  /** Tells FullStory of Ada, while it knows of nobody. */
  identify(): void;
  /** Tells FullStory of another user; returns whom. */
  signIn(): string;
  expireSession(): void;
  loadFullStory(): void;
  releaseFullStory(): void;
  unblockFullStory(): void;
  disconnect(): void;
  connect(): void;
  /** Keeps what FullStory has for a tab to be opened, once nothing is on its way there any more. */
  keepForTab(): Promise<void>;
}

/** What both SDKs tell of a decision. */
type MadeDecision = Pick<OptimizelyDecision, 'flagKey' | 'variationKey' | 'ruleKey' | 'enabled'>;

interface NotificationTypes {
  OPTIMIZELY_CONFIG_UPDATE: never;
}

interface OptimizelySdk extends Sdk {
  createInstance(configuration: object): Client;
  /** In SDK 6; before, in `enums`. */
  NOTIFICATION_TYPES?: NotificationTypes;
  enums?: { NOTIFICATION_TYPES: NotificationTypes };
}

/** The globals that the shop's other scripts leave. Each is missing until its script has loaded. */
interface Globals {
  optimizelySdk?: OptimizelySdk;
  optimizelyReactSdk?: Sdk & { createInstance(configuration: object): ReactSDKClient };
  optimizelyFullStory?: DropIn;
  optimizelyClientInstance?: AnyClient;
  recipe?: (client: AnyClient) => void;
  FS?: FullStory;
  /** FullStory's global has the name that the site gave it. */
  [name: string]: unknown;
}

type FullStory = Stub & ((operation: string, options?: object) => unknown);

declare global {
  interface Window {
    shop?: Shop;
  }
}

const SNIPPET_TEXTS: Record<string, typeof generateSnippetText> = {
  '2.1': generateSnippetText,
  '2.0': generateSnippetTextV2,
  '1.3': generateSnippetTextV1,
};

/** The revision of the latest datafile, and the flag that only that one has. */
const LATEST = '2';
const NEW_FLAG = 'flag_096';

/** Ms after the decisions that a late script comes. */
const LATE = 300;

/** Ms after a change in which the bridge has handed over what it can: then the other tabs are told of it. */
const HANDED_OVER = 50;

/** Ms between two events of the page's own: 20 in any minute, also where timers are a bit off. */
const TRACK_EVERY = 3050;

/** Ms after which a late script has recovered what it can: Optimizely sends its batch once a second. */
const RECOVERED = 1500;

const SERVER_DECISIONS = [
  { flag_key: 'header', variation_key: 'tall', rule_key: 'header_test', enabled: true },
  { flag_key: 'footer', variation_key: 'off', rule_key: null, enabled: false },
];

/** Where the shops of this tab keep what the next page needs. */
const STORED = 'playground';

function notificationTypesOf({ NOTIFICATION_TYPES, enums }: OptimizelySdk): NotificationTypes {
  return (NOTIFICATION_TYPES ?? enums?.NOTIFICATION_TYPES) as NotificationTypes;
}

const globals = window as unknown as Globals;

function forgetEarlierPages(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(STORED)) sessionStorage.removeItem(name);
  }
  for (const storage of [sessionStorage, localStorage]) storage.removeItem(BRIDGE_STORED);
}

/** What the bridge keeps for other pages, and where. */
const BRIDGE_STORED = 'optimizely-fullstory';

/** Leaves there what no bridge would, and a decision of the day before yesterday. */
function damageStorage(): void {
  const old = { flagKey: 'old', enabled: true, userId: 'ada', at: Date.now() - 2 * 86_400_000 };
  sessionStorage.setItem(BRIDGE_STORED, JSON.stringify([null, 7, 'text', {}, { at: 1 }, old]));
  localStorage.setItem(BRIDGE_STORED, '{"session":"https://app.fullsto');
}

/** Scripts that are put in one after the other run in that order. */
function addScript(url: string, attributes: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script.dataset, attributes);
    script.async = false;
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} is not there. Run “npm ci” and “npm run build”.`));
    document.head.append(script);
  });
}

/**
 * FullStory's own snippet, which asks for its script from here.
 *
 * @param onFailure called when the script does not load, after the snippet has heard of it.
 */
function addSnippet(version: string, namespace: string, url: string, onFailure: () => void): void {
  const { host, pathname } = new URL(url, document.baseURI);
  const text = SNIPPET_TEXTS[version]?.({
    orgId: 'DOUBLE',
    host: 'fullstory.com',
    namespace,
    script: host + pathname,
  });
  const script = document.createElement('script');
  script.textContent = text?.replace(/(["'])https:\/\//, `$1${location.protocol}//`) ?? '';
  document.head.append(script);
  // The script that it has inserted before all others.
  document.scripts[0]?.addEventListener('error', onFailure);
}

export function openShop(forwarder: Forwarder): Shop {
  const { situation, isNext, sdk, snippet } = readRequest();
  const beginning = { ...HEALTHY_BEGINNING, ...situation.beginning, ...(isNext && situation.nextPage) };
  const { fullstory: fullstoryBegins, decides, moreFlags, settings } = beginning;
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
  const untold: Entry[] = [];
  let waitingElsewhere = 0;
  /** How many of FullStory's calls the other tabs know. */
  let toldCalls = 0;
  let isTelling = false;
  let release: () => void = () => {};
  let begin: () => void = () => {};
  /** Settles when FullStory has come as far as the situation begins with. */
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  const tellTabs = beginning.hasTabs
    ? joinTabs(`${STORED}-${forwarder}`, ({ entries, calls, waiting }) => {
        for (const entry of entries) ledger.add(entry);
        callsElsewhere.push(...calls);
        waitingElsewhere = waiting;
        for (const callback of subscribers) callback();
      })
    : undefined;

  /** Tells the other tabs, once for all that happens in a moment. */
  function tellSoon(): void {
    if (!tellTabs || isTelling) return;
    isTelling = true;
    setTimeout(() => {
      isTelling = false;
      const calls = double?.calls ?? [];
      tellTabs({ entries: untold.splice(0), calls: calls.slice(toldCalls), waiting: waitingInBridge() });
      toldCalls = calls.length;
    }, HANDED_OVER);
  }

  function changed(): void {
    tellSoon();
    for (const callback of subscribers) callback();
  }

  function add(entry: Entry): void {
    ledger.add(entry);
    if (tellTabs) untold.push(entry);
    changed();
  }

  const waitingInBridge = () => globals.optimizelyFullStory?.status().decisions.waiting ?? 0;

  function happen(text: string): void {
    add({ kind: 'happened', at: Date.now(), text });
  }

  function watchSessions(): void {
    const session = double?.session() ?? null;
    const isNew = session !== latestSession;
    latestSession = session;
    if (isNew && session) add({ kind: 'started', at: Date.now(), session, uid: double?.uid() ?? '' });
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
        toldCalls = double.calls.length;
        double.subscribe(watchSessions);
        watchSessions();
        // What it tells first is that a session runs, or that none will.
        if (fullstoryBegins === 'waits for consent') begin();
        else double.subscribe(begin);
      },
    };
    // Their scripts come when the visitor says so.
    if (fullstoryBegins === 'absent' || fullstoryBegins === 'slow') begin();
  }

  function addForwarder(): Promise<void> {
    return forwarder === 'bridge'
      ? addScript('dist/optimizely-fullstory.min.js', settings)
      : addScript('bench/recipe.js');
  }

  /** The datafile that the page begins with is out of date; the SDK asks for the latest. */
  function makePollingClient(usedSdk: OptimizelySdk): Client {
    const latest = new Blob([createDatafile({ moreFlags: moreFlags + 1, revision: LATEST })]);
    const made = usedSdk.createInstance(
      pollingConfiguration(usedSdk, URL.createObjectURL(latest), { moreFlags }),
    );
    let isLatest = false;
    const { OPTIMIZELY_CONFIG_UPDATE } = notificationTypesOf(usedSdk);
    made.notificationCenter.addNotificationListener(OPTIMIZELY_CONFIG_UPDATE, () => {
      if (isLatest || made.getOptimizelyConfig()?.revision !== LATEST) return;
      isLatest = true;
      // SDK 4 and 5 ask before they are ready.
      void hasDecided.then(() => {
        happen(`The SDK has the latest datafile: revision ${LATEST}`);
        shop.decide([NEW_FLAG], 'ada');
      });
    });
    return made;
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
      ? makePollingClient(optimizelySdk)
      : optimizelySdk.createInstance(clientConfiguration(optimizelySdk, { moreFlags }));
    return client;
  }

  function forward<Made extends AnyClient>(made: Made): Made {
    globals.recipe?.(made);
    return made;
  }

  const findFullStory = () => globals[beginning.namespace] as FullStory | undefined;

  function fullstoryState(): DestinationState {
    const fullstory = findFullStory();
    if (!fullstory) return 'absent';
    if (!double) return fullstory.q && fullstory.q.push !== [].push ? 'blocked' : 'loading';
    return double.session() ? 'capturing' : fullstoryBegins === 'refuses' ? 'refused' : 'waiting';
  }

  /** How many calls FullStory or its snippet has taken, whatever became of them. */
  const countCalls = () =>
    (double?.calls.length ?? 0) + (double?.kept.length ?? 0) + (findFullStory()?.q?.length ?? 0);

  /** @param isTold whether a call to FullStory was made as they were decided. */
  function whyLost(isTold: boolean): string {
    if (forwarder === 'bridge') return settings.bufferSize ? `room for ${settings.bufferSize}` : '';
    const state = fullstoryState();
    if (state === 'absent') return 'FullStory was not there';
    if (state === 'blocked') return 'FullStory was blocked';
    // Snippets throw away what they have queued when their script does not load.
    if (isTold) return state === 'loading' ? 'FullStory was blocked' : '';
    return findFullStory() === globals.FS ? 'nobody listened' : 'FullStory has another name';
  }

  function note(at: number, title: string, decisions: DecidedFlag[], leftOut: string, ifLost: string): void {
    const session = double?.session() ?? null;
    add({ kind: 'decided', at, page, session, title, decisions, leftOut, ifLost });
  }

  function decideOnce(flagKeys: readonly string[] | null, user: string): MadeDecision[] {
    const attributes = { plan: planOf(user) };
    const decider = client as AnyClient;
    if ('createUserContext' in decider) {
      const context = decider.createUserContext(user, attributes);
      return Object.values(flagKeys ? context.decideForKeys([...flagKeys]) : context.decideAll());
    }
    return Object.values(
      flagKeys
        ? decider.decideForKeys([...flagKeys], [], user, attributes)
        : decider.decideAll([], user, attributes),
    );
  }

  function decideTimes(flagKeys: readonly string[] | null, user: string, times: number): void {
    again = { flagKeys, user };
    const at = Date.now();
    const calls = countCalls();
    const made: MadeDecision[] = [];
    for (let time = 0; time < times; time++) {
      made.push(...decideOnce(flagKeys, user));
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
      isDisconnected ? 'nobody listens' : '',
      whyLost(countCalls() > calls),
    );
  }

  const hasDecided = start();
  const shop: Shop = {
    forwarder,
    entries: ledger.entries,
    isReady: Promise.all([hasDecided, hasBegun]),
    isOncePerSession: settings.dedupe === 'session',
    calls() {
      const own = double?.calls ?? [];
      return callsElsewhere[0] ? [...own, ...callsElsewhere].sort((one, other) => one.at - other.at) : own;
    },
    session: () => double?.session() ?? null,
    uid: () => double?.uid() ?? '',
    fullstoryState,
    waiting() {
      if (forwarder === 'bridge') {
        return isCatchingUp ? Infinity : waitingInBridge() + waitingElsewhere;
      }
      const kept: readonly Operation[] = double?.kept ?? findFullStory()?.q ?? [];
      return kept
        .filter(([operation]) => operation === 'trackEvent')
        .map(([, options]) => eventKey((options as { properties: Record<string, unknown> }).properties));
    },
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
      note(Date.now(), '2 flags decided on a server', decisions, isBridge ? '' : 'no way to take them', '');
      globals.optimizelyFullStory?.record(SERVER_DECISIONS, 'ada');
    },
    nextVisitor: () => `visitor-${++visitors}`,
    happen,
    callFullStory(operation, options) {
      if (operation === 'start' || operation === 'restart') happen(`FS('${operation}')`);
      findFullStory()?.(operation, options);
    },
    identify() {
      if (double?.uid()) return;
      happen('Ada signs in');
      findFullStory()?.('setIdentity', { uid: 'ada' });
    },
    signIn() {
      shop.identify();
      const user = double?.uid() === 'grace' ? 'linus' : 'grace';
      happen(`${nameOf(user)} signs in`);
      findFullStory()?.('setIdentity', { uid: user });
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
    async keepForTab() {
      do await new Promise((resolve) => setTimeout(resolve, HANDED_OVER));
      while (double?.session() && waitingInBridge());
      double?.save();
    },
  };

  async function start(): Promise<void> {
    // Not before the shop is there for whoever asks.
    await Promise.resolve();
    add({
      kind: 'happened',
      at: Date.now(),
      text: page === 1 ? 'The page opens' : `${beginning.hasTabs ? 'Tab' : 'Page'} ${page} opens`,
      isPage: true,
    });
    if (forwarder === 'bridge' && beginning.storage === 'forbidden') {
      // The playground needs it for itself.
      forbidStorage(BRIDGE_STORED);
    }
    if (forwarder === 'bridge' && beginning.storage === 'damaged') damageStorage();
    // Before FullStory, as in a page's head: what it hands over on leaving has to precede FullStory's last batch.
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
    await Promise.all(sdkScripts.map((url) => addScript(url)));
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

// The playground's own page is the bridge's shop; those in frames are opened by it.
const { situation, isNext, forwarder } = readRequest();
const isInFrame = window.parent !== window;
if (!isInFrame && !isContinued(isNext)) forgetEarlierPages();
if (isInFrame || !situation.beginning?.isChildFrame) window.shop = openShop(isInFrame ? forwarder : 'bridge');
