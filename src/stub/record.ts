import type { OptimizelyClient } from '../client.ts';
import type { RecordedClient, Recording } from '../recordings.ts';
import { type Holder, patch } from './patch.ts';

/** How many recordings are kept: the newest. Beyond that, each new one takes 0.1 µs more. */
const MOST = 1000;

/** The lists that the stub hands to a script: `src/recordings.ts` describes them. */
export const clients: RecordedClient[] = [];
export const heard: Recording[] = [];

/**
 * Records a client's decisions. Not with a listener, because `clearAllNotificationListeners()` and SDK 5's `close()` remove
 * listeners.
 *
 * @param client anything.
 * @param sawCreation as in {@link RecordedClient}.
 * @returns the client.
 */
export function recordClient(client: unknown, sawCreation?: unknown): unknown {
  try {
    const center = (client as { notificationCenter: NonNullable<Holder> }).notificationCenter;
    patch(
      center,
      'sendNotifications',
      (send) =>
        function (this: unknown, type, notification) {
          // `DECISION` in SDK 6, `DECISION:…` in SDK 4 and 5. No other type begins with this letter.
          if (/^D/.test(type as string) && heard.push([center, notification, Date.now()]) > MOST) {
            heard.shift();
          }
          // biome-ignore lint/complexity/noArguments: it passes on whatever the SDK passes, also in ES5.
          return send.apply(this, arguments as unknown as unknown[]);
        },
    );
    clients.push([client as OptimizelyClient, sawCreation, center.sendNotifications && Date.now()]);
  } catch {
    // Not a client.
  }
  return client;
}

/** Records all clients that an SDK makes. */
export function recordSdk(sdk: unknown): void {
  patch(
    sdk as Holder,
    'createInstance',
    (create) =>
      function (this: unknown) {
        // biome-ignore lint/complexity/noArguments: it passes on whatever the page passes, also in ES5.
        return recordClient(create.apply(this, arguments as unknown as unknown[]), 1);
      },
  );
}
