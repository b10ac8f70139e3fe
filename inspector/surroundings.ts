import type { Status } from '../src/status.ts';
import { type AmplitudeSight, findAmplitude } from './find-amplitude.ts';
import { mergeStatuses } from './merge-statuses.ts';
import { attempt, readMember } from './page-objects.ts';
import { readStatus } from './read-status.ts';

/** What the inspector finds on the page. Nothing in it tells of the visitor. */
export interface Surroundings {
  /** The names of the globals from which bridges answer; of a page without one, the name that its script has or would have. */
  names: [string, ...string[]];
  /**
   * What that global is. `settings`: what the page wrote for a script that has not run.
   * `locked`: something else, which the page does not let anybody replace. `foreign`: something else that is no settings.
   */
  global: 'bridge' | 'settings' | 'locked' | 'foreign' | 'missing';
  /** What the bridge says of itself, or all of them as if they were one; undefined where there is none. */
  status: Status | undefined;
  /** Whether the page made a constant of the script's name after it, which are settings that nobody reads. */
  hasLateConstant: boolean;
  /** The script tags that load the bridge. */
  scripts: ScriptTag[];
  /** Whether a bridge runs in a frame of this page. */
  isInFrame: boolean;
  fullstory: {
    namespace: string;
    state: 'absent' | 'loading' | 'blocked' | 'there' | 'capturing';
    /** Number of script tags that load it. */
    scripts: number;
  };
  amplitude: AmplitudeSight;
  /** The names of globals that hold an Optimizely SDK. */
  sdks: string[];
  /** The names of globals that hold an Optimizely client. */
  clients: string[];
  /** Whether Partytown runs the SDK's script in a web worker. */
  isSdkInWorker: boolean;
  /** Whether the page has fetched a datafile, which a client does. */
  hasFetchedDatafile: boolean;
  /** Whether Optimizely Web Experimentation is there: another product. */
  hasWebExperimentation: boolean;
}

export interface ScriptTag {
  /** The global that the script has when it runs. */
  name: string;
  /** Whether its `type` keeps browsers from running it, as consent tools do. */
  isHeldBack: boolean;
  /** Whether its `type` gives it to Partytown, which runs it in a web worker. */
  isInWorker: boolean;
  /** What the server answered, where the browser tells. */
  httpStatus: number | undefined;
}

/** FullStory's global as far as the inspector reads it. */
interface FullStoryGlobal {
  q?: { push?: unknown };
  _api?: unknown;
  getCurrentSessionURL?: () => unknown;
}

/** What the script begins its lines in the console with: it stands in the script's text wherever that is pasted. */
const CONSOLE_PREFIX = '[optimizely-fullstory] ';

/** The globals of the scripts. */
const FULLSTORY_SCRIPT = 'optimizelyFullStory';
const AMPLITUDE_SCRIPT = 'optimizelyAmplitude';

declare const optimizelyClientInstance: unknown;
declare const optimizelyClient: unknown;
declare const optimizelyFullStory: unknown;
declare const optimizelyAmplitude: unknown;

/**
 * Whether it looks like a bridge: the script knows itself by `disconnect`. To call any function named `status` twice a
 * second might disturb the page that it belongs to.
 */
function isBridge(value: unknown): value is { status(): unknown; version: unknown } {
  return ['status', 'disconnect'].every((name) => typeof readMember(value, name) === 'function');
}

/** What a bridge says of itself; undefined for everything else. */
function askBridge(value: unknown, { namespace, state }: Surroundings['fullstory']): Status | undefined {
  if (!isBridge(value)) return undefined;
  const fullstory = state === 'there' ? 'waiting' : state;
  return attempt(() => readStatus(value.status(), { version: value.version, fullstory, namespace }));
}

/** What a global is that no bridge answers from. */
function nameGlobal(name: string): Exclude<Surroundings['global'], 'bridge'> {
  if (isLocked(name)) return 'locked';
  const value = readMember(window, name);
  if (value === undefined || value === null) return 'missing';
  const isSettings = typeof value === 'object' && typeof readMember(value, 'status') !== 'function';
  return isSettings ? 'settings' : 'foreign';
}

function isClient(value: unknown): boolean {
  return !!attempt(
    () =>
      typeof (value as { notificationCenter: { addNotificationListener: unknown } }).notificationCenter
        .addNotificationListener === 'function',
  );
}

/** Where a script tag gets its script; what holds tags back may have put it aside. Empty where it stands in the page. */
function addressOf(script: HTMLScriptElement): string {
  const written = script.getAttribute('src') || script.getAttribute('data-src');
  if (!written) return '';
  return attempt(() => new URL(written, document.baseURI).href) || written;
}

