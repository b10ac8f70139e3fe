import type { StubGlobal } from '../recordings.ts';

/** The page's globals that the stub uses. */
interface Page {
  [name: string]: unknown;
  optimizelyStub?: StubGlobal;
  /** The page's settings for the script, or the bridge if the script has run already. */
  optimizelyFullStory?: { queue?: unknown; connect?: (client: unknown) => unknown };
}

export const page = window as unknown as Page;
