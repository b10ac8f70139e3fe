import type { Recordings } from '../recordings.ts';

/** The globals of the page that the stub knows. */
interface Page {
  [name: string]: unknown;
  optimizelyStub?: Recordings;
  /** What the page has set for the script, or the bridge where the script has run already. */
  optimizelyFullStory?: { queue?: unknown; connect?: (client: unknown) => unknown };
}

export const page = window as unknown as Page;
