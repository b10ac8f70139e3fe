import type { Client } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';
import type { Entry } from '../accounting/ledger.ts';
import type { DatafileOptions } from '../doubles/datafile.ts';
import type { ReceivedCall } from '../doubles/fullstory.ts';

/** A situation as the fidelity run plays it: pages that real scripts and a browser drive. */
export interface Scenario {
  name: string;
  /** The versions of SDK and snippet to run it with, as `6.6.1 2.1`. */
  on: readonly string[];
  /** The bridge's settings, where they differ from the situation's. */
  settings?: Record<string, string>;
  /** The name of FullStory's global. */
  namespace?: string;
  /** The bridge does not promise it: it is shown, and not in the totals. */
  isBeyond?: boolean;
  /** The recipe has nothing of the kind. */
  isBridgeOnly?: boolean;
  isChildFrame?: boolean;
  /** The page drives itself, in real time. */
  isSelfDriven?: boolean;
  /** How many decisions are too many for the buffer. */
  drops?: number;
  run(visit: Visit): Promise<void>;
}

/** Scripts of a page. The forwarder is the bridge, or the recipe. */
export type ScriptName = 'forwarder' | 'fullstory' | 'optimizely' | 'react';

export interface PageDescription {
  order: readonly ScriptName[];
  /** The page's own code. It is put into the page as a text, so it refers to nothing outside itself but globals. */
  code: () => unknown;
}

/** Lets something that was held back come. */
type Release = () => void | Promise<void>;

/** What a scenario's `run` drives: the tab of a browser that nobody used before. */
export interface Visit {
  /** Addresses of scripts. */
  readonly forwarder: string;
  readonly snippet: string;
  open(page: PageDescription): Promise<void>;
  /** Opens a page in another tab, and goes on there; the one before stays open. */
  openTab(page: PageDescription): Promise<void>;
  /** Runs code in the page. As all code for a page, it refers to nothing outside itself but globals. */
  evaluate(code: () => unknown): Promise<unknown>;
  /** Runs code before the scripts of the pages to come. */
  before(code: () => unknown): Promise<unknown>;
  addScript(url: string): Promise<unknown>;
  /** Lets time pass for the page. Its clock stands still but for that. */
  pass(ms: number): Promise<void>;
  /** Awaits fs.js. */
  loaded(): Promise<unknown>;
  /** Keeps a file back. */
  hold(path: string): Promise<Release>;
  /** Blocks a file, as an ad blocker does. */
  block(path: string): Promise<Release>;
  /** What Optimizely has for SDKs that poll, from now on. */
  publish(options: DatafileOptions): void;
  waitFor(condition: () => unknown): Promise<unknown>;
  /** The bridge's status is to say this now, whatever it says besides. */
  says(expected: object): Promise<void>;
  /** Awaits the end of a page that drives itself: a browser is not followed to a page that it had kept. */
  ended(): Promise<void>;
}

/** What the code of a scenario's page uses, as the global `testPage`. */
export interface TestPage {
  /** The latest client. */
  readonly client: Client;
  /** Makes a client of the page's SDK; the bridge finds it by itself. */
  create(options?: DatafileOptions): Client;
  /** One that begins with a datafile and asks for the latest. */
  createPolling(): Client;
  createReact(): ReactSDKClient;
  /** Hands a client to the recipe. */
  forward<Made extends Client | ReactSDKClient>(client: Made): Made;
  /** Decides a flag, and writes it down. */
  decide(user: string, flagKey: string, client?: Client): void;
  decideAll(user: string, client?: Client): void;
  /** Writes down decisions that are made otherwise. */
  note(user: string, make: () => object | readonly object[]): void;
  /** Calls FullStory. */
  fullstory(operation: string, options?: object): unknown;
  /** Settles when FullStory has that many events, or time enough has passed. */
  arrived(count: number): Promise<void>;
  /** A page that drives itself has come to its end, or to something that makes it useless. */
  end(failure?: string): void;
  hasEnded(): boolean;
  /** What there is to account for. */
  collect(): Collected;
}

export interface Collected {
  entries: Entry[];
  calls: readonly ReceivedCall[];
  /** What the bridge says of itself, where it is there. */
  decisions?: { waiting: number; dropped: number };
  failure?: string;
}

declare global {
  var testPage: TestPage;
}
