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
  /** The bridge's settings, if they differ from the situation's. */
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

/** Releases a delayed file. */
type Release = () => void | Promise<void>;

/** The tab of a fresh browser, driven by a scenario's `run`. */
export interface Visit {
  /** Addresses of scripts. */
  readonly forwarder: string;
  readonly snippet: string;
  open(page: PageDescription): Promise<void>;
  /** Opens a page in another tab, and goes on there; the one before stays open. */
  openTab(page: PageDescription): Promise<void>;
  /** Runs code in the page. As all code for a page, it refers to nothing outside itself but globals. */
  evaluate(code: () => unknown): Promise<unknown>;
  /** Runs code before the scripts of later pages. */
  before(code: () => unknown): Promise<unknown>;
  addScript(url: string): Promise<unknown>;
  /** Lets time pass for the page. Otherwise its clock is stopped. */
  pass(ms: number): Promise<void>;
  /** Awaits fs.js. */
  loaded(): Promise<unknown>;
  /** Keeps a file back. */
  hold(path: string): Promise<Release>;
  /** Blocks a file, as an ad blocker does. */
  block(path: string): Promise<Release>;
  /** Sets the datafile for SDKs that poll from now on. */
  publish(options: DatafileOptions): void;
  waitFor(condition: () => unknown): Promise<unknown>;
  /** Checks that the bridge's status contains this now. */
  says(expected: object): Promise<void>;
  /** Awaits the end of a page that drives itself: a browser is not followed to a page that it had kept. */
  ended(): Promise<void>;
}

/** Functions for the code of a scenario's page, as the global `testPage`. */
export interface TestPage {
  /** The latest client. */
  readonly client: Client;
  /** Creates a client of the page's SDK. The bridge finds it by itself. */
  create(options?: DatafileOptions): Client;
  /** One that begins with a datafile and asks for the latest. */
  createPolling(): Client;
  createReact(): ReactSDKClient;
  /** Passes a client to the recipe. */
  forward<Made extends Client | ReactSDKClient>(client: Made): Made;
  /** Disconnects the bridge. Decisions are written down as before: that it was told not to listen does not unmake them. */
  disconnect(): void;
  /** Connects it to the latest client again. */
  connect(): void;
  /** Decides a flag, and writes it down. */
  decide(user: string, flagKey: string, client?: Client): void;
  decideAll(user: string, client?: Client): void;
  /** Writes down decisions that are made otherwise. */
  note(user: string, make: () => object | readonly object[]): void;
  /** Calls FullStory. */
  fullstory(operation: string, options?: object): unknown;
  /** Settles when FullStory has that many events, or time enough has passed. */
  arrived(count: number): Promise<void>;
  /** A page that runs itself has finished, or cannot be used any more. */
  end(failure?: string): void;
  hasEnded(): boolean;
  /** The data for the account. */
  collect(): Collected;
}

export interface Collected {
  entries: Entry[];
  calls: readonly ReceivedCall[];
  /** The bridge's status, if there is a bridge. */
  decisions?: { waiting: number; dropped: number };
  failure?: string;
}

declare global {
  var testPage: TestPage;
}
