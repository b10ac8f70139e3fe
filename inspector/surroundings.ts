import { SETTINGS } from '../src/settings.ts';
import type { Status } from '../src/status.ts';
import { consolePrefix } from '../src/version.ts';
import { type AmplitudeSight, findAmplitude } from './find-amplitude.ts';
import { mergeStatuses } from './merge-statuses.ts';
import { attempt, readMember } from './page-objects.ts';
import { readStatus } from './read-status.ts';

/** Everything that the inspector finds on the page. It has nothing about the visitor. */
export interface Surroundings {
  /** The names of the globals with a bridge. Without a bridge: the name that its script has or would have. */
  names: [string, ...string[]];
  /**
   * The kind of that global. `settings`: the page's settings for a script that has not run.
   * `locked`: something else that cannot be replaced. `foreign`: something else that is not settings.
   */
  global: 'bridge' | 'settings' | 'locked' | 'foreign' | 'missing';
  /** The bridge's status, or the merged status of several; undefined without a bridge. */
  status: Status | undefined;
  /** Whether the page has a constant of the script's name from after the script: nobody reads those settings. */
  hasLateConstant: boolean;
  /** Globals with a script's name in other letters, as `optimizelyFullstory`: nobody reads these settings. */
  misspeltGlobals: string[];
  /** The script tags that load the bridge. */
  scripts: ScriptTag[];
  /** Settings in attributes that no script reads, as `data-flags`: a browser does not tell a module its own tag. */
  unreadAttributes: string[];
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
  /** The names of globals that stand for an SDK or a client in a web worker, as Comlink makes them. */
  remotes: string[];
  /** Whether Partytown runs the SDK's script in a web worker. */
  isSdkInWorker: boolean;
  /** Whether the page has fetched a datafile: only a client does that. */
  hasFetchedDatafile: boolean;
  /** Whether the page has Optimizely Web Experimentation, which is another product. */
  hasWebExperimentation: boolean;
}

/** A script tag that loads the bridge, or contains it. */
export interface ScriptTag {
  /** The script's global when it runs. */
  name: string;
  /** Whether its `type` prevents browsers from running it, as consent tools and optimizers of pages do. */
  isHeldBack: boolean;
  /** Whether its `type` makes Partytown run it in a web worker. */
  isInWorker: boolean;
  /** The HTTP status, if the browser reports it. */
  httpStatus: number | undefined;
}

/** The part of FullStory's global that the inspector reads. */
interface FullStoryGlobal {
  q?: { push?: unknown };
  _api?: unknown;
  getCurrentSessionURL?: () => unknown;
}

/** The globals of the scripts. */
const FULLSTORY_SCRIPT = 'optimizelyFullStory';
const AMPLITUDE_SCRIPT = 'optimizelyAmplitude';

declare const optimizelyClientInstance: unknown;
declare const optimizelyClient: unknown;
declare const optimizelyFullStory: unknown;
declare const optimizelyAmplitude: unknown;

/**
 * Whether it looks like a bridge: the script recognizes itself by `disconnect`. Calling just any function named `status` twice
 * a second might disturb the page.
 */
function isBridge(value: unknown): value is { status(): unknown; version: unknown } {
  return ['status', 'disconnect'].every((name) => typeof readMember(value, name) === 'function');
}

/** A bridge's status; undefined for everything else. */
function askBridge(value: unknown, { namespace, state }: Surroundings['fullstory']): Status | undefined {
  if (!isBridge(value)) return undefined;
  const fullstory = state === 'there' ? 'waiting' : state;
  return attempt(() => readStatus(value.status(), { version: value.version, fullstory, namespace }));
}

/** The kind of a global in which no bridge answers. */
function kindOfGlobal(name: string): Exclude<Surroundings['global'], 'bridge'> {
  if (isLocked(name)) return 'locked';
  const value = readMember(window, name);
  if (value === undefined || value === null) return 'missing';
  const isSettings = typeof value === 'object' && typeof readMember(value, 'status') !== 'function';
  return isSettings ? 'settings' : 'foreign';
}

function isClient(value: unknown): boolean {
  const center = readMember(value, 'notificationCenter');
  // As in the script: in a remote one it is a function.
  return typeof center === 'object' && typeof readMember(center, 'addNotificationListener') === 'function';
}

/** Whether it stands for something in a web worker, as Comlink makes it: everything that it seems to have is a function. */
function isRemote(value: unknown): boolean {
  return typeof value === 'function' && typeof readMember(value, 'notificationCenter') === 'function';
}

/**
 * The address of a script tag, also if a consent tool or an optimizer has moved it to another attribute, such as `data-src`
 * or `data-rocket-src`. Empty for an inline script.
 */
function addressOf(script: HTMLScriptElement): string {
  const moved = Array.from(script.attributes).find(({ name }) => /^data-.*src$/.test(name));
  const written = script.getAttribute('src') || (moved && moved.value);
  if (!written) return '';
  return attempt(() => new URL(written, document.baseURI).href) || written;
}

