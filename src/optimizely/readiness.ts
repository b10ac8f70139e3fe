import type { OptimizelyClient } from '../client.ts';
import { outsideZone } from '../page/timers.ts';

/** Whether the clients of a page have their datafiles. */
export interface Readiness {
  /** How many have none yet; those that failed count. */
  unready_: number;
  /** Why the last one that failed did, in the SDK's words. */
  failure_?: string;
}

/** Awaits `onReady()` for the status alone: SDK 4 and 5 resolve with `{ success, reason }`, SDK 6 rejects. */
export function awaitReady(client: OptimizelyClient, readiness: Readiness): void {
  readiness.unready_++;
  // The SDK's timers begin in it, and may take half a minute.
  outsideZone(() => {
    Promise.resolve()
      .then(() => client.onReady && client.onReady())
      .then((result) => {
        const answer = result as { success?: unknown; reason?: unknown } | null | undefined;
        if (answer && answer.success === false) throw answer.reason;
        readiness.unready_--;
      })
      .catch((error: unknown) => {
        readiness.failure_ = '' + ((error && (error as Error).message) || error);
      });
  });
}
