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

/** The global before the script: settings, and queued calls. */
export interface DropInSettings extends Settings {
  queue?: QueuedCall[];
}

/** The global after the script. */
export interface DropIn extends Bridge {
  /** Works in the same way before and after the script has loaded. */
  readonly queue: { push(call: QueuedCall): void };
}

/**
 * The value of the script's global: the settings, or the bridge of an earlier script. Not an element or frame with that
 * name.
 *
 * @param readBare reads the name as an identifier: `const optimizelyFullStory = …` is no property of `window`. It must not
 * throw, because an exception takes a third of the script's time to start.
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

/** Whether it is a bridge. */
function isBridge(found: Partial<DropIn> | undefined): unknown {
  try {
    // A form has its fields as members.
    return found && typeof found.disconnect === 'function';
  } catch {
    // A getter or a proxy of the page's, or a frame of another site with that name.
  }
  return undefined;
}

/** The attributes of the script's own element. The page may have another element named `currentScript`. */
function readAttributes(): unknown {
  try {
    const current = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript') as {
      get(this: Document): HTMLElement;
    };
    return current.get.call(document).dataset;
  } catch {
    // A tag manager runs it without a script element.
  }
  return undefined;
}

/**
 * Makes the calls that the page has queued in its settings, and copies the bridge's methods to the settings. The page may
 * hold them in a variable, or in a constant that hides the global.
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
    // A getter, a proxy or a frozen object of the page's.
  }
}

/**
 * Starts a bridge with the page's settings, and makes it the script's global. In a worker it does nothing.
 *
 * @param name the name of the global.
 * @param readBare reads that name as an identifier.
 */
export function startDropIn(
  name: string,
  readBare: () => unknown,
  destinations: readonly [DestinationSetup, ...DestinationSetup[]],
): void {
  // A worker has no page. Partytown's workers imitate a window and a document.
  if (typeof WorkerNavigator === 'function') return;
  const before = readGlobal(name, readBare);
  const held = document as unknown as Record<string, Partial<DropIn> | undefined>;
  // The script is included twice. The first one runs.
  const running = [before, held[name]].find(isBridge);
  if (running) {
    takeOver(before, running as DropIn);
    return;
  }

  const stub = window.optimizelyStub;
  // The page may have an element with that name.
  const recordings: Recordings = Array.isArray(stub) ? (stub as unknown as Recordings) : [[], [], []];
  let tell!: Parameters<Attach>[2];
  const bridge = createBridge(
    [before, readAttributes()],
    destinations,
    (client, connect, tellProblem, timers) => {
      tell = tellProblem;
      return discoverClients(client, connect, tell, timers, recordings);
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
    // Settings that are assigned from now on are too late, and must not replace the bridge.
    Object.defineProperty(
      window,
      name,
      ownMembersOnly({
        configurable: true,
        // SystemJS takes the newest enumerable global for a script's export.
        enumerable: true,
        get: () => dropIn,
        set(late: DropInSettings) {
          // A tag manager's text that runs again assigns the bridge itself.
          if (late === (dropIn as unknown)) return;
          tell('settings-late');
          write('warn', 'settings-late');
          takeOver(late, dropIn);
        },
      }),
    );
  } catch {
    // The page has it as a `var`. If that runs again, it replaces the bridge by settings, so the document remembers it.
    held[name] = dropIn;
  }
  takeOver(before, dropIn);
}