/** @param text found in an inline script. */
function findScripts(pattern: RegExp, text?: string): HTMLScriptElement[] {
  const found: HTMLScriptElement[] = [];
  document.querySelectorAll('script').forEach((script) => {
    const address = addressOf(script).split(/[?#]/)[0];
    const isIt = address ? pattern.test(address) : !!text && `${script.textContent}`.indexOf(text) >= 0;
    if (isIt) found.push(script);
  });
  return found;
}

/** Partytown changes the type of scripts that it has run. */
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
  // An object that throws when it is read is not a stub.
  const state =
    typeof found === 'function' ? attempt(() => readState(found as FullStoryGlobal)) || 'there' : 'absent';
  return { namespace, state, scripts: findScripts(/\/s\/fs\.js$|fullstory\/fs\.js$/).length };
}

/** The names of those globals of Optimizely's whose value is of a kind. */
function findGlobals(isOfKind: (value: unknown) => boolean): string[] {
  const candidates: [name: string, value: unknown][] = [
    ['optimizelySdk', readMember(window, 'optimizelySdk')],
    ['optimizelyReactSdk', readMember(window, 'optimizelyReactSdk')],
    // As bare names too: a top-level `const` is not a property of `window`.
    ['optimizelyClientInstance', attempt(() => optimizelyClientInstance)],
    ['optimizelyClient', attempt(() => optimizelyClient)],
  ];
  return candidates.filter(([, value]) => isOfKind(value)).map(([name]) => name);
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

/** The settings in the attributes of a tag. */
function findSettings(script: HTMLScriptElement): string[] {
  const names = [...Object.keys(SETTINGS), 'amplitude'].map(
    (name) => `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`,
  );
  return names.filter((name) => script.hasAttribute(name));
}

/** The global to look at if there is no bridge: Amplitude's if only that one leaves traces. */
function nameExpected(scripts: readonly ScriptTag[]): string {
  const [script] = scripts;
  if (script) return script.name;
  const isAmplitudeAlone =
    readMember(window, FULLSTORY_SCRIPT) === undefined && readMember(window, AMPLITUDE_SCRIPT) !== undefined;
  return isAmplitudeAlone ? AMPLITUDE_SCRIPT : FULLSTORY_SCRIPT;
}

/** The script adds its functions to settings in an earlier constant, but not to those in a later one. */
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

/** FullStory writes its own name as Fullstory now. */
function findMisspeltGlobals(): string[] {
  const names: string[] = [FULLSTORY_SCRIPT, AMPLITUDE_SCRIPT];
  const lower = names.map((name) => name.toLowerCase());
  return (attempt(() => Object.getOwnPropertyNames(window)) || []).filter(
    (global) =>
      lower.includes(global.toLowerCase()) &&
      !names.includes(global) &&
      typeof readMember(window, global) === 'object',
  );
}

/** A client requests its datafile from the page's own address or Optimizely's (https://cdn.optimizely.com/datafiles/). */
function hasFetchedDatafile(): boolean {
  const entries = attempt(() => performance.getEntriesByType('resource')) || [];
  return entries.some(({ name }) => /\/datafiles\/[^/?]+\.json/.test(name));
}

/** Looks at the page. It changes nothing, and never throws, whatever the page did to its globals. */
export function lookAround(): Surroundings {
  const fullstory = findFullStory();
  // By its file's name, or by the package's name and version only, as on CDNs.
  const elements = findScripts(/optimizely-(fullstory|amplitude)(@[^/]+|[^/]*\.js)?$/, consolePrefix);
  const scripts = elements.map(readScriptTag);
  const answers = [FULLSTORY_SCRIPT, AMPLITUDE_SCRIPT]
    .map((name) => ({ name, status: askBridge(readMember(window, name), fullstory) }))
    .filter(({ status }) => status);
  const status = mergeStatuses(answers.map((answer) => answer.status as Status));
  const [first = nameExpected(scripts), ...others] = answers.map(({ name }) => name);
  return {
    names: [first, ...others],
    global: status ? 'bridge' : kindOfGlobal(first),
    status,
    hasLateConstant: hasLateConstant(),
    misspeltGlobals: findMisspeltGlobals(),
    scripts,
    unreadAttributes: elements.filter(({ type }) => /^module$/i.test(type)).flatMap(findSettings),
    isInFrame: hasBridgeInFrame(),
    fullstory,
    amplitude: findAmplitude(),
    sdks: findGlobals(
      (value) => typeof value === 'object' && typeof readMember(value, 'createInstance') === 'function',
    ),
    clients: findGlobals(isClient),
    remotes: findGlobals(isRemote),
    isSdkInWorker: findScripts(/optimizely[^/]*(umd|browser|sdk)[^/]*\.js$|optimizely-sdk/).some(isInWorker),
    hasFetchedDatafile: hasFetchedDatafile(),
    hasWebExperimentation: typeof readMember(readMember(window, 'optimizely'), 'get') === 'function',
  };
}
