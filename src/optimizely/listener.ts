import type { NotificationCenter, OptimizelyClient } from '../client.ts';
import { type Decision, type Origin, RECORDED, RECOVERED } from '../decision.ts';
import { ownMembersOnly } from '../page/own-members.ts';
import { documentStart } from '../page/steady-clock.ts';
import type { Recordings } from '../recordings.ts';
import type { Problem, SdkStatus, Status } from '../status.ts';
import type { Undo } from '../undo.ts';
import { packageName } from '../version.ts';
import { callAfter, type Methods } from './call-after.ts';
import { readDecision } from './read-decision.ts';
import { readImpressions } from './read-impressions.ts';
import { awaitReady, type Readiness } from './readiness.ts';

/** The age in ms that an impression may have when listening begins. Older ones are of another tab or an earlier page. */
export const OLDEST = 5000;

/**
 * How many notifications and impressions are remembered. One notification may come from two centres of a client, and the
 * SDK sends a failed batch again.
 */
const REMEMBERED = 500;

/**
 * How many clients are listened to: the latest ones. A page may make one at each of its visits, and a facade may return a new
 * notification centre at each read.
 */
const MOST_CLIENTS = 99;

/** How often a client that refuses listeners is asked again. The React SDK writes a warning each time. */
const MOST_REFUSALS = 30;

/** The part of a DECISION notification that the bridge reads. All of it may be missing. */
interface DecisionNotification {
  type: string;
  userId?: unknown;
  decisionInfo: Record<string, unknown>;
}

interface Connection extends Readiness {
  readonly center_: NotificationCenter;
  listen_(): void;
  leave_(): void;
}

/** Listens to the decisions of clients. */
export interface DecisionListener {
  /**
   * Listens to a client at once, and once per notification centre (the clients that React wraps share one).
   *
   * @param client anything. In React's wrappers the centre is behind a getter.
   * @param isNew whether it cannot have decided yet, so there is nothing to catch up.
   * @param isLate whether it existed before the script.
   * @returns whether it is a client, and the bridge listens to it.
   */
  listenTo_(client: unknown, isNew?: boolean, isLate?: boolean): boolean;
  /** The number of clients listened to, and whether they have their datafiles. */
  status_(): Pick<Status, 'clients' | 'sdk'>;
  /** Whether only the SDK's legacy calls were heard, which make no flag decision. */
  hearsOnlyLegacy_(): boolean;
  /** Listens to all clients again. Some lose their listeners when the page enters the back/forward cache. */
  rearm_(): void;
  leaveAll_(): void;
}

/**
 * Shared by all bridges that listen to a client: for each destination, the last notification that was taken for it. It is
 * a function with properties, because Vue would make an object reactive, and render the page again for each decision.
 */
type Claims = Record<string, unknown>;

/**
 * Gets each flag decision. One that cannot be read has an empty flag key.
 *
 * @param origin how it came, if it was made before the bridge listened.
 * @param mayBeKnown whether it may have been heard already, from this client or another one.
 * @param claims gets the notification for each destination that will certainly get the decision.
 * @param notification the one that told of the decision.
 */
export type Hear = (
  decision: Decision,
  origin?: Origin,
  mayBeKnown?: boolean,
  claims?: Claims,
  notification?: unknown,
) => void;

/** Undefined if there is none: a page may offer anything, also a proxy that throws. */
function centerOf(client: unknown): NotificationCenter | undefined {
  try {
    return (client as OptimizelyClient).notificationCenter;
  } catch {
    // Not a client.
  }
  return undefined;
}

/**
 * @param tell adds a code to `status().problems`, once.
 * @param recordings the stub's. Those of a client are heard as soon as the bridge listens to it.
 */
