import { play } from './model.ts';
import type { Action, Setup } from './model-actions.ts';

/** Every sequence of the model's events, each event in its most telling form. */

const EVENTS: Readonly<Record<string, Action>> = {
  decides: { do: 'decideAll', variations: [0, 0, 0], user: 0 },
  'decides otherwise': { do: 'decide', flag: 1, variation: 1, user: 0, dispatched: true },
  records: { do: 'record', flag: 0, variation: 2, user: 0, snakeCase: true },
  'a client comes late': { do: 'late', flag: 1, variation: 2, user: 0, ms: 400 },
  'sends its batch': { do: 'send', isAgain: false },
  'sends its batch again': { do: 'send', isAgain: true },
  'signs in': { do: 'identify', uid: 'ada' },
  'decides, and another signs in': { do: 'switch', uid: 'bob', variation: 1, decides: 'before', ms: 100 },
  'another signs in, and it decides': { do: 'switch', uid: 'eve', variation: 1, decides: 'after', ms: 1500 },
  'shuts FullStory down': { do: 'call', operation: 'shutdown' },
  'restarts FullStory': { do: 'call', operation: 'restart' },
  'FullStory appears': { do: 'appear' },
  'fs.js arrives': { do: 'arrive', refuse: false, captureOnStartup: true, delay: 20 },
  'fs.js arrives and refuses': { do: 'arrive', refuse: true, captureOnStartup: true, delay: 20 },
  'fs.js is blocked': { do: 'block' },
  'the session expires': { do: 'expire' },
  'FullStory sleeps': { do: 'sleep' },
  'FullStory wakes': { do: 'wake', sameSession: true },
  'FullStory throws': { do: 'fail', how: { of: 'all', isLate: false } },
  'FullStory throws for one event': { do: 'fail', how: { of: 'one flag', isLate: false } },
  'FullStory throws after it took it': { do: 'fail', how: { of: 'events', isLate: true } },
  'FullStory throws no more': { do: 'heal' },
  'FullStory changes what it gets': { do: 'spoil' },
  'the second destination begins': { do: 'second', what: 'begins' },
  'the second destination changes its user': { do: 'second', what: 'changes user' },
  'the second destination throws': { do: 'second', what: 'fails' },
  'listeners are cleared': { do: 'clear', how: 'all' },
  'a second passes': { do: 'pass', ms: 1000 },
  'a minute passes': { do: 'pass', ms: 60_000 },
  'is hidden': { do: 'hide' },
  'is shown': { do: 'show' },
  'is killed': { do: 'kill', gap: 100, arrives: true },
  'the next page opens': { do: 'reopen', gap: 100, hasSnippet: true, arrives: true },
  'the next page opens in the background': {
    do: 'reopen',
    gap: 100,
    hasSnippet: true,
    arrives: true,
    hidden: true,
  },
  'is gone back to': { do: 'restore', gap: 100, losesListeners: true },
  'is disconnected and connected': { do: 'reconnect', gap: 100 },
};

export const SETUPS: Readonly<Record<string, Partial<Setup>>> = {
  'in a hurry': { eventsPerMinute: 2, hasSecond: true },
  persist: { eventsPerMinute: 2, persist: true, snippet: '2.0' },
  'dedupe session': { dedupe: 'session', sdk: 5, startsCapturing: false, isInspected: false },
  'dedupe none': { dedupe: 'none', snippet: '1.3', hasSecond: true, isInspected: false },
};

export interface Played {
  /** By their length, from 1 on. */
  sequences: number[];
  /** A fault: the setup, the events by name, and the model's message. */
  faults: string[];
}

/**
 * Plays every sequence up to a length. If an event changes nothing, all sequences that begin so are left out, because
 * the same is played without it.
 *
 * @param slice the sequences whose first event is in one part, from 0 on, of so many. Default all.
 */
export function playAll(setup: string, length: number, slice: readonly [number, number] = [0, 1]): Played {
  const [part, parts] = slice;
  const events = Object.keys(EVENTS);
  const played: Played = { sequences: Array.from({ length }, () => 0), faults: [] };

  function extend(before: readonly string[]): void {
    events.forEach((event, index) => {
      if (!before[0] && index % parts !== part) return;
      const names = [...before, event];
      try {
        const actions = names.map((name) => EVENTS[name] as Action);
        if (!play(SETUPS[setup] ?? {}, actions)) return;
        (played.sequences[before.length] as number)++;
      } catch (error) {
        // All sequences that begin so are wrong too.
        played.faults.push(`${setup}: ${names.join(' → ')}: ${(error as Error).message}`);
        return;
      }
      if (names.length < length) extend(names);
    });
  }

  extend([]);
  return played;
}
