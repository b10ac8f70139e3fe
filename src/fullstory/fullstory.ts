import type { Destination, DestinationState } from '../destination.ts';
import { findNamespace } from './namespace.ts';

/** FullStory's global as the snippets 1.3, 2.0 and 2.1 and fs.js leave it. */
interface FullStory {
  (operation: string, options?: unknown, source?: string): unknown;
  /** The snippet's queue; fs.js deletes it. */
  q?: unknown;
  /** Set by fs.js. */
  _api?: unknown;
  getCurrentSessionURL?: () => string | null;
}

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
 * @param namespace the site's own setting, or empty.
 * @param onChange called when a session starts or ends, in FullStory's own turn: do not call FullStory in it.
 * @param problem gets the codes of problems.
 */
export function createFullStory(
  namespace: string,
  onChange: () => void,
  problem: (code: string) => void,
): Destination {
  /** What answers: the stub, and from when it is there, fs.js behind it. */
  let watched: unknown;
  let startedSession: string | undefined;
  let isRefused = false;
  let stubSince = 0;
  let observers: unknown[] = [];

  function find(): FullStory | undefined {
    if (typeof window === 'undefined') return undefined;
    const found = (window as unknown as Record<string, unknown>)[findNamespace(namespace)];
    return typeof found === 'function' ? (found as FullStory) : undefined;
  }

  function session(): string | undefined {
    const fullstory = find();
    if (!fullstory || isStub(fullstory)) return undefined;
    let url: unknown;
    try {
      url = fullstory.getCurrentSessionURL?.();
    } catch {}
    if (url) return String(url);
    // A function that is neither FullStory's stub nor fs.js is a wrapper, or a test's: it counts as ready.
    return startedSession === undefined && !fullstory._api ? '' : startedSession;
  }

  function isStub(fullstory: FullStory): boolean {
    return !fullstory._api && Array.isArray(fullstory.q);
  }

  function state(): DestinationState {
    const fullstory = find();
    if (!fullstory) {
      stubSince = 0;
      return 'absent';
    }
    if (isStub(fullstory)) {
      stubSince = stubSince || Date.now();
      // The snippets 2.0 and 2.1 replace the queue's `push` when the script cannot be loaded.
      return (fullstory.q as unknown[]).push !== [].push || Date.now() - stubSince > BLOCKED_AFTER
        ? 'blocked'
        : 'loading';
    }
    return session() !== undefined ? 'capturing' : isRefused ? 'refused' : 'waiting';
  }

  function observe(fullstory: FullStory, type: string, heard: (detail: never) => void): void {
    const answering = watched;
    const callback = (detail: never) => {
      if (watched !== answering) return;
      heard(detail);
      onChange();
    };
    observers.push(fullstory('observe', { type, callback }, SOURCE));
  }

  function disconnect(): void {
    watched = startedSession = undefined;
    for (const observer of observers) {
      try {
        (observer as { disconnect(): void }).disconnect();
      } catch {
        // The stub returns nothing to disconnect; the callback itself does nothing any more.
      }
    }
    observers = [];
  }

  function call(operation: string, options: unknown): void {
    // Throws when FullStory vanished meanwhile, as when its function throws.
    (find() as FullStory)(operation, options, SOURCE);
  }

  return {
    namespace: () => findNamespace(namespace),
    state,
    session,
    watch() {
      const fullstory = find();
      // Registered at the stub, so that no start is missed, and again at fs.js: what the stub had queued is lost
      // when its script was blocked at first.
      const answering = fullstory && (fullstory._api || fullstory);
      if (!fullstory || answering === watched) return !!fullstory;
      disconnect();
      watched = answering;
      try {
        observe(fullstory, 'start', ({ sessionUrl }: { sessionUrl?: string }) => {
          startedSession = sessionUrl || '';
          isRefused = false;
        });
        observe(fullstory, 'shutdown', ({ reason }: { reason?: number }) => {
          startedSession = undefined;
          isRefused = reason === REFUSED;
        });
      } catch {
        problem('fullstory-throws');
      }
      return true;
    },
    setProperties(properties) {
      // FullStory refuses user properties in child frames, and takes events.
      if (window.parent !== window) problem('child-frame');
      else call('setProperties', { type: 'user', properties });
    },
    trackEvent(event) {
      call('trackEvent', event);
    },
    disconnect,
  };
}
