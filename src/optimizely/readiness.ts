import type { OptimizelyClient } from '../client.ts';
import { nothing } from '../page/ignore-rejection.ts';
import { outsideZone } from '../page/timers.ts';

/** Whether a client has its datafile. */
export interface Readiness {
  isReady_?: boolean;
  /** Why `onReady()` failed, in the SDK's words. */
  failure_?: string;
}

/**
 * Awaits `onReady()`, only for the status. At a failure SDK 4 and 5 resolve with `{ success, reason }`, React's also with
 * `{ success, message }`, and SDK 6 rejects.
 */
export function awaitReady(client: OptimizelyClient, readiness: Readiness): void {
  try {
    // It starts timers of the SDK's, which may take half a minute.
    outsideZone(() => {
      Promise.resolve()
        .then(() => client.onReady && client.onReady())
        .then((result) => {
          const answer = result as { success?: unknown } | null | undefined;
          if (answer && answer.success === false) throw answer;
          readiness.isReady_ = true;
        })
        .catch((error?: { reason?: unknown; message?: unknown }) => {
          readiness.failure_ = '' + ((error && (error.reason || error.message)) || error);
        })
        // A reason that cannot be a text, such as a symbol.
        .catch(nothing);
    });
  } catch {
    // The page has replaced `Promise`.
  }
}
