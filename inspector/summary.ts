import type { DecisionCounts, RecentDecision, Status } from '../src/status.ts';
import { diagnose } from './diagnosis.ts';
import { type Explanation, FULLSTORY_STATES, type Mood, PROBLEMS, UNKNOWN_PROBLEM } from './explanations.ts';
import type { Surroundings } from './surroundings.ts';

/** Everything the inspector says, in words: what the panel draws and the report writes. */
export interface Summary {
  verdict: { mood: Mood; text: string };
  lines: Line[];
  advice: Advice[];
  /** None where no bridge runs. */
  counts: DecisionCounts | undefined;
  /** The latest decisions, the newest first. */
  decisions: DecisionLine[];
  /** The page of the session in FullStory, or null. It names the visitor's session: not for reports. */
  session: string | null;
}

export interface Line {
  mood: Mood;
  label: string;
  text: string;
  /** What to do about it; empty where `advice` says it, or nothing needs doing. */
  todo: string;
}

export interface Advice extends Explanation {
  /** The problem's code, or what the finding is about. */
  title: string;
}

export interface DecisionLine {
  /** Ms since 1970. */
  at: number;
  flag: string;
  /** The variation, or whether the flag is on. */
  value: string;
  /** Empty where Optimizely named none. */
  rule: string;
  outcome: RecentDecision['outcome'];
  /** When it was handed over, or why not. */
  text: string;
}

