import type { Problem } from '../status.ts';
import type { Undo } from '../undo.ts';
import { replaceMethod } from './replace-method.ts';
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

type CreateInstance = (this: unknown, ...configuration: never[]) => unknown;

/** Ms between looks for what nothing announces. */
const LOOK_AGAIN = 250;

/**
 * Finds the clients of a page: at their creation by the SDK's global, and by the names under which pages keep
 * them. Once a client is found and the page has loaded, plain properties are left behind.
 *
 * @param client what the site set: the client, or the (dotted) name of the global that holds it. By name, that is the
 * one to be found.
 * @param connect listens to a client; returns whether it is one.
 * @param problems gets the codes of problems.
 * @returns how to stop, which puts back all that was patched.
 */
export function discoverClients(
  client: unknown,
  connect: (client: unknown, isNew?: boolean) => boolean,
  problems: Set<Problem>,
): Undo {
  const name = typeof client === 'string' && client;
  const wrapped = new Set<unknown>();
  /** Looks at what nothing announces; each may throw, when there is none or the page's getter does. */
  const looks: (() => void)[] = [() => offer(optimizelyClientInstance), () => offer(optimizelyClient)];
  const undos: Undo[] = [];
  const unwraps: Undo[] = [];
  let isFound = false;

  function offer(candidate: unknown, isNamed?: boolean, isNew?: boolean): void {
    if (candidate && connect(candidate, isNew) && (isNamed || !name)) isFound = true;
  }

  function wrapCreateInstance(sdk: SdkExports | undefined): void {
    if (!sdk || !sdk.createInstance || wrapped.has(sdk.createInstance)) return;
    unwraps.push(
      replaceMethod<CreateInstance>(sdk, 'createInstance', (original) => {
        function createInstance(this: unknown): unknown {
          // biome-ignore lint/complexity/noArguments: they pass on whatever the page passes, also in ES5.
          const created = original.apply(this, arguments as unknown as never[]);
          // New: its first batch may hold what another client of this page has decided, and that was heard.
          offer(created, false, true);
          return created;
        }
        wrapped.add(createInstance);
        return createInstance;
      }),
    );
  }

  /** Watches the global with which a (dotted) path begins. An SDK and a client are told apart by what they can do. */
  function watch(path: string): void {
    const [global, ...keys] = path.split('.') as [string, ...string[]];
    const look = (value: SdkExports | undefined) => {
      try {
        let candidate: unknown = value;
        // Not `reduce`, which is another thing where the page has Prototype.js.
        keys.forEach((key) => {
          // Until the last part of the path is there, some value on the way is undefined.
          candidate = candidate && (candidate as Record<string, unknown>)[key];
        });
        offer(candidate, path === name);
        wrapCreateInstance(value);
        wrapCreateInstance(value && value.default);
      } catch {
        problems.add(('global-locked:' + global) as `global-locked:${string}`);
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
    if (isFound && document.readyState === 'complete') stop();
  }

  function stop(): void {
    clearInterval(timer);
    undos.splice(0).forEach((undo) => {
      undo();
    });
  }

  // The site's own name first: a global is watched once.
  if (name) watch(name);
  ['optimizelySdk', 'optimizelyReactSdk', 'optimizelyClientInstance', 'optimizelyClient'].forEach(watch);
  const timer = setInterval(lookAround, LOOK_AGAIN);
  lookAround();
  // Who is there already may have decided already.
  if (isFound) problems.add('client-late');
  if (client && !name) offer(client, true);

  return () => {
    stop();
    unwraps.forEach((unwrap) => {
      unwrap();
    });
  };
}
