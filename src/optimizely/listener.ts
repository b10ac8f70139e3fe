import type { NotificationCenter, OptimizelyClient } from '../client.ts';
import { type Decision, type Origin, RECORDED, RECOVERED } from '../decision.ts';
import { ownMembersOnly } from '../page/own-members.ts';
import { documentStart } from '../page/steady-clock.ts';
import type { Recordings } from '../recordings.ts';
import type { Status } from '../status.ts';
import type { Undo } from '../undo.ts';
import { packageName } from '../version.ts';
import { callAfter } from './call-after.ts';
import { readDecision } from './read-decision.ts';
import { readImpressions } from './read-impressions.ts';
import { awaitReady, type Readiness } from './readiness.ts';

/** Ms before listening began that an impression may have: older ones are of another tab, or were kept for long. */
const OLDEST = 5000;

/**
 * How many notifications and impressions are remembered: one notification may come by two centres of a client, and the
 * SDK sends a batch again that did not arrive.
 */
const REMEMBERED = 500;

/**
 * How many clients are listened to, the latest ones: a page may make one at each of its visits, or a notification centre
 * anew each time that it is read.
 */
const MOST_CLIENTS = 99;

/** How often a client that refuses listeners is asked again: the React SDK writes a warning each time. */
const MOST_REFUSALS = 30;

/** A DECISION notification, as far as the bridge reads it: all of it may be missing. */
interface DecisionNotification {
  type: string;
  userId?: unknown;
  decisionInfo: Record<string, unknown>;
}

interface Connection {
  readonly center_: NotificationCenter;
  listen_(): void;
  leave_(): void;
}

/** Listens to the decisions of clients. */
export interface DecisionListener {
  /**
   * Listens to a client at once, and once per notification centre (the clients that React wraps share one).
   *
   * @param client anything; React wrappers have their centre behind a getter.
   * @param isNew whether it cannot have decided yet, so that there is nothing to catch up.
   * @returns whether it is a client and listened to.
   */
  listenTo_(client: unknown, isNew?: boolean): boolean;
  /** How many clients are listened to, and whether they have their datafiles. */
  status_(): Pick<Status, 'clients' | 'sdk'>;
  /** Whether all that was heard are the SDK's legacy calls, which make no flag decision. */
  hearsOnlyLegacy_(): boolean;
  /** Listens anew to all clients: some lose their listeners when the page is kept for going back to it. */
  rearm_(): void;
  leaveAll_(): void;
}

/**
 * What the bridges that listen to a client share: for each destination, the notification that was taken for it last. It is
 * a function with properties, because Vue would make an object reactive, and draw the page anew for each decision.
 */
type Claims = Record<string, unknown>;

/**
 * Gets each flag decision; one that cannot be read has an empty flag key.
 *
 * @param claim is told each destination that is sure to get the decision.
 * @param origin how it came, where it was made before the bridge listened.
 * @param mayBeKnown whether it may have been heard already, of this client or another one.
 */
export type Hear = (
  decision: Decision,
  claim?: (destination: string) => void,
  origin?: Origin,
  mayBeKnown?: boolean,
) => void;

/**
 * @param tellShared another bridge delivers the same decision to the same destination.
 * @param recordings what the stub has recorded: heard when its client is listened to first.
 */
