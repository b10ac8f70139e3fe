import type { Decision } from '../decision.ts';
import type { Destination } from '../destinations/destination.ts';
import { listen } from '../page/listen.ts';
import type { Timers } from '../page/timers.ts';
import type { BeforeSend, ResolvedSettings } from '../settings.ts';
import { type DestinationStatus, type Problem, problemOf } from '../status.ts';
import type { Undo } from '../undo.ts';
import { packageName } from '../version.ts';
import { createHandOver, linkOf } from './hand-over.ts';
import { createKeptDecisions } from './kept-decisions.ts';
import { createMemory } from './memory.ts';
import { createQueue } from './queue.ts';
import type { Within } from './rate-limit.ts';
import { createReport } from './report.ts';
import { createStoredList } from './storage.ts';

/** The way of decisions to one destination: its own memory, queue, limits, counts and storage. */
export interface Lane {
  /** Takes a decision as it is made. */
  take_(decision: Decision, isRecovered?: boolean, mayBeKnown?: boolean): void;
  /** Begins, or goes on after {@link Lane.stop_}. Not while it runs. */
  start_(): void;
  /** The page is shown, for the first time or again. */
  show_(): void;
  /** The page is hidden: it may never be shown again. */
  hide_(): void;
  /** The page goes away. It may be gone back to. */
  leave_(): void;
  /** Stops every timer and listener. What waits is kept. */
  stop_(): void;
  status_(): DestinationStatus;
}

/** What tells the storage of one bridge's lane from that of another's on the same page. */
function storageKey({ name }: Destination, settings: ResolvedSettings): string {
  const { namespace, flags, eventName, propertyName } = settings;
  return [packageName, name, namespace, flags, eventName, propertyName].join('|');
}

/**
 * @param bridgeSettings those of the destination go before.
 * @param readJson reads a decision that an earlier page kept.
 */
export function createLane(
  destination: Destination,
  bridgeSettings: ResolvedSettings,
  beforeSend: BeforeSend,
  timers: Timers,
  tell: (problem: Problem) => void,
  readJson: (json: unknown, userId: unknown, at: number) => Decision,
): Lane {
  const settings: ResolvedSettings = Object.assign({}, bridgeSettings, destination.settings);
  const { limits = {} } = destination;
  const key = storageKey(destination, settings);
  const report = createReport(destination.name, settings.debug && timers.soon);
  const memory = createMemory(settings, destination, report, tell, beforeSend, (delivery) => {
    if (delivery) queue.add_(delivery);
    handOverSoon();
  });
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver(
    destination,
    settings,
    memory,
    queue,
    report,
    createStoredList('localStorage', key, tell),
    tell,
    timers.lookWait,
  );
  const kept = createKeptDecisions(createStoredList('sessionStorage', key, tell));
  /** Turns false where the storage does not take what is to be kept. */
  let persists = settings.persist;
  let isStopped = true;
  let isSoon = false;
  let isHandingOver = false;
  let isHidden = false;
  let isLeft = false;
  let cancelTimer: Undo | undefined;
  let stopWatching: Undo | undefined;
  let stopWaitingForLeaving: Undo | undefined;

  /** Runs inside the page's `decide()`. */
  function handOverSoon(): void {
    if (isSoon || isStopped) return;
    waitForLeaving(true);
    isSoon = true;
    // What is decided inside a hand-over waits for a timer, or a page could keep the turn from ending.
    if (isHandingOver) handOverIn(0);
    else timers.soon(runDue);
  }

  /** Whether an event or a user property waits. */
  function hasMore(): boolean {
    return !!(queue.deliveries_()[0] || memory.changes_(() => false)[0]);
  }

  function handOverIn(ms: number): void {
    if (cancelTimer) cancelTimer();
    cancelTimer = ms < Infinity && !isStopped ? timers.later(runDue, ms) : undefined;
  }

  function runDue(): void {
    if (isStopped) return;
    if (isLeft) leave();
    else run('ours');
  }

  function run(within: Within): void {
    // A page's function that leaves the page, or hides it, while it is called.
    if (isHandingOver) return;
    isSoon = false;
    isHandingOver = true;
    const wait = handOver(within);
    isHandingOver = false;
    // Something was decided meanwhile: its timer is set.
    if (!isSoon) handOverIn(wait);
    waitForLeaving(isSoon || hasMore());
    if (isHidden && persists) kept.keep_(queue.decisions_(), true);
  }

  /**
   * FullStory's last batch goes in its own `pagehide` listener, which may be before ours; so the queue is handed over
   * on `beforeunload` as well. Only while something waits: some browsers keep no page with such a listener for going
   * back to it.
   */
  function waitForLeaving(isNeeded: boolean): void {
    if (!isNeeded) {
      if (stopWaitingForLeaving) stopWaitingForLeaving();
      stopWaitingForLeaving = undefined;
    } else if (!stopWaitingForLeaving) {
      // Leaving can still be cancelled: nothing is given away.
      stopWaitingForLeaving = listen(window, 'beforeunload', () => handOverLast());
    }
  }

  function handOverLast(within: Within = persists ? 'theirs' : 'none'): void {
    run(within);
    try {
      if (destination.flush) destination.flush();
    } catch {
      tell(problemOf(destination.name, 'throws'));
    }
  }

  function leave(): void {
    isLeft = true;
    handOverLast();
    if (!persists || !queue.deliveries_()[0]) return;
    persists = kept.keep_(queue.decisions_());
    if (persists) queue.giveAway_();
    // What cannot be kept is handed over as if that had not been asked.
    else handOverLast();
    waitForLeaving(hasMore());
  }

  return {
    take_: memory.take_,
    start_() {
      isStopped = false;
      stopWatching = destination.watch(handOverSoon);
      handOverSoon();
    },
    show_() {
      isHidden = isLeft = false;
      if (!settings.persist) return;
      const before = Date.now() - (limits.keptFor || Infinity);
      kept.takeAll_().forEach((json) => {
        const at = Number(((json || {}) as { at?: unknown }).at);
        if (at > before) memory.take_(readJson(json, '', at));
      });
    },
    hide_() {
      isHidden = true;
      handOverLast('theirs');
    },
    leave_: leave,
    stop_() {
      isStopped = true;
      isSoon = false;
      if (stopWatching) stopWatching();
      stopWatching = undefined;
      handOverIn(Infinity);
      waitForLeaving(false);
    },
    status_() {
      const sight = destination.look();
      return {
        name: destination.name,
        state: sight.state,
        namespace: sight.namespace || null,
        session: linkOf(sight) || null,
        decisions: Object.assign({}, report.counts_),
        recent: report.recent_(),
      };
    },
  };
}
