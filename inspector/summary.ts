import type { DecisionCounts, DestinationStatus, RecentDecision, Status } from '../src/status.ts';
import { describeState } from './destination-states.ts';
import { diagnose } from './diagnosis.ts';
import type { Mood } from './explanations.ts';
import { type MergedDecision, mergeDecisions } from './merge-decisions.ts';
import { type Advice, explainProblems } from './problems.ts';
import type { Section } from './sections.ts';
import { findSuperseded, hasLost } from './superseded.ts';
import type { Surroundings } from './surroundings.ts';
import { judge, type Verdict } from './verdict.ts';
import { codeOf, plural } from './words.ts';

/** Everything that the inspector says, for the panel and the report. */
export interface Summary {
  verdict: Verdict;
  lines: Line[];
  advice: Advice[];
  /** The destinations; empty if no bridge runs. */
  destinations: { name: string; counts: DecisionCounts }[];
  /** The latest decisions, the newest first. */
  decisions: DecisionLine[];
}

/** The state of a part of the page: the script, Optimizely, or a destination. */
export interface Line {
  mood: Mood;
  label: string;
  text: string;
  /** What to do about it; empty if `advice` says it, or nothing needs to be done. */
  todo: string;
  /** The section of the documents about it. */
  section?: Section;
  /** The session's page in FullStory. It identifies the visitor's session, so reports leave it out. */
  session?: string;
}

/** One of the latest decisions. */
export interface DecisionLine {
  /** Ms since 1970. */
  at: number;
  flag: string;
  /** The variation, or whether the flag is on. */
  value: string;
  /** Empty if Optimizely named none. */
  rule: string;
  /** One for each destination, in the same order. */
  outcomes: OutcomeText[];
}

/** The outcome of a decision at one destination. */
export interface OutcomeText {
  destination: string;
  /** Empty if the destination no longer has the decision in its list. */
  outcome: RecentDecision['outcome'] | '';
  /** When it was sent, or why not. */
  text: string;
  /** Whether it was dropped because its flag was decided again. */
  isSuperseded?: boolean;
}

/** A duration in words; exact below a second. */
function duration(ms: number): string {
  if (ms < 1) return 'at once';
  if (ms < 1000) return `after ${Math.round(ms)} ms`;
  if (ms < 60_000) return `after ${(ms / 1000).toFixed(1)} s`;
  return `after ${Math.round(ms / 60_000)} min`;
}

function explainOutcome(
  { outcome, at, settledAt, flagKey }: RecentDecision,
  { name, state }: DestinationStatus,
  isSuperseded: boolean,
): string {
  switch (outcome) {
    case 'sent':
      return settledAt === null ? '' : duration(settledAt - at);
    case 'duplicate':
      return 'the session already has it';
    case 'ignored':
      return flagKey ? 'left out by the settings' : 'not a decision: it has no flag key';
    case 'dropped':
      return isSuperseded ? 'its flag was decided again' : 'given up before it was sent';
    case 'waiting':
      return describeState(name, state).reason;
    default:
      return '';
  }
}

function readDecision(
  { decision, at: known }: MergedDecision,
  destinations: readonly DestinationStatus[],
  superseded: readonly RecentDecision[],
): DecisionLine {
  const { at, flagKey, variationKey, ruleKey, enabled } = decision;
  return {
    at,
    flag: flagKey || '(no flag key)',
    value: enabled ? variationKey || 'on' : 'off',
    rule: ruleKey || '',
    outcomes: destinations.map((destination, number) => {
      const own = known[number];
      if (!own) return { destination: destination.name, outcome: '', text: '' };
      const isSuperseded = superseded.includes(own);
      return {
        destination: destination.name,
        outcome: own.outcome,
        text: explainOutcome(own, destination, isSuperseded),
        ...(isSuperseded && { isSuperseded }),
      };
    }),
  };
}

/**
 * How the script found the clients: in a global, as an SDK's global created them, or because the site passed them in, by the
 * setting `client` or by `connect()`. If the page has an SDK's global, the last two cannot be told apart.
 */
function describeFinds(clients: number, { clients: names, sdks }: Surroundings): string {
  const others = clients - names.length;
  const count = (some: number) => (some >= clients ? '' : `${some} `);
  const finds = names.length ? [`${count(names.length)}found in ${codeOf(names)}`] : [];
  if (others > 0) {
    finds.push(
      `${count(others)}${sdks.length ? `made by ${codeOf(sdks)}, or given by the site` : 'given by the site'}`,
    );
  }
  return finds.join('; ');
}

