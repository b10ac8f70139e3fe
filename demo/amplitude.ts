import { readAmplitude } from '../e2e/accounting/amplitude-calls.ts';
import { EVENT, eventKey } from '../e2e/accounting/keys.ts';
import { createLedger, type Decided } from '../e2e/accounting/ledger.ts';
import { createAmplitudeServer } from '../e2e/doubles/amplitude-server.ts';
import { QUIET } from '../e2e/situations/amplitude-options.ts';
import type { Beginning } from '../e2e/situations/situation.ts';
import type { DestinationStatus } from '../src/status.ts';
import type { Arrivals } from './arrivals.ts';
import { addScript } from './page-scripts.ts';
import type { Forwarder } from './request.ts';
import { STORED } from './storage.ts';
import { amplitudeIdOf } from './visitors.ts';

/** The address of Amplitude's own SDK. */
const SDK = 'amplitude/2.48.1.js';

/** Ms without an event after which Amplitude begins another session: longer than a visit of the playground. */
const SESSION_TIMEOUT = 86_400_000;

/** Ms between uploads. The SDK's default is a second, which is long to wait for. */
const UPLOAD_EVERY = 200;

type Call = (...given: unknown[]) => { promise: Promise<unknown> };

/** The parts of Amplitude's SDK that the shop uses. */
interface AmplitudeSdk {
  add(plugin: object): unknown;
  init(key: string, user: string | undefined, options: object): { promise: Promise<unknown> };
  setUserId(id: string): void;
  getUserId(): string | undefined;
  getDeviceId(): string | undefined;
  getSessionId(): number | undefined;
  setOptOut(value: boolean): void;
  reset(): void;
  track: Call;
  logEvent: Call;
}

/** Amplitude on a shop's page. */
export interface ShopAmplitude extends Arrivals {
  /** Settles when Amplitude is in the situation's first state. */
  begin(): Promise<void>;
  /** Loads and starts the SDK, if that has not happened. */
  start(): Promise<void>;
  setOptOut(value: boolean): void;
  /** Amplitude's user changes; without one, the user signs out. */
  setUser(user?: string): void;
  /** Records a decision of the page, with the running session. */
  note(decided: Decided): void;
}

const globals = window as unknown as { amplitude?: AmplitudeSdk };

/** The event properties of a call for a decision, in any form; undefined for any other call. */
function propertiesOf([event, properties]: unknown[]): Record<string, unknown> | undefined {
  if (event === EVENT) return properties as Record<string, unknown>;
  const { event_type, event_properties } = Object(event) as Record<string, unknown>;
  return event_type === EVENT ? (event_properties as Record<string, unknown>) : undefined;
}

/**
 * Amplitude's own SDK with a server in the page.
 *
 * @param status the bridge's status for Amplitude; undefined with the recipe.
 * @param changed called when there is something new to show.
 */
export function openAmplitude(
  forwarder: Forwarder,
  begins: Beginning['amplitude'],
  page: number,
  status: () => DestinationStatus | undefined,
  changed: () => void,
): ShopAmplitude {
  const ledger = createLedger(`${STORED}-amplitude-ledger-${forwarder}`);
  const server = createAmplitudeServer(sessionStorage, `${STORED}-amplitude-${forwarder}`, changed);
  /** Keys of the decisions that the SDK has accepted and not yet sent. */
  const onTheWay: string[] = [];
  /** The SDK remembers the user of the tab's last page. */
  const isReturning = ledger.entries.some(({ kind }) => kind === 'started');
  let isStarted = false;

  const session = () => {
    const id = isStarted ? globals.amplitude?.getSessionId() : undefined;
    return id ? `${globals.amplitude?.getUserId() ?? globals.amplitude?.getDeviceId()}:${id}` : null;
  };

  function noteStart(): void {
    const started = session();
    const uid = globals.amplitude?.getUserId() ?? '';
    if (started) ledger.add({ kind: 'started', at: Date.now(), page, session: started, uid });
    changed();
  }

  /** The SDK's promise for a call settles when the call is done. */
  function watch(sdk: AmplitudeSdk, method: 'track' | 'logEvent'): void {
    const call = sdk[method];
    sdk[method] = (...given) => {
      const properties = propertiesOf(given);
      const result = call(...given);
      if (!properties) return result;
      const key = eventKey(properties);
      onTheWay.push(key);
      void result.promise.then(() => {
        onTheWay.splice(onTheWay.indexOf(key), 1);
        changed();
      });
      return result;
    };
  }

  async function load(): Promise<void> {
    if (globals.amplitude) return;
    await addScript(SDK);
    const sdk = globals.amplitude as AmplitudeSdk | undefined;
    if (!sdk) throw new Error(`${SDK} is not there. Run “npm ci”, then reload this page.`);
    watch(sdk, 'track');
    watch(sdk, 'logEvent');
    changed();
  }

  async function start(): Promise<void> {
    await load();
    if (isStarted) return;
    const sdk = globals.amplitude as AmplitudeSdk;
    sdk.add(server.plugin);
    // In a separate task: the SDK tests the storage, and the other side's SDK does the same.
    await new Promise((resolve) => setTimeout(resolve));
    // Each side has its own Amplitude: the SDK stores its data under the first letters of the API key.
    await sdk.init(`${forwarder}-playground`, isReturning ? undefined : amplitudeIdOf('ada'), {
      ...QUIET,
      identityStorage: 'sessionStorage',
      flushIntervalMillis: UPLOAD_EVERY,
      sessionTimeout: SESSION_TIMEOUT,
    }).promise;
    isStarted = true;
    noteStart();
  }

  return {
    entries: ledger.entries,
    // Amplitude's insert ids do this.
    isOncePerSession: true,
    calls: () => readAmplitude(server.events, ledger.entries),
    session,
    state: () => status()?.state ?? (session() ? 'capturing' : globals.amplitude ? 'waiting' : 'absent'),
    waiting() {
      const inBridge = status()?.decisions.waiting;
      return inBridge === undefined ? onTheWay : inBridge + onTheWay.length;
    },
    dropped: () => status()?.decisions.dropped ?? 0,
    begin() {
      if (begins === 'absent') return Promise.resolve();
      return begins === 'waits for init' ? load() : start();
    },
    start,
    setOptOut(value) {
      globals.amplitude?.setOptOut(value);
      changed();
    },
    setUser(user) {
      if (user) globals.amplitude?.setUserId(amplitudeIdOf(user));
      else globals.amplitude?.reset();
      noteStart();
    },
    note(decided) {
      ledger.add({ ...decided, session: session() });
      changed();
    },
  };
}
