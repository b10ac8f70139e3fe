import { listen } from '../page/listen.ts';
import type { Timers } from '../page/timers.ts';
import type { Recordings } from '../recordings.ts';
import type { Undo } from '../undo.ts';
import type { DecisionListener } from './listener.ts';

/** How many recordings are heard in one task. */
const SLICE = 100;

/**
 * Hears what the stub has recorded of the clients that are listened to, in slices, and the rest at once when the page is
 * left.
 *
 * @returns how to stop the stub; what has not been heard is heard before.
 */
export function takeOver(
  [, heard, undos]: Recordings,
  { backlog_, hearRecorded_ }: Pick<DecisionListener, 'backlog_' | 'hearRecorded_'>,
  timers: Timers,
): Undo {
  const finish = () => hearRecorded_(Infinity);
  const leaving = heard[0] ? ['pagehide', 'beforeunload'].map((type) => listen(window, type, finish)) : [];

  function goOn(): void {
    hearRecorded_(SLICE);
    if (backlog_[0]) timers.later_(goOn, 0);
    else leaving.forEach(run);
  }

  heard.forEach((recording) => {
    backlog_.push(recording);
  });
  goOn();
  return () => {
    finish();
    undos.forEach(run);
  };
}

function run(undo: Undo): void {
  undo();
}
