import type { Scenario } from './scenario.ts';
import type { ShopActions } from './shop-actions.ts';

/** How a page of the playground begins. */
export interface Beginning {
  fullstory: 'there' | 'absent' | 'slow' | 'blocked' | 'refuses' | 'waits for consent';
  /** Where the page has Amplitude as well: whether its SDK is there from the start, and whether `init()` has been called. */
  amplitude: 'there' | 'absent' | 'waits for init';
  /** When the page makes its first decisions; null for none. */
  decides: 'when ready' | 'on the next line' | 'queued first' | null;
  /** Whether the script (or the recipe) comes after the decisions. */
  isForwarderLate: boolean;
  isChildFrame: boolean;
  /** The uid that FullStory's cookie has from an earlier page. */
  returningUser: string;
  /** The name of FullStory's global. */
  namespace: string;
  /** The browser's storage, as the bridge finds it. */
  storage: 'usable' | 'forbidden' | 'damaged';
  /** Whether the page uses React's SDK. */
  isReact: boolean;
  /** Whether the SDK finds a later datafile than the page's. */
  isDatafileOld: boolean;
  /** Whether the session has other tabs at the same time. */
  hasTabs: boolean;
  /** How many flags the datafile has besides the shop's five. */
  moreFlags: number;
  /** Whether the page tracks events of its own. */
  tracksEvents: boolean;
}

export const HEALTHY_BEGINNING: Beginning = {
  fullstory: 'there',
  amplitude: 'there',
  decides: 'when ready',
  isForwarderLate: false,
  isChildFrame: false,
  returningUser: '',
  namespace: 'FS',
  storage: 'usable',
  isReact: false,
  isDatafileOld: false,
  hasTabs: false,
  moreFlags: 95,
  tracksEvents: false,
};

export interface Step {
  label: string;
  /** Runs on both sides at the same moment. */
  run?(shop: ShopActions): void;
  /** The next step after that. */
  goesTo?: 'next page' | 'second tab' | 'away';
}

/** A situation as visitors of the playground bring it about. */
export interface Playable {
  /** For a situation that needs a fresh page: its differences from a healthy one. */
  beginning?: Partial<Beginning>;
  /** The differences on the next page of the tab, or in the second tab. */
  nextPage?: Partial<Beginning>;
  /** The first one is run by the situation's button, unless it has a beginning; the others are offered one by one. */
  steps: readonly Step[];
}

interface Described {
  id: string;
  title: string;
  /** The events of the situation, and the things to look at. */
  about: string;
  /** The recipe's behaviour, for the comparison. */
  recipe?: string;
  /** What to see in Amplitude, for those who show it as well. */
  amplitude?: string;
  /** Whether it is about Amplitude, so that there is nothing to see without. */
  needsAmplitude?: boolean;
  /** The bridge's settings. A situation of the playground that has some needs a fresh page. */
  settings?: Record<string, string>;
}

/**
 * A situation of the playground, of the fidelity table, or of both. If it is missing in one, it names the test instead.
 */
export type Situation = Described &
  (
    | { playground: Playable; fidelity: readonly Scenario[] }
    | { playground: Playable; notMeasured: string }
    | { notPlayed: string; fidelity: readonly Scenario[] }
  );

export type PlayableSituation = Situation & { playground: Playable };
export type MeasuredSituation = Situation & { fidelity: readonly Scenario[] };

export interface Group {
  title: string;
  situations: readonly Situation[];
}
