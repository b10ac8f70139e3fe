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
import { createQueue } from './queue.ts';
import type { Within } from './rate-limit.ts';
import { createReport } from './report.ts';
import { createStoredList } from './storage.ts';

/** Delivers decisions to one destination, with its own memory, queue, limits, counts and storage. */
export interface Lane {
  /** Identifies its destination: two accounts of one vendor are two. */
  readonly destination_: string;
  readonly take_: Memory['take_'];
  /** Begins, or goes on after {@link Lane.stop_}. Not while it runs. */
  start_(): void;
  /** Stops every timer and listener. What waits is kept. */
  stop_(): void;
  status_(): DestinationStatus;
}

/** The storage key: each bridge on a page has its own. */
function storageKey({ name }: Destination, settings: ResolvedSettings): string {
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
  /** Turns false when the storage refuses. */
  let persists = settings.persist;
  let isSoon = false;
  /** Whether something was decided during a hand-over, so that a timer is set. */
  let isAgain = false;
  let isHandingOver = false;
  let isHidden = false;
  let isLeft = false;
  /** Whether what earlier pages kept is still to be taken: at the start, and after the page has been left. */
  let takesKept = settings.persist;
  let cancelTimer: Undo | undefined;
  /** How to stop; empty while the lane does not run. */
  let undos: Undo[] = [];
  let stopWaitingForLeaving: Undo | undefined;

  /** Runs inside the page's `decide()`. */
  function handOverSoon(): void {
    waitForLeaving(true);
    if ((isHandingOver ? isAgain : isSoon) || !undos[0]) return;
    // What is decided inside a hand-over waits for a timer, or a page could keep the turn from ending.
    if (isHandingOver) {
      isAgain = true;
      handOverIn(0);
    } else {
      isSoon = true;
      timers.soon_(runDue);
    }
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

  /** @param within default: as the page is left. What can be kept for the next page need not go over the limits. */
  function run(within: Within = persists ? 'theirs' : 'none'): void {
    // A function of the page's may leave or hide the page while we call it.
    if (isHandingOver) return;
    isSoon = isAgain = false;
    isHandingOver = true;
    const wait = handOver(within);
    isHandingOver = false;
    // A decision made meanwhile has set its own timer.
    if (!isAgain) handOverIn(wait);
    waitForLeaving(isAgain || wait < Infinity);
    if (isHidden && persists) kept.keep_(queue.decisions_(), true);
  }

  /**
   * A destination may send its last batch in a `pagehide` listener of its own, before ours; so the queue is handed over
   * on `beforeunload` as well. Only while something waits: some browsers keep no page with such a listener for going
   * back to it.
   */
  function waitForLeaving(isNeeded: boolean): void {
    if (!isNeeded || !undos[0]) {
      if (stopWaitingForLeaving) stopWaitingForLeaving();
      stopWaitingForLeaving = undefined;
    } else if (!stopWaitingForLeaving) {
      // Leaving can still be cancelled: nothing is given away. Nothing is flushed either: an upload that the next page
      // interrupts may be lost, while what is not uploaded yet is kept.
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
    // What cannot be kept is handed over as without `persist`.
    if (!persists) handOverLast();
    else {
      queue.giveAway_();
      waitForLeaving(false);
    }
  }

  /** The page is hidden, and may never be shown again. */
  function hide(): void {
    isHidden = true;
    handOverLast('theirs');
  }

  /** The page is there, for the first time or again; it may be hidden. */
  function show(): void {
    // A page that is gone back to takes back what it kept. A prerendered page waits until it is shown.
    const isBack = isLeft;
    isLeft = false;
    // An element of the page's with that name is neither true nor false.
    isHidden = document.hidden === true;
    if (isHidden && !isBack) return;
    // Only this page's copy goes: what else is kept may be the copy of a frame that goes on handing it over.
    if (!takesKept && persists) kept.keep_([]);
    if (!takesKept) return;
    takesKept = false;
    const before = Date.now() - (limits.keptFor || Infinity);
    kept.takeAll_().forEach((json) => {
      const { at: madeAt, who } = (json || {}) as { at?: unknown; who?: string };
      const at = Number(madeAt);
      if (at > before) memory.take_(readJson(json, '', at), KEPT, false, who);
    });
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
      isSoon = isAgain = false;
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
