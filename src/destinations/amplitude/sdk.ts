import { ignoreRejection } from '../../page/ignore-rejection.ts';

/**
 * Amplitude's browser SDK as far as it is used: generation 2 (1.0 and newer, the Tag Manager template's, unified) tracks,
 * the legacy one (5 to 8) logs. Their stubs have the methods that take calls, but no answers.
 */
export interface Amplitude {
  logEvent(name: string, properties: object): unknown;
  /** Generation 2. */
  track?(event: object): unknown;
  /** Legacy. */
  setUserProperties(properties: object): unknown;
  /** The legacy global only passes on to this one. */
  getInstance?(): Amplitude;
  /** A number from when `init` has run; 1.0 throws before. */
  getSessionId(): unknown;
  getDeviceId(): unknown;
  getUserId(): unknown;
  /** Since 2.18. */
  getOptOut?(): unknown;
  add?(plugin: object): unknown;
  flush?(): unknown;
  /** Legacy: what generation 2 has getters for. */
  options: { deviceId?: unknown; userId?: unknown; optOut?: unknown };
  /** The calls that a stub keeps; libraries have an empty one. */
  _q?: unknown;
  /** Missing in a stub. */
  runQueuedFunctions?: unknown;
}

/** Whether something can be called as Amplitude, be it a stub or the library. */
export function isAmplitude(value: unknown): value is Amplitude {
  return !!value && typeof (value as Amplitude).logEvent === 'function';
}

/** Whether it only keeps calls for a library that is to come. */
export function isStub(amplitude: Amplitude): boolean {
  return Array.isArray(amplitude._q) && !amplitude.runQueuedFunctions;
}

/** What a call returns must not become an unhandled rejection: `{ promise }`, and of a wrapper maybe a promise. */
export function ignoreResult(result: unknown): void {
  ignoreRejection(result);
  ignoreRejection(result && (result as { promise?: unknown }).promise);
}

/** A library at one moment. */
export interface Reading {
  /** The instance behind what the page holds. */
  readonly sdk_: Amplitude;
  /** Whether it takes what each event is to say; the legacy SDK does not. */
  readonly tracks_: boolean;
  /** The start of the session, in ms since 1970; no number before `init`. */
  readonly session_: unknown;
  /** Empty where nothing tells them. */
  readonly device_: string;
  readonly user_: string;
}

/** @throws what the page's own throw. */
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
    // SDK 1.0 before `init`, or a wrapper that has not all of it.
  }
  return {
    sdk_: sdk,
    tracks_: !!sdk.track,
    session_: session,
    device_: '' + (device || ''),
    user_: '' + (user || ''),
  };
}
