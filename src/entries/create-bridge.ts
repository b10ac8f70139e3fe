import type { OptimizelyClient } from '../client.ts';
import { createLane, type Lane } from '../delivery/lane.ts';
import type { DestinationSetup } from '../destinations/destination.ts';
import { createDecisionListener, type Hear } from '../optimizely/listener.ts';
import { readJson } from '../optimizely/read-decision.ts';
import { write } from '../page/console.ts';
import { listen } from '../page/listen.ts';
import { createTimers, type Timers } from '../page/timers.ts';
import type { Recordings } from '../recordings.ts';
import { readSettings } from '../settings.ts';
import { type DestinationStatus, type Problem, problemOf, type Status } from '../status.ts';
import type { Undo } from '../undo.ts';
import { version } from '../version.ts';

/** A running bridge: the result of `createBridge`, and the global `optimizelyFullStory` of the script. */
export interface Bridge {
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

/**
 * Brings clients to a bridge.
 *
 * @param client the site's setting: the client, or the (dotted) name of the global that holds it.
 * @param connect listens to a client. Returns whether it is one.
 * @param tell adds a code to `status().problems`, once.
 * @returns a function that stops.
 */
export type Attach = (
  client: OptimizelyClient | string | null,
  connect: (client: unknown, isNew?: boolean, isLate?: boolean) => boolean,
  tell: (problem: Problem) => void,
  timers: Timers,
) => Undo;

/**
 * Starts a bridge: a listener, and a lane for each destination.
 *
 * @param sources the site's settings. Later sources override earlier ones.
 * @param attach finds the clients that the page does not hand to `connect`.
 * @param recordings the stub's, or empty ones.
 */
export function createBridge(
  sources: readonly unknown[],
  destinations: readonly [DestinationSetup, ...DestinationSetup[]],
  attach: Attach,
  recordings: Recordings,
): Bridge {
  const problems: Problem[] = [];
  const tell = (code: Problem) => {
    if (!problems.includes(code)) problems.push(code);
  };
  const timers = createTimers();
  const settings = readSettings(sources, tell);

  const lanes: Lane[] = destinations.map((setUp) =>
    createLane(setUp(settings, tell), settings, timers, tell, readJson),
  );
  // Mistakes in the settings, also in a destination's own, each once.
  problems.forEach((code) => {
    write('warn', code);
  });

  const take: Hear = (decision, origin, mayBeKnown, claims, notification) => {
    // Not `forEach`: the page's `decide()` waits for this.
    for (let index = 0; index < lanes.length; index++) {
      const lane = lanes[index] as Lane;
      if (lane.take_(decision, origin, mayBeKnown) && claims) {
        if (claims[lane.destination_] === notification) tell('client-shared');
        claims[lane.destination_] = notification;
      }
    }
  };

  const listener = createDecisionListener(take, tell, recordings);
  /** Stops listening for the page's return. Undefined while the bridge does not run. */
  let stopRearming: Undo | undefined;

  function start(): void {
    if (stopRearming) return;
    stopRearming = listen(window, 'pageshow', listener.rearm_);
    lanes.forEach((lane) => {
      lane.start_();
    });
  }

  start();
  const stopAttaching = attach(
    settings.client,
    (candidate, isNew, isLate) => !!stopRearming && listener.listenTo_(candidate, isNew, isLate),
    tell,
    timers,
  );

  return {
    version,
    connect(candidate) {
      start();
      if (!listener.listenTo_(candidate)) tell('client-invalid');
      return candidate;
    },
    record(decisions, userId) {
      start();
      try {
        ([] as unknown[]).concat(decisions).forEach((json) => {
          take(readJson(json, userId, Date.now()));
        });
      } catch {
        // A proxy or a getter of the page's.
        take(readJson(null, '', Date.now()));
      }
    },
    status() {
      const statuses = lanes.map((lane) => lane.status_());
      const heard = listener.status_();
      const first = statuses[0] as DestinationStatus;
      const codes: Problem[] = problems.slice();
      statuses.forEach(({ name, state }) => {
        if (state === 'absent' || state === 'blocked' || state === 'refused') {
          codes.push(problemOf(name, state));
        }
      });
      if (!heard.clients && !first.decisions.seen) codes.push('client-missing');
      if (listener.hearsOnlyLegacy_()) codes.push('legacy-calls');
      if (heard.sdk.reason) codes.push('sdk-not-ready');
      return Object.assign({}, first, heard, {
        version,
        destinations: statuses,
        problems: codes,
        fullstory: first.state,
      });
    },
    disconnect() {
      stopAttaching();
      listener.leaveAll_();
      lanes.forEach((lane) => {
        lane.stop_();
      });
      if (stopRearming) stopRearming();
      stopRearming = undefined;
    },
  };
}
