import type { Client } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';

export type AnyClient = Client | ReactSDKClient;

/** Actions for a situation's steps on a page of the playground. */
export interface ShopActions {
  client(): AnyClient;
  /** Creates a client, and passes it to the recipe. React's client has one user. */
  createClient(user?: string): AnyClient;
  /** Keys of the shop's five flags. */
  flags(): string[];
  /** Decides these flags for a user, or all of the datafile. */
  decide(flagKeys: readonly string[] | null, user: string): void;
  decideAgain(times: number): void;
  /** Takes decisions of a server. */
  record(): void;
  /** A new user. */
  nextVisitor(): string;
  happen(text: string): void;
  callFullStory(operation: string, options?: object): void;
  /** Another user signs in, or the user signs out. */
  become(user?: string): void;
  /** Makes Ada FullStory's user, if it has no user yet. */
  identify(): void;
  /** Makes another person FullStory's user, and returns that user. */
  signIn(): string;
  expireSession(): void;
  loadFullStory(): void;
  releaseFullStory(): void;
  unblockFullStory(): void;
  /** Loads Amplitude's SDK and starts it, as far as that has not happened. */
  startAmplitude(): void;
  /** Whether Amplitude's visitor wants to be left out. */
  setOptOut(isOut: boolean): void;
  disconnect(): void;
  connect(): void;
}
