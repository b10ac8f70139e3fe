import type { DestinationStatus, Status } from '../src/status.ts';
import { describeState } from './destination-states.ts';
import type { Mood } from './explanations.ts';
import { listOf, plural } from './words.ts';

/** The one sentence that says how it goes. */
export interface Verdict {
  mood: Mood;
  text: string;
}

const MOODS: readonly Mood[] = ['bad', 'waiting', 'good'];

/** What is the same for all destinations; undefined where it depends on them. */
function judgePage({ clients, sdk, problems, destinations }: Status): Verdict | undefined {
  const hasSeen = destinations.some(({ decisions }) => decisions.seen);
  if (hasSeen) return undefined;
  if (problems.includes('legacy-calls')) {
    return { mood: 'bad', text: 'Only older methods are called: they make no flag decision' };
  }
  if (!clients) return { mood: 'bad', text: 'No Optimizely client was found' };
  if (sdk.state === 'failed') return { mood: 'bad', text: 'Optimizely’s SDK is not ready' };
  return undefined;
}

/** @param to names the destination where there are several. */
function judgeDestination({ name, state, decisions }: DestinationStatus, to: string): Verdict {
  const { seen, sent, waiting, ignored, dropped } = decisions;
  if (dropped) {
    return { mood: 'bad', text: `${plural(dropped, 'decision')} had to be given up${to && ` for ${to}`}` };
  }
  if (state !== 'capturing') {
    const { mood, reason } = describeState(name, state);
    if (!waiting) return { mood, text: reason };
    return { mood, text: `${plural(waiting, 'decision')} ${waiting === 1 ? 'waits' : 'wait'}: ${reason}` };
  }
  if (!seen) return { mood: 'waiting', text: 'Ready: no decision has been made yet' };
  if (waiting) {
    return {
      mood: 'waiting',
      text: `Handing over${to && ` to ${to}`}: ${plural(waiting, 'decision')} to go`,
    };
  }
  if (ignored === seen) return { mood: 'waiting', text: 'Every decision was left out by the settings' };
  if (!sent) return { mood: 'good', text: 'It works: the session already has every decision' };
  return { mood: 'good', text: `It works: ${plural(sent, 'decision')} handed over` };
}

/** How it goes with all of several that it goes well with. */
function praise(destinations: readonly DestinationStatus[]): Verdict {
  const handedOver = destinations.map(({ name, decisions: { sent } }, index) =>
    index ? `${sent.toLocaleString('en')} to ${name}` : `${plural(sent, 'decision')} handed over to ${name}`,
  );
  return { mood: 'good', text: `It works: ${listOf(handedOver)}` };
}

/** Judges a bridge by the destination that it goes worst with. */
export function judge(status: Status): Verdict {
  const { destinations } = status;
  const ofPage = judgePage(status);
  if (ofPage) return ofPage;
  const isOne = destinations.length === 1;
  const verdicts = destinations.map((destination) =>
    judgeDestination(destination, isOne ? '' : destination.name),
  );
  const [worst] = verdicts.sort((one, other) => MOODS.indexOf(one.mood) - MOODS.indexOf(other.mood));
  return isOne || worst?.mood !== 'good' ? (worst as Verdict) : praise(destinations);
}
