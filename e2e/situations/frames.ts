import { decideLater, openPlain } from './pages.ts';
import type { Situation } from './situation.ts';

/** Pages inside of other pages. */
export const FRAMES: readonly Situation[] = [
  {
    id: 'child-frame',
    title: 'In a child frame',
    about:
      'In a frame of another page FullStory takes events and drops user properties without an error. The bridge reports it.',
    playground: { beginning: { isChildFrame: true }, steps: [] },
    fidelity: [
      {
        name: 'page in a child frame',
        on: ['5.4.1 1.3', '6.6.1 2.1'],
        isChildFrame: true,
        async run(visit) {
          await openPlain(visit);
          await decideLater(visit);
          await visit.says({ problems: { 0: 'child-frame', length: 1 } });
        },
      },
    ],
  },
];
