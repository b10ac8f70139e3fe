import { assembleBridge, type Bridge } from './create-bridge.ts';
import { discoverClients } from './optimizely/discovery.ts';
import type { Settings } from './settings.ts';

/** Called with the bridge as soon as it runs. */
export type QueuedCall = (bridge: DropIn) => void;

/** The global `optimizelyFullStory` before the script: settings, and calls to make when it runs. */
export interface DropInSettings extends Settings {
  queue?: QueuedCall[];
}

/** The global `optimizelyFullStory` after the script. */
export interface DropIn extends Bridge {
  /** Takes calls in the same way before and after the script has loaded. */
  readonly queue: { push(...calls: QueuedCall[]): void };
}

const GLOBAL = 'optimizelyFullStory';

/** Attributes that frameworks and consent tools put on script tags: not ours to judge. */
const FOREIGN_ATTRIBUTE = /^(nscript|turbo|cf|cookie|category|ot|uc|n[A-Z])/;

function readAttributes(): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const { dataset } = (document.currentScript || {}) as HTMLScriptElement;
  for (const name of Object.keys(dataset || {})) {
    if (!FOREIGN_ATTRIBUTE.test(name)) attributes[name] = dataset[name];
  }
  return attributes;
}

function start(): void {
  const page = window as unknown as Record<string, unknown>;
  const before = page[GLOBAL] as (DropInSettings & Partial<Bridge>) | undefined;
  // Included twice: the first one runs.
  if (before?.version) return;

  const queue = before?.queue;
  const bridge = assembleBridge([before, readAttributes()], discoverClients);
  const dropIn: DropIn = Object.assign(bridge, {
    queue: {
      push(...calls: QueuedCall[]) {
        for (const call of calls) {
          try {
            call(dropIn);
          } catch (error) {
            console.warn('[optimizely-fullstory]', error);
          }
        }
      },
    },
  });
  try {
    page[GLOBAL] = dropIn;
  } catch {
    // The page has locked the name. The bridge runs all the same.
  }
  if (Array.isArray(queue)) dropIn.queue.push(...(queue as QueuedCall[]));
}

start();
