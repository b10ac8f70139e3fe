/**
 * Runs first on every page of Amplitude's fidelity run: it records the decisions with Amplitude's user and session,
 * independent of the script or recipe.
 */
import type { Client } from '@optimizely/optimizely-sdk';
import type { Entry } from '../accounting/ledger.ts';
import { OWN } from '../accounting/own-events.ts';
import { clientConfiguration, type Sdk } from '../doubles/client-configuration.ts';
import { QUIET } from './amplitude-options.ts';

interface AmplitudeSdk {
  init(...given: unknown[]): { promise: Promise<unknown> };
  getInstance?(): AmplitudeSdk;
  setUserId(id: string): void;
  logEvent(name: string): unknown;
  setOptOut(value: boolean): void;
  getUserId?(): string;
  getSessionId(): number;
  options?: { userId: string };
}

/** Functions for the code of a scenario's page, as the global `amplitudePage`. */
export interface AmplitudeTestPage {
  /** @param serverUrl takes the uploads. */
  init(serverUrl: string): Promise<void>;
  create(): Promise<void>;
  /** Decides these flags, or all. */
  decide(flagKeys?: string[]): void;
  signIn(user: string): void;
  setOptOut(value: boolean): void;
  entries(): Entry[];
  waiting(): { waiting: number; dropped: number };
}

declare global {
  var amplitudePage: AmplitudeTestPage;
}

const globals = window as unknown as {
  optimizelySdk: Sdk & { createInstance(configuration: object): Client };
  amplitude: AmplitudeSdk;
  recipe?: (client: Client) => void;
  optimizelyAmplitude?: { status(): { decisions: { waiting: number; dropped: number } } };
};
const STORED = 'amplitude-ledger';
const USER = 'visitor-ada';
const page = Math.random();
let client: Client;
let isRunning = false;

const read = () => JSON.parse(localStorage.getItem(STORED) ?? '[]') as Entry[];
const append = (entry: Entry) => localStorage.setItem(STORED, JSON.stringify([...read(), entry]));
const sdk = () => globals.amplitude.getInstance?.() ?? globals.amplitude;
const user = () => sdk().getUserId?.() ?? sdk().options?.userId ?? '';
const session = () => `${user()}:${sdk().getSessionId()}`;

/** An event of the site's own, which is to arrive as it would without the script. */
function trackOwn(what: string): void {
  sdk().logEvent(`${OWN} ${what}`);
}

function noteStart(): void {
  isRunning = true;
  append({ kind: 'started', at: Date.now(), page, session: session(), uid: user() });
}

window.amplitudePage = {
  async init(serverUrl) {
    const legacy = globals.amplitude.getInstance?.();
    if (legacy) {
      const apiEndpoint = serverUrl.replace(/^https?:\/\//, '');
      await new Promise((resolve) => legacy.init('KEY', USER, { apiEndpoint, forceHttps: false }, resolve));
    } else await globals.amplitude.init('KEY', USER, { ...QUIET, serverUrl }).promise;
    noteStart();
    trackOwn('opened');
  },
  async create() {
    client = globals.optimizelySdk.createInstance(
      clientConfiguration(globals.optimizelySdk, { moreFlags: 95 }),
    );
    globals.recipe?.(client);
    await client.onReady();
  },
  decide(flagKeys) {
    trackOwn('asks for flags');
    const at = Date.now();
    const context = client.createUserContext('ada', { plan: 'pro' }) as NonNullable<
      ReturnType<Client['createUserContext']>
    >;
    const during = isRunning ? session() : null;
    const made = Object.values(flagKeys ? context.decideForKeys(flagKeys) : context.decideAll());
    const decisions = made.map(({ flagKey, variationKey, ruleKey, enabled }) => ({
      user: 'ada',
      flagKey,
      variationKey,
      ruleKey,
      enabled,
    }));
    const until = Date.now();
    append({
      kind: 'decided',
      at,
      until,
      page,
      session: during,
      title: '',
      decisions,
      unheard: '',
      ifLost: '',
    });
    trackOwn('shows flags');
  },
  signIn(id) {
    sdk().setUserId(id);
    noteStart();
    trackOwn('signed in');
  },
  setOptOut: (value) => sdk().setOptOut(value),
  entries: read,
  waiting: () => globals.optimizelyAmplitude?.status().decisions ?? { waiting: 0, dropped: 0 },
};
