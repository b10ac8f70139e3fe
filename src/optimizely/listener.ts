import type { Decision } from '../decision.ts';
import type { SdkStatus } from '../status.ts';
import type { NotificationCenter, OptimizelyClient } from './client.ts';
import { type DecisionNotification, readNotification } from './notification.ts';

/** The DECISION type of SDK 6, then that of 4 and 5. A wrong one is refused silently. */
const DECISION_TYPES = ['DECISION', 'DECISION:type, userId, attributes, decisionInfo'];

/** Listens to the decisions of clients. */
export interface DecisionListener {
  /**
   * Listens to a client at once, and once per notification centre (the clients that React wraps share one).
   *
   * @param client anything; React wrappers have their centre behind a getter.
   * @returns whether it is a client and listened to.
   */
  connect(client: unknown): boolean;
  /** Number of clients listened to. */
  clients(): number;
  /** Readiness of the clients together. */
  sdk(): SdkStatus;
  disconnect(): void;
}

/** @param hear gets each flag decision; one that cannot be read has an empty flag key. */
export function createDecisionListener(hear: (decision: Decision) => void): DecisionListener {
  /** The ids of our listeners. */
  const ids = new Map<NotificationCenter, number>();
  let unready = 0;
  let failure: string | undefined;

  // Runs inside the page's `decide()`: nothing may be thrown here, and nothing awaited.
  function listen(notification: unknown): void {
    let decision: Decision;
    try {
      // The SDK's legacy calls notify with other types.
      if ((notification as DecisionNotification).type !== 'flag') return;
      decision = readNotification(notification as DecisionNotification);
    } catch {
      // A getter of the page's: as if it named no flag.
      decision = readNotification({});
    }
    hear(decision);
  }

  /** Awaits `onReady()` only to tell of it: SDK 4 and 5 resolve with `{ success, reason }`, SDK 6 rejects. */
  function awaitReady(client: OptimizelyClient): void {
    unready++;
    new Promise((resolve) => resolve(client.onReady && client.onReady()))
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

  return {
    connect(client) {
      try {
        const center = (client as OptimizelyClient).notificationCenter;
        DECISION_TYPES.forEach((type) => {
          const id = ids.has(center) ? 0 : center.addNotificationListener(type, listen);
          if (id > 0) {
            ids.set(center, id);
            awaitReady(client as OptimizelyClient);
          }
        });
        return ids.has(center);
      } catch {
        // Not a client, whatever it looks like.
        return false;
      }
    },
    clients: () => ids.size,
    sdk: () =>
      failure
        ? { state: 'failed', reason: failure }
        : { state: unready ? 'waiting' : ids.size ? 'ready' : 'missing' },
    disconnect() {
      ids.forEach((id, center) => {
        center.removeNotificationListener(id);
      });
      ids.clear();
    },
  };
}
