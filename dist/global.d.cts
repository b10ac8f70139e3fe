import type { Bridge, Settings } from './index.cjs';

/** Called with the bridge when it runs. */
type QueuedCall = (bridge: Bridge) => void;

/**
 * The global of the script: settings and queued calls before it has run, the bridge afterwards. Members are optional,
 * because a page cannot count on a script that a blocker may stop.
 */
export interface OptimizelyFullStory extends Settings, Partial<Bridge> {
  /** Accepts calls before and after the script has loaded. */
  queue?: QueuedCall[] | { push(call: QueuedCall): unknown };
}

declare global {
  var optimizelyFullStory: OptimizelyFullStory | undefined;
  /** The same for the script for Amplitude only. */
  var optimizelyAmplitude: OptimizelyFullStory | undefined;
}