export function createDecisionListener(
  hear: Hear,
  tellShared: () => void,
  [recordedClients, recorded]: Recordings,
): DecisionListener {
  let connections: Connection[] = [];
  /** The centres that were ever listened to: there is nothing to catch up a second time. */
  const met: NotificationCenter[] = [];
  /** The centres that took no listener, the latest ones, once for each time. */
  const refusing: NotificationCenter[] = [];
  const readiness: Readiness = { unready_: 0 };
  /** The latest notifications, and uuids of impressions. */
  const recent: unknown[] = [];
  let hearsFlags = false;
  let hearsLegacy = false;

  function isKnown(thing: unknown): boolean {
    if (recent.indexOf(thing) >= 0) return true;
    if (recent.push(thing) > REMEMBERED) recent.shift();
    return false;
  }

  /** @returns `undefined` when the centre takes no listeners. */
  function connect(center: NotificationCenter, isNew: unknown, since: number): Connection | undefined {
    const undos: Undo[] = [];
    let claims = (() => {}) as unknown as Claims;
    /** The notification that is heard at the moment. */
    let current: unknown;

    function claim(destination: string): void {
      if (claims[destination] === current) tellShared();
      claims[destination] = current;
    }

    // Runs inside the page's `decide()`: nothing may be thrown here, and nothing awaited. Angular's zone looks at the
    // page anew after each promise and timer, and a template that decides would go on without end.
    function hearDecision(notification: unknown, at?: number): void {
      try {
        // Vue's `reactive()` and Proxies make two centres of one.
        if (connections[1] && isKnown(notification)) return;
        const { type, userId, decisionInfo } = notification as DecisionNotification;
        // The SDK's legacy calls notify with other types.
        if (type === 'flag') {
          hearsFlags = true;
          current = notification;
          hear(readDecision(decisionInfo, userId, at || Date.now()), claim, at && RECORDED);
        } else hearsLegacy = true;
      } catch {
        hear(readDecision({}, '', at || Date.now()));
      }
    }

    // The SDK sends impressions in batches: one that leaves later tells what was decided earlier. It may hold those of
    // an earlier page or of another tab, kept for want of a network, and what has been heard meanwhile.
    function hearLogEvent(notification: unknown): void {
      try {
        readImpressions(notification, (decision, uuid) => {
          const { at, flagKey } = decision;
          if (flagKey && at > since - OLDEST && at >= documentStart() && at <= since && !isKnown(uuid)) {
            // A client sends what it finds of another one's as well, and what was heard first may bear the same time.
            hear(decision, undefined, RECOVERED, met.length > 1 || at === since);
          }
        });
      } catch {
        // Another format than the SDKs of today have: there is nothing to recover.
      }
    }

    /** What is listened to: a type by its name in SDK 6, and how that goes on in SDK 4 and 5. */
    const types: [name: string, olderEnd: string, hear: (notification: unknown) => void][] = [
      ['DECISION', ':type, userId, attributes, decisionInfo', (notification) => hearDecision(notification)],
    ];
    const isMet = met.indexOf(center) >= 0;
    if (!isNew && !isMet) types.push(['LOG_EVENT', ':logEvent', hearLogEvent]);
    const ids: number[] = [];

    /** Listens anew. A wrong name is refused silently. */
    function listen(): void {
      types.forEach((type, index) => {
        try {
          let id = center.addNotificationListener(type[0], type[2]);
          if (id < 1) id = center.addNotificationListener(type[0] + type[1], type[2]);
          if (id < 1) return;
          // SDK 6 takes the same listener twice; SDK 4 and 5 refuse it while they still have it.
          if (ids[index]) center.removeNotificationListener(ids[index]);
          ids[index] = id;
        } catch {
          // A centre that the page has locked takes nothing more, and keeps what it has.
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
    const connection: Connection = {
      center_: center,
      listen_: listen,
      leave_() {
        undos.forEach((undo) => {
          undo();
        });
        try {
          ids.forEach((id) => {
            center.removeNotificationListener(id);
          });
        } catch {
          // Not a centre of the SDK's.
        }
      },
    };
    // `client.close()` goes through these, and so do SDK 5 and 6.0 when the page is left: it may be gone back to.
    ['clearAllNotificationListeners', 'clearNotificationListeners'].forEach((name) => {
      try {
        claims = (center as unknown as Record<string, Claims | undefined>)[packageName] || claims;
        Object.defineProperty(center, packageName, ownMembersOnly({ value: claims }));
        undos.push(
          callAfter(center, name, () => {
            // Not after we left, even where the page's own wrapper keeps this one in place.
            if (connections.indexOf(connection) >= 0) listen();
          }),
        );
      } catch {
        // A locked centre can be cleared; it is listened to anew when the page is shown again.
      }
    });
    return connection;
  }

  return {
    listenTo_(client, isNew) {
      try {
        const center = (client as OptimizelyClient).notificationCenter;
        if (!connections.some((connection) => connection.center_ === center)) {
          if (refusing.filter((one) => one === center).length > MOST_REFUSALS) return false;
          const [, sawCreation, since] = recordedClients.find(([one]) => one === client) || [];
          const connection = connect(center, isNew || (sawCreation && since), since || Date.now());
          if (!connection) {
            // What has no centre may get one.
            if (center) refusing.unshift(center);
            refusing.splice(REMEMBERED);
            return false;
          }
          if (connections.push(connection) > MOST_CLIENTS) (connections.shift() as Connection).leave_();
          if (met.push(center) > REMEMBERED) met.shift();
          awaitReady(client as OptimizelyClient, readiness);
        }
        return true;
      } catch {
        // Not a client, whatever it looks like.
        return false;
      }
    },
    status_: () => ({
      clients: connections.length,
      sdk: readiness.failure_
        ? { state: 'failed', reason: readiness.failure_ }
        : { state: readiness.unready_ ? 'waiting' : connections[0] ? 'ready' : 'missing' },
    }),
    hearsOnlyLegacy_: () => hearsLegacy && !hearsFlags,
    rearm_() {
      connections.forEach((connection) => {
        connection.listen_();
      });
    },
    leaveAll_() {
      const left = connections;
      connections = [];
      left.forEach((connection) => {
        connection.leave_();
      });
    },
  };
}