function plural(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

/** How long it took, in words; exact below a second. */
function duration(ms: number): string {
  if (ms < 1) return 'at once';
  if (ms < 1000) return `after ${Math.round(ms)} ms`;
  if (ms < 60_000) return `after ${(ms / 1000).toFixed(1)} s`;
  return `after ${Math.round(ms / 60_000)} min`;
}

const WAITING_FOR: Record<Status['fullstory'], string> = {
  absent: 'FullStory is not there',
  loading: 'FullStory is loading',
  blocked: 'FullStory is blocked',
  waiting: 'FullStory captures nothing yet',
  capturing: 'its turn comes',
  refused: 'FullStory declined',
};

function explainOutcome({ outcome, at, settledAt, flagKey }: RecentDecision, status: Status): string {
  switch (outcome) {
    case 'sent':
      return settledAt === null ? '' : duration(settledAt - at);
    case 'duplicate':
      return 'the session already has it';
    case 'ignored':
      return flagKey ? 'left out by the settings' : 'no decision: it has no flag key';
    case 'dropped':
      return 'too many were waiting';
    case 'waiting':
      return WAITING_FOR[status.fullstory];
    default:
      return '';
  }
}

function readDecision(decision: RecentDecision, status: Status): DecisionLine {
  const { at, flagKey, variationKey, ruleKey, enabled, outcome } = decision;
  return {
    at,
    flag: flagKey || '(no flag key)',
    value: enabled ? variationKey || 'on' : 'off',
    rule: ruleKey || '',
    outcome,
    text: explainOutcome(decision, status),
  };
}

/**
 * How the clients were found: in the globals that hold one, as an SDK's global made them, or because the site gave them
 * by the setting `client` or by `connect()`. The page does not tell the last two apart where it has both.
 */
function describeFinds(clients: number, { clients: names, sdks }: Surroundings): string {
  const code = (all: string[]) => all.map((name) => `\`${name}\``).join(' and ');
  const others = clients - names.length;
  const count = (some: number) => (some >= clients ? '' : `${some} `);
  const finds = names.length ? [`${count(names.length)}found in ${code(names)}`] : [];
  if (others > 0) {
    finds.push(
      `${count(others)}${sdks.length ? `made by ${code(sdks)}, or given by the site` : 'given by the site'}`,
    );
  }
  return finds.join('; ');
}

function describeClients({ clients, sdk, decisions }: Status, surroundings: Surroundings): Line {
  const line = { label: 'Optimizely', todo: '' };
  if (!clients && decisions.seen) {
    const text = 'Listens to no client; decisions came by `record()`, or before it was disconnected.';
    return { ...line, mood: 'good', text };
  }
  if (!clients) return { ...line, mood: 'bad', text: 'Listens to no client.' };
  const listening = `Listens to ${plural(clients, 'client')} (${describeFinds(clients, surroundings)})`;
  if (sdk.state === 'failed') {
    return {
      ...line,
      mood: 'bad',
      text: `${listening}; the SDK is not ready: ${sdk.reason || 'unknown why'}`,
    };
  }
  if (sdk.state === 'waiting') {
    return { ...line, mood: 'waiting', text: `${listening}; the SDK waits for its datafile.` };
  }
  const ready = sdk.state === 'ready' ? '; the SDK is ready' : '';
  return { ...line, mood: 'good', text: `${listening}${ready}.` };
}

function judge({
  fullstory,
  clients,
  sdk,
  decisions: { seen, sent, waiting, ignored },
}: Status): Summary['verdict'] {
  if (!clients && !seen) return { mood: 'bad', text: 'No Optimizely client was found' };
  if (sdk.state === 'failed' && !seen) return { mood: 'bad', text: 'Optimizely’s SDK is not ready' };
  if (fullstory !== 'capturing') {
    const { mood } = FULLSTORY_STATES[fullstory];
    const reason = WAITING_FOR[fullstory];
    if (!waiting) return { mood, text: reason };
    return { mood, text: `${plural(waiting, 'decision')} ${waiting === 1 ? 'waits' : 'wait'}: ${reason}` };
  }
  if (!seen) return { mood: 'waiting', text: 'Ready: no decision has been made yet' };
  if (waiting) return { mood: 'waiting', text: `Handing over: ${plural(waiting, 'decision')} to go` };
  if (ignored === seen) return { mood: 'waiting', text: 'Every decision was left out by the settings' };
  if (!sent) return { mood: 'good', text: 'It works: the session already has every decision' };
  return { mood: 'good', text: `It works: ${plural(sent, 'decision')} handed over` };
}

function explainProblem(problem: string): Advice {
  // `problem` may be any text: a code, or a code and a detail.
  const code = problem.split(':')[0] as keyof typeof PROBLEMS;
  const known = Object.keys(PROBLEMS).indexOf(code) >= 0;
  return { ...(known ? PROBLEMS[code] : UNKNOWN_PROBLEM), title: problem };
}

function summarizeBridge(status: Status, surroundings: Surroundings): Summary {
  const { version, fullstory, namespace, decisions: counts, problems, session } = status;
  const verdict = judge(status);
  const state = FULLSTORY_STATES[fullstory];
  const advice: Advice[] = problems.map(explainProblem);
  if (counts.dropped) {
    verdict.mood = 'bad';
    verdict.text = `${plural(counts.dropped, 'decision')} had to be given up`;
    advice.push({
      title: 'dropped',
      mood: 'bad',
      what: 'More decisions were waiting than `bufferSize` allows, so the oldest were given up.',
      todo: 'Find out why they wait (see FullStory above), or set a larger `bufferSize`.',
    });
  }
  if (verdict.mood === 'good' && advice.some(({ mood }) => mood !== 'good')) {
    verdict.mood = 'waiting';
    verdict.text = 'It works, with something to look at';
  }
  // What is there twice is worth knowing, and no fault.
  advice.push(...diagnose(surroundings).several);
  return {
    verdict,
    lines: [
      { mood: 'good', label: 'Script', text: `Version ${version} runs.`, todo: '' },
      describeClients(status, surroundings),
      {
        mood: state.mood,
        label: 'FullStory',
        text: `${state.text} Its global is \`${namespace}\`.`,
        todo: '',
      },
    ],
    advice,
    counts,
    decisions: status.recent.map((decision) => readDecision(decision, status)).reverse(),
    session: session && /^https:\/\//.test(session) ? session : null,
  };
}

/** Says everything that the inspector has to say about a page. */
export function summarize(surroundings: Surroundings): Summary {
  if (surroundings.status) return summarizeBridge(surroundings.status, surroundings);
  const { essential, several } = diagnose(surroundings);
  return {
    verdict: { mood: 'bad', text: 'The script does not run on this page' },
    lines: essential.map(({ mood, title, what, todo }) => ({ mood, label: title, text: what, todo })),
    advice: several,
    counts: undefined,
    decisions: [],
    session: null,
  };
}
