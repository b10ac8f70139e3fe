import type { Problem } from '../status.ts';
import type { Destination, Sight } from './destination.ts';

/** FullStory's global as the snippets 1.3, 2.0 and 2.1 and fs.js leave it. */
interface FullStory {
  (operation: string, options: unknown, source: string): unknown;
  /** The snippet's queue; fs.js deletes it. */
  q?: unknown[];
  /** Set by fs.js. */
  _api?: unknown;
  /** Set by fs.js, late. */
  getCurrentSessionURL(): unknown;
}

type Observer = { disconnect(): void };

/** Names this integration in every call; FullStory keeps it with the event. */
const SOURCE = 'optimizely';

/** Ms after which a script that has not come is taken for blocked: snippet 1.3 has no other sign of it. */
const BLOCKED_AFTER = 10_000;

/** The shutdown reason when FullStory's server declines to capture (quota, domain, browser). */
const REFUSED = 5;

/**
 * FullStory, wherever it is at the moment. The global is looked up anew for each call, and never created: the
 * snippet does not install where the name is taken.
 *
 * @param setting the site's own name for the global, or empty.
 * @param problems gets the codes of problems.
 * @param onChange called when a session starts or ends, in FullStory's own turn: do not call FullStory in it.
 */
export function createFullStory(setting: string, problems: Set<Problem>, onChange: () => void): Destination {
  /** What answers: the stub, and from when it is there, fs.js behind it. */
  let watched: unknown;
  let watchedSince = 0;
  const observers: Observer[] = [];
  let startedSession: string | undefined;
  let isRefused = false;

  /**
   * The name of the global: the site's own setting, what the snippets 1.3 and 2.0 read, what 2.1 writes on its script
   * tag, else the usual one.
   */
  function findNamespace(): string {
    const script = document.querySelector<HTMLElement>('script[data-fs-namespace]');
    const { _fs_namespace } = window as { _fs_namespace?: string };
    return setting || _fs_namespace || (script && script.dataset.fsNamespace) || 'FS';
  }

  function find(): FullStory | false {
    try {
      const found = (window as unknown as Record<string, unknown>)[findNamespace()];
      return typeof found === 'function' && (found as FullStory);
    } catch {
      // A getter of the page's.
      return false;
    }
  }

  function look(): Sight {
    const fullstory = find();
    let session = '';
    if (!fullstory) return { state: 'absent' };
    if (fullstory.q && !fullstory._api) {
      // The snippets 2.0 and 2.1 replace the queue's `push` when the script cannot be loaded.
      const isBlocked =
        fullstory.q.push !== [].push || (watched && Date.now() - watchedSince > BLOCKED_AFTER);
      return { state: isBlocked ? 'blocked' : 'loading' };
    }
    try {
      session = '' + (fullstory.getCurrentSessionURL() || '');
    } catch {
      // It comes late; or it is a function of the page's own.
    }
    // A function that is neither FullStory's stub nor fs.js is a wrapper, or a test's: it counts as ready.
    return session || startedSession !== undefined || !fullstory._api
      ? { state: 'capturing', session: session || startedSession || '' }
      : { state: isRefused ? 'refused' : 'waiting' };
  }

  function unwatch(): void {
    watched = startedSession = undefined;
    try {
      observers.splice(0).forEach((observer) => {
        observer.disconnect();
      });
    } catch {
      // The stub and wrappers return nothing to disconnect; the callback does nothing any more.
    }
  }

  function call(operation: string, options: unknown): unknown {
    // Throws when FullStory vanished meanwhile, as when its function throws.
    return (find() as FullStory)(operation, options, SOURCE);
  }

  return {
    findNamespace,
    look,
    watch() {
      const fullstory = find();
      // Registered at the stub, so that no start is missed, and again at fs.js: what the stub had queued is lost
      // when its script was blocked at first.
      const answering = fullstory && (fullstory._api || fullstory);
      if (answering && answering !== watched) {
        unwatch();
        watched = answering;
        watchedSince = Date.now();
        try {
          ['start', 'shutdown'].forEach((type) => {
            const callback = (detail?: { sessionUrl?: string; reason?: number }) => {
              if (watched !== answering) return;
              const { sessionUrl, reason } = detail || {};
              startedSession = type === 'start' ? sessionUrl || '' : undefined;
              isRefused = reason === REFUSED;
              onChange();
            };
            observers.push(call('observe', { type, callback }) as Observer);
          });
        } catch {
          problems.add('fullstory-throws');
        }
      }
    },
    setProperties(properties) {
      // FullStory refuses user properties in child frames, and takes events.
      if (window.parent !== window) problems.add('child-frame');
      else call('setProperties', { type: 'user', properties });
    },
    trackEvent(event) {
      call('trackEvent', event);
    },
    unwatch,
  };
}
