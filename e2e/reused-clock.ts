import { makeClockPrompt } from './prompt-clock.ts';
import { test as base } from './shared-by-worker.ts';

/**
 * For files in which most tests control the clock, which `reused-context.ts` cannot take out of a context. Playwright's own way to
 * use one context for all tests of a worker can (`reuseContext` in the configuration), but takes longer between two tests.
 */
export const test = base.extend({
  context: async ({ context }, use) => {
    let hasStopped = false;
    makeClockPrompt(context);
    const { clock } = context;
    const pauseAt = clock.pauseAt.bind(clock);
    clock.pauseAt = (time) => {
      hasStopped = true;
      return pauseAt(time);
    };
    await use(context);
    // Otherwise Playwright does this too, without waiting for it: it may reach into the next test.
    if (hasStopped) await clock.resume();
  },
});
