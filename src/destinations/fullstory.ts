import { ignoreRejection, nothing } from '../page/ignore-rejection.ts';
import { BLOCKED_AFTER, LATE } from './delays.ts';
import type { DestinationSetup, DestinationState, Sight } from './destination.ts';

/** FullStory's global, as defined by the snippets 1.3, 2.0 and 2.1 and by fs.js. */
interface FullStory {
  (operation: string, options: unknown, source: string): unknown;
  /** The snippet's queue; fs.js deletes it. */
  q?: unknown[];
  /** Set by fs.js. */
  _api?: (
    operation: string,
    options: unknown,
    source: string,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) => unknown;
  /** Set by fs.js. Null until a session runs. */
  getCurrentSessionURL?(): unknown;
}

type Observer = { disconnect(): void };

/** The argument of observers. */
interface Detail {
  sessionUrl?: unknown;
  reason?: unknown;
}

/** The name of this integration in each call. FullStory stores it with the event. */
const SOURCE = 'optimizely';

/**
 * Shutdown reasons, as seen in fs.js of 2022 to 2026: the visitor was idle, another user signed in, FullStory's server declines
 * to capture.
 */
const IDLE = 3;
const OTHER_USER = 4;
const REFUSED = 5;

/** The most observers. Each new function gets two, and a page's getter may return a new function at each read. */
const MOST_OBSERVERS = 20;

/** The URL of every session in accounts whose session links are off, as seen in fs.js of 2023 to 2026. */
const NO_LINK = /\/opt\/upgrade/;

/** The most characters that FullStory accepts in an event's name, as in `src/settings.ts`. `beforeSend` may return more. */
const LONGEST_EVENT_NAME = 250;

/**
 * FullStory. Its global is looked up at each call, and never created: the snippet does not install itself if the name is
 * taken.
 */
