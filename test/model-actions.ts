import fc from 'fast-check';
import type { Fault, SdkVersion, SnippetVersion } from './page.ts';

/** The actions of the model, and their random choice. */

/** The setup of a sequence. */
export interface Setup {
  dedupe: 'page' | 'session' | 'none';
  eventsPerMinute: number;
  bufferSize: number;
  persist: boolean;
  impressionsOnly: boolean;
  eventName: string;
  propertyName: string;
  snippet: SnippetVersion;
  sdk: SdkVersion;
  /** Whether FullStory captures on the first page before anything else happens. */
  startsCapturing: boolean;
  /** Whether the first page begins hidden: in a background tab, or prerendered. */
  startsHidden: boolean;
  /** Whether `status()` is called after every action: it looks at FullStory too. */
  isInspected: boolean;
  /** Whether decisions go to a destination of the site's own as well. */
  hasSecond: boolean;
}

export type Action =
  | { do: 'decide'; flag: number; variation: number; user: number; dispatched: boolean }
  | { do: 'decideAll'; variations: number[]; user: number }
  /** All flags, for several users. */
  | { do: 'burst'; users: number; variation: number }
  | { do: 'record'; flag: number; variation: number; user: number; snakeCase: boolean }
  /** A client decides, and is connected to the bridge some ms later. */
  | { do: 'late'; flag: number; variation: number; user: number; ms: number }
  /** Clients send their batches, or the latest ones again. */
  | { do: 'send'; isAgain: boolean }
  | { do: 'identify'; uid: string }
  /** Another user signs in, and all is decided for that one: before or after it. */
  | { do: 'switch'; uid: string; variation: number; decides: 'before' | 'after'; ms: number }
  | { do: 'call'; operation: 'shutdown' | 'restart' | 'start' }
  | { do: 'appear' }
  | { do: 'arrive'; refuse: boolean; captureOnStartup: boolean; delay: number }
  | { do: 'block' }
  | { do: 'expire' }
  /** 30 minutes without a signal. */
  | { do: 'sleep' }
  /** `sameSession` if another tab kept it alive. */
  | { do: 'wake'; sameSession: boolean }
  /** FullStory's function throws from now on. */
  | { do: 'fail'; how: Fault }
  | { do: 'heal' }
  /** FullStory's function changes and freezes its arguments from now on. */
  | { do: 'spoil' }
  /** The site's own destination. */
  | { do: 'second'; what: 'begins' | 'ends' | 'changes user' | 'fails' | 'heals' }
  | { do: 'clear'; how: 'all' | 'type' | 'close' }
  | { do: 'pass'; ms: number }
  | { do: 'hide' }
  | { do: 'show' }
  /** The page disappears without an event, and another one opens. */
  | { do: 'kill'; gap: number; arrives: boolean; hidden?: boolean }
  /** The next page may begin hidden. */
  | { do: 'reopen'; gap: number; hasSnippet: boolean; arrives: boolean; hidden?: boolean }
  | { do: 'restore'; gap: number; losesListeners: boolean }
  | { do: 'reconnect'; gap: number };

const index = fc.integer({ min: 0, max: 2 });
const user = fc.integer({ min: 0, max: 1 });
const span = fc.constantFrom(0, 0, 1, 20, 100, 250, 400, 999, 1000, 1001, 3000, 11_000, 30_000, 60_000);
const hidden = fc.constantFrom(false, false, true);
const uid = fc.constantFrom('ada', 'bob', '');

export const anySetup: fc.Arbitrary<Setup> = fc.record({
  dedupe: fc.constantFrom('page', 'session', 'none'),
  eventsPerMinute: fc.constantFrom(40, 1, 2, 5, 20, 60),
  bufferSize: fc.constantFrom(1000, 1000, 1000, 1, 2, 3, 5, 10),
  persist: fc.boolean(),
  impressionsOnly: fc.constantFrom(false, false, false, true),
  eventName: fc.constantFrom('Experiment Viewed', 'Experiment Viewed', 'Experiment Viewed', ''),
  propertyName: fc.constantFrom('[Optimizely] {flag}', 'optimizely_{flag}', '[Optimizely] {flag}', ''),
  snippet: fc.constantFrom('2.1', '2.0', '1.3'),
  sdk: fc.constantFrom(6, 5),
  startsCapturing: fc.constantFrom(true, true, false),
  startsHidden: fc.constantFrom(false, false, false, true),
  isInspected: fc.boolean(),
  hasSecond: fc.constantFrom(false, false, true),
});

type Shape<Kind extends Action['do']> = Omit<Extract<Action, { do: Kind }>, 'do'>;

/** Actions of one kind, chosen according to their weight. */
function choose<Kind extends Action['do']>(
  weight: number,
  kind: Kind,
  shape: { [Name in keyof Shape<Kind>]: fc.Arbitrary<Shape<Kind>[Name]> },
) {
  const arbitrary = fc.record({ do: fc.constant(kind), ...shape }) as unknown as fc.Arbitrary<Action>;
  return { weight, arbitrary };
}

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  choose(8, 'decide', { flag: index, variation: index, user, dispatched: fc.boolean() }),
  choose(3, 'decideAll', { variations: fc.tuple(index, index, index), user }),
  choose(1, 'burst', { users: fc.integer({ min: 1, max: 12 }), variation: index }),
  choose(2, 'record', { flag: index, variation: index, user, snakeCase: fc.boolean() }),
  choose(2, 'late', { flag: index, variation: index, user, ms: fc.constantFrom(1, 400, 4999, 5001) }),
  choose(2, 'send', { isAgain: fc.boolean() }),
  choose(3, 'identify', { uid }),
  choose(2, 'switch', {
    uid,
    variation: index,
    decides: fc.constantFrom('before', 'after'),
    ms: fc.constantFrom(0, 100, 499, 501, 1500, 1999, 2001),
  }),
  choose(3, 'call', { operation: fc.constantFrom('shutdown', 'restart', 'restart', 'start') }),
  choose(2, 'appear', {}),
  choose(2, 'arrive', {
    refuse: fc.constantFrom(false, false, false, false, true),
    captureOnStartup: fc.constantFrom(true, true, false),
    delay: fc.constantFrom(20, 0, 5000),
  }),
  choose(1, 'block', {}),
  choose(2, 'expire', {}),
  choose(1, 'sleep', {}),
  choose(2, 'wake', { sameSession: fc.boolean() }),
  choose(2, 'fail', {
    how: fc.record({
      of: fc.constantFrom('all', 'events', 'properties', 'one flag'),
      isLate: fc.boolean(),
    }),
  }),
  choose(2, 'heal', {}),
  choose(1, 'spoil', {}),
  choose(3, 'second', {
    what: fc.constantFrom('begins', 'begins', 'ends', 'changes user', 'fails', 'heals'),
  }),
  choose(1, 'clear', { how: fc.constantFrom('all', 'type', 'close') }),
  choose(10, 'pass', { ms: span }),
  choose(2, 'hide', {}),
  choose(2, 'show', {}),
  choose(1, 'kill', { gap: fc.constantFrom(100, 31 * 60_000), arrives: fc.boolean(), hidden }),
  choose(2, 'reopen', {
    gap: fc.constantFrom(100, 2000, 31 * 60_000),
    hasSnippet: fc.constantFrom(true, true, false),
    arrives: fc.boolean(),
    hidden,
  }),
  choose(2, 'restore', { gap: span, losesListeners: fc.boolean() }),
  choose(1, 'reconnect', { gap: span }),
);

export const anyActions = fc.array(anyAction, { maxLength: 40, size: 'max' });
