import { ignoreRejection, nothing } from '../page/ignore-rejection.ts';
import type { DestinationSetup, DestinationState, Sight } from './destination.ts';

/** FullStory's global as the snippets 1.3, 2.0 and 2.1 and fs.js leave it. */
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
  getCurrentSessionURL(): unknown;
}

type Observer = { disconnect(): void };

/** What FullStory calls observers with. */
interface Detail {
  sessionUrl?: unknown;
  reason?: unknown;
}

/** Names this integration in every call; FullStory keeps it with the event. */
const SOURCE = 'optimizely';

/** Ms after which a script that has not come is taken for blocked: snippet 1.3 has no other sign of it. */
const BLOCKED_AFTER = 10_000;

/** Ms after which the moment of the hand-over no longer tells the moment of the decision. */
const LATE = 1000;

/** Shutdown reasons: the visitor was idle, another user signed in, FullStory's server declines to capture. */
const IDLE = 3;
const OTHER_USER = 4;
const REFUSED = 5;

/** The most observers. Each new function gets two or three, and a page's getter may return a new one at each read. */
const MOST_OBSERVERS = 20;

/** The URL of every session in accounts whose session links are off. */
const NO_LINK = /\/opt\/upgrade/;

/** Characters of an event's name that FullStory takes. */
const LONGEST_EVENT_NAME = 250;

/**
 * FullStory, wherever it is at the moment. The global is looked up anew for each call, and never created: the
 * snippet does not install where the name is taken.
 */
export function fullstory(): DestinationSetup {
  return (settings, tell) => {
    /** The name of the global, from when it first was a function. */
    let account = settings.namespace;
    /** What observers are registered with: the stub, and from when it is there, fs.js behind it. */
    let watched: unknown;
    let watchedSince = 0;
    let onChange: (() => void) | undefined;
    const observers: Observer[] = [];
    /** Whether an observer has fired: from then on they are believed. */
    let hasFired = false;
    /** The URL of the running session as the observers tell it. */
    let observedUrl: string | undefined;
    let latestUrl: string | undefined;
    /** Whether another session begins whatever its URL says: the first one, and what comes after one that is over. */
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
        return typeof found === 'function' ? (found as FullStory) : undefined;
      } catch {
        // A getter of the page's.
        return undefined;
      }
    }

    /** One account: a second FullStory, as a widget brings it under another name, gets nothing. */
    function find(): FullStory | undefined {
      if (settings.namespace || read(account)) return read(account);
      // What the snippets 1.3 and 2.0 read, what 2.1 writes on its script tag, the usual one. A left-over of another
      // snippet may name nothing.
      const names: string[] = [];
      try {
        names.push((window as unknown as { _fs_namespace: string })._fs_namespace);
        // Not by a selector: the first one of a page costs as much as a tenth of all that the script does to start.
        [].forEach.call(document.scripts, (script: HTMLScriptElement) => {
          names.push(script.dataset.fsNamespace as string);
        });
      } catch {
        // A getter of the page's, or elements with such names that stand in for the list or for the attributes.
      }
      account = names.concat('FS').find(read) || account;
      return read(account);
    }

    function call(operation: string, options: unknown): unknown {
      // Throws when FullStory vanished meanwhile, as when its function throws.
      const result = (find() as FullStory)(operation, options, SOURCE);
      // A wrapper's may be a promise.
      ignoreRejection(result);
      return result;
    }

    function begin(url: string): void {
      if (isOver || (latestUrl && url && url !== latestUrl)) sessions++;
      isOver = false;
      latestUrl = url || latestUrl;
    }

    /** What observers tell: a session runs under a URL, or none runs any more. */
    function hear(isRunning: boolean, { sessionUrl, reason }: Detail): void {
      if (!onChange) return;
      hasFired = true;
      observedUrl = isRunning ? '' + (sessionUrl || '') : undefined;
      if (observedUrl !== undefined) begin(observedUrl);
      idle = reason === REFUSED ? 'refused' : 'waiting';
      // Both mean another session, also where its URL is the same.
      if (reason === IDLE || reason === OTHER_USER) isOver = true;
      if (reason === OTHER_USER) users++;
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
      watchedSince = Date.now();
      try {
        observe('start', true);
        observe('shutdown', false);
        // Observers added after a refusal or a stop never fire; asked like this, fs.js rejects.
        if (found._api) {
          found._api('observe', { type: 'start', callback: nothing }, SOURCE, disconnect, (error) => {
            if (observedUrl === undefined) hear(false, { reason: /disabled/i.test('' + error) && REFUSED });
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
        // The stub and wrappers return nothing to disconnect; the callback does nothing any more.
      }
    }

    /** The URL of the running session, empty where nothing tells it; undefined while none runs. */
    function runningUrl(found: FullStory): string | undefined {
      let url: unknown;
      try {
        url = found.getCurrentSessionURL();
      } catch {
        // A function of the page's own.
        url = observedUrl;
      }
      // A build of 2022 tells of the session of another user only by its URL.
      const isUntold = observedUrl === undefined && latestUrl && url && url !== latestUrl;
      // When another user signs in, the URL is null at once, and the observers are called a microtask later.
      if (hasFired && !isUntold) return url || !found._api ? observedUrl : undefined;
      if (url) return '' + url;
      // A function that is neither FullStory's stub nor fs.js is a wrapper, or a test's: it counts as ready.
      return hasBeenThere ? undefined : '';
    }

    function lookAt(found: FullStory, sight: Sight): void {
      const stubQueue = found._api ? undefined : found.q;
      if (!hasBeenThere && (stubQueue || found._api)) {
        hasBeenThere = true;
        // What another function was given has not reached FullStory, unless it passed FullStory's answers on.
        if (!hasFired) isOver = true;
      }
      sight.isMakeshift = !hasBeenThere;
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
      sight.state = 'capturing';
      sight.session = '' + sessions;
      sight.link = NO_LINK.test(url) ? '' : url;
    }

    function look(): Sight {
      const found = find();
      const sight: Sight = { state: 'absent', isOver, user: '' + users, namespace: account };
      try {
        if (found) lookAt(found, sight);
      } catch {
        // A function of the page's that throws when it is read.
      }
      return sight;
    }

    return {
      name: 'FullStory',
      // 60 and 40 events, 30 and 10 property calls, 1,499 keys a call, 500 names an account; a session ends after 24 hours.
      // https://developer.fullstory.com/browser/v2/capture-events/analytics-events/
      // https://developer.fullstory.com/browser/v2/identification/set-user-properties/
      limits: {
        events: [60, 40],
        properties: [30, 10],
        ours: { events: [settings.eventsPerMinute, 20], properties: [10, 2] },
        propertiesPerCall: 1000,
        propertyNames: 500,
        keptFor: 86_400_000,
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
        // In an inner frame fs.js drops user properties without an error. `parent` may be the page's own; `top` is not.
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
