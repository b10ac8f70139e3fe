import type { DestinationState } from './destination.ts';

/** What became of a decision. */
export type Outcome = 'sent' | 'duplicate' | 'ignored' | 'dropped';

/**
 * Counts of decisions. Always `seen === sent + duplicate + ignored + waiting + dropped`; sending a decision
 * once more to a new session counts as neither.
 */
export interface DecisionCounts {
  seen: number;
  /** Handed over to FullStory while a session ran. */
  sent: number;
  /** Identical to one that this session already has, or will get. */
  duplicate: number;
  /** Left out by `flags`, `impressionsOnly` or `beforeSend`, or not a decision at all. */
  ignored: number;
  /** Kept until a FullStory session runs or the pace allows. */
  waiting: number;
  /** Given up because more than `bufferSize` were waiting. */
  dropped: number;
  /** Those among `seen` that were made before the bridge listened. */
  recovered: number;
}

/** Whether Optimizely's SDK has its datafile. `missing` while no client is listened to. */
export interface SdkStatus {
  state: 'missing' | 'waiting' | 'ready' | 'failed';
  /** Why it failed, in the SDK's words. */
  reason?: string;
}

/** Everything there is to know about a bridge at one moment. */
export interface Status {
  version: string;
  /** `waiting`: FullStory is there but captures nothing yet. `refused`: its server declined to capture. */
  fullstory: DestinationState;
  /** The name of FullStory's global. */
  namespace: string;
  /** The URL of the running FullStory session, or null. */
  session: string | null;
  /** Number of Optimizely clients listened to. */
  clients: number;
  sdk: SdkStatus;
  decisions: DecisionCounts;
  /** Short codes, some with a detail after a colon; `docs/troubleshooting.md` has a section for each. */
  problems: string[];
}

/** The one place that counts decisions, remembers problems and explains itself. */
export interface Report {
  readonly counts: Omit<DecisionCounts, 'waiting'>;
  readonly problems: readonly string[];
  /** Remembers a problem, once. */
  problem(code: string): void;
  /** Remembers a problem of the site's own making, once, and warns of it in the console. */
  warn(code: string): void;
  /** Explains a step in the console when `debug` is on. */
  explain(step: string): void;
}

const PREFIX = '[optimizely-fullstory] ';

export function createReport(): Report & { debug: boolean } {
  const problems: string[] = [];

  function problem(code: string): boolean {
    // Codes carry details of the page's; a page that produces ever new ones must not fill the memory.
    const isNew = problems.indexOf(code) < 0 && problems.length < 50;
    if (isNew) problems.push(code);
    return isNew;
  }

  const report = {
    counts: { seen: 0, sent: 0, duplicate: 0, ignored: 0, dropped: 0, recovered: 0 },
    problems,
    debug: false,
    problem,
    warn(code: string) {
      if (problem(code)) console.warn(PREFIX + code);
    },
    explain(step: string) {
      if (report.debug) console.log(PREFIX + step);
    },
  };
  return report;
}
