import type { Decision } from '../decision.ts';
import type { SdkStatus } from '../status.ts';
import type { Undo } from '../undo.ts';
import type { NotificationCenter, OptimizelyClient } from './client.ts';
import { readDecision } from './read-decision.ts';
import { readImpressions } from './read-impressions.ts';
import { replaceMethod } from './replace-method.ts';

/** Ms after which what is heard has no impression of the time when listening began: those are stamped a bit earlier. */
const SETTLED = 1000;

/** A DECISION notification, as far as the bridge reads it: all of it may be missing. */
interface DecisionNotification {
  type: string;
  userId?: unknown;
  decisionInfo: Record<string, unknown>;
}

interface Connection {
  listen(): void;
  leave(): void;
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
  listenTo(client: unknown, isNew?: boolean): boolean;
  /** Number of clients listened to. */
  count(): number;
  /** Readiness of the clients together. */
  readiness(): SdkStatus;
  /** Listens anew to all clients: some lose their listeners when the page is kept for going back to it. */
  rearm(): void;
  leaveAll(): void;
}

/**
 * @param hear gets each flag decision; one that cannot be read has an empty flag key. `isRecovered` when it was made
 * before the bridge listened; `mayBeKnown` when it may have been heard of another client.
 */
export function createDecisionListener(
  hear: (decision: Decision, isRecovered?: boolean, mayBeKnown?: boolean) => void,
): DecisionListener {
  const connections = new Map<NotificationCenter, Connection>();
  /** The centres that were ever listened to: there is nothing to catch up a second time. */
  const met = new Set<NotificationCenter>();
  let unready = 0;
  let failure: string | undefined;

  /** Awaits `onReady()` only to tell of it: SDK 4 and 5 resolve with `{ success, reason }`, SDK 6 rejects. */
  function awaitReady(client: OptimizelyClient): void {
    unready++;
    Promise.resolve()
      .then(() => client.onReady && client.onReady())
      .then((result) => {
        const { success, reason } = (result || {}) as { success?: unknown; reason?: unknown };
        if (success === false) throw reason;
      })
      .catch((error: unknown) => {
        failure = '' + ((error && (error as Error).message) || error);
      })
      .then(() => {
        unready--;
      });
  }

  /** @returns `undefined` when the centre takes no listeners. */
  function connect(center: NotificationCenter, isNew: boolean | undefined): Connection | undefined {
    const since = Date.now();
    /** The flags of what was heard since, of legacy calls too, while it may bear the same time as what was not. */
    const heard = new Set<unknown>();
    const undos: Undo[] = [];
    const catchesUp = !isNew && !met.has(center);
    let decisionId = 0;
    let logEventId = 0;

    // Runs inside the page's `decide()`: nothing may be thrown here, and nothing awaited. Angular's zone looks at the
    // page anew after each promise and timer, and a template that decides would go on without end.
    function hearDecision(notification: unknown): void {
      const now = Date.now();
      try {
        const { type, userId, decisionInfo } = notification as DecisionNotification;
        if (now - since < SETTLED) heard.add(decisionInfo.flagKey || decisionInfo.featureKey);
        // The SDK's legacy calls notify with other types.
        if (type === 'flag') hear(readDecision(decisionInfo, userId, now));
      } catch {
        hear(readDecision({}, '', now));
      }
    }

    // The SDK sends impressions in batches: one that leaves later tells what was decided earlier. It may hold those of
    // an earlier page, kept for want of a network, and what has been heard meanwhile.
    function hearLogEvent(notification: unknown): void {
      try {
        readImpressions(notification).forEach((decision) => {
          const { at, flagKey } = decision;
          if (
            flagKey &&
            at >= performance.timeOrigin &&
            (at < since || (at === since && !heard.has(flagKey)))
          ) {
            // A client sends what it finds of another one's as well.
            hear(decision, true, met.size > 1);
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
        // SDK 6 takes the same listener twice; SDK 4 and 5 refuse it while they still have it.
        if (renewed > 0 && id) center.removeNotificationListener(id);
        return renewed > 0 ? renewed : id;
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
      listen,
      leave() {
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
        undos.push(
          replaceMethod(
            center,
            name,
            (clear) =>
              function (this: unknown) {
                // biome-ignore lint/complexity/noArguments: they pass on whatever the page passes, also in ES5.
                const result = clear.apply(this, arguments as unknown as never[]);
                // Not after we left, even where the page's own wrapper keeps this one in place.
                if (connections.get(center) === connection) listen();
                return result;
              },
          ),
        );
      } catch {
        // A locked centre can be cleared; it is listened to anew when the page is shown again.
      }
    });
    return connection;
  }

  return {
    listenTo(client, isNew) {
      try {
        const center = (client as OptimizelyClient).notificationCenter;
        if (!connections.has(center)) {
          const connection = connect(center, isNew);
          if (!connection) return false;
          connections.set(center, connection);
          met.add(center);
          awaitReady(client as OptimizelyClient);
        }
        return true;
      } catch {
        // Not a client, whatever it looks like.
        return false;
      }
    },
    count: () => connections.size,
    readiness: () =>
      failure
        ? { state: 'failed', reason: failure }
        : { state: unready ? 'waiting' : connections.size ? 'ready' : 'missing' },
    rearm() {
      connections.forEach(({ listen }) => {
        listen();
      });
    },
    leaveAll() {
      connections.forEach(({ leave }, center) => {
        connections.delete(center);
        leave();
      });
    },
  };
}