export function fullstory(): DestinationSetup {
  return (settings, tell) => {
    /** The name of the global, from when it first was a function. */
    let account = settings.namespace;
    /** The function that has the observers: the stub, and later fs.js behind it. */
    let watched: unknown;
    let watchedSince = 0;
    let onChange: (() => void) | undefined;
    const observers: Observer[] = [];
    /** Whether an observer has fired. From then on the observers are trusted. */
    let hasFired = false;
    /** The URL of the running session, from the observers. */
    let observedUrl: string | undefined;
    let latestUrl: string | undefined;
    /** Whether the next session is a new one even if its URL is not: the first one, and one after a session that ended. */
    let isOver = true;
    let sessions = 0;
    let users = 0;
    /** The state while no session runs. */
    let idle: DestinationState = 'waiting';
    /** Whether FullStory's own stub or script has been there. */
    let hasBeenThere = false;

    function read(name: string): FullStory | undefined {
      try {
        const found = (window as unknown as Record<string, unknown>)[name];
        if (typeof found === 'function') return found as FullStory;
      } catch {
        // A getter of the page's.
      }
      return undefined;
    }

    /** One account: a second FullStory, as a widget brings it under another name, gets nothing. */
    function find(): FullStory | undefined {
      const found = read(account);
      if (found || settings.namespace) return found;
      // The snippets 1.3 and 2.0 read this global. 2.1 writes its name on its script tag. The global may be a remnant of
      // another snippet, and name nothing.
      const names: string[] = [];
      try {
        names.push((window as unknown as { _fs_namespace: string })._fs_namespace);
        // Not with a selector: the first selector of a page takes a tenth of the script's time to start.
        [].forEach.call(document.scripts, (script: HTMLScriptElement) => {
          names.push(script.dataset.fsNamespace as string);
        });
      } catch {
        // The page may have a getter or elements with these names.
      }
      account = names.concat('FS').find(read) || account;
      return read(account);
    }

    function call(operation: string, options: unknown): unknown {
      // Also throws if FullStory's global has been removed.
      const result = (find() as FullStory)(operation, options, SOURCE);
      // A wrapper may return a promise.
      ignoreRejection(result);
      return result;
    }

    function begin(url: string): void {
      if (isOver || (latestUrl && url && url !== latestUrl)) sessions++;
      isOver = false;
      latestUrl = url || latestUrl;
    }

    /** Called by the observers: a session runs, or none runs any more. */
    function hear(isRunning: boolean, { sessionUrl, reason }: Detail): void {
      if (!onChange) return;
      hasFired = true;
      observedUrl = isRunning ? '' + (sessionUrl || '') : undefined;
      idle = reason === REFUSED ? 'refused' : 'waiting';
      if (reason === OTHER_USER) users++;
      // Both mean another session, even if its URL is the same.
      if (reason === IDLE || reason === OTHER_USER) isOver = true;
      onChange();
    }

    function observe(type: string, isRunning: boolean): void {
      const callback = (detail?: Detail) => hear(isRunning, detail || {});
      observers.push(call('observe', { type, callback }) as Observer);
    }

    /** Registers at the stub, so that no start is missed, and again at fs.js: a blocked stub loses its queue. */
    function observeOnce(found: FullStory): void {
      const answering = found._api || found;
      if (!onChange || answering === watched || observers.length >= MOST_OBSERVERS) return;
      watched = answering;
      // What the observers have told was about another FullStory's session.
      hasFired = false;
      watchedSince = Date.now();
      try {
        observe('start', true);
        observe('shutdown', false);
        // Observers added after a refusal never fire, but this call is rejected then. It is also rejected in a stop, which the
        // URL shows as well, and in an inner frame of builds until 2023, whose session runs.
        if (found._api) {
          found._api('observe', { type: 'start', callback: nothing }, SOURCE, disconnect, (error) => {
            if (observedUrl === undefined && /disabled/i.test('' + error)) hear(false, { reason: REFUSED });
          });
        }
      } catch {
        tell('fullstory-throws');
      }
    }

    function disconnect(observer: unknown): void {
      try {
        (observer as Observer).disconnect();
      } catch {
        // The stub and wrappers return nothing to disconnect. The callback does nothing any more.
      }
    }

    /** The URL of the running session, empty if it is unknown; undefined while none runs. */
    function runningUrl(found: FullStory): string | undefined {
      let url: unknown = observedUrl;
      try {
        // A wrapper may lack it. A call would throw, which takes a fifth of the longest task.
        if (found.getCurrentSessionURL) url = found.getCurrentSessionURL();
      } catch {
        // The page's own function.
      }
      // When another user signs in, the URL becomes null at once, and the observers are called a microtask later.
      if (hasFired && (url || !found._api)) return observedUrl;
      // Builds until early 2023 report a start only by the URL.
      hasFired = false;
      if (url) return '' + url;
      // A function that is neither FullStory's stub nor fs.js is a wrapper, or belongs to a test. It counts as ready.
      return hasBeenThere ? undefined : '';
    }

    function lookAt(found: FullStory, sight: Sight): void {
      const stubQueue = found._api ? undefined : found.q;
      if (!hasBeenThere && (stubQueue || found._api)) {
        hasBeenThere = true;
        // The calls to another function have not reached FullStory, unless that function has called the observers.
        if (!hasFired) isOver = true;
      }
      observeOnce(found);
      if (stubQueue) {
        // The snippets 2.0 and 2.1 replace the queue's `push` when the script cannot be loaded.
        const isBlocked = stubQueue.push !== [].push || Date.now() - watchedSince > BLOCKED_AFTER;
        sight.state = isBlocked ? 'blocked' : 'loading';
        return;
      }
      const url = runningUrl(found);
      sight.state = idle;
      if (url === undefined) return;
      begin(url);
      // Nothing announces FullStory's own function, which may replace this one.
      sight.isPolled = !hasBeenThere;
      sight.state = 'capturing';
      sight.session = sessions;
      sight.link = NO_LINK.test(url) ? '' : url;
    }

    function look(): Sight {
      const found = find();
      const sight: Sight = {
        state: 'absent',
        isOver,
        user: users,
        namespace: account,
      };
      try {
        if (found) lookAt(found, sight);
      } catch {
        // A function of the page's that throws when it is read.
      }
      return sight;
    }

    return {
      name: 'FullStory',
      // 60 and 40 events, 30 and 10 property calls, 500 names an account.
      // https://developer.fullstory.com/browser/v2/capture-events/analytics-events/
      // https://developer.fullstory.com/browser/v2/identification/set-user-properties/
      limits: {
        events: [60, 40],
        properties: [30, 10],
        ours: { events: [settings.eventsPerMinute, 20], properties: [10, 2] },
        propertyNames: 500,
      },
      look,
      watch(change) {
        onChange = change;
        look();
        return () => {
          onChange = watched = observedUrl = undefined;
          hasFired = false;
          observers.splice(0).forEach(disconnect);
        };
      },
      setProperties(properties) {
        const found = find() as FullStory;
        // In an inner frame fs.js drops user properties without an error. A page can replace `parent`, but not `top`.
        if (
          window.top !== window &&
          found._api &&
          found instanceof Function &&
          !(window as { _fs_is_outer_script?: unknown })._fs_is_outer_script
        ) {
          tell('child-frame');
        }
        // It would identify the user.
        delete properties.uid;
        if (Object.keys(properties)[0]) call('setProperties', { type: 'user', properties });
      },
      trackEvent(event, moment) {
        const { properties } = event;
        const { at } = moment;
        if (Date.now() - at > LATE) properties.decided_at = new Date(at).toISOString();
        call('trackEvent', { name: event.name.slice(0, LONGEST_EVENT_NAME), properties });
      },
      // https://developer.fullstory.com/browser/v2/custom-properties/
      isPropertyName: (name) => /^(?!uid$)[a-z][\w-]*$/i.test(name),
    };
  };
}
