import type { Undo } from '../undo.ts';
import { steadyNow } from './steady-clock.ts';

/** zone.js, as Angular brings it: it may come before the script or after. */
interface ZoneGlobal {
  root: { run(task: () => void): void };
}

/** Ms between looks for what nothing announces: at first, and after a minute. */
const FIRST_LOOK = 250;
const LATE_LOOK = 5000;

/** How a bridge lets time pass. Taken when it starts: a page may replace its timers later. */
export interface Timers {
  /** Runs a task as soon as what runs now has returned, before an `await` that begins after this call goes on. */
  soon_(task: () => void): void;
  /** Runs a task after some ms. */
  later_(task: () => void, ms: number): Undo;
  /** Ms to wait before the next look for what nothing announces: the longer the bridge runs, the rarer. */
  lookWait_(): number;
}

/**
 * Angular waits for the timers and promises of its zone before it calls the app stable, and draws the page after each.
 * Those of the root zone do not count.
 */
export function outsideZone(task: () => void): void {
  const { Zone } = window as { Zone?: ZoneGlobal };
  let root: Partial<ZoneGlobal['root']> | undefined;
  try {
    root = Zone && Zone.root;
  } catch {
    // A frame of another site has that name.
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
        // The page has a `Promise` of its own.
        later(task, 0);
      }
    },
    later_: later,
    lookWait_: () => Math.min(LATE_LOOK, Math.max(FIRST_LOOK, (steadyNow() - since) / 12)),
  };
}
