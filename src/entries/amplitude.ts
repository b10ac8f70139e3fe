import { amplitude } from '../destinations/amplitude.ts';
import { type DropIn, startDropIn } from './drop-in.ts';

declare global {
  interface Window {
    /** As `optimizelyFullStory`, for the script with Amplitude alone. */
    optimizelyAmplitude: DropIn;
  }
}

declare const optimizelyAmplitude: unknown;

startDropIn('optimizelyAmplitude', () => typeof optimizelyAmplitude !== 'undefined' && optimizelyAmplitude, [
  amplitude(),
]);