/** @param text stands in the script, where that stands in the page. */
function findScripts(pattern: RegExp, text?: string): HTMLScriptElement[] {
  const found: HTMLScriptElement[] = [];
  document.querySelectorAll('script').forEach((script) => {
    const address = addressOf(script).split(/[?#]/)[0];
    const isIt = address ? pattern.test(address) : !!text && `${script.textContent}`.indexOf(text) >= 0;
    if (isIt) found.push(script);
  });
  return found;
}

/** Partytown changes the type of what it has run. */
function isInWorker({ type }: HTMLScriptElement): boolean {
  return /^text\/partytown/.test(type);
}

function readScriptTag(script: HTMLScriptElement): ScriptTag {
  const address = addressOf(script);
  const entry = attempt(
    () => address && (performance.getEntriesByName(address).pop() as { responseStatus?: number } | undefined),
  );
  const isAmplitudeAlone = address
    ? /optimizely-amplitude[^/]*$/.test(address)
    : `${script.textContent}`.indexOf(AMPLITUDE_SCRIPT) >= 0;
  return {
    name: isAmplitudeAlone ? AMPLITUDE_SCRIPT : FULLSTORY_SCRIPT,
    isHeldBack: !!script.type && !/^(module|(text|application)\/(x-)?(java|ecma)script)$/i.test(script.type),
    isInWorker: isInWorker(script),
    httpStatus: (entry && entry.responseStatus) || undefined,
  };
}

function readState({ q, _api, getCurrentSessionURL }: FullStoryGlobal): Surroundings['fullstory']['state'] {
  // The snippets 2.0 and 2.1 replace the queue's `push` when the script cannot be loaded.
  if (q && !_api) return Object.keys(q).indexOf('push') < 0 ? 'loading' : 'blocked';
  return getCurrentSessionURL && getCurrentSessionURL() ? 'capturing' : 'there';
}

function findFullStory(): Surroundings['fullstory'] {
  const tag = document.querySelector('script[data-fs-namespace]');
  const named = readMember(window, '_fs_namespace');
  const namespace =
    (typeof named === 'string' && named) || (tag && tag.getAttribute('data-fs-namespace')) || 'FS';
  const found = readMember(window, namespace);
  // What throws when it is looked at is nobody's stub.
  const state =
    typeof found === 'function' ? attempt(() => readState(found as FullStoryGlobal)) || 'there' : 'absent';
  return { namespace, state, scripts: findScripts(/\/s\/fs\.js$|fullstory\/fs\.js$/).length };
}

function findClients(): string[] {
  // As bare names too: a top-level `const` is no property of `window`.
  const candidates: [name: string, value: unknown][] = [
    ['optimizelyClientInstance', attempt(() => optimizelyClientInstance)],
    ['optimizelyClient', attempt(() => optimizelyClient)],
  ];
  return candidates.filter(([, value]) => isClient(value)).map(([name]) => name);
}

function isLocked(name: string): boolean {
  const property = Object.getOwnPropertyDescriptor(window, name);
  return !!property && !property.configurable && !property.writable && !property.set;
}

function hasBridgeInFrame(): boolean {
  for (let index = 0; index < frames.length; index++) {
    // Frames of other origins throw.
    const frame = frames[index];
    if ([FULLSTORY_SCRIPT, AMPLITUDE_SCRIPT].some((name) => isBridge(readMember(frame, name)))) return true;
  }
  return false;
}

/** The global to look at where no bridge answers: Amplitude's where there are only signs of that one. */
function nameExpected(scripts: readonly ScriptTag[]): string {
  const [script] = scripts;
  if (script) return script.name;
  const isAmplitudeAlone =
    readMember(window, FULLSTORY_SCRIPT) === undefined && readMember(window, AMPLITUDE_SCRIPT) !== undefined;
  return isAmplitudeAlone ? AMPLITUDE_SCRIPT : FULLSTORY_SCRIPT;
}

/** Settings in a constant that stands before the script get the bridge's functions; those that come later do not. */
function hasLateConstant(): boolean {
  const constants: [name: string, bare: unknown][] = [
    [FULLSTORY_SCRIPT, attempt(() => optimizelyFullStory)],
    [AMPLITUDE_SCRIPT, attempt(() => optimizelyAmplitude)],
  ];
  return constants.some(
    ([name, bare]) =>
      isBridge(readMember(window, name)) &&
      typeof bare === 'object' &&
      !!bare &&
      !Object.isFrozen(bare) &&
      typeof readMember(bare, 'disconnect') !== 'function',
  );
}

/** A client asks for its datafile, with the page's address of it or Optimizely's own (https://cdn.optimizely.com/datafiles/). */
function hasFetchedDatafile(): boolean {
  const entries = attempt(() => performance.getEntriesByType('resource')) || [];
  return entries.some(({ name }) => /\/datafiles\/[^/?]+\.json/.test(name));
}

/** Looks at the page. Changes nothing, and throws nothing whatever the page did to its globals. */
export function lookAround(): Surroundings {
  const fullstory = findFullStory();
  // By its file's name, or by the package's name and version alone, as CDNs have it.
  const scripts = findScripts(/optimizely-(fullstory|amplitude)(@[^/]+|[^/]*\.js)?$/, CONSOLE_PREFIX).map(
    readScriptTag,
  );
  const answers = [FULLSTORY_SCRIPT, AMPLITUDE_SCRIPT]
    .map((name) => ({ name, status: askBridge(readMember(window, name), fullstory) }))
    .filter(({ status }) => status);
  const status = mergeStatuses(answers.map((answer) => answer.status as Status));
  const [first = nameExpected(scripts), ...others] = answers.map(({ name }) => name);
  return {
    names: [first, ...others],
    global: status ? 'bridge' : nameGlobal(first),
    status,
    hasLateConstant: hasLateConstant(),
    scripts,
    isInFrame: hasBridgeInFrame(),
    fullstory,
    amplitude: findAmplitude(),
    sdks: ['optimizelySdk', 'optimizelyReactSdk'].filter((sdk) => {
      const value = readMember(window, sdk);
      return !!attempt(() => typeof (value as { createInstance?: unknown }).createInstance === 'function');
    }),
    clients: findClients(),
    isSdkInWorker: findScripts(/optimizely[^/]*(umd|browser|sdk)[^/]*\.js$|optimizely-sdk/).some(isInWorker),
    hasFetchedDatafile: hasFetchedDatafile(),
    hasWebExperimentation: typeof readMember(readMember(window, 'optimizely'), 'get') === 'function',
  };
}
