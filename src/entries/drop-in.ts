import { fullstory } from '../destinations/fullstory.ts';
import { discoverClients } from '../optimizely/discovery.ts';
import { warn } from '../page/warn.ts';
import type { Settings } from '../settings.ts';
import { type Bridge, createBridge } from './create-bridge.ts';

/** Called with the bridge as soon as it runs. */
export type QueuedCall = (bridge: DropIn) => void;

/** The global `optimizelyFullStory` before the script: settings, and calls to make when it runs. */
export interface DropInSettings extends Settings {
  queue?: QueuedCall[];
}

/** The global `optimizelyFullStory` after the script. */
export interface DropIn extends Bridge {
  /** Takes calls in the same way before and after the script has loaded. */
  readonly queue: { push(call: QueuedCall): void };
}

declare global {
  interface Window {
    /** Settings and queued calls before the drop-in has run, the running bridge after. */
    optimizelyFullStory: DropIn;
  }
}

function start(before: DropInSettings & Partial<Bridge>): void {
  // Included twice: the first one runs.
  if (before.disconnect) return;

  const bridge = createBridge(
    [before, (document.currentScript || ({} as HTMLElement)).dataset],
    [fullstory()],
    discoverClients,
  );
  const dropIn: DropIn = Object.assign(bridge, {
    queue: {
      push(call: QueuedCall) {
        try {
          call(dropIn);
        } catch (error) {
          warn(error);
        }
      },
    },
  });
  try {
    window.optimizelyFullStory = dropIn;
  } catch {
    // The page has locked the name. The bridge runs all the same.
  }
  if (Array.isArray(before.queue)) before.queue.forEach(dropIn.queue.push);
}

start((window.optimizelyFullStory as unknown as DropInSettings | undefined) || {});
