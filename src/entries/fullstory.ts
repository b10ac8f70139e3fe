import { fullstory } from '../destinations/fullstory.ts';
import { type DropIn, startDropIn } from './drop-in.ts';

declare global {
  interface Window {
    /** Settings and queued calls before the script has run, the running bridge after. */
    optimizelyFullStory: DropIn;
  }
}

declare const optimizelyFullStory: unknown;
declare const WorkerNavigator: unknown;

// In a worker there is no page to forward anything from. Partytown's has a made-up window and document.
if (typeof WorkerNavigator !== 'function') {
  startDropIn('optimizelyFullStory', () => optimizelyFullStory, [fullstory()]);
}
