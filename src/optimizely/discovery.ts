import { follow } from '../page/global-path.ts';
import type { Timers } from '../page/timers.ts';
import type { RecordedClient, Recordings } from '../recordings.ts';
import type { Problem } from '../status.ts';
import type { Undo } from '../undo.ts';
import { callAfter, type Methods } from './call-after.ts';
import { watchGlobal } from './watch-global.ts';

// READMEs use these names in `const optimizelyClient = …`. Such a constant is no property of `window`, but a later script
// can read it by its name.
declare const optimizelyClientInstance: unknown;
declare const optimizelyClient: unknown;

/** SDK 4 and 5 also export everything as `default`. */
interface SdkExports {
  createInstance?: unknown;
  default?: SdkExports;
}

/** Globals that hold an SDK or a client. Their values come when the page sets them. */
const WATCHED = ['optimizelySdk', 'optimizelyReactSdk', 'optimizelyClientInstance'];

const CLIENT = 'optimizelyClient';

/**
 * Finds the clients of a page for as long as the page lives: when the SDK's global creates them, and in the globals where
 * pages store them.
 *
 * @param client the site's setting: the client, or the (dotted) name of the global that holds it. If it is set, no other
 * client is looked for.
 * @param connect listens to a client. Returns whether it is one.
 * @param recordings the stub's. Its clients are not late.
 * @returns a function that stops it and the stub, and puts the patched methods and globals back.
 */
export function discoverClients(
  client: unknown,
  connect: (client: unknown, isNew?: boolean, isLate?: boolean) => boolean,
  tell: (problem: Problem) => void,
  timers: Timers,
  recordings: Recordings,
): Undo {
  const [recorded] = recordings;
  const name = typeof client === 'string' ? client : '';
  /** The SDKs whose `createInstance` is wrapped, and their functions. */
  const met: unknown[] = [];
  /** Each looks for a client that nothing announces. It may throw if there is none, or if the page's getter throws. */
  const looks: (() => void)[] = [];
  const undos: Undo[] = [];
  /** Whether everything that existed before the script has been looked at. */
  let isWatching = false;
  let isClientWatched = false;
  let cancel: Undo | undefined;

  function offer(candidate: unknown, isNew?: boolean): void {
    if (candidate) connect(candidate, isNew, !isWatching);
  }

  function offerRecorded([one, sawCreation]: RecordedClient): void {
    // If the site names its client, others count only if the page has handed them over.
    if (!client || !sawCreation) connect(one);
  }

  function wrapCreateInstance(sdk: SdkExports | undefined): void {
    // Once for each SDK, or two scripts would wrap each other's functions without end. And once for each function, because a
    // page's getter may return a new proxy of the SDK at each read.
    if (sdk && sdk.createInstance && !met.includes(sdk) && !met.includes(sdk.createInstance)) {
      // An SDK that came after this script has made no client before, so its first batch may be of another page.
      const isNew = isWatching;
      undos.push(callAfter(sdk as Methods, 'createInstance', (created) => offer(created, isNew)));
      met.push(sdk, sdk.createInstance);
    }
  }

  /** Watches the global at the beginning of a (dotted) path. It may be an SDK or a client; their methods show which. */
  function watch(path: string): void {
    const keys = path.split('.');
    const global = keys.shift() as string;
    const look = (value: SdkExports | undefined) => {
      try {
        offer(follow(value, keys));
        // An SDK in a worker is a function for Comlink.
        if (name || typeof value !== 'object') return;
        wrapCreateInstance(value);
        wrapCreateInstance(value && value.default);
      } catch {
        tell(('global-locked:' + global) as `global-locked:${string}`);
      }
    };
    undos.push(watchGlobal(global, look));
    looks.push(() => look((window as unknown as Record<string, never>)[global]));
  }

  function lookAround(): void {
    looks.forEach((look) => {
      try {
        look();
      } catch {
        // It does not exist, or not yet.
      }
    });
    cancel = timers.later_(lookAround, timers.lookWait_());
  }

  /** Watched from its first value on: `'optimizelyClient' in window` must be false until the page has a client. */
  function watchClientOnceThere(): void {
    if (isClientWatched || !Object.getOwnPropertyDescriptor(window, CLIENT)) return;
    isClientWatched = true;
    watch(CLIENT);
  }

  recorded.forEach(offerRecorded);
  try {
    // The page may have taken `createInstance` or `connect` from the stub, and call it later.
    undos.push(
      callAfter(recorded as unknown as Methods, 'push', (length) =>
        offerRecorded(recorded[(length as number) - 1] as RecordedClient),
      ),
    );
  } catch {
    // The page has frozen the prototype of arrays.
  }
  if (client && !name) {
    if (!connect(client)) tell('client-invalid');
  } else {
    (name ? [name] : WATCHED).forEach(watch);
    if (!name) {
      looks.push(
        () => offer(optimizelyClientInstance),
        () => offer(typeof optimizelyClient !== 'undefined' && optimizelyClient),
        watchClientOnceThere,
      );
    }
    lookAround();
    isWatching = true;
  }

  return () => {
    if (cancel) cancel();
    undos.concat(recordings[2]).forEach((undo) => {
      undo();
    });
  };
}
