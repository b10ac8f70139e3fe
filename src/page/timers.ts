import type { Undo } from '../undo.ts';
import { steadyNow } from './steady-clock.ts';

/** Angular's zone.js. It may load before the script or after. */
interface ZoneGlobal {
  root: { run(task: () => void): void };
}

/** Ms between looks for changes that nothing announces: at first, and after a minute. */
const FIRST_LOOK = 250;
const LATE_LOOK = 5000;

/** The timers of a bridge. It takes the browser's when it starts, because a page may replace them later. */
export interface Timers {
  /** Runs a task in a microtask. An `await` that begins after this call continues after the task. */
  soon_(task: () => void): void;
  /** Runs a task after some ms. */
  later_(task: () => void, ms: number): Undo;
  /** Ms until the next look for changes that nothing announces. It grows with the age of the bridge. */
  lookWait_(): number;
}

/**
 * Runs a task in Angular's root zone, if there is Angular. An app is stable only when the timers and promises of its own
 * zone are done, and Angular runs change detection after each of them. The root zone does not count.
 */
export function outsideZone(task: () => void): void {
  const { Zone } = window as { Zone?: ZoneGlobal };
  let root: Partial<ZoneGlobal['root']> | undefined;
  try {
    root = Zone && Zone.root;
  } catch {
    // A frame from another site has that name.
  }
  if (root && root.run) root.run(task);
  else task();
}

export function createTimers(): Timers {
  const set = setTimeout;
  const clear = clearTimeout;
  const since = steadyNow();

  function later(task: () => void, ms: number): Undo {
    let id: ReturnType<typeof setTimeout>;
    outsideZone(() => {
      id = set(task, ms);
    });
    return () => {
      clear(id);
    };
  }

  return {
    soon_(task) {
      try {
        outsideZone(() => {
          Promise.resolve().then(task);
        });
      } catch {
        // The page has replaced `Promise`.
        later(task, 0);
      }
    },
    later_: later,
    // Whole ms: a fraction would delay what the limits allow at the end of a second.
    lookWait_: () => Math.min(LATE_LOOK, Math.max(FIRST_LOOK, Math.floor((steadyNow() - since) / 12))),
  };
}
