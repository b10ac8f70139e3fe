import type { DestinationState } from '../src/status.ts';
import type { Mood } from './explanations.ts';
import type { Section } from './sections.ts';

/** A destination's state in words. */
export interface StateWords {
  mood: Mood;
  /** The text next to the destination's name. */
  text: string;
  /** The reason why decisions wait. */
  reason: string;
  /** The section of the documents about it; missing for states that are problems, which have their own explanation. */
  section?: Section;
}

export const STATES: readonly DestinationState[] = [
  'absent',
  'loading',
  'blocked',
  'waiting',
  'capturing',
  'refused',
];

/** The words for any destination. */
function describeAny(name: string, state: DestinationState): StateWords {
  switch (state) {
    case 'absent':
      return { mood: 'bad', text: 'Not on this page.', reason: `${name} is not there` };
    case 'loading':
      return {
        mood: 'waiting',
        text: 'Its script is still loading. Decisions wait for it.',
        reason: `${name} is loading`,
      };
    case 'blocked':
      return { mood: 'bad', text: 'Its script does not load.', reason: `${name} is blocked` };
    case 'waiting':
      return {
        mood: 'waiting',
        text: 'It is there, but takes nothing yet. Decisions wait until it does.',
        reason: `${name} captures nothing yet`,
      };
    case 'capturing':
      return { mood: 'good', text: 'Takes decisions.', reason: 'it is next' };
    case 'refused':
      return {
        mood: 'bad',
        text: 'Its server declined to capture this visitor.',
        reason: `${name} declined`,
      };
  }
}

/** Different words for these destinations. */
const OWN: Record<string, Partial<Record<DestinationState, Partial<StateWords>>>> = {
  FullStory: {
    waiting: {
      text: 'Loaded, but captures nothing yet. It waits for consent, the site delays its start, or it was shut down. Decisions wait until it captures.',
      section: 'docs/troubleshooting.md#consent-is-given-late-or-never',
    },
    capturing: { text: 'Captures this session.' },
  },
  Amplitude: {
    loading: { text: 'Its snippet is there, but its library is still loading. Decisions wait for it.' },
    blocked: { text: 'Its snippet is there, but its library does not load.' },
    waiting: {
      text: 'Loaded, but takes nothing yet: the site has not called `init`, or the visitor opted out. Decisions wait until that changes.',
      reason: 'Amplitude takes nothing yet',
      section: 'docs/amplitude.md#states',
    },
    capturing: { text: 'Takes decisions, for the user and device at the time of each decision.' },
  },
};

/** A destination's state in words. */
export function describeState(name: string, state: DestinationState): StateWords {
  return { ...describeAny(name, state), ...OWN[name]?.[state] };
}
