import type { NotificationCenter, OptimizelyClient } from '../client.ts';
import type { Decision } from '../decision.ts';
import { documentStart } from '../page/steady-clock.ts';
import type { SdkStatus } from '../status.ts';
import type { Undo } from '../undo.ts';
import { packageName } from '../version.ts';
import { callAfter } from './call-after.ts';
import { readDecision } from './read-decision.ts';
import { readImpressions } from './read-impressions.ts';
import { createReadiness } from './readiness.ts';

/** Ms after which what is heard has no impression of the time when listening began: those are stamped a bit earlier. */
const SETTLED = 1000;

/** Ms before listening began that an impression may have: older ones are of another tab, or were kept for long. */
const OLDEST = 5000;

/** How many notifications are remembered, to tell one that comes by two centres of one client. */
const REMEMBERED_NOTIFICATIONS = 20;

/** How many impressions are remembered: the SDK sends a batch again that did not arrive. */
const REMEMBERED_IMPRESSIONS = 500;

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
  /** Number of clients listened to. */
  count_(): number;
  readiness_(): SdkStatus;
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
export type Claims = Record<string, unknown>;

/** Remembers the latest things, and tells whether something is among them. */
function createRecent<Thing>(most: number): (thing: Thing) => boolean {
  const recent: Thing[] = [];
  return (thing) => {
    if (recent.indexOf(thing) >= 0) return true;
    recent.push(thing);
    if (recent.length > most) recent.shift();
    return false;
  };
}

/**
 * @param hear gets each flag decision; one that cannot be read has an empty flag key. `isRecovered` when it was made
 * before the bridge listened; `mayBeKnown` when it may have been heard of another client; `claims` are
 * those of its client.
 */
export function createDecisionListener(
  hear: (
    decision: Decision,
    isRecovered?: boolean,
    mayBeKnown?: boolean,
    claims?: Claims,
    notification?: unknown,
  ) => void,
): DecisionListener {
  let connections: Connection[] = [];
  /** The centres that were ever listened to: there is nothing to catch up a second time. */
  const met: NotificationCenter[] = [];
  const readiness = createReadiness();
  const isKnownNotification = createRecent<unknown>(REMEMBERED_NOTIFICATIONS);
  const isKnownImpression = createRecent<string>(REMEMBERED_IMPRESSIONS);
  let flagDecisions = 0;
  let legacyCalls = 0;

  /** @returns `undefined` when the centre takes no listeners. */
  function connect(center: NotificationCenter, isNew?: boolean): Connection | undefined {
    const since = Date.now();
    /** The flags of what was heard since, of legacy calls too, while it may bear the same time as what was not. */
    const heard: unknown[] = [];
    const undos: Undo[] = [];
    const catchesUp = !isNew && met.indexOf(center) < 0;
    let decisionId = 0;
    let logEventId = 0;
    let claims = (() => {}) as unknown as Claims;

    // Runs inside the page's `decide()`: nothing may be thrown here, and nothing awaited. Angular's zone looks at the
    // page anew after each promise and timer, and a template that decides would go on without end.
    function hearDecision(notification: unknown): void {
      const now = Date.now();
      try {
        // Vue's `reactive()` and Proxies make two centres of one.
        if (connections[1] && isKnownNotification(notification)) return;
        const { type, userId, decisionInfo } = notification as DecisionNotification;
        if (now - since < SETTLED) heard.push(decisionInfo.flagKey || decisionInfo.featureKey);
        // The SDK's legacy calls notify with other types.
        if (type === 'flag') {
          flagDecisions++;
          hear(readDecision(decisionInfo, userId, now), false, false, claims, notification);
        } else legacyCalls++;
      } catch {
        hear(readDecision({}, '', now));
      }
    }

    // The SDK sends impressions in batches: one that leaves later tells what was decided earlier. It may hold those of
    // an earlier page or of another tab, kept for want of a network, and what has been heard meanwhile.
    function hearLogEvent(notification: unknown): void {
      try {
        readImpressions(notification, (decision, uuid) => {
          const { at, flagKey } = decision;
          if (
            flagKey &&
            at > since - OLDEST &&
            at >= documentStart() &&
            (at < since || (at === since && heard.indexOf(flagKey) < 0)) &&
            !isKnownImpression(uuid)
          ) {
            // A client sends what it finds of another one's as well.
            hear(decision, true, met.length > 1);
          }
        });
      } catch {
        // Another format than the SDKs of today have: there is nothing to recover.
      }
    }

    /**
     * Listens anew, under the type's name in SDK 6, else under its name in SDK 4 and 5. A wrong name is refused
     * silently.
     *
     * @returns the listener's id from now on; 0 or less when it was refused and there was none.
     */
    function renew(
      id: number,
      type: string,
      olderEnd: string,
      hearIt: (notification: unknown) => void,
    ): number {
      try {
        let renewed = center.addNotificationListener(type, hearIt);
        if (renewed < 1) renewed = center.addNotificationListener(type + olderEnd, hearIt);
        if (renewed < 1) return id;
        // SDK 6 takes the same listener twice; SDK 4 and 5 refuse it while they still have it.
        if (id) center.removeNotificationListener(id);
        return renewed;
      } catch {
        // A centre that the page has locked takes nothing more, and keeps what it has.
        return id;
      }
    }

    function listen(): void {
      decisionId = renew(decisionId, 'DECISION', ':type, userId, attributes, decisionInfo', hearDecision);
      if (catchesUp) logEventId = renew(logEventId, 'LOG_EVENT', ':logEvent', hearLogEvent);
    }

    listen();
    if (decisionId < 1) return undefined;
    const connection: Connection = {
      center_: center,
      listen_: listen,
      leave_() {
        undos.forEach((undo) => {
          undo();
        });
        try {
          center.removeNotificationListener(decisionId);
          center.removeNotificationListener(logEventId);
        } catch {
          // Not a centre of the SDK's.
        }
      },
    };
    // `client.close()` goes through these, and so do SDK 5 and 6.0 when the page is left: it may be gone back to.
    ['clearAllNotificationListeners', 'clearNotificationListeners'].forEach((name) => {
      try {
        claims = (center as unknown as Record<string, Claims | undefined>)[packageName] || claims;
        Object.defineProperty(center, packageName, { value: claims });
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
          const connection = connect(center, isNew);
          if (!connection) return false;
          connections.push(connection);
          met.push(center);
          readiness.await_(client as OptimizelyClient);
        }
        return true;
      } catch {
        // Not a client, whatever it looks like.
        return false;
      }
    },
    count_: () => connections.length,
    readiness_: () => readiness.status_(connections.length > 0),
    hearsOnlyLegacy_: () => legacyCalls > 0 && !flagDecisions,
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
