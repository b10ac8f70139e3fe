import type { Situation } from './situation.ts';

const MEASURED = 'Amplitude has a fidelity run of its own, and plays it there: amplitude.ts';

/** Amplitude comes late, or is not to have anything. FullStory is there all the time. */
export const AMPLITUDE: readonly Situation[] = [
  {
    id: 'amplitude-late',
    title: 'Amplitude comes late',
    about: 'Amplitude’s script is not on the page yet when the flags are decided.',
    amplitude:
      'The bridge keeps the decisions, and hands them over when Amplitude loads. FullStory does not wait for it.',
    needsAmplitude: true,
    playground: {
      beginning: { amplitude: 'absent' },
      steps: [{ label: 'Load Amplitude', run: (shop) => shop.startAmplitude() }],
    },
    notMeasured:
      'In init-late it is as late, and a recipe that calls what is not there has nothing to measure',
  },
  {
    id: 'init-late',
    title: 'Amplitude is started late',
    about:
      'Amplitude’s script is there, and the page calls init() after the flags are decided, as sites with a consent banner do.',
    amplitude: 'Each event has the time of its decision, not the time when Amplitude started.',
    needsAmplitude: true,
    playground: {
      beginning: { amplitude: 'waits for init' },
      steps: [{ label: 'Start Amplitude', run: (shop) => shop.startAmplitude() }],
    },
    notMeasured: MEASURED,
  },
  {
    id: 'opt-out',
    title: 'Opted out, then in',
    about: 'The visitor opts out of Amplitude, and flags are decided. Amplitude drops calls made meanwhile.',
    amplitude: 'The bridge sends it nothing, and hands over the current decisions when the visitor opts in.',
    needsAmplitude: true,
    playground: {
      beginning: {},
      steps: [
        {
          label: 'Opt out and decide',
          run(shop) {
            shop.setOptOut(true);
            shop.decide(['pricing_page', 'search_ranking'], shop.nextVisitor());
          },
        },
        { label: 'Opt in', run: (shop) => shop.setOptOut(false) },
      ],
    },
    notMeasured: MEASURED,
  },
];
