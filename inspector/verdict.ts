import { type DestinationStatus, problemOf, type Status } from '../src/status.ts';
import { describeState } from './destination-states.ts';
import type { Mood } from './explanations.ts';
import { hasLost } from './superseded.ts';
import { listOf, plural } from './words.ts';

/** The overall result in one sentence. */
export interface Verdict {
  mood: Mood;
  text: string;
}

const MOODS: readonly Mood[] = ['bad', 'waiting', 'good'];

/** A verdict about the page as a whole; undefined if it depends on the destinations. */
function judgePage(
  { clients, sdk, problems, destinations }: Status,
  clientNames: readonly string[],
): Verdict | undefined {
  const hasSeen = destinations.some(({ decisions }) => decisions.seen);
  if (hasSeen) {
    // Without a client on the page, decisions come from `record()`.
    const hasUnheardClient = !clients && clientNames.length > 0;
    return hasUnheardClient
      ? { mood: 'waiting', text: 'It hears no new decisions: it listens to no client' }
      : undefined;
  }
  if (problems.includes('legacy-calls')) {
    return { mood: 'bad', text: 'The site calls only older methods, which make no flag decision' };
  }
  if (!clients) return { mood: 'bad', text: 'No Optimizely client was found' };
  if (sdk.state === 'failed') return { mood: 'bad', text: 'Optimizely’s SDK is not ready' };
  return undefined;
}

/**
 * @param problems the bridge's codes.
 * @param to the destination's name, if there are several.
 */
function judgeDestination(destination: DestinationStatus, problems: readonly string[], to: string): Verdict {
  const { name, state, decisions } = destination;
  const { seen, sent, waiting, ignored, dropped } = decisions;
  if (hasLost(destination, problems)) {
    return { mood: 'bad', text: `${plural(dropped, 'decision')} dropped${to && ` for ${to}`}` };
  }
  const wait = `${plural(waiting, 'decision')} ${waiting === 1 ? 'waits' : 'wait'}`;
  if (state !== 'capturing') {
    const { mood, reason } = describeState(name, state);
    return { mood, text: waiting ? `${wait}: ${reason}` : reason };
  }
  // The code stays when it works again.
  const hasThrown = problems.includes(problemOf(name, 'throws'));
  if (hasThrown && waiting && !sent) return { mood: 'bad', text: `${wait}: ${name} throws errors` };
  if (!seen) return { mood: 'waiting', text: 'Ready: no decision has been made yet' };
  if (waiting) {
    return {
      mood: 'waiting',
      text: `Sending${to && ` to ${to}`}: ${plural(waiting, 'decision')} left`,
    };
  }
  if (ignored === seen) return { mood: 'waiting', text: 'The settings leave out every decision' };
  if (!sent) return { mood: 'good', text: 'It works: the session already has every decision' };
  return { mood: 'good', text: `It works: ${plural(sent, 'decision')} sent` };
}

/** The verdict if all of several destinations work. */
function praise(destinations: readonly DestinationStatus[]): Verdict {
  const sentTo = destinations.map(({ name, decisions: { sent } }, index) =>
    index ? `${sent.toLocaleString('en')} to ${name}` : `${plural(sent, 'decision')} sent to ${name}`,
  );
  return { mood: 'good', text: `It works: ${listOf(sentTo)}` };
}

/**
 * Judges a bridge by its worst destination.
 *
 * @param clientNames of the globals that hold a client.
 */
export function judge(status: Status, clientNames: readonly string[]): Verdict {
  const { destinations, problems } = status;
  const ofPage = judgePage(status, clientNames);
  if (ofPage) return ofPage;
  const isOne = destinations.length === 1;
  const verdicts = destinations.map((destination) =>
    judgeDestination(destination, problems, isOne ? '' : destination.name),
  );
  const [worst] = verdicts.sort((one, other) => MOODS.indexOf(one.mood) - MOODS.indexOf(other.mood));
  return isOne || worst?.mood !== 'good' ? (worst as Verdict) : praise(destinations);
}
