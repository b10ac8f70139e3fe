import type { Client } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';

export type AnyClient = Client | ReactSDKClient;

/** What a situation's steps can do on a page of the playground. */
export interface ShopActions {
  client(): AnyClient;
  /** Makes a client, and hands it to the recipe. React's is made for one user. */
  createClient(user?: string): AnyClient;
  /** Keys of the shop's five flags. */
  flags(): string[];
  /** Decides these flags for a user, or all of the datafile. */
  decide(flagKeys: readonly string[] | null, user: string): void;
  decideAgain(times: number): void;
  /** Takes decisions of a server. */
  record(): void;
  /** A user who was not here before. */
  nextVisitor(): string;
  happen(text: string): void;
  callFullStory(operation: string, options?: object): void;
  /** Another user signs in, or nobody is signed in any more. */
  become(user?: string): void;
  /** Makes Ada FullStory's user, while it knows of nobody. */
  identify(): void;
  /** Makes somebody else FullStory's user; returns whom. */
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