function describeClients({ clients, sdk, decisions }: Status, surroundings: Surroundings): Line {
  const line = { label: 'Optimizely', todo: '' };
  if (!clients && decisions.seen && surroundings.clients.length) {
    return {
      ...line,
      mood: 'waiting',
      text: `Listens to no client, although the page has ${codeOf(surroundings.clients)}: the site has called \`disconnect()\`, or the setting \`client\` names another.`,
      todo: 'To start again, call `connect(client)`.',
    };
  }
  if (!clients && decisions.seen) {
    const text = 'Listens to no client. Decisions came from `record()`, or before it was disconnected.';
    return { ...line, mood: 'good', text };
  }
  if (!clients) return { ...line, mood: 'bad', text: 'Listens to no client.' };
  const listening = `Listens to ${plural(clients, 'client')} (${describeFinds(clients, surroundings)})`;
  if (sdk.state === 'failed') {
    return {
      ...line,
      mood: 'bad',
      text: `${listening}; the SDK is not ready: ${sdk.reason || 'the reason is unknown'}`,
    };
  }
  if (sdk.state === 'waiting') {
    return { ...line, mood: 'waiting', text: `${listening}; the SDK waits for its datafile.` };
  }
  const ready = sdk.state === 'ready' ? '; the SDK is ready' : '';
  return { ...line, mood: 'good', text: `${listening}${ready}.` };
}

function describeDestination({ name, state, namespace, session }: DestinationStatus): Line {
  const { mood, text, section } = describeState(name, state);
  const global = namespace ? ` Its global is \`${namespace}\`.` : '';
  return {
    mood,
    label: name,
    text: text + global,
    todo: '',
    ...(section && { section }),
    ...(session && /^https:\/\//.test(session) && { session }),
  };
}

function describeScript({ version }: Status, { names }: Surroundings): Line {
  const isOne = names.length === 1;
  const text = isOne
    ? `Version ${version} runs.`
    : `${names.length} scripts run, version ${version}: ${codeOf(names)}.`;
  return { mood: 'good', label: 'Script', text, todo: '' };
}

/** Replaces the usual global in a text with the page's own. */
function nameScript(advice: Advice, [name]: Surroundings['names']): Advice {
  return { ...advice, todo: advice.todo.replace(/optimizelyFullStory/g, name) };
}

function summarizeBridge(status: Status, surroundings: Surroundings): Summary {
  const { destinations, problems } = status;
  const verdict = judge(status, surroundings.clients);
  const superseded = destinations.flatMap((destination) => findSuperseded(destination, problems));
  const advice = explainProblems(surroundings).map((one) => nameScript(one, surroundings.names));
  if (destinations.some((destination) => hasLost(destination, problems))) {
    advice.push({
      title: 'dropped',
      mood: 'bad',
      what: 'Decisions were given up: more were waiting than `bufferSize` allows, the destination threw an error for them each time, or another user signed in and their flags were decided again.',
      todo: 'After a sign-in: nothing. Otherwise find out why they wait (see above), or set a larger `bufferSize`.',
    });
  } else if (superseded.length) {
    advice.push({
      title: 'dropped',
      mood: 'good',
      what: 'Decisions were left out, because their flags were decided again before they could be sent: usually another user had signed in.',
      todo: '',
    });
  }
  if (verdict.mood === 'good' && advice.some(({ mood }) => mood !== 'good')) {
    verdict.mood = 'waiting';
    verdict.text = 'It works, with something to look at';
  }
  // Something that is there twice is worth knowing, but not a fault.
  advice.push(...diagnose(surroundings).several);
  return {
    verdict,
    lines: [
      describeScript(status, surroundings),
      describeClients(status, surroundings),
      ...destinations.map(describeDestination),
    ],
    advice,
    destinations: destinations.map(({ name, decisions }) => ({ name, counts: decisions })),
    decisions: mergeDecisions(destinations)
      .map((decision) => readDecision(decision, destinations, superseded))
      .reverse(),
  };
}

/** Summarizes a page. */
export function summarize(surroundings: Surroundings): Summary {
  if (surroundings.status) return summarizeBridge(surroundings.status, surroundings);
  const { essential, several } = diagnose(surroundings);
  return {
    verdict: { mood: 'bad', text: 'The script does not run on this page' },
    lines: essential.map(({ title, what, ...finding }) => ({ ...finding, label: title, text: what })),
    advice: several,
    destinations: [],
    decisions: [],
  };
}
