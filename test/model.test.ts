import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { play } from './model.ts';
import { type Action, anyActions, anySetup } from './model-actions.ts';

const { FUZZ_RUNS, FUZZ_SEED } = process.env;
const runs = Number(FUZZ_RUNS ?? 1500);
// `npm test` plays the same sequences each time, so a failure comes from a change. `npm run fuzz` plays new ones.
const seed = Number(FUZZ_SEED ?? (FUZZ_RUNS ? Date.now() % 2 ** 31 : 1));

const decide = (flag: number, variation: number): Action => ({
  do: 'decide',
  flag,
  variation,
  user: 0,
  dispatched: true,
});
const decideAll = (user = 0): Action => ({ do: 'decideAll', variations: [0, 0, 0], user });
const pass = (ms: number): Action => ({ do: 'pass', ms });
const expire: Action = { do: 'expire' };
const shutdown: Action = { do: 'call', operation: 'shutdown' };
const restore: Action = { do: 'restore', gap: 0, losesListeners: false };
const hide: Action = { do: 'hide' };
const reopen: Action = { do: 'reopen', gap: 100, hasSnippet: true, arrives: true };

describe('faults that the model has found', () => {
  it('sends a session a decision once if the session before ended too soon to get it', () => {
    play({ eventsPerMinute: 1 }, [decide(0, 0), pass(0), expire, pass(0), expire]);
  });

  it('sends a new session all current decisions after the page was left and restored', () => {
    play({ eventsPerMinute: 1, persist: true }, [
      decideAll(),
      pass(180_000),
      expire,
      pass(1),
      shutdown,
      restore,
    ]);
  });

  it.each([restore, reopen])('keeps the current decision, for $do', (comesBack) => {
    play({ persist: true }, [shutdown, decide(0, 0), decide(0, 1), decide(0, 0), comesBack]);
    play({ persist: true, startsCapturing: false }, [decide(0, 2), decide(0, 0), decide(0, 2), comesBack]);
    play({ persist: true }, [decide(0, 0), pass(1), shutdown, decide(0, 1), decide(0, 0), comesBack]);
  });

  it('sends a session a dropped decision once if it was queued at the session’s start', () => {
    play({ bufferSize: 2 }, [decide(1, 0), decideAll(1), pass(0), expire, pass(0), decideAll(1)]);
  });

  it('sends calls that FullStory got while asleep on the session’s next page, if the page is left before a new start', () => {
    play({ dedupe: 'session' }, [
      { do: 'sleep' },
      decide(0, 2),
      { do: 'wake', sameSession: true },
      { do: 'reopen', gap: 100, hasSnippet: true, arrives: false },
      decide(0, 2),
    ]);
  });

  it('keeps to the limits when the page is restored in the background', () => {
    play({ eventsPerMinute: 1 }, [hide, restore, decideAll()]);
  });

  it('sends the latest decision when the page is restored in the background', () => {
    play({ persist: true, startsCapturing: false }, [decide(0, 0), hide, restore, decide(0, 1)]);
  });

  it('sends a user property again if FullStory threw after it took another value', () => {
    play({}, [
      decide(0, 0),
      pass(1000),
      { do: 'fail', how: { of: 'properties', isLate: true } },
      decide(0, 1),
      pass(0),
      decide(0, 0),
      pass(0),
      { do: 'heal' },
    ]);
  });

  it('gives a new user one variation of a flag, also if the limit delays an earlier decision', () => {
    play({ eventsPerMinute: 1 }, [
      decideAll(),
      { do: 'switch', uid: 'ada', variation: 0, decides: 'before', ms: 0 },
      pass(999),
      decideAll(),
      { do: 'switch', uid: '', variation: 0, decides: 'before', ms: 0 },
      pass(3000),
      decide(0, 0),
    ]);
  });

  it('keeps a decision once for the next page if an older one was recovered after it', () => {
    play({ dedupe: 'none', persist: true, hasSecond: true }, [
      { do: 'late', flag: 1, variation: 0, user: 0, ms: 1 },
      decide(1, 1),
      { do: 'send', isAgain: false },
      { do: 'reopen', gap: 100, hasSnippet: true, arrives: false },
    ]);
  });

  it('recovers nothing that was heard, also if a session began before its impression came', () => {
    play({}, [
      { do: 'reopen', gap: 100, hasSnippet: true, arrives: true },
      decideAll(0),
      decideAll(1),
      pass(100),
      { do: 'sleep' },
      { do: 'wake', sameSession: false },
      pass(1001),
      { do: 'send', isAgain: false },
    ]);
  });

  it('drops nothing of a user when the page is restored after two switches', () => {
    play({ eventsPerMinute: 1, persist: true }, [
      { do: 'switch', uid: 'ada', variation: 0, decides: 'before', ms: 0 },
      { do: 'switch', uid: '', variation: 0, decides: 'after', ms: 2001 },
      shutdown,
      restore,
    ]);
  });

  it('does not recover a decision over a newer one', () => {
    play({}, [
      decide(0, 0),
      { do: 'late', flag: 0, variation: 1, user: 0, ms: 1 },
      decide(0, 0),
      { do: 'send', isAgain: false },
    ]);
  });

  it('sends the second of two new users no decision made again for the first', () => {
    play({}, [
      decideAll(),
      { do: 'late', flag: 0, variation: 1, user: 0, ms: 1000 },
      { do: 'identify', uid: 'ada' },
      { do: 'identify', uid: 'bob' },
      decideAll(),
      pass(1500),
      { do: 'identify', uid: 'eve' },
      { do: 'send', isAgain: false },
    ]);
  });

  it.each(['page', 'none'] as const)(
    'gives a new user one variation of a flag, also if it is decided again later: dedupe %s',
    (dedupe) => {
      play({ dedupe, eventsPerMinute: 2 }, [
        { do: 'switch', uid: 'ada', variation: 0, decides: 'before', ms: 0 },
        { do: 'switch', uid: '', variation: 0, decides: 'before', ms: 1500 },
        decide(0, 1),
        { do: 'restore', gap: 11_000, losesListeners: false },
        decide(0, 1),
      ]);
    },
  );

  it('keeps a hidden page’s decisions, also if FullStory calls back during a hand-over', () => {
    play({ persist: true }, [
      { do: 'reopen', gap: 100, hasSnippet: true, arrives: false },
      hide,
      { do: 'arrive', refuse: false, captureOnStartup: false, delay: 20 },
      decideAll(0),
      decideAll(1),
      { do: 'kill', gap: 100, arrives: false },
    ]);
  });

  it('sends the current decision last on the next page, also if FullStory slept during the hand-over', () => {
    play({ persist: true }, [
      { do: 'sleep' },
      decide(0, 0),
      shutdown,
      decide(0, 1),
      decide(0, 0),
      { do: 'reopen', gap: 100, hasSnippet: true, arrives: false },
    ]);
  });

  it('still counts a decision as dropped that a new session gets again, and the next page', () => {
    play({ persist: true, eventsPerMinute: 60, isInspected: false }, [
      { do: 'burst', users: 3, variation: 0 },
      { do: 'record', flag: 0, variation: 0, user: 0, snakeCase: false },
      { do: 'fail', how: { of: 'events', isLate: false } },
      { do: 'burst', users: 3, variation: 1 },
      { do: 'pass', ms: 11_000 },
      { do: 'expire' },
      { do: 'late', flag: 0, variation: 0, user: 0, ms: 4999 },
      { do: 'restore', gap: 0, losesListeners: false },
      { do: 'expire' },
      { do: 'switch', uid: 'ada', variation: 0, decides: 'after', ms: 100 },
      decideAll(0),
      { do: 'late', flag: 0, variation: 0, user: 0, ms: 5001 },
      { do: 'restore', gap: 0, losesListeners: false },
    ]);
  });

  it('sends the current decision again after an earlier one that was kept, also without dedupe', () => {
    play({ persist: true, dedupe: 'none' }, [
      { do: 'late', flag: 0, variation: 0, user: 1, ms: 1 },
      { do: 'decide', flag: 0, variation: 0, user: 0, dispatched: false },
      { do: 'fail', how: { of: 'all', isLate: false } },
      { do: 'send', isAgain: false },
      { do: 'reopen', gap: 100, hasSnippet: true, arrives: false },
    ]);
  });

  describe('on a page that begins hidden, and takes what earlier pages kept when it is shown', () => {
    const inBackground: Action = { do: 'reopen', gap: 100, hasSnippet: true, arrives: false, hidden: true };

    it('keeps its own latest decision current', () => {
      play({ persist: true }, [
        shutdown,
        decide(2, 0),
        inBackground,
        decide(2, 0),
        { do: 'switch', uid: 'ada', variation: 1, decides: 'before', ms: 0 },
      ]);
    });

    it('keeps its own latest decision current, also if that was dropped', () => {
      play({ persist: true, bufferSize: 2, isInspected: false }, [
        { ...reopen, arrives: false },
        decide(0, 2),
        decide(0, 0),
        inBackground,
        { do: 'decideAll', variations: [2, 0, 0], user: 0 },
      ]);
    });

    it('sends each decision once, also without dedupe', () => {
      play({ persist: true, dedupe: 'none', startsCapturing: false }, [
        decide(0, 1),
        inBackground,
        decide(0, 1),
        { do: 'show' },
        restore,
      ]);
    });
  });

  it('sends a repeat once if the first one failed and the page was restored, without dedupe', () => {
    play({ persist: true, dedupe: 'none' }, [
      { do: 'fail', how: { of: 'all', isLate: false } },
      decide(1, 0),
      { do: 'heal' },
      decide(1, 0),
      shutdown,
      restore,
    ]);
  });

  it('holds an earlier user’s decisions also if the page was left and restored', () => {
    play({ persist: true }, [
      { do: 'identify', uid: 'ada' },
      { do: 'switch', uid: 'bob', variation: 0, decides: 'before', ms: 100 },
      pass(250),
      { do: 'identify', uid: 'ada' },
      restore,
    ]);
  });
});

it(
  `keeps the contract in ${runs} sequences (seed ${seed})`,
  async () => {
    const start = performance.now();
    fc.assert(
      fc.property(anySetup, anyActions, (setup, actions) => void play(setup, actions)),
      { numRuns: runs, seed },
    );
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${runs} sequences, seed ${seed}: ${seconds} s`);
    expect.assertions(0);
  },
  60_000 + runs * 50,
);
