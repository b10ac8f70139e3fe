import type { OptimizelyClient } from '../client.ts';
import { outsideZone } from '../page/timers.ts';

/** Whether the clients of a page have their datafiles. */
export interface Readiness {
  /** The number of clients without a datafile, including those that failed. */
  unready_: number;
  /** The reason of the last failure, in the SDK's words. */
  failure_?: string;
}

/** Awaits `onReady()`, only for the status. At a failure SDK 4 and 5 resolve with `{ success, reason }`, SDK 6 rejects. */
export function awaitReady(client: OptimizelyClient, readiness: Readiness): void {
  readiness.unready_++;
  // It starts timers of the SDK's, which may take half a minute.
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
