import { globalAt } from '../global-at.ts';
import { replaceMethod, type Undo } from '../replace-method.ts';
import { findNotificationCenter } from './client.ts';
import { watchGlobal } from './watch-global.ts';

// The names that READMEs use in `const optimizelyClient = …`: such a constant is no property of `window`, and is
// visible all the same to a later script that names it.
declare const optimizelyClientInstance: unknown;
declare const optimizelyClient: unknown;

/** The SDK's exports: `createInstance` is on them, and on `default` in SDK 4 and 5. */
interface SdkExports {
  createInstance?: CreateInstance;
  default?: SdkExports;
}
type CreateInstance = (this: unknown, ...configuration: never[]) => unknown;

const SDK_GLOBALS = ['optimizelySdk', 'optimizelyReactSdk'];

/** Ms between looks for what nothing announces; each wait is twice the one before. */
const FIRST_WAIT = 50;
const LONGEST_WAIT = 2000;

/**
 * Finds the clients of a page: at their creation by the SDK's global, and by the names under which pages keep
 * them. Once a client is found and the page has loaded, plain properties are left behind.
 *
 * @param name the (dotted) name of the global that holds the client, or empty.
 * @param connect listens to a client; returns whether it is one.
 * @param problem gets the codes of problems.
 * @returns how to stop, which puts back all that was patched.
 */
export function discoverClients(
  name: string,
  connect: (client: unknown) => boolean,
  problem: (code: string) => void,
): Undo {
  const wrapped = new Set<unknown>();
  const unwraps: Undo[] = [];
  let releases: Undo[] = [];
  let missing = name;
  let isFound = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function offer(client: unknown): boolean {
    const isClient = !!findNotificationCenter(client) && connect(client);
    isFound = isFound || isClient;
    return isClient;
  }

  function wrapCreateInstance(sdk: SdkExports | undefined): void {
    if (!sdk || wrapped.has(sdk.createInstance)) return;
    const unwrap = replaceMethod<CreateInstance>(sdk, 'createInstance', (original) => {
      function createInstance(this: unknown, ...configuration: never[]): unknown {
        const client = original.apply(this, configuration);
        offer(client);
        return client;
      }
      wrapped.add(createInstance);
      return createInstance;
    });
    if (unwrap) unwraps.push(unwrap);
  }

  function lookUpName(): void {
    const path = missing;
    // Looking it up touches the global that is watched, which asks to look it up.
    missing = '';
    if (path && !offer(globalAt(path))) missing = path;
  }

  function watch(global: string, look: (value: unknown) => void): void {
    const release = watchGlobal(global, look);
    if (release) releases.push(release);
  }

  function release(): void {
    for (const restore of releases) restore();
    releases = [];
  }

  function lookAround(wait: number): void {
    lookUpName();
    try {
      offer(optimizelyClientInstance);
    } catch {
      // There is none, or not yet.
    }
    try {
      offer(optimizelyClient);
    } catch {
      // There is none, or not yet.
    }
    if (isFound && !missing && document.readyState === 'complete') release();
    else timer = setTimeout(lookAround, wait, Math.min(wait * 2, LONGEST_WAIT));
  }

  for (const global of SDK_GLOBALS) {
    watch(global, (exports) => {
      try {
        wrapCreateInstance(exports as SdkExports | undefined);
        wrapCreateInstance((exports as SdkExports | undefined)?.default);
      } catch {
        problem(`sdk-locked:${global}`);
      }
    });
  }
  watch('optimizelyClientInstance', offer);
  watch('optimizelyClient', offer);
  // Any other name: looked up along its path whenever the first part of it is touched.
  if (name) watch(name.split('.')[0] as string, lookUpName);
  lookAround(FIRST_WAIT);

  return () => {
    clearTimeout(timer);
    release();
    for (const unwrap of unwraps) unwrap();
  };
}
