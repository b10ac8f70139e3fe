import { createDecisionBridge } from '../delivery/memory.ts';
import { createOutbox } from '../delivery/queue.ts';
import { readStored, writeStored } from '../delivery/storage.ts';
import { createFullStory } from '../destinations/fullstory.ts';
import type { OptimizelyClient } from '../optimizely/client.ts';
import { createDecisionListener } from '../optimizely/listener.ts';
import { readJson } from '../optimizely/read-decision.ts';
import { type BeforeSend, readSettings } from '../settings.ts';
import { createReport, type Problem, type Status } from '../status.ts';
import type { Undo } from '../undo.ts';
import { version } from '../version.ts';
import { callGlobal } from './call-global.ts';

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
  /**
   * Takes decisions made elsewhere, as on a server: an `OptimizelyDecision`, or JSON in camelCase or snake_case, one or
   * many. They are filtered, deduplicated, kept and paced as those made here. What has no flag key, or does not say
   * whether it is enabled, counts as ignored and is told in `status().problems` (`decision-invalid`).
   *
   * @param userId the user whom they were made for, where they do not say it themselves.
   */
  record(decisions: unknown, userId?: string): void;
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
  connect: (client: unknown, isNew?: boolean) => boolean,
  problems: Set<Problem>,
) => Undo | undefined;

/** Ms for which a FullStory session can run at the longest: what was kept before belongs to none that is to come. */
const LONGEST_SESSION = 86_400_000;

/**
 * Puts the rooms together: optimizely → bridge → outbox → fullstory.
 *
 * @param sources settings as the site wrote them, the weakest first.
 * @param attach brings the clients that nobody hands to `connect`.
 */
export function assembleBridge(sources: readonly unknown[], attach: Attach): Bridge {
  const problems = new Set<Problem>();
  const settings = readSettings(sources, (code) => problems.add(code));
  const report = createReport(settings, problems);
  const { counts } = report;
  const { beforeSend } = settings;
  const bridge = createDecisionBridge(
    settings,
    report,
    // Looked up when it is called: pages define theirs late.
    typeof beforeSend === 'string'
      ? (event, decision) => callGlobal(beforeSend, event, decision) as ReturnType<BeforeSend>
      : beforeSend,
    // Runs inside the page's `decide()`.
    (delivery) => {
      if (delivery) outbox.add(delivery);
      handOverIn();
    },
  );
  const fullstory = createFullStory(settings.namespace, problems, handOverIn);
  const outbox = createOutbox(bridge, fullstory, settings, report);
  const listener = createDecisionListener(bridge.take);
  let isSoon = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // The site's own mistakes, each once.
  problems.forEach((code) => {
    console.warn('[optimizely-fullstory] ' + code);
  });

  /** @param wait in ms; none for as soon as what runs has returned. */
  function handOverIn(wait?: number): void {
    if (isSoon || isStopped || wait === Infinity) return;
    isSoon = !wait;
    clearTimeout(timer);
    timer = setTimeout(handOver, wait || 0);
  }

  function handOver(isLeaving?: boolean): void {
    isSoon = false;
    handOverIn(outbox.handOver(isLeaving));
  }

  function keep(decisions: unknown[]): boolean {
    // Beside what a frame of this page has kept already.
    return writeStored('sessionStorage', readStored('sessionStorage', problems).concat(decisions), problems);
  }

  function leave(): void {
    handOver(true);
    if (!settings.persist) return;
    settings.persist = outbox.release(keep);
    // What cannot be kept is handed over as if that had not been asked.
    if (!settings.persist) handOver(true);
  }

  /** The page is shown: for the first time, or gone back to. */
  function arrive(): void {
    listener.rearm();
    if (!settings.persist) return;
    const kept = readStored('sessionStorage', problems) as { at?: unknown }[];
    if (kept[0]) writeStored('sessionStorage', null, problems);
    kept.forEach((decision) => {
      const at = decision && +(decision.at as number);
      if (at > Date.now() - LONGEST_SESSION) bridge.take(readJson(decision, '', at));
    });
  }

  function start(): void {
    isStopped = false;
    addEventListener('pagehide', leave);
    addEventListener('pageshow', arrive);
    // Before there is anything to hand over: who asks after FullStory has declined is not told of it.
    handOverIn();
  }

  arrive();
  start();
  const stopAttaching = attach(
    settings.client,
    (candidate, isNew) => !isStopped && listener.listenTo(candidate, isNew),
    problems,
  );

  return {
    version,
    connect(candidate) {
      start();
      if (!listener.listenTo(candidate)) problems.add('client-invalid');
      return candidate;
    },
    record(decisions, userId) {
      start();
      ([] as unknown[]).concat(decisions).forEach((decision) => {
        bridge.take(readJson(decision, userId, Date.now()));
      });
    },
    status() {
      const { state, session } = fullstory.look();
      const sdk = listener.readiness();
      const clients = listener.count();
      const codes: Problem[] = [];
      // Not `Array.from`, which is another thing where the page has Prototype.js.
      problems.forEach((code) => {
        codes.push(code);
      });
      return {
        version,
        fullstory: state,
        namespace: fullstory.findNamespace(),
        session: session || null,
        clients,
        sdk,
        decisions: Object.assign({}, counts),
        recent: report.recent(),
        problems: codes.concat(
          // Absent, blocked or refused.
          /^[abr]/.test(state)
            ? (('fullstory-' + state) as `fullstory-${'absent' | 'blocked' | 'refused'}`)
            : [],
          clients || counts.seen ? [] : 'client-missing',
          sdk.reason ? 'sdk-not-ready' : [],
        ),
      };
    },
    disconnect() {
      if (stopAttaching) stopAttaching();
      listener.leaveAll();
      fullstory.unwatch();
      clearTimeout(timer);
      isSoon = false;
      isStopped = true;
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', arrive);
    },
  };
}
