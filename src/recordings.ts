import type { OptimizelyClient } from './client.ts';
import type { Undo } from './undo.ts';

/** A client that the stub has seen. */
export type RecordedClient = [
  client: OptimizelyClient,
  /** Whether the stub saw its creation. If not, the page has handed it over. */
  sawCreation: unknown,
  /** When recording began, in ms since 1970; undefined if its SDK cannot be recorded. */
  since: number | undefined,
];

/** A DECISION notification as a centre sent it. */
export type Recording = [center: unknown, notification: unknown, at: number];

/**
 * The stub's recordings, in the global `optimizelyStub`. Stub and script may have different versions, so these lists are
 * a format. A script changes nothing in them, because another script may come later. It only wraps the first one's `push`,
 * because the page may go on using functions that it has taken from the stub.
 */
export type Recordings = readonly [
  /** In the order of their arrival. If a client is there twice, the first entry counts. */
  clients: readonly RecordedClient[],
  /** In order, the newest 1,000 at most. */
  heard: readonly Recording[],
  /** Stop recording, and put the patched methods and globals back. */
  undos: readonly Undo[],
];

/** The global `optimizelyStub`. */
export type StubGlobal = readonly [
  ...recordings: Recordings,
  /** Records a client, and returns it. For settings that the page assigns before a second stub. */
  connect: (client: unknown) => unknown,
];

declare global {
  interface Window {
    optimizelyStub?: StubGlobal;
  }
}
