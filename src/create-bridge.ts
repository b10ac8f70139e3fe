import { version } from '../package.json';
import { createDecisionBridge } from './bridge.ts';
import type { Decision } from './decision.ts';
import { createFullStory } from './fullstory/fullstory.ts';
import { globalAt } from './global-at.ts';
import type { OptimizelyClient } from './optimizely/client.ts';
import { createDecisionListener } from './optimizely/listener.ts';
import { createOutbox } from './outbox.ts';
import { type BeforeSend, readSettings } from './settings.ts';
import { createReport, type Status } from './status.ts';

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
 * Looks for the page's clients.
 *
 * @param name the (dotted) name of the global that holds the client, or empty.
 * @returns how to stop.
 */
export type Discover = (
  name: string,
  connect: (client: unknown) => boolean,
  problem: (code: string) => void,
) => () => void;

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Ms between looks for FullStory, and for a session that something waits for: nothing announces the snippet. */
const LOOK_AGAIN = 250;

/**
 * Puts the rooms together: optimizely → bridge → outbox → fullstory.
 *
 * @param sources settings as the site wrote them, the weakest first.
 * @param discover finds clients; without it, only those handed to `connect` are listened to.
 */
export function assembleBridge(sources: readonly unknown[], discover?: Discover): Bridge {
  const report = createReport();
  const settings = readSettings(sources, report.warn);
  report.debug = settings.debug;

  const { beforeSend, client } = settings;
  const bridge = createDecisionBridge(
    settings,
    report,
    // Looked up when it is called: pages define theirs late.
    typeof beforeSend === 'string'
      ? (event, decision) => (globalAt(beforeSend) as BeforeSend)(event, decision)
      : beforeSend,
  );
  const fullstory = createFullStory(settings.namespace, handOverSoon, report.problem);
  const outbox = createOutbox(bridge, fullstory, settings, report);
  const listener = createDecisionListener(hear);
  let latestSession = '';
  let isStarted = false;
  let stopDiscovery: (() => void) | undefined;
  let soon: Timer;
  let later: Timer;

  // Runs inside the page's `decide()`.
  function hear(decision: Decision | undefined): void {
    const delivery = decision && bridge.take(decision);
    if (delivery) {
      outbox.add([delivery]);
      handOverSoon();
    } else if (!decision) {
      report.counts.seen++;
      report.counts.ignored++;
      report.problem('decision-invalid');
    }
  }

  function handOverSoon(): void {
    soon = soon || setTimeout(handOver);
  }

  function handOver(isLeaving?: unknown): void {
    stopTimers();
    const isWatched = fullstory.watch();
    const session = fullstory.session();
    let wait: number | undefined = LOOK_AGAIN;
    if (session !== undefined) {
      if (session && session !== latestSession) {
        if (latestSession) outbox.add(bridge.renew(), true);
        latestSession = session;
      }
      wait = outbox.handOver(!!isLeaving);
    }
    if (!isWatched || (wait && outbox.waiting().length)) later = setTimeout(handOver, wait || LOOK_AGAIN);
  }

  function stopTimers(): void {
    clearTimeout(soon);
    clearTimeout(later);
    soon = undefined;
  }

  function connect(candidate: unknown): boolean {
    start();
    return listener.connect(candidate);
  }

  function start(): void {
    if (isStarted || typeof window === 'undefined') return;
    isStarted = true;
    window.addEventListener('pagehide', handOver);
    // Before there is anything to hand over: who comes after FullStory has declined is not told of it.
    handOverSoon();
  }

  function problems(): string[] {
    const state = fullstory.state();
    const found = report.problems.slice();
    if (state === 'absent' || state === 'blocked' || state === 'refused') found.push(`fullstory-${state}`);
    if (!listener.clients() && !report.counts.seen) found.push('client-missing');
    if (listener.sdk().state === 'failed') found.push('sdk-not-ready');
    return found;
  }

  const api: Bridge = {
    version,
    connect(candidate) {
      if (!connect(candidate)) report.problem('client-invalid');
      return candidate;
    },
    status() {
      fullstory.watch();
      const waiting = outbox.waiting().filter(({ outcome }) => !outcome).length;
      return {
        version,
        fullstory: fullstory.state(),
        namespace: fullstory.namespace(),
        session: fullstory.session() || null,
        clients: listener.clients(),
        sdk: listener.sdk(),
        decisions: Object.assign({ waiting }, report.counts),
        problems: problems(),
      };
    },
    disconnect() {
      stopDiscovery?.();
      listener.disconnect();
      fullstory.disconnect();
      stopTimers();
      if (isStarted) window.removeEventListener('pagehide', handOver);
      isStarted = false;
    },
  };

  start();
  if (client && typeof client === 'object') api.connect(client as OptimizelyClient);
  if (discover) {
    stopDiscovery = discover(typeof client === 'string' ? client : '', connect, report.problem);
  } else if (typeof client === 'string') {
    report.warn('setting-wrong:client');
  }
  return api;
}
