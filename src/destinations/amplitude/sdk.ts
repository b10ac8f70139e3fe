import { ignoreRejection } from '../../page/ignore-rejection.ts';

/**
 * The part of Amplitude's browser SDK that the bridge uses. Generation 2 (1.0 and newer, the Tag Manager template's,
 * unified) has `track`, the legacy one (5 to 8) only `logEvent`. The methods of their stubs keep calls and return nothing.
 */
export interface Amplitude {
  logEvent(name: string, properties: object): unknown;
  /** Generation 2. */
  track?(event: object): unknown;
  /** Legacy. */
  setUserProperties(properties: object): unknown;
  /** The legacy global passes calls on to this instance. */
  getInstance?(): Amplitude;
  /** A number after `init`. 1.0 throws before. */
  getSessionId(): unknown;
  getDeviceId(): unknown;
  getUserId(): unknown;
  /** Since 2.18. */
  getOptOut?(): unknown;
  add?(plugin: object): unknown;
  flush?(): unknown;
  /** Legacy. Generation 2 has getters instead. */
  options: { deviceId?: unknown; userId?: unknown; optOut?: unknown };
  /** The calls that a stub keeps. In libraries it is empty. */
  _q?: unknown;
  /** Missing in a stub. */
  runQueuedFunctions?: unknown;
}

/** Whether it is a stub or library of Amplitude's. */
export function isAmplitude(value: unknown): value is Amplitude {
  return typeof (value && (value as Amplitude).logEvent) === 'function';
}

/** Whether it only keeps calls until the library has loaded. */
export function isStub(amplitude: Amplitude): boolean {
  return Array.isArray(amplitude._q) && !amplitude.runQueuedFunctions;
}

/** The result of a call must not become an unhandled rejection: it is `{ promise }`, or a wrapper's promise. */
export function ignoreResult(result: unknown): void {
  ignoreRejection(result);
  ignoreRejection(result && (result as { promise?: unknown }).promise);
}

/** The state of a library at one moment. */
export interface Reading {
  /** The instance that takes the calls. */
  readonly sdk_: Amplitude;
  /** Whether each event can name its user and time. Not with the legacy SDK. */
  readonly tracks_: boolean;
  /** The start of the session, in ms since 1970; no number before `init`. */
  readonly session_: unknown;
  /** Empty if unknown. */
  readonly device_: string;
  readonly user_: string;
}

/** @throws if the page's own `getInstance` throws. */
export function readSdk(found: Amplitude): Reading {
  const sdk = !found.track && found.getInstance ? found.getInstance() : found;
  let session: unknown;
  let device: unknown;
  let user: unknown;
  try {
    session = sdk.getSessionId();
    device = sdk.track ? sdk.getDeviceId() : sdk.options.deviceId;
    user = sdk.track ? sdk.getUserId() : sdk.options.userId;
  } catch {
    // SDK 1.0 before `init`, or a wrapper that lacks some of it.
  }
  return {
    sdk_: sdk,
    tracks_: !!sdk.track,
    session_: session,
    device_: '' + (device || ''),
    user_: '' + (user || ''),
  };
}
