import { AMPLITUDE } from './amplitude-alone.ts';
import { CLIENTS } from './clients.ts';
import { FRAMES } from './frames.ts';
import { LEAVING } from './leaving.ts';
import { LIMITS } from './limits.ts';
import { LOADING } from './loading.ts';
import { openPlain } from './pages.ts';
import { SESSIONS } from './sessions.ts';
import type { Group, MeasuredSituation, PlayableSituation, Situation } from './situation.ts';
import { STORAGE } from './storage.ts';
import { USERS } from './users.ts';

export const HEALTHY: PlayableSituation & MeasuredSituation = {
  id: 'healthy',
  title: 'A healthy page',
  about:
    'The page decided five flags for Ada as soon as Optimizely was ready, and FullStory’s session has each of them once: an event and a user property.',
  recipe: 'On a page like this the recipe does as well.',
  amplitude: 'Amplitude has them once as well.',
  playground: { beginning: {}, steps: [] },
  fidelity: [
    {
      name: 'plain page',
      on: ['4.10.1 1.3', '5.4.1 2.0', '6.0.0 2.1', '6.6.1 2.1'],
      run: openPlain,
    },
  ],
};

/** All of them except the healthy page, by subject. */
export const GROUPS: readonly Group[] = [
  { title: 'FullStory', situations: LOADING },
  { title: 'Amplitude', situations: AMPLITUDE },
  { title: 'Users', situations: USERS },
  { title: 'Sessions', situations: SESSIONS },
  { title: 'Many decisions', situations: LIMITS },
  { title: 'Optimizely', situations: CLIENTS },
  { title: 'Leaving', situations: LEAVING },
  { title: 'Storage and frames', situations: [...STORAGE, ...FRAMES] },
];

export const SITUATIONS: readonly Situation[] = [HEALTHY, ...GROUPS.flatMap(({ situations }) => situations)];

export const isPlayable = (situation: Situation): situation is PlayableSituation => 'playground' in situation;
export const isMeasured = (situation: Situation): situation is MeasuredSituation => 'fidelity' in situation;
