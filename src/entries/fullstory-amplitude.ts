import { amplitude } from '../destinations/amplitude.ts';
import { fullstory } from '../destinations/fullstory.ts';
import { startDropIn } from './drop-in.ts';

declare const optimizelyFullStory: unknown;

// In a worker there is no page to forward anything from.
if (typeof document !== 'undefined') {
  startDropIn('optimizelyFullStory', () => optimizelyFullStory, [fullstory(), amplitude()]);
}
