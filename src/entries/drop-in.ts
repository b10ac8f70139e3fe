import type { DestinationSetup } from '../destinations/destination.ts';
import { discoverClients } from '../optimizely/discovery.ts';
import { write } from '../page/console.ts';
import { ownMembersOnly } from '../page/own-members.ts';
import type { Recordings } from '../recordings.ts';
import type { Settings } from '../settings.ts';
import type { Attach, Bridge } from './create-bridge.ts';
import { createBridge } from './create-bridge.ts';

declare const WorkerNavigator: unknown;

/** Called with the bridge as soon as it runs. */
export type QueuedCall = (bridge: DropIn) => void;

/** The global before the script: settings, and calls to make when it runs. */
export interface DropInSettings extends Settings {
  queue?: QueuedCall[];
}

/** The global after the script. */
export interface DropIn extends Bridge {
  /** Takes calls in the same way before and after the script has loaded. */
  readonly queue: { push(call: QueuedCall): void };
}

/**
 * What the page has put under the script's name: the settings, or the bridge of a script that ran before. An element or a
 * frame of that name is neither.
 *
 * @param readBare reads the name as an identifier: `const optimizelyFullStory = …` is no property of `window`. It does
 * not throw where there is none, because an exception costs as much as a third of all that the script does to start.
 */
function readGlobal(name: string, readBare: () => unknown): DropInSettings & Partial<DropIn> {
  try {
    const found = readBare();
    if (
      found !== (window as unknown as Record<string, unknown>)[name] ||
      Object.getOwnPropertyDescriptor(window, name)
    )
      return found || {};
  } catch {
    // A constant of the page's that has no value yet.
  }
  return {};
}

/** The attributes of the script's own element. An element named `currentScript` must not stand in for it. */
function readAttributes(): unknown {
  try {
    const current = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript') as {
      get(this: Document): HTMLElement;
    };
    return current.get.call(document).dataset;
  } catch {
    // A tag manager runs it by other means.
    return undefined;
  }
}

/**
 * Makes the calls that the page has queued in its settings, and lets the settings lead to the bridge as well: the page may
 * have kept them, or have them in a constant that hides the global.
 */
function takeOver(settings: DropInSettings, dropIn: DropIn): void {
  try {
    const { queue } = settings;
    if (Array.isArray(queue)) {
      queue.forEach(dropIn.queue.push);
      queue.push = dropIn.queue.push as typeof queue.push;
    }
    Object.assign(settings, dropIn);
  } catch {
    // A getter or a proxy of the page's, or what it has frozen.
  }
}

/**
 * Starts a bridge with the settings of the page, and puts it under the script's name. In a worker it does nothing.
 *
 * @param name the name of the global.
 * @param readBare reads that name as an identifier.
 */
export function startDropIn(
  name: string,
  readBare: () => unknown,
  destinations: readonly [DestinationSetup, ...DestinationSetup[]],
): void {
  // In a worker there is no page to forward anything from. Partytown's has a made-up window and document.
  if (typeof WorkerNavigator === 'function') return;
  const before = readGlobal(name, readBare);
  try {
    // Included twice: the first one runs.
    if (before.disconnect) return;
  } catch {
    // A getter or a proxy of the page's.
  }
  const held = document as unknown as Record<string, Partial<DropIn> | undefined>;
  const running = held[name];
  if (running && running.disconnect) {
    takeOver(before, running as DropIn);
    return;
  }

  const stub = window.optimizelyStub;
  // An element of the page's may have that name.
  const recordings: Recordings = Array.isArray(stub) ? (stub as unknown as Recordings) : [[], [], []];
  let tell!: Parameters<Attach>[2];
  const bridge = createBridge(
    [before, readAttributes()],
    destinations,
    (client, connect, tellProblem, timers) => {
      tell = tellProblem;
      const stopDiscovery = discoverClients(client, connect, tell, timers, recordings[0]);
      return () => {
        stopDiscovery();
        recordings[2].forEach((undo) => {
          undo();
        });
      };
    },
    recordings,
  );
  const dropIn: DropIn = Object.assign(bridge, {
    queue: {
      push(call: QueuedCall) {
        try {
          call(dropIn);
        } catch (error) {
          write('warn', error);
        }
      },
    },
  });

  try {
    // Settings that come now come too late, and must not take the bridge away.
    Object.defineProperty(
      window,
      name,
      ownMembersOnly({
        configurable: true,
        enumerable: true,
        get: () => dropIn,
        set(late: DropInSettings) {
          // A tag manager's text that fires again assigns the bridge itself.
          if (late === (dropIn as unknown)) return;
          tell('settings-late');
          write('warn', 'settings-late');
          takeOver(late, dropIn);
        },
      }),
    );
  } catch {
    // A `var` of the page's, which evaluated again holds settings once more, tells nobody that a bridge runs.
    held[name] = dropIn;
  }
  takeOver(before, dropIn);
}
