import type { Decision } from '../decision.ts';
import type { SdkStatus } from '../status.ts';
import { findNotificationCenter, type NotificationCenter, type OptimizelyClient } from './client.ts';
import { readNotification } from './notification.ts';

/** The DECISION type of SDK 6, then that of 4 and 5. A wrong one is refused silently. */
const DECISION_TYPES = ['DECISION', 'DECISION:type, userId, attributes, decisionInfo'];

/** Listens to the decisions of clients. */
export interface DecisionListener {
  /**
   * Listens to a client at once, and once per notification centre (the clients that React wraps share one).
   *
   * @returns whether the client is listened to.
   */
  connect(client: unknown): boolean;
  /** Number of clients listened to. */
  clients(): number;
  /** Readiness of the clients together. */
  sdk(): SdkStatus;
  disconnect(): void;
}

/** @param hear gets each flag decision; `undefined` for a notification of one that cannot be read. */
export function createDecisionListener(hear: (decision: Decision | undefined) => void): DecisionListener {
  /** Listener ids. */
  const listeners = new Map<NotificationCenter, number>();
  let unready = 0;
  let failure: string | undefined;

  // Runs inside the page's `decide()`: nothing may be thrown here, and nothing awaited.
  function listen(notification: unknown): void {
    let decision: Decision | null | undefined;
    try {
      decision = readNotification(notification);
    } catch {
      // Something that cannot be read is told as such.
    }
    if (decision !== null) hear(decision);
  }

  /** Awaits `onReady()` only to tell of it: SDK 4 and 5 resolve with `{ success, reason }`, SDK 6 rejects. */
  function awaitReady(client: OptimizelyClient): void {
    const fail = (error: unknown) => {
      unready--;
      failure = `${(error as Error | undefined)?.message || error}`;
    };
    unready++;
    new Promise((resolve) => resolve(client.onReady?.())).then((result) => {
      const { success, reason } = (result || {}) as { success?: unknown; reason?: unknown };
      if (success === false) fail(reason);
      else unready--;
    }, fail);
  }

  return {
    connect(client) {
      const center = findNotificationCenter(client);
      if (!center) return false;
      for (const type of DECISION_TYPES) {
        if (listeners.has(center)) return true;
        try {
          const id = center.addNotificationListener(type, listen);
          if (id > 0) {
            listeners.set(center, id);
            awaitReady(client as OptimizelyClient);
          }
        } catch {
          // Not a client, whatever it looks like.
        }
      }
      return listeners.has(center);
    },
    clients: () => listeners.size,
    sdk() {
      if (failure) return { state: 'failed', reason: failure };
      return { state: unready ? 'waiting' : listeners.size ? 'ready' : 'missing' };
    },
    disconnect() {
      listeners.forEach((id, center) => {
        center.removeNotificationListener(id);
      });
      listeners.clear();
    },
  };
}
