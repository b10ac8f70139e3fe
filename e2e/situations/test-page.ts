/**
 * Runs first on every page of the fidelity run and on every random page: it records the page's decisions and their
 * sessions, independent of the script or recipe, and has functions for the pages' own code.
 */
import type { Client } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';
import type { DecidedFlag, Entry } from '../accounting/ledger.ts';
import { clientConfiguration, pollingConfiguration, type Sdk } from '../doubles/client-configuration.ts';
import type { FullStoryDouble } from '../doubles/fullstory.ts';
import type { Collected } from './scenario.ts';

const STORED = 'fidelity-ledger';
const END = 'fidelity-end';
const ATTRIBUTES = { plan: 'pro' };
/** Ms after which a page that drives itself waits no longer. */
const LONG = 3000;

type Made<AClient> = Sdk & { createInstance(configuration: object): AClient };

interface Globals {
  optimizelySdk: Made<Client>;
  optimizelyReactSdk: Made<ReactSDKClient>;
  optimizelyFullStory?: {
    status(): { decisions: { waiting: number; dropped: number } };
    disconnect(): void;
    connect(client: object): unknown;
  };
  recipe?: (client: object) => void;
  /** The name of FullStory's global on this page. */
  fullstoryNamespace: string;
}

const globals = window as unknown as Globals;
/** Identifies the load of a page. A restored page keeps it. */
const page = Math.random();
let double: FullStoryDouble | undefined;
let latestClient: Client | undefined;
let isDisconnected = false;

const read = () => JSON.parse(localStorage.getItem(STORED) ?? '[]') as Entry[];
const append = (entry: Entry) => localStorage.setItem(STORED, JSON.stringify([...read(), entry]));

function callFullStory(operation: string, options?: object): unknown {
  const fullstory = (window as unknown as Record<string, unknown>)[globals.fullstoryNamespace];
  return (fullstory as ((operation: string, options?: object) => unknown) | undefined)?.(operation, options);
}

function noteStart({ sessionUrl }: { sessionUrl: string }): void {
  append({ kind: 'started', at: Date.now(), page, session: sessionUrl, uid: double?.uid() ?? '' });
}

Object.defineProperty(window, 'fullstoryDouble', {
  get: () => double,
  set(installed: FullStoryDouble) {
    double = installed;
    callFullStory('observe', { type: 'start', callback: noteStart });
  },
});

/** Reads one decision, as SDKs make it and as a server writes it. */
function readDecision(user: string, decision: Record<string, unknown>): DecidedFlag {
  const { flagKey, flag_key, variationKey, variation_key, ruleKey, rule_key, enabled } = decision;
  return {
    user,
    flagKey: String(flagKey ?? flag_key),
    variationKey: (variationKey ?? variation_key ?? null) as string | null,
    ruleKey: (ruleKey ?? rule_key ?? null) as string | null,
    enabled: !!enabled,
  };
}

function note(user: string, make: () => object | readonly object[]): void {
  // Whole ms, as decisions name them: a test's clock has fractions.
  const at = Math.floor(Date.now());
  const session = double?.session() ?? null;
  const made = [make()].flat();
  const until = Math.ceil(Date.now());
  const decisions = made.map((decision) => readDecision(user, decision as Record<string, unknown>));
  const unheard = isDisconnected ? 'disconnected' : '';
  append({ kind: 'decided', at, until, page, session, title: '', decisions, unheard, ifLost: '' });
}

const contextOf = (client: Client, user: string) =>
  client.createUserContext(user, ATTRIBUTES) as NonNullable<ReturnType<Client['createUserContext']>>;

function createWith(configuration: object): Client {
  latestClient = globals.optimizelySdk.createInstance(configuration);
  return latestClient;
}

const look = (): Collected => {
  const decisions = globals.optimizelyFullStory?.status().decisions;
  return { entries: read(), calls: double?.calls ?? [], ...(decisions && { decisions }) };
};

window.testPage = {
  get client() {
    return latestClient as Client;
  },
  create: (options) => createWith(clientConfiguration(globals.optimizelySdk, options)),
  createPolling: () =>
    createWith(pollingConfiguration(globals.optimizelySdk, `${location.origin}/bench/datafile/%s.json`)),
  createReact: () =>
    globals.optimizelyReactSdk.createInstance(clientConfiguration(globals.optimizelyReactSdk)),
  forward(client) {
    globals.recipe?.(client);
    return client;
  },
  disconnect() {
    isDisconnected = true;
    globals.optimizelyFullStory?.disconnect();
  },
  connect() {
    isDisconnected = false;
    globals.optimizelyFullStory?.connect(latestClient as Client);
  },
  decide(user, flagKey, client = latestClient as Client) {
    note(user, () => contextOf(client, user).decide(flagKey));
  },
  decideAll(user, client = latestClient as Client) {
    note(user, () => Object.values(contextOf(client, user).decideAll()));
  },
  note,
  fullstory: callFullStory,
  arrived: (count) =>
    new Promise((resolve) => {
      const began = Date.now();
      const wait = setInterval(() => {
        const events = double?.calls.filter(({ kind }) => kind === 'event') ?? [];
        if (events.length < count && Date.now() - began < LONG) return;
        clearInterval(wait);
        resolve();
      }, 20);
    }),
  end: (failure) =>
    localStorage.setItem(END, JSON.stringify({ ...look(), ...(failure !== undefined && { failure }) })),
  hasEnded: () => END in localStorage,
  collect() {
    const end = localStorage.getItem(END);
    return end === null ? look() : (JSON.parse(end) as Collected);
  },
};
