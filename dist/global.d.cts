import type { Bridge, Settings } from './index.cjs';

/** Called with the bridge as soon as it runs. */
type QueuedCall = (bridge: Bridge) => void;

/**
 * The global of the script: settings and queued calls before it has run, the running bridge after. Members are optional,
 * because a page cannot count on a script that a blocker may stop.
 */
export interface OptimizelyFullStory extends Settings, Partial<Bridge> {
  /** Takes calls in the same way before and after the script has loaded. */
  queue?: QueuedCall[] | { push(call: QueuedCall): unknown };
}

declare global {
  var optimizelyFullStory: OptimizelyFullStory | undefined;
  /** The same of the script for Amplitude alone. */
  var optimizelyAmplitude: OptimizelyFullStory | undefined;
}
