import { follow } from '../page/global-path.ts';
import type { Timers } from '../page/timers.ts';
import type { RecordedClient } from '../recordings.ts';
import type { Problem } from '../status.ts';
import type { Undo } from '../undo.ts';
import { callAfter } from './call-after.ts';
import { watchGlobal } from './watch-global.ts';

// The names that READMEs use in `const optimizelyClient = …`: such a constant is no property of `window`, and is
// visible all the same to a later script that names it.
declare const optimizelyClientInstance: unknown;
declare const optimizelyClient: unknown;

/** SDK 4 and 5 export everything once more as `default`. */
interface SdkExports {
  createInstance?: unknown;
  default?: SdkExports;
}

/** Globals that hold an SDK or a client. Their values come when the page sets them. */
const WATCHED = ['optimizelySdk', 'optimizelyReactSdk', 'optimizelyClientInstance'];

const CLIENT = 'optimizelyClient';

/**
 * Finds the clients of a page for as long as it lives: at their creation by the SDK's global, and by the names under
 * which pages keep them.
 *
 * @param client what the site set: the client, or the (dotted) name of the global that holds it. Then no other is looked
 * for.
 * @param connect listens to a client. Returns whether it is one.
 * @param recorded the clients that the stub has seen: they are not late.
 * @returns how to stop, which puts back all that was patched.
 */
export function discoverClients(
  client: unknown,
  connect: (client: unknown, isNew?: boolean) => boolean,
  tell: (problem: Problem) => void,
  timers: Timers,
  recorded: readonly RecordedClient[],
): Undo {
  const name = typeof client === 'string' ? client : '';
  /** The SDKs whose clients are offered when they are created, and what does that. */
  const met: unknown[] = [];
  /** Looks at what nothing announces; each may throw, when there is none or the page's getter does. */
  const looks: (() => void)[] = [];
  const undos: Undo[] = [];
  let isFound = false;
  /** Whether all that was there when the script came has been looked at. */
  let isWatching = false;
  let isClientWatched = false;
  let cancel: Undo | undefined;

  function offer(candidate: unknown, isNew?: boolean): void {
    if (candidate && connect(candidate, isNew) && !recorded.some(([one]) => one === candidate))
      isFound = true;
  }

  function wrapCreateInstance(sdk: SdkExports | undefined): void {
    // Once for each SDK: two scripts that wrapped what the other one put there would do so without end. And once for each
    // function: a page's getter may make another proxy of one SDK each time that it is read.
    if (sdk && sdk.createInstance && met.indexOf(sdk) < 0 && met.indexOf(sdk.createInstance) < 0) {
      // An SDK that came after this script has made no client before: what its batches say is another page's.
      const isNew = isWatching;
      undos.push(callAfter(sdk, 'createInstance', (created) => offer(created, isNew)));
      met.push(sdk, sdk.createInstance);
    }
  }

  /** Watches the global with which a (dotted) path begins. An SDK and a client are told apart by what they can do. */
  function watch(path: string): void {
    const keys = path.split('.');
    const global = keys.shift() as string;
    const look = (value: SdkExports | undefined) => {
      try {
        offer(follow(value, keys));
        if (name) return;
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
        // Not there, or not yet.
      }
    });
    cancel = timers.later_(lookAround, timers.lookWait_());
  }

  /** `'optimizelyClient' in window` is to be false until the page has one: it is watched from its first value on. */
  function watchClientOnceThere(): void {
    if (isClientWatched || !Object.getOwnPropertyDescriptor(window, CLIENT)) return;
    isClientWatched = true;
    watch(CLIENT);
  }

  recorded.forEach(([one, sawCreation]) => {
    // Where the site names its client, others count only when they were handed over.
    if (!client || !sawCreation) offer(one);
  });
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
    // Who is there already may have decided already.
    if (isFound) tell('client-late');
  }

  return () => {
    if (cancel) cancel();
    undos.forEach((undo) => {
      undo();
    });
  };
}
