/** The part of a client's notification centre that the bridge uses. */
interface NotificationCenter {
    /** Returns the listener's id, above 0; -1 or 0 when it was not added. */
    addNotificationListener(type: string, listener: (notification: unknown) => void): number;
    removeNotificationListener(id: number): boolean;
}
/**
 * The part of an Optimizely client that the bridge uses. The clients of SDK 4.6 and newer, 5 and 6 are such,
 * and so are those of the React SDK.
 */
interface OptimizelyClient {
    readonly notificationCenter: NotificationCenter;
    onReady?: (() => Promise<unknown>) | undefined;
}

/**
 * One flag decision, as Optimizely made it: what the notification or the server said, and when.
 * A null key means that Optimizely named none: a flag without rules has neither variation nor rule, a forced
 * decision has no rule, and only SDK 6 has ids.
 */
interface Decision {
    readonly userId: string;
    readonly flagKey: string;
    readonly variationKey: string | null;
    readonly ruleKey: string | null;
    readonly enabled: boolean;
    /** Whether Optimizely sent, or meant to send, an impression for it. */
    readonly dispatched: boolean;
    readonly experimentId: string | null;
    readonly variationId: string | null;
    /** The moment of the decision, in ms since 1970. */
    readonly at: number;
}
/** An event as an analytics tool takes it. */
interface AnalyticsEvent {
    name: string;
    properties: Record<string, unknown>;
}

/** Extra event properties that join FullStory's events with Optimizely's export. */
type IncludedProperty = 'user_id' | 'experiment_id' | 'variation_id' | 'dispatched';
/**
 * Sees each event before it is handed over, once.
 *
 * @returns the event, changed or not, or `false` to leave the decision out altogether (event and user
 * property). Anything else, or throwing, sends the event unchanged and is reported in `problems`.
 */
type BeforeSend = (event: AnalyticsEvent, decision: Decision) => AnalyticsEvent | false;
/** Settings for Amplitude alone; what is left out is as for the other destinations. */
interface AmplitudeSettings extends Partial<Pick<Settings, 'propertyName' | 'eventName' | 'dedupe'>> {
    /** The name of its global or of an instance, or the instance or module itself. Default: found by itself. */
    instance?: string | object;
    /** Amplitude's own `$exposure` event instead of `eventName`. Default false. */
    exposure?: boolean;
}
/** Which Amplitude: its name, itself, or settings for it. */
type AmplitudeSetting = string | object | AmplitudeSettings;
/**
 * What a site may set, each one optional. For an unknown name or a wrong value the default holds; the console gets
 * one warning, and `status().problems` lists it.
 */
interface Settings {
    /** The client, or the (dotted) name of the global that holds it. Without it clients are found by themselves. */
    client?: OptimizelyClient | string;
    /** Name of FullStory's global. Default: `_fs_namespace`, then the FullStory script tag's, then `FS`. */
    namespace?: string;
    /** Where Amplitude is a destination: the name of its global, itself, or settings for it. Default: found by itself. */
    amplitude?: AmplitudeSetting;
    /** Name of each flag's user property; `{flag}` stands for its key. Empty: none. Default `[Optimizely] {flag}`. */
    propertyName?: string;
    /** Name of the event. Empty: no events. Default `Experiment Viewed`. */
    eventName?: string;
    /** Keys of the flags to forward, as a list or separated by commas; a `*` at the end matches the rest. Default: all. */
    flags?: readonly string[] | string;
    /** Forward only decisions for which Optimizely dispatched an impression. Default false. */
    impressionsOnly?: boolean;
    /** How often an identical decision is forwarded. Default `page`: once per page and FullStory session. */
    dedupe?: 'page' | 'session' | 'none';
    /** Extra event properties, as a list or separated by commas. Default none. */
    include?: readonly IncludedProperty[] | string;
    /** A function, or the name of a global one, that may change events or leave them out. */
    beforeSend?: BeforeSend | string;
    /** Events handed over in any minute. Default 40, which leaves some of what FullStory accepts to others. */
    eventsPerMinute?: number;
    /** Events kept while they cannot be sent; then the oldest are dropped. Default 1000. */
    bufferSize?: number;
    /** Keep what could not be sent in `sessionStorage` for the next page of this tab. Default false. */
    persist?: boolean;
    /** Explain each step in the console. Default false. */
    debug?: boolean;
}
/** {@link Settings} after reading: complete, and each of one type. */
type ResolvedSettings = Omit<Required<Settings>, 'flags' | 'include' | 'client' | 'amplitude'> & {
    amplitude?: AmplitudeSetting | null;
    client: OptimizelyClient | string | null;
    flags: readonly string[];
    include: readonly string[];
};

