import type { OptimizelyClient } from '../client.ts';
import type { SdkStatus } from '../status.ts';

/** Whether the clients of a page have their datafiles. */
export interface Readiness {
  /** Awaits `onReady()` only to tell of it: SDK 4 and 5 resolve with `{ success, reason }`, SDK 6 rejects. */
  await_(client: OptimizelyClient): void;
  /** Readiness of the clients together, where there are any. */
  status_(hasClients: boolean): SdkStatus;
}

export function createReadiness(): Readiness {
  /** Those that may become ready yet, or failed. */
  let unready = 0;
  let failure: string | undefined;

  return {
    await_(client) {
      unready++;
      Promise.resolve()
        .then(() => client.onReady && client.onReady())
        .then((result) => {
          const answer = result as { success?: unknown; reason?: unknown } | null | undefined;
          if (answer && answer.success === false) throw answer.reason;
          unready--;
        })
        .catch((error: unknown) => {
          failure = '' + ((error && (error as Error).message) || error);
        });
    },
    status_: (hasClients) =>
      failure
        ? { state: 'failed', reason: failure }
        : { state: unready ? 'waiting' : hasClients ? 'ready' : 'missing' },
  };
}
