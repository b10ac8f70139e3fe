import type { DestinationState } from '../src/status.ts';
import type { Mood } from './explanations.ts';
import type { Section } from './sections.ts';

/** What a destination's state is, in words. */
export interface StateWords {
  mood: Mood;
  /** Beside the destination's name. */
  text: string;
  /** Why decisions wait. */
  reason: string;
  /** Where more is said; missing for the states that are problems, which are explained among those. */
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

/** What can be said of any destination. */
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
        text: 'There, but takes nothing yet. Decisions wait until it does.',
        reason: `${name} captures nothing yet`,
      };
    case 'capturing':
      return { mood: 'good', text: 'Takes decisions.', reason: 'its turn comes' };
    case 'refused':
      return {
        mood: 'bad',
        text: 'Its server declined to capture this visitor.',
        reason: `${name} declined`,
      };
  }
}

/** What is said of these destinations in other words. */
const OWN: Record<string, Partial<Record<DestinationState, Partial<StateWords>>>> = {
  FullStory: {
    waiting: {
      text: 'Loaded, but captures nothing yet: it waits for consent, for a start that the site delays, or was shut down. Decisions wait until it captures.',
      section: 'docs/troubleshooting.md#consent-is-given-late-or-never',
    },
    capturing: { text: 'Captures this session.' },
  },
  Amplitude: {
    loading: { text: 'Its snippet is there, its library is still loading. Decisions wait for it.' },
    blocked: { text: 'Its snippet is there, its library does not load.' },
    waiting: {
      text: 'Loaded, but takes nothing yet: the site has not called `init`, or the visitor opted out. Decisions wait until that changes.',
      reason: 'Amplitude takes nothing yet',
      section: 'docs/amplitude.md#states',
    },
    capturing: { text: 'Takes decisions, for the user and device that it has at the moment of each.' },
  },
};

/** A destination's state in words. */
export function describeState(name: string, state: DestinationState): StateWords {
  const own = Object.keys(OWN).indexOf(name) < 0 ? undefined : OWN[name]?.[state];
  return { ...describeAny(name, state), ...own };
}
