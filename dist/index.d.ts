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
 * decision has no rule, and only SDK 6 tells ids.
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
/** What stands between the page and the destination's sessions. */
type DestinationState = 'absent' | 'loading' | 'blocked' | 'waiting' | 'capturing' | 'refused';

/** What became of a decision so far; {@link DecisionCounts} tells what each one means. */
type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped' | 'waiting';
/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`; sending a decision
 * once more to a new session counts as neither.
 */
interface DecisionCounts {
    seen: number;
    /** Handed over to FullStory while a session ran. */
    sent: number;
    /** Identical to one that this session already has, or will get. */
    duplicate: number;
    /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
    ignored: number;
    /** Kept until a FullStory session runs or the pace allows. */
    waiting: number;
    /** Given up because more than `bufferSize` were waiting. */
    dropped: number;
    /** Those among `seen` that were made before the bridge listened. */
    recovered: number;
}
/** One of the latest decisions, with nothing personal in it. */
interface RecentDecision {
    /** Empty for what is no decision. */
    flagKey: string;
    variationKey: string | null;
    ruleKey: string | null;
    enabled: boolean;
    /** When it was made, in ms since 1970. */
    at: number;
    /** As counted: telling a later session once more changes nothing. */
    outcome: Outcome;
    /** When it was handed over or left out, in ms since 1970; null while it waits. What is a duplicate was left out as it was made. */
    settledAt: number | null;
}
/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
interface SdkStatus {
    state: 'missing' | 'waiting' | 'ready' | 'failed';
    /** Why it failed, in the SDK's words. */
    reason?: string;
}
/** What can be wrong. `docs/troubleshooting.md` has a section for each, and the inspector a sentence. */
type ProblemCode = 'fullstory-absent' | 'fullstory-blocked' | 'fullstory-refused' | 'fullstory-throws' | 'client-missing' | 'client-invalid' | 'client-late' | 'sdk-not-ready' | 'global-locked' | 'decision-invalid' | 'before-send' | 'property-name-rule' | 'child-frame' | 'storage' | 'setting-unknown' | 'setting-wrong';
/** A code, some with a detail after a colon. */
type Problem = ProblemCode | `${ProblemCode}:${string}`;
/** Everything there is to know about a bridge at one moment. */
interface Status {
    version: string;
    /** `waiting`: FullStory is there but captures nothing yet. `refused`: its server declined to capture. */
    fullstory: DestinationState;
    /** The name of FullStory's global. */
    namespace: string;
    /** The URL of the running FullStory session, or null. */
    session: string | null;
    /** Number of Optimizely clients listened to. */
    clients: number;
    sdk: SdkStatus;
    decisions: DecisionCounts;
    /** The latest 50 decisions, the oldest first. */
    recent: RecentDecision[];
    /** What is wrong. */
    problems: Problem[];
}

/** Extra event properties that join FullStory's events with Optimizely's export. */
type IncludedProperty = 'user_id' | 'experiment_id' | 'variation_id' | 'dispatched';
/**
 * Sees each event before it is handed over, once.
 *
 * @returns the event, changed or not, or `false` to leave the decision out altogether (event and user
 * property). Anything else, or throwing, lets the unchanged event through and is told in `problems`.
 */
type BeforeSend = (event: AnalyticsEvent, decision: Decision) => AnalyticsEvent | false;
/**
 * What a site may set, each one optional. An unknown name or a wrong value is warned of once in the console,
 * listed in `status().problems`, and the default holds.
 */
interface Settings {
    /** The client, or the (dotted) name of the global that holds it. Without it clients are found by themselves. */
    client?: OptimizelyClient | string;
    /** Name of FullStory's global. Default: `_fs_namespace`, then the FullStory script tag's, then `FS`. */
    namespace?: string;
    /** User property per flag; `{flag}` stands for the flag key. Empty: none. Default `[Optimizely] {flag}`. */
    propertyName?: string;
    /** Name of the event, at most 250 characters. Empty: no events. Default `Experiment Viewed`. */
    eventName?: string;
    /** Flag keys to forward, as a list or separated by commas; a trailing `*` matches the rest. Default: all. */
    flags?: readonly string[] | string;
    /** Forward only decisions for which Optimizely dispatched an impression. Default false. */
    impressionsOnly?: boolean;
    /** How often an identical decision is forwarded. Default `page`: once per page and FullStory session. */
    dedupe?: 'page' | 'session' | 'none';
    /** Extra event properties, as a list or separated by commas. Default none. */
    include?: readonly IncludedProperty[] | string;
    /** A function, or the name of a global one, that may change events or leave them out. */
    beforeSend?: BeforeSend | string;
    /** Events handed over in any minute, 1 to 60. Default 40 of the 60 that FullStory accepts. */
    eventsPerMinute?: number;
    /** Events kept while they cannot be sent, 1 to 99,999. Default 1000. */
    bufferSize?: number;
    /** Keep what could not be sent in `sessionStorage` for the next page of this tab. Default false. */
    persist?: boolean;
    /** Explain each step in the console. Default false. */
    debug?: boolean;
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
     * many. They are filtered, deduplicated, kept and paced as those made here. What has no flag key, or does not say
     * whether it is enabled, counts as ignored and is told in `status().problems` (`decision-invalid`).
     *
     * @param userId the user whom they were made for, where they do not say it themselves.
     */
    record(decisions: unknown, userId?: string): void;
    /** Tells what the bridge sees and what it did. */
    status(): Status;
    /** Removes every listener, timer and patch. What waits is kept; a later `connect` goes on with it. */
    disconnect(): void;
}

/** {@link Settings} where the page hands its client over itself: nothing is looked up by name. */
interface ModuleSettings extends Omit<Settings, 'client'> {
    client?: OptimizelyClient;
}
/**
 * Starts a bridge for an app that has its Optimizely client at hand. Looks for no client and defines no global;
 * on a server it does nothing.
 *
 * @example
 * const bridge = createBridge();
 * const client = bridge.connect(createInstance({ projectConfigManager }));
 */
declare function createBridge(settings?: ModuleSettings): Bridge;

export { createBridge };
export type { AnalyticsEvent, BeforeSend, Bridge, Decision, DecisionCounts, DestinationState, IncludedProperty, ModuleSettings, NotificationCenter, OptimizelyClient, Outcome, Problem, ProblemCode, RecentDecision, SdkStatus, Settings, Status };
