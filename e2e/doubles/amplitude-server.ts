import type { AmplitudeEvent } from '../accounting/amplitude-calls.ts';

/** The part of Amplitude's transport for uploads that the SDK calls. */
interface Transport {
  send(url: string, payload: { events: readonly AmplitudeEvent[] }): Promise<object>;
}

interface Configuration {
  transportProvider: Transport;
}

export interface AmplitudeServer {
  /** All received events, in order, including those of this tab's earlier pages. */
  readonly events: readonly AmplitudeEvent[];
  /**
   * For `add()` of Amplitude's SDK, 2.x, before `init()`: uploads then come here instead of to Amplitude. The events
   * themselves are left as they are.
   */
  readonly plugin: object;
}

/**
 * Amplitude's server, as a part of the page: it accepts every upload, and nothing leaves the browser.
 *
 * @param storage for the received uploads, for the tab's next pages, under the name `storedAs`.
 * @param onTaken called after each upload.
 */
export function createAmplitudeServer(
  storage: Storage,
  storedAs: string,
  onTaken: () => void,
): AmplitudeServer {
  const events = JSON.parse(storage.getItem(storedAs) ?? '[]') as AmplitudeEvent[];
  const transportProvider: Transport = {
    send(_url, payload) {
      // Stored at once, because the page may be left.
      events.push(...payload.events);
      storage.setItem(storedAs, JSON.stringify(events));
      onTaken();
      const body = {
        eventsIngested: payload.events.length,
        payloadSizeBytes: JSON.stringify(payload).length,
        serverUploadTime: Date.now(),
      };
      return Promise.resolve({ status: 'success', statusCode: 200, body });
    },
  };
  return {
    events,
    plugin: {
      name: 'server in the page',
      type: 'enrichment',
      setup(configuration: Configuration) {
        configuration.transportProvider = transportProvider;
        return Promise.resolve();
      },
      execute: (event: object) => Promise.resolve(event),
    },
  };
}
