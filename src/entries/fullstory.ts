import { fullstory } from '../destinations/fullstory.ts';
import { type DropIn, startDropIn } from './drop-in.ts';

declare global {
  interface Window {
    /** Settings and queued calls before the script has run, the running bridge after. */
    optimizelyFullStory: DropIn;
  }
}

declare const optimizelyFullStory: unknown;

startDropIn('optimizelyFullStory', () => typeof optimizelyFullStory !== 'undefined' && optimizelyFullStory, [
  fullstory(),
]);
