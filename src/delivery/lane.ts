import { type Decision, KEPT } from '../decision.ts';
import type { Destination } from '../destinations/destination.ts';
import { listen } from '../page/listen.ts';
import type { Timers } from '../page/timers.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { DestinationStatus, Problem } from '../status.ts';
import type { Undo } from '../undo.ts';
import { packageName } from '../version.ts';
import { createHandOver } from './hand-over.ts';
import { createKeptDecisions } from './kept-decisions.ts';
import { createMemory, type Memory } from './memory.ts';
import { createQueue, type KeptDecision } from './queue.ts';
import type { Within } from './rate-limit.ts';
import { createReport } from './report.ts';
import { createStoredList } from './storage.ts';

/** Delivers decisions to one destination, with its own memory, queue, limits, counts and storage. */
export interface Lane {
  /** Identifies its destination: two accounts of one vendor are two. */
  readonly destination_: string;
  readonly take_: Memory['take_'];
  /** Starts, or goes on after {@link Lane.stop_}. Not to be called while it runs. */
  start_(): void;
  /** Stops all timers and listeners. The queue stays. */
  stop_(): void;
  status_(): DestinationStatus;
}

/** Ms after which a kept decision is useless: no session runs longer than a day. */
const KEPT_FOR = 86_400_000;

/** The storage key: each bridge on a page has its own. */
export function storageKey({ name }: Pick<Destination, 'name'>, settings: ResolvedSettings): string {
  const { namespace, flags, eventName, propertyName } = settings;
  return [packageName, name, namespace, flags, eventName, propertyName].join('|');
}

/**
 * @param bridgeSettings the destination's own settings override them.
 * @param readJson reads a decision that an earlier page kept.
 */
export function createLane(
  destination: Destination,
  bridgeSettings: ResolvedSettings,
  timers: Timers,
  tell: (problem: Problem) => void,
  readJson: (json: unknown, userId: unknown, at: number) => Decision,
): Lane {
  const settings: ResolvedSettings = Object.assign({}, bridgeSettings, destination.settings);
  const limits = destination.limits || {};
  const key = storageKey(destination, settings);
  const report = createReport(destination.name, settings.debug);
  const memory = createMemory(settings, destination, limits, report, tell, (delivery, origin) => {
    if (delivery) queue.add_(delivery, origin);
    waitForLeaving(true);
    handOverSoon();
  });
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver(
    destination,
    limits,
    settings,
    memory,
    queue,
    report,
    createStoredList('localStorage', key, tell),
    tell,
    timers.lookWait_,
  );
  const kept = createKeptDecisions(createStoredList('sessionStorage', key, tell));
  /** Becomes false when the storage refuses. */
  let persists = settings.persist;
  /** Whether the next hand-over is about to begin. */
  let isSoon = false;
  let isHandingOver = false;
  let isHidden = false;
  let isLeft = false;
  /** Whether to take the decisions that earlier pages kept: at the start, and after the page has been left. */
  let takesKept = settings.persist;
  let cancelTimer: Undo | undefined;
  /** They stop the lane. Empty while it does not run. */
  let undos: Undo[] = [];
  let stopWaitingForLeaving: Undo | undefined;

  /** Runs inside the page's `decide()`. */
  function handOverSoon(): void {
    if (isSoon || !undos[0]) return;
    isSoon = true;
    // A decision made inside a hand-over waits for a timer, or the turn might never end.
    if (!isHandingOver) timers.soon_(runDue);
  }

  function handOverIn(ms: number): void {
    if (cancelTimer) cancelTimer();
    cancelTimer = ms < Infinity && undos[0] ? timers.later_(runDue, ms) : undefined;
  }

  function runDue(): void {
    if (!undos[0]) return;
    if (isLeft) leave();
    else run('ours');
  }

  /** @param within default: the limits for a page that is left. With `persist`, the rest is kept, so no limit is exceeded. */
  function run(within: Within = persists ? 'theirs' : 'none'): void {
    // The page's functions, called by the hand-over, may leave or hide the page.
    if (isHandingOver) return;
    isSoon = false;
    isHandingOver = true;
    const wait = handOver(within);
    isHandingOver = false;
    handOverIn(isSoon ? 0 : wait);
    isSoon = false;
    waitForLeaving(queue.deliveries_()[0] || memory.changes_()[0]);
    if (isHidden && persists) kept.keep_(queue.decisions_(), true);
  }

  /**
   * A destination may send its last batch in its own `pagehide` listener, before ours. So the queue is also handed over on
   * `beforeunload`. The listener exists only while decisions wait, because some browsers exclude pages with one from the
   * back/forward cache.
   */
  function waitForLeaving(isNeeded: unknown): void {
    if (!isNeeded || !undos[0]) {
      if (stopWaitingForLeaving) stopWaitingForLeaving();
      stopWaitingForLeaving = undefined;
    } else if (!stopWaitingForLeaving) {
      // The visitor can still cancel, so nothing is given to the next page. Nothing is flushed either: the next page may
      // interrupt an upload, and its events would be lost.
      stopWaitingForLeaving = listen(window, 'beforeunload', () => run());
    }
  }

  function handOverLast(within?: Within): void {
    run(within);
    if (destination.flush) destination.flush();
  }

  function leave(): void {
    isLeft = true;
    takesKept = settings.persist;
    handOverLast();
    if (!persists || !queue.deliveries_()[0]) return;
    persists = kept.keep_(queue.decisions_());
    // If the storage refuses, all is handed over, as without `persist`.
    if (!persists) handOverLast();
    else {
      queue.giveAway_();
      waitForLeaving(false);
    }
  }

  /** The page was hidden, and may never be shown again. */
  function hide(): void {
    isHidden = true;
    handOverLast('theirs');
  }

  /** The page begins, or is back. It may be hidden. */
  function show(): void {
    // A page from the back/forward cache takes its kept decisions back. A prerendered page waits until it is shown.
    const isBack = isLeft;
    isLeft = false;
    // The page may have an element with that name.
    isHidden = document.hidden === true;
    if (isHidden && !isBack) return;
    if (takesKept) {
      takesKept = false;
      (kept.takeAll_() as KeptDecision[]).forEach((stored) => {
        const at = Number(stored.at);
        if (Date.now() - at < KEPT_FOR) memory.take_(readJson(stored, '', at), KEPT, false, stored);
      });
    } else if (persists) {
      // Removes only this page's copy. The rest may be the copy of a frame, which goes on handing it over.
      kept.keep_([]);
    }
  }

  return {
    destination_: destination.name + settings.namespace,
    take_: memory.take_,
    start_() {
      show();
      undos = [
        destination.watch(handOverSoon),
        listen(window, 'pagehide', leave),
        listen(window, 'pageshow', show),
        listen(document, 'visibilitychange', () => (document.hidden === true ? hide() : show())),
        // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
        listen(document, 'freeze', hide),
      ];
      handOverSoon();
    },
    stop_() {
      isSoon = false;
      undos.splice(0).forEach((undo) => {
        undo();
      });
      handOverIn(Infinity);
      waitForLeaving(false);
    },
    status_() {
      const sight = destination.look();
      return {
        name: destination.name,
        state: sight.state,
        namespace: sight.namespace || null,
        session: sight.link || null,
        decisions: Object.assign({}, report.counts_),
        recent: report.recent_(),
      };
    },
  };
}