export function createDecisionListener(
  hear: Hear,
  tell: (problem: Problem) => void,
  [recordedClients, recorded]: Recordings,
): DecisionListener {
  const connections: Connection[] = [];
  /** All centres so far. There is nothing to catch up a second time. */
  const met: NotificationCenter[] = [];
  /** The latest centres that refused a listener, once for each refusal. */
  const refusing: NotificationCenter[] = [];
  /** The latest notifications, and uuids of impressions. */
  const recent: unknown[] = [];
  let hearsFlags = false;
  let hearsLegacy = false;

  function remember(list: unknown[], thing: unknown): void {
    if (list.push(thing) > REMEMBERED) list.shift();
  }

  function isKnown(thing: unknown): boolean {
    if (recent.includes(thing)) return true;
    remember(recent, thing);
    return false;
  }

  /** @returns undefined if the centre accepts no listener. */
  function connect(center: NotificationCenter, isNew: unknown, since: number): Connection | undefined {
    const undos: Undo[] = [];
    let claims = (() => {}) as unknown as Claims;
    /** The latest notification of a flag. Before the first one, no notification: a damaged one may be `undefined`. */
    let current: unknown = center;

    const connection: Connection = {
      center_: center,
      listen_: listen,
      leave_() {
        try {
          undos.forEach((undo) => {
            undo();
          });
          ids.forEach((id) => {
            center.removeNotificationListener(id);
          });
        } catch {
          // Not one of the SDK's centres.
        }
      },
    };

    // Runs inside the page's `decide()`: it must not throw, and must start no promise or timer. Angular runs change
    // detection after each of them, and a template that decides would never end.
    function hearDecision(notification: unknown, recordedAt?: number): void {
      const at = recordedAt || Date.now();
      try {
        // The script may come while the centre sends one that the stub has recorded. And Vue's `reactive()` and Proxies make
        // two centres of one.
        if (current === notification || (connections[1] && isKnown(notification))) return;
        // Whatever `onReady()` says: without a datafile the SDK makes no decision. React's says no until it knows a user.
        connection.isReady_ = true;
        const { type, userId, decisionInfo } = notification as DecisionNotification;
        // The SDK's legacy calls notify with other types.
        if (type === 'flag') {
          hearsFlags = true;
          current = notification;
          hear(readDecision(decisionInfo, userId, at), recordedAt && RECORDED, false, claims, notification);
        } else hearsLegacy = true;
      } catch {
        hear(readDecision({}, '', at));
      }
    }

    // The SDK sends impressions in batches, so a batch contains earlier decisions. It may also contain those of an earlier
    // page or another tab that had no network, and decisions that have been heard meanwhile.
    function hearLogEvent(notification: unknown): void {
      try {
        readImpressions(notification, (decision, uuid) => {
          const { at, flagKey } = decision;
          if (flagKey && at > since - OLDEST && at >= documentStart() && at <= since && !isKnown(uuid)) {
            // A client also sends another client's impressions that it finds. The first decision heard may have the same time.
            hear(decision, RECOVERED, met.length > 1 || at === since);
          }
        });
      } catch {
        // An unknown format: there is nothing to recover.
      }
    }

    /** The notifications to listen to: the type's name in SDK 6, the rest of it in SDK 4 and 5, and the listener. */
    const types: [name: string, olderEnd: string, hear: (notification: unknown) => void][] = [
      ['DECISION', ':type, userId, attributes, decisionInfo', (notification) => hearDecision(notification)],
    ];
    const isMet = met.includes(center);
    if (!isNew && !isMet) types.push(['LOG_EVENT', ':logEvent', hearLogEvent]);
    const ids: number[] = [];

    /** Listens again. A centre refuses a wrong name silently. */
    function listen(): void {
      types.forEach((type, index) => {
        try {
          let id = center.addNotificationListener(type[0], type[2]);
          if (id < 1) id = center.addNotificationListener(type[0] + type[1], type[2]);
          if (id < 1) return;
          // SDK 6 accepts the same listener twice. SDK 4 and 5 refuse it while they have it.
          if (ids[index]) center.removeNotificationListener(ids[index]);
          ids[index] = id;
        } catch {
          // A centre that the page has locked accepts no more listeners, and keeps its own.
        }
      });
    }

    listen();
    if (!ids[0]) return undefined;
    if (!isMet) {
      recorded.forEach(([from, notification, at]) => {
        if (from === center) hearDecision(notification, at);
      });
    }
    // `client.close()` calls these. SDK 5 and 6.0 also call them when the page is left, and the visitor may come back.
    ['clearAllNotificationListeners', 'clearNotificationListeners'].forEach((name) => {
      try {
        claims = (center as unknown as Record<string, Claims | undefined>)[packageName] || claims;
        Object.defineProperty(center, packageName, ownMembersOnly({ value: claims }));
        undos.push(
          callAfter(center as unknown as Methods, name, () => {
            // Not after the bridge has stopped, even if the page's own wrapper still calls this one.
            if (connections.includes(connection)) listen();
          }),
        );
      } catch {
        // A locked centre loses its listeners when it is cleared. They are added again when the page is shown again.
      }
    });
    return connection;
  }

  return {
    listenTo_(client, isNew, isLate) {
      const center = centerOf(client);
      if (connections.some((connection) => connection.center_ === center)) return true;
      // Comlink's client in a worker has functions for everything: each call of one is a message.
      if (typeof center !== 'object' || refusing.filter((one) => one === center).length > MOST_REFUSALS)
        return false;
      // By its centre: a page may hand over a facade of a client that the stub has seen.
      const [, sawCreation, since] = recordedClients.find(([one]) => centerOf(one) === center) || [];
      const connection = connect(center, isNew || (sawCreation && since), since || Date.now());
      if (!connection) {
        remember(refusing, center);
        return false;
      }
      if (isLate && !since) tell('client-late');
      remember(met, center);
      if (connections.push(connection) > MOST_CLIENTS) (connections.shift() as Connection).leave_();
      awaitReady(client as OptimizelyClient, connection);
      return true;
    },
    status_() {
      const sdk: SdkStatus = { state: connections[0] ? 'ready' : 'missing' };
      connections.forEach(({ isReady_, failure_ }) => {
        if (isReady_) return;
        if (failure_) sdk.reason = failure_;
        sdk.state = sdk.reason ? 'failed' : 'waiting';
      });
      return { clients: connections.length, sdk };
    },
    hearsOnlyLegacy_: () => hearsLegacy && !hearsFlags,
    rearm_() {
      connections.forEach((connection) => {
        connection.listen_();
      });
    },
    leaveAll_() {
      connections.splice(0).forEach((connection) => {
        connection.leave_();
      });
    },
  };
}
