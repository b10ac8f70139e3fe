import type { OptimizelyClient } from './client.ts';
import type { Undo } from './undo.ts';

/** A client that the stub has seen. */
export type RecordedClient = [
  client: OptimizelyClient,
  /** Whether the stub saw its creation; else the page has handed it over. */
  sawCreation: unknown,
  /** Since when its decisions are recorded, in ms since 1970; missing where its SDK cannot be recorded. */
  since: number | undefined,
];

/** A DECISION notification as a centre sent it. */
export type Recording = [center: unknown, notification: unknown, at: number];

/**
 * What the stub hands over, as the global `optimizelyStub`. Stub and script may be of different versions, so these lists
 * are a format. A script reads them and changes nothing: another one may come later.
 */
export type Recordings = readonly [
  /** In the order in which they came; of a client that is there twice, the first entry counts. */
  clients: readonly RecordedClient[],
  /** In order, the newest 1,000 at most. */
  heard: readonly Recording[],
  /** How to stop recording, and put back all that was patched. */
  undos: readonly Undo[],
];

declare global {
  interface Window {
    optimizelyStub?: Recordings;
  }
}
