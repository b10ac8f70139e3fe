import type { OptimizelyClient } from '../client.ts';
import type { Decision } from '../decision.ts';
import { createLane, type Lane } from '../delivery/lane.ts';
import type { Destination, DestinationSetup } from '../destinations/destination.ts';
import { createDecisionListener } from '../optimizely/listener.ts';
import { readJson } from '../optimizely/read-decision.ts';
import { callGlobal } from '../page/call-global.ts';
import { listen } from '../page/listen.ts';
import { createTimers, type Timers } from '../page/timers.ts';
import { warn } from '../page/warn.ts';
import { type BeforeSend, readSettings } from '../settings.ts';
import { type DestinationStatus, type Problem, problemOf, type Status } from '../status.ts';
import type { Undo } from '../undo.ts';
import { version } from '../version.ts';

/** A running bridge: what `createBridge` returns, and what the drop-in keeps as `optimizelyFullStory`. */
export interface Bridge {
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

/** What brings clients to a bridge: it is given what they are to be brought with. */
export interface Attachment {
  /** What the site set: the client, or the (dotted) name of the global that holds it. */
  readonly client: OptimizelyClient | string | null;
  readonly timers: Timers;
  /** Listens to a client. Returns whether it is one. */
  connect(client: unknown, isNew?: boolean): boolean;
  tell(problem: Problem): void;
}

/** A destination, or what makes one for a bridge. */
export type DestinationSource = Destination | DestinationSetup;

/**
 * Starts a bridge: optimizely → a lane for each destination.
 *
 * @param sources settings as the site wrote them, the weakest first.
 * @param attach brings the clients that nobody hands to `connect`; returns how to stop.
 */
export function createBridge(
  sources: readonly unknown[],
  destinations: readonly [DestinationSource, ...DestinationSource[]],
  attach: (attachment: Attachment) => Undo,
): Bridge {
  const problems: Problem[] = [];
  const tell = (code: Problem) => {
    if (problems.indexOf(code) < 0) problems.push(code);
  };
  const timers = createTimers();
  const settings = readSettings(sources, tell);
  const { beforeSend } = settings;

  // The site's own mistakes, each once.
  problems.forEach((code) => {
    warn(code);
  });

  const lanes: Lane[] = destinations.map((source) =>
    createLane(
      typeof source === 'function' ? source(settings, tell) : source,
      settings,
      // Looked up when it is called: pages define theirs late.
      typeof beforeSend === 'string'
        ? (event, decision) => callGlobal(beforeSend, event, decision) as ReturnType<BeforeSend>
        : beforeSend,
      timers,
      tell,
      readJson,
    ),
  );

  function everyLane(run: (lane: Lane) => void): void {
    lanes.forEach(run);
  }

  function take(decision: Decision, isRecovered?: boolean, mayBeKnown?: boolean): void {
    everyLane((lane) => lane.take_(decision, isRecovered, mayBeKnown));
  }

  const listener = createDecisionListener(take);
  let undos: Undo[] = [];

  function isHidden(): boolean {
    return document.visibilityState === 'hidden';
  }

  function hide(): void {
    everyLane((lane) => lane.hide_());
  }

  function show(): void {
    everyLane((lane) => lane.show_(!isHidden()));
  }

  function start(): void {
    if (undos[0]) return;
    undos = [
      listen(window, 'pagehide', () => everyLane((lane) => lane.leave_())),
      listen(window, 'pageshow', () => {
        listener.rearm_();
        show();
      }),
      listen(document, 'visibilitychange', () => {
        if (isHidden()) hide();
        else show();
      }),
      // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
      listen(document, 'freeze', hide),
    ];
    everyLane((lane) => lane.start_());
  }

  show();
  start();
  const stopAttaching = attach({
    client: settings.client,
    timers,
    connect: (candidate, isNew) => !!undos[0] && listener.listenTo_(candidate, isNew),
    tell,
  });

  return {
    version,
    connect(candidate) {
      start();
      if (!listener.listenTo_(candidate)) tell('client-invalid');
      return candidate;
    },
    record(decisions, userId) {
      start();
      ([] as unknown[]).concat(decisions).forEach((json) => {
        take(readJson(json, userId, Date.now()));
      });
    },
    status() {
      const statuses = lanes.map((lane) => lane.status_());
      const sdk = listener.readiness_();
      const clients = listener.count_();
      const first = statuses[0] as DestinationStatus;
      const codes: Problem[] = problems.slice();
      statuses.forEach(({ name, state }) => {
        if (state === 'absent' || state === 'blocked' || state === 'refused') {
          codes.push(problemOf(name, state));
        }
      });
      if (!clients && !first.decisions.seen) codes.push('client-missing');
      if (listener.hearsOnlyLegacy_()) codes.push('legacy-calls');
      if (sdk.reason) codes.push('sdk-not-ready');
      return {
        version,
        clients,
        sdk,
        destinations: statuses,
        problems: codes,
        fullstory: first.state,
        namespace: first.namespace,
        session: first.session,
        decisions: first.decisions,
        recent: first.recent,
      };
    },
    disconnect() {
      stopAttaching();
      listener.leaveAll_();
      everyLane((lane) => lane.stop_());
      undos.forEach((undo) => {
        undo();
      });
      undos = [];
    },
  };
}
