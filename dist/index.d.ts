/** The part of a client's notification centre that the bridge uses. */
interface NotificationCenter {
    /** Returns the listener's id, above 0; -1 or 0 when it was not added. */
    addNotificationListener(type: string, listener: (notification: unknown) => void): number;
    removeNotificationListener(id: number): boolean;
}
/**
 * The part of an Optimizely client that the bridge uses. The clients of SDK 4.6 and newer, 5 and 6 have it, and so have
 * those of the React SDK.
 */
interface OptimizelyClient {
    readonly notificationCenter: NotificationCenter;
    onReady?: (() => Promise<unknown>) | undefined;
}

/**
 * One flag decision, as the notification or the server gave it, and its moment. A null key means that Optimizely gave
 * none: a flag without rules has neither variation nor rule, a forced decision has no rule, and only SDK 6 gives ids.
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
/** Settings for Amplitude alone. The bridge's settings are the defaults. */
interface AmplitudeSettings extends Partial<Pick<Settings, 'propertyName' | 'eventName' | 'dedupe'>> {
    /** The name of its global or of an instance, or the instance or module itself. Default: found by itself. */
    instance?: string | object;
    /** Amplitude's own `$exposure` event instead of `eventName`. Default false. */
    exposure?: boolean;
}
/** Which Amplitude: its name, itself, or settings for it. */
type AmplitudeSetting = string | object | AmplitudeSettings;
/**
 * The settings of a site, all of them optional. An unknown name or a wrong value leaves the default; the console gets one
 * warning, and `status().problems` lists it. A list of `flags` is used although an entry is wrong: the default would
 * forward all flags.
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
    /** Name of the event, at most 250 characters. Empty: no events. Default `Experiment Viewed`. */
    eventName?: string;
    /** Keys of the flags to forward, as a list or separated by commas; a `*` at the end matches the rest. Default: all. */
    flags?: readonly string[] | string;
    /** Forward only decisions for which Optimizely dispatched an impression. Default false. */
    impressionsOnly?: boolean;
    /**
     * How often an identical decision (user, flag, variation, rule, enabled) is forwarded. `page`: once per page and session.
     * `session`: once per session, across its pages and tabs. `none`: each time. Default `page`.
     */
    dedupe?: 'page' | 'session' | 'none';
    /**
     * Extra event properties, as a list or separated by commas: the user id that Optimizely decided for, which may be
     * personal; the ids of experiment and variation, from SDK 6 on; whether Optimizely sent an impression. Default none.
     */
    include?: readonly IncludedProperty[] | string;
    /** A function, or the name of a global one, that may change events or leave them out. */
    beforeSend?: BeforeSend | string;
    /** Events handed over in any minute, 1 to 60. Default 40: FullStory accepts 60, and the page's own events share them. */
    eventsPerMinute?: number;
    /** Events kept while they cannot be sent, 1 to 99,999; then the oldest are dropped. Default 1000. */
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
/** The outcome of a decision so far. {@link DecisionCounts} explains each one. */
type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped' | 'waiting';
/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`. Sending a decision
 * again to a new session changes none of them.
 */
interface DecisionCounts {
    seen: number;
    /** Handed over while a session ran. */
    sent: number;
    /** Identical to a decision that this session already has, or will get. */
    duplicate: number;
    /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
    ignored: number;
    /** Queued until a session runs and the rate limits allow. */
    waiting: number;
    /**
     * Not handed over, and no longer waiting: more than `bufferSize` were waiting; the destination threw for it each time;
     * or another user signed in before it could be sent, and the flag was decided again for that user.
     */
    dropped: number;
    /** The number of `seen` decisions that were made before the bridge, or the stub, listened. */
    recovered: number;
}
/** One of the latest decisions, without the user. Its flag key is empty if it could not be read as a decision. */
interface RecentDecision extends Omit<Decision, 'userId'> {
    /** As counted: sending it again to a later session changes nothing. */
    outcome: Outcome;
    /** When it was handed over or left out, in ms since 1970; null while it waits. */
    settledAt: number | null;
}
/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
interface SdkStatus {
    state: 'missing' | 'waiting' | 'ready' | 'failed';
    /** Why it failed, in the SDK's words. */
    reason?: string;
}
/** Problem codes, without those of destinations. `docs/troubleshooting.md` has a section for each, the inspector a sentence. */
type BridgeProblem = 'client-missing' | 'client-invalid' | 'client-late' | 'sdk-not-ready' | 'global-locked' | 'decision-invalid' | 'before-send' | 'property-name-rule' | 'property-limit' | 'child-frame' | 'storage' | 'setting-unknown' | 'setting-wrong' | 'settings-late' | 'legacy-calls' | 'client-shared';
/** Problems of a destination. */
type DestinationProblem = 'absent' | 'blocked' | 'refused' | 'throws';
/** A problem code. Those of a destination begin with its name in lower case, as in `fullstory-blocked`. */
type ProblemCode = BridgeProblem | `${string}-${DestinationProblem}`;
/** A code, some with a detail after a colon. */
type Problem = ProblemCode | `${ProblemCode}:${string}`;
/** The status of one destination. */
interface DestinationStatus {
    /** For example `FullStory`. */
    name: string;
    /** `waiting`: it is there but captures nothing yet. `refused`: its server declined to capture. */
    state: DestinationState;
    /** The name of its global, where it has one. */
    namespace: string | null;
    /** The URL of the running session, or another text that identifies it; null while none runs, or if there is none. */
    session: string | null;
    decisions: DecisionCounts;
    /** The latest 50 decisions, the oldest first. Repeats are only counted: they would push out the others. */
    recent: RecentDecision[];
}
/** The status of a bridge. The first destination's status is also at the top level. */
interface Status extends Omit<DestinationStatus, 'name' | 'state'> {
    version: string;
    /** Number of Optimizely clients listened to. */
    clients: number;
    sdk: SdkStatus;
    /** All destinations, in the order of `createBridge`. */
    destinations: DestinationStatus[];
    /** The problem codes, without duplicates. */
    problems: Problem[];
    /** The first destination's state. */
    fullstory: DestinationState;
}

/** Puts something back as it was. */
type Undo = () => void;

/** The most calls of a kind in any 60 s, and in any 1 s. */
type Rate = readonly [perMinute: number, perSecond: number];
/** The limits of a destination. A missing one means no limit. */
interface Limits {
    readonly events?: Rate;
    /** Calls that set properties. */
    readonly properties?: Rate;
    /** Our share of them, because the site makes its own calls. */
    readonly ours?: {
        readonly events?: Rate;
        readonly properties?: Rate;
    };
    /** The most different properties in an account. Above that, `status().problems` has `property-limit`. */
    readonly propertyNames?: number;
}
/** The state of a destination at one moment. */
interface Sight {
    state: DestinationState;
    /** Identifies the running session among those of this page. Missing while none runs. */
    session?: string | number;
    /** Identifies the session on other pages. Missing if nothing does: then `dedupe: session` works as `page`. */
    link?: string;
    /** Whether the last session has ended, although the next one may have the same link. */
    isOver?: boolean;
    /** Whether `look()` is called from time to time, because nothing announces the session's end. Without a session it always is. */
    isPolled?: boolean;
    /** Identifies the user. When it changes, another user has signed in. */
    user?: string | number;
    /** The name of its global. */
    namespace?: string | undefined;
}
/** Additional information about an event. */
interface Moment {
    /** When the decision was made, in ms since 1970. */
    readonly at: number;
    /** A text that is equal for the same decision of the same user. It contains Optimizely's user id. */
    readonly id: string;
    /** The result of {@link Destination.who} when the decision was made. If missing, the event is for the current user. */
    readonly who?: string | undefined;
}
/** A receiver of decisions: FullStory, Amplitude, or one of the site's own. */
interface Destination {
    /** For example `FullStory`. For the console, problem codes and storage. */
    readonly name: string;
    readonly limits?: Limits;
    /** Settings that differ for this destination. */
    readonly settings?: Partial<Pick<ResolvedSettings, 'propertyName' | 'eventName' | 'dedupe'>>;
    /** Called often. Must not throw. */
    look(): Sight;
    /**
     * Calls `onChange` when a session begins or ends.
     *
     * @returns a function that stops. A later call of `watch` starts again.
     */
    watch(onChange: () => void): Undo;
    /**
     * Only for destinations that can name a user in each call. Returns the user of a decision made now as a text, with the
     * device if that matters. The decision's calls get this text. So decisions that wait during a sign-in are handed over under
     * the earlier user, and not held back. Called inside the page's `decide()`; must not throw.
     *
     * @returns undefined while the user is unknown.
     */
    who?(): string | undefined;
    /**
     * Sets properties of the user, at most 1,000. If it throws, it is called again later.
     *
     * @param who as in {@link Moment}.
     */
    setProperties(properties: Record<string, string>, who?: string): void;
    /** Tracks an event. If it throws, it is called again later, three times at most while other calls succeed. */
    trackEvent(event: AnalyticsEvent, moment: Moment): void;
    /** The page is being left or hidden, and may not come back: sends everything that waits. */
    flush?(): void;
    /** Whether the destination accepts a property of this name. Not called for the default name. */
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
    /** Whether the stub saw its creation. If not, the page has handed it over. */
    sawCreation: unknown,
    /** When recording began, in ms since 1970; undefined if its SDK cannot be recorded. */
    since: number | undefined
];
/** A DECISION notification as a centre sent it. */
type Recording = [center: unknown, notification: unknown, at: number];
/**
 * The stub's recordings, in the global `optimizelyStub`. Stub and script may have different versions, so these lists are
 * a format. A script changes nothing in them, because another script may come later. It only wraps the first one's `push`,
 * because the page may go on using functions that it has taken from the stub.
 */
type Recordings = readonly [
    /** In the order of their arrival. If a client is there twice, the first entry counts. */
    clients: readonly RecordedClient[],
    /** In order, the newest 1,000 at most. */
    heard: readonly Recording[],
    /** Stop recording, and put the patched methods and globals back. */
    undos: readonly Undo[]
];
/** The global `optimizelyStub`. */
type StubGlobal = readonly [
    ...recordings: Recordings,
    /** Records a client, and returns it. For settings that the page assigns before a second stub. */
    connect: (client: unknown) => unknown
];
declare global {
    interface Window {
        optimizelyStub?: StubGlobal;
    }
}

/** A running bridge: the result of `createBridge`, and the global `optimizelyFullStory` of the script. */
interface Bridge {
    /** The version of this package. */
    readonly version: string;
    /**
     * Listens to a client at once. A second call for it does nothing. For anything but a client, `status().problems` has
     * `client-invalid`.
     *
     * @returns the client itself.
     */
    connect<Client extends OptimizelyClient | null | undefined>(client: Client): Client;
    /**
     * Takes one or more decisions made elsewhere, for example on a server: `OptimizelyDecision` objects, or JSON in camelCase
     * or snake_case. They are filtered, deduplicated, queued and handed over like those made here. Without a flag key or
     * `enabled` they count as ignored, and `status().problems` has `decision-invalid`.
     *
     * @param userId the user of the decisions, if they do not contain it.
     */
    record(decisions: unknown, userId?: string | number): void;
    /** Returns the state of the SDK and the destinations, and counts of decisions. */
    status(): Status;
    /** Removes all listeners, timers and patches. The queue stays, and a later `connect` goes on with it. */
    disconnect(): void;
}

/** A destination, or what makes one for a bridge. */
type DestinationSource = Destination | DestinationSetup;

/**
 * Amplitude: SDK 1.0 and newer, the Tag Manager template's, unified, and the legacy SDK 5 to 8. It is looked up at each
 * call.
 *
 * @param setting its name, its instance or module, or settings. Default: the bridge's setting `amplitude`.
 */
declare function amplitude(setting?: AmplitudeSetting): DestinationSetup;

/**
 * FullStory. Its global is looked up at each call, and never created: the snippet does not install itself if the name is
 * taken.
 */
declare function fullstory(): DestinationSetup;

/** {@link Settings} for an app that hands its client over. Nothing is looked up by name. */
interface ModuleSettings extends Omit<Settings, 'client'> {
    client?: OptimizelyClient;
}
/**
 * Starts a bridge for an app that has its Optimizely client. It looks for no client and defines no global. On a server, in a
 * worker and without a destination it does nothing.
 *
 * @param destinations FullStory, and any of the site's own. `status()` also has the first one's state at its top level.
 * @example
 * const bridge = createBridge();
 * const client = bridge.connect(createInstance({ projectConfigManager }));
 */
declare function createBridge(settings?: ModuleSettings, destinations?: readonly DestinationSource[]): Bridge;

export { amplitude, createBridge, fullstory };
export type { AmplitudeSetting, AmplitudeSettings, AnalyticsEvent, BeforeSend, Bridge, BridgeProblem, Decision, DecisionCounts, Destination, DestinationProblem, DestinationSetup, DestinationSource, DestinationState, DestinationStatus, IncludedProperty, Limits, ModuleSettings, Moment, NotificationCenter, OptimizelyClient, Outcome, Problem, ProblemCode, Rate, RecentDecision, ResolvedSettings, SdkStatus, Settings, Sight, Status, Undo };
