import { version } from '../package.json';
import { createDecisionBridge } from './bridge.ts';
import { createFullStory } from './fullstory/fullstory.ts';
import { globalAt } from './global-at.ts';
import type { OptimizelyClient } from './optimizely/client.ts';
import { createDecisionListener } from './optimizely/listener.ts';
import { createOutbox } from './outbox.ts';
import { type BeforeSend, readSettings } from './settings.ts';
import { createReport, type Status } from './status.ts';
import type { Undo } from './undo.ts';

/** A running bridge: what `createBridge` returns, and what the drop-in keeps as `optimizelyFullStory`. */
export interface Bridge {
  /** The version of this package. */
  readonly version: string;
  /**
   * Listens to a client, at once and once. What is no client is told in `status().problems` (`client-invalid`).
   *
   * @returns the client itself.
   */
  connect<Client extends OptimizelyClient | null | undefined>(client: Client): Client;
  /** Tells what the bridge sees and what it did. */
  status(): Status;
  /** Removes every listener, timer and patch. What waits is kept; a later `connect` goes on with it. */
  disconnect(): void;
}

/**
 * Brings clients to a bridge.
 *
 * @param client what the site set: the client, or the (dotted) name of the global that holds it.
 * @param connect listens to a client; returns whether it is one.
 * @returns how to stop.
 */
export type Attach = (
  client: OptimizelyClient | string | null,
  connect: (client: unknown) => boolean,
  problems: Set<string>,
) => Undo | undefined;

/** Ms between looks for FullStory, and for a session that something waits for: nothing announces the snippet. */
const LOOK_AGAIN = 250;

/**
 * Puts the rooms together: optimizely → bridge → outbox → fullstory.
 *
 * @param sources settings as the site wrote them, the weakest first.
 * @param attach brings the clients that nobody hands to `connect`.
 */
export function assembleBridge(sources: readonly unknown[], attach: Attach): Bridge {
  const report = createReport();
  const { counts, problems } = report;
  const settings = readSettings(sources, report.complain);
  const { beforeSend } = settings;
  const bridge = createDecisionBridge(
    settings,
    report,
    // Looked up when it is called: pages define theirs late.
    typeof beforeSend === 'string'
      ? (event, decision) => (globalAt(beforeSend) as BeforeSend)(event, decision)
      : beforeSend,
    // Runs inside the page's `decide()`.
    (delivery) => {
      if (delivery) outbox.add(delivery);
      handOverSoon();
    },
  );
  const fullstory = createFullStory(settings.namespace, problems, handOverSoon);
  const outbox = createOutbox(bridge, fullstory, settings, report);
  const listener = createDecisionListener(bridge.take);
  let latestSession = '';
  let isSoon = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopAttaching: Undo | undefined;

  function handOverSoon(): void {
    if (!isSoon) handOverIn(0);
    isSoon = true;
  }

  function handOverIn(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(handOver, delay);
  }

  /** @param leaving the event with which the page goes away, if it does. */
  function handOver(leaving?: unknown): void {
    const isWatched = fullstory.watch();
    const session = fullstory.session();
    let wait = isWatched && !outbox.waiting().length ? Infinity : LOOK_AGAIN;
    isSoon = false;
    if (session !== undefined) {
      if (latestSession && session && session !== latestSession) outbox.addFirst(bridge.renew());
      latestSession = session || latestSession;
      wait = outbox.handOver(!!leaving);
    }
    if (wait < Infinity) handOverIn(wait);
  }

  function connect(candidate: unknown): boolean {
    start();
    return listener.connect(candidate);
  }

  function start(): void {
    addEventListener('pagehide', handOver);
    // Before there is anything to hand over: who asks after FullStory has declined is not told of it.
    handOverSoon();
  }

  const api: Bridge = {
    version,
    connect(candidate) {
      if (!connect(candidate)) problems.add('client-invalid');
      return candidate;
    },
    status() {
      fullstory.watch();
      const state = fullstory.state();
      const sdk = listener.sdk();
      const clients = listener.clients();
      const found = Array.from(problems);
      // Absent, blocked or refused.
      if (/^[abr]/.test(state)) found.push('fullstory-' + state);
      if (!clients && !counts.seen) found.push('client-missing');
      if (sdk.reason) found.push('sdk-not-ready');
      return {
        version,
        fullstory: state,
        namespace: fullstory.namespace(),
        session: fullstory.session() || null,
        clients,
        sdk,
        decisions: Object.assign(
          { waiting: outbox.waiting().filter(({ outcome }) => !outcome).length },
          counts,
        ),
        problems: found,
      };
    },
    disconnect() {
      if (stopAttaching) stopAttaching();
      listener.disconnect();
      fullstory.disconnect();
      clearTimeout(timer);
      removeEventListener('pagehide', handOver);
      isSoon = false;
    },
  };

  start();
  stopAttaching = attach(settings.client, connect, problems);
  return api;
}
