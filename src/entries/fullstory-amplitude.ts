import { amplitude } from '../destinations/amplitude.ts';
import { fullstory } from '../destinations/fullstory.ts';
import { startDropIn } from './drop-in.ts';

declare const optimizelyFullStory: unknown;

startDropIn('optimizelyFullStory', () => typeof optimizelyFullStory !== 'undefined' && optimizelyFullStory, [
  fullstory(),
  amplitude(),
]);
