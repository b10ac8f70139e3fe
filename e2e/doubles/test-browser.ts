import { createContext, runInContext } from 'node:vm';
import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet';
import { type FullStoryDoubleOptions, installFullStory, type Stub } from './fullstory.ts';

/** A browser without a DOM, in which FullStory's snippets and the double run. */

export type Version = '1.3' | '2.0' | '2.1';

export interface Global extends Stub {
  _v: string;
}

interface Script {
  src: string;
  attributes: Record<string, string>;
  onerror?: () => void;
  setAttribute(name: string, value: string): void;
}

type Listener = (event: { persisted: boolean }) => void;

const SNIPPETS = { '1.3': generateSnippetTextV1, '2.0': generateSnippetTextV2, '2.1': generateSnippetText };
export const SECOND = 1000;

function createClock() {
  const timers: { at: number; callback: () => void }[] = [];
  const microtasks: (() => void)[] = [];
  let now = Date.UTC(2026, 1, 10);

  function endTask(): void {
    for (let next = microtasks.shift(); next; next = microtasks.shift()) next();
  }

  return {
    now: () => now,
    setTimeout: (callback: () => void, ms: number) => void timers.push({ at: now + ms, callback }),
    queueMicrotask: (callback: () => void) => void microtasks.push(callback),
    /** Ends the page's task: microtasks run. */
    endTask,
    pass(ms: number) {
      endTask();
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.callback();
        endTask();
      }
      now = end;
    },
  };
}

function runSnippet(version: Version) {
  const scripts: Script[] = [];
  const insert = (script: Script) => void scripts.push(script);
  const document = {
    createElement(): Script {
      const attributes: Record<string, string> = {};
      return {
        src: '',
        attributes,
        setAttribute(name, value) {
          attributes[name] = value;
        },
      };
    },
    getElementsByTagName: () => [{ parentNode: { insertBefore: insert } }],
    head: { appendChild: insert },
  };
  const window: Record<string, unknown> = { document };
  window.window = window;
  runInContext(SNIPPETS[version]({ orgId: 'DOUBLE' }), createContext(window));
  return { FS: window.FS as Global, scripts };
}

/** A browser, whose pages share a cookie. */
export function createBrowser(version: Version = '2.1') {
  const clock = createClock();
  let cookie: string | null = null;

  /** A page with the stub only. fs.js arrives by `arrive`. */
  function open({ isChildFrame = false, onReady = () => {} } = {}) {
    const { FS, scripts } = runSnippet(version);
    const ready: boolean[] = [];
    let listeners: { type: string; listener: Listener }[] = [];

    /** Listeners are called in the order in which they were added, as a browser does. */
    function listen(type: string, listener: Listener): () => void {
      const added = { type, listener };
      listeners.push(added);
      return () => {
        listeners = listeners.filter((other) => other !== added);
      };
    }

    function dispatch(type: string, persisted: boolean): void {
      for (const added of listeners) {
        if (added.type !== type) continue;
        added.listener({ persisted });
        clock.endTask();
      }
    }

    return {
      FS,
      scripts,
      ready,
      arrive: (options?: FullStoryDoubleOptions) =>
        installFullStory(
          {
            stub: FS,
            isChildFrame,
            ready(failed) {
              ready.push(failed);
              onReady();
            },
            load: () => cookie,
            save: (kept) => {
              cookie = kept;
            },
            now: clock.now,
            setTimeout: clock.setTimeout,
            queueMicrotask: clock.queueMicrotask,
            listen,
          },
          options,
        ),
      listen,
      /** The page is left, or kept for going back to. */
      leave: (persisted = false) => dispatch('pagehide', persisted),
      /** The page is restored from the back/forward cache. */
      comeBack: () => dispatch('pageshow', true),
    };
  }

  /** A page that captures. */
  function visit({
    isChildFrame = false,
    ...options
  }: FullStoryDoubleOptions & { isChildFrame?: boolean } = {}) {
    const page = open({ isChildFrame });
    const double = page.arrive(options);
    clock.pass(SECOND);
    return { ...page, double };
  }

  /** An earlier page, on which a user was identified. */
  function visitAs(uid: string) {
    const { FS, double } = visit();
    FS('setIdentity', { uid });
    double.save();
    return double;
  }

  return { clock, open, visit, visitAs };
}