/** Whether a destination takes decisions, and if not, why. */
type DestinationState = 'absent' | 'loading' | 'blocked' | 'waiting' | 'capturing' | 'refused';
/** A decision's outcome so far; {@link DecisionCounts} explains each. */
type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped' | 'waiting';
/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`; sending a decision
 * once more to a new session counts as neither.
 */
interface DecisionCounts {
    seen: number;
    /** Handed over while a session ran. */
    sent: number;
    /** Identical to one that this session already has, or will get. */
    duplicate: number;
    /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
    ignored: number;
    /** Queued until a session runs and the rate limits allow. */
    waiting: number;
    /**
     * Given up: more than `bufferSize` were waiting, the destination threw for it time and again, or another user signed
     * in before it could be handed over and got a decision of their own.
     */
    dropped: number;
    /** Those among `seen` that were made before the bridge listened. */
    recovered: number;
}
/** One of the latest decisions, without the user. Its flag key is empty for what is no decision. */
interface RecentDecision extends Omit<Decision, 'userId'> {
    /** As counted: sending it again to a later session changes nothing. */
    outcome: Outcome;
    /** When it was handed over or left out, in ms since 1970; null while it waits. A duplicate is left out as it is made. */
    settledAt: number | null;
}
/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
interface SdkStatus {
    state: 'missing' | 'waiting' | 'ready' | 'failed';
    /** Why it failed, in the SDK's words. */
    reason?: string;
}
/** What can be wrong, but for a destination. `docs/troubleshooting.md` has a section for each code, the inspector a sentence. */
type BridgeProblem = 'client-missing' | 'client-invalid' | 'client-late' | 'sdk-not-ready' | 'global-locked' | 'decision-invalid' | 'before-send' | 'property-name-rule' | 'property-limit' | 'child-frame' | 'storage' | 'setting-unknown' | 'setting-wrong' | 'settings-late' | 'legacy-calls' | 'client-shared';
/** What can be wrong with a destination. */
type DestinationProblem = 'absent' | 'blocked' | 'refused' | 'throws';
/** A code: of a destination, its name in lower case stands in front, as in `fullstory-blocked`. */
type ProblemCode = BridgeProblem | `${string}-${DestinationProblem}`;
/** A code, some with a detail after a colon. */
type Problem = ProblemCode | `${ProblemCode}:${string}`;
/** One destination at one moment, and what it got. */
interface DestinationStatus {
    /** As in `FullStory`. */
    name: string;
    /** `waiting`: it is there but captures nothing yet. `refused`: its server declined to capture. */
    state: DestinationState;
    /** The name of its global, where it has one. */
    namespace: string | null;
    /** The URL of the running session, or what else identifies it; null while none runs, or where nothing does. */
    session: string | null;
    decisions: DecisionCounts;
    /** The latest 50 decisions, the oldest first. */
    recent: RecentDecision[];
}
/** A bridge at one moment. The first destination's status stands at the top level as well. */
interface Status extends Omit<DestinationStatus, 'name' | 'state'> {
    version: string;
    /** Number of Optimizely clients listened to. */
    clients: number;
    sdk: SdkStatus;
    /** Each one that decisions go to. */
    destinations: DestinationStatus[];
    /** What is wrong. */
    problems: Problem[];
    /** The first destination's state. */
    fullstory: DestinationState;
}

/** Puts something back as it was. */
type Undo = () => void;

/** The most calls of a kind in any 60 s, and in any 1 s. */
type Rate = readonly [perMinute: number, perSecond: number];
/** What a destination takes; what is left out is without a limit. */
interface Limits {
    readonly events?: Rate;
    /** Calls that set properties. */
    readonly properties?: Rate;
    /** Our share of them, for the site makes calls of its own. */
    readonly ours?: {
        readonly events?: Rate;
        readonly properties?: Rate;
    };
    /** The most properties in one call. */
    readonly propertiesPerCall?: number;
    /** The most different properties that it takes at all: more are told in `status().problems`. */
    readonly propertyNames?: number;
    /** Ms for which a decision kept for the next page is of use: the longest that a session can run. */
    readonly keptFor?: number;
}
/** A destination at one moment. */
interface Sight {
    state: DestinationState;
    /** What tells the running session from every other one of this page; missing while none runs. */
    session?: string;
    /** What other pages know the session by. Missing where nothing tells: then `dedupe: session` is as good as `page`. */
    link?: string;
    /** Whether the session that ran is over for good, although the next one may have its link. */
    isOver?: boolean;
    /** Whether another function may take its place without notice: then `look()` is called again from time to time. */
    isMakeshift?: boolean;
    /** What tells the user from others. When it changes with the session, another user has signed in. */
    user?: string;
    /** The name of its global. */
    namespace?: string;
}
/** What a destination may say of an event besides the event. */
interface Moment {
    /** When the decision was made, in ms since 1970. */
    readonly at: number;
    /** A text that two decisions share when they say the same of the same user. It holds Optimizely's user id. */
    readonly id: string;
    /** What {@link Destination.who} told when the decision was made; missing where the event is for whoever is the user. */
    readonly who?: string | undefined;
}
/** Where decisions go: FullStory, Amplitude, or one of the site's own. */
interface Destination {
    /** As in `FullStory`: for the console, problem codes and storage. */
    readonly name: string;
    readonly limits?: Limits;
    /** Settings that differ for this destination. */
    readonly settings?: Partial<Pick<ResolvedSettings, 'propertyName' | 'eventName' | 'dedupe'>>;
    /** Called often. Must not throw. */
    look(): Sight;
    /**
     * Asks to be told of sessions that begin and end.
     *
     * @returns how to stop; a later call begins anew.
     */
    watch(onChange: () => void): Undo;
    /**
     * Tells whom a decision made now is for: a text with the user, and the device where that counts, which comes back with
     * the decision's calls. Called inside the page's `decide()`; must not throw. Only for destinations that can name a user
     * in each call: what waits when another user signs in is handed over under the one before, and not held back.
     *
     * @returns nothing while nobody knows.
     */
    who?(): string | undefined;
    /**
     * Sets properties of the user. When it throws, nothing was handed over, and it is called again.
     *
     * @param who as in {@link Moment}.
     */
    setProperties(properties: Record<string, string>, who?: string): void;
    /** When it throws, nothing was handed over, and it is called again, three times at most while other calls succeed. */
    trackEvent(event: AnalyticsEvent, moment: Moment): void;
    /** The page is being left or hidden, and may not come back: sends what waits to be sent. */
    flush?(): void;
    /** Whether the destination takes a property of this name. Not asked about the default name. */
    isPropertyName?(name: string): boolean;
}
/**
 * Makes a destination for one bridge.
 *
 * @param tell adds a code to `status().problems`, once.
 */
type DestinationSetup = (settings: ResolvedSettings, tell: (problem: Problem) => void) => Destination;

/** A client that the stub has seen. */
type RecordedClient = [
    client: OptimizelyClient,
    /** Whether the stub saw its creation; else the page has handed it over. */
    sawCreation: unknown,
    /** Since when its decisions are recorded, in ms since 1970; missing where its SDK cannot be recorded. */
    since: number | undefined
];
/** A DECISION notification as a centre sent it. */
type Recording = [center: unknown, notification: unknown, at: number];
/**
 * What the stub hands over, as the global `optimizelyStub`. Stub and script may be of different versions, so these lists
 * are a format. A script reads them and changes nothing: another one may come later.
 */
type Recordings = readonly [
    /** In the order in which they came; of a client that is there twice, the first entry counts. */
    clients: readonly RecordedClient[],
    /** In order, the newest 1,000 at most. */
    heard: readonly Recording[],
    /** How to stop recording, and put back all that was patched. */
    undos: readonly Undo[]
];
declare global {
    interface Window {
        optimizelyStub?: Recordings;
    }
}

/** A running bridge: what `createBridge` returns, and what the drop-in keeps as `optimizelyFullStory`. */
interface Bridge {
    /** The version of this package. */
    readonly version: string;
    /**
     * Listens to a client, at once and once. What is no client is told in `status().problems` (`client-invalid`).
     *
     * @returns the client itself.
     */
    connect<Client extends OptimizelyClient | null | undefined>(client: Client): Client;
    /**
     * Takes decisions made elsewhere, as on a server: an `OptimizelyDecision`, or JSON in camelCase or snake_case, one or
     * many. They are filtered, deduplicated, queued and handed over as those made here. What has no flag key, or does not
     * say whether it is enabled, counts as ignored and is told in `status().problems` (`decision-invalid`).
     *
     * @param userId the user whom they were made for, where they do not say it themselves.
     */
    record(decisions: unknown, userId?: string): void;
    /** Tells what the bridge sees and what it did. */
    status(): Status;
    /** Removes every listener, timer and patch. What waits is kept; a later `connect` goes on with it. */
    disconnect(): void;
}

/** A destination, or what makes one for a bridge. */
type DestinationSource = Destination | DestinationSetup;

/**
 * Amplitude, wherever it is at the moment: SDK 1.0 and newer, the Tag Manager template's, unified, and the legacy SDK 5
 * to 8.
 *
 * @param setting its name, itself, or settings; without it, the bridge's setting `amplitude`.
 */
declare function amplitude(setting?: AmplitudeSetting): DestinationSetup;

/**
 * FullStory, wherever it is at the moment. The global is looked up anew for each call, and never created: the
 * snippet does not install where the name is taken.
 */
declare function fullstory(): DestinationSetup;

/** {@link Settings} where the page hands its client over itself: nothing is looked up by name. */
interface ModuleSettings extends Omit<Settings, 'client'> {
    client?: OptimizelyClient;
}
/**
 * Starts a bridge for an app that has its Optimizely client at hand. Looks for no client and defines no global;
 * on a server, in a worker and without a destination it does nothing.
 *
 * @param destinations where decisions go: FullStory, and any of the site's own. `status()` tells the first one's state
 * beside those of all.
 * @example
 * const bridge = createBridge();
 * const client = bridge.connect(createInstance({ projectConfigManager }));
 */
declare function createBridge(settings?: ModuleSettings, destinations?: readonly DestinationSource[]): Bridge;

export { amplitude, createBridge, fullstory };
export type { AmplitudeSetting, AmplitudeSettings, AnalyticsEvent, BeforeSend, Bridge, BridgeProblem, Decision, DecisionCounts, Destination, DestinationProblem, DestinationSetup, DestinationSource, DestinationState, DestinationStatus, IncludedProperty, Limits, ModuleSettings, Moment, NotificationCenter, OptimizelyClient, Outcome, Problem, ProblemCode, Rate, RecentDecision, ResolvedSettings, SdkStatus, Settings, Sight, Status, Undo };
