import type { BrowserContext } from '@playwright/test';

// After each timer of a page, Playwright's clock waits for a timer of the browser, so that other tasks can run. Browsers
// delay nested timers by 4 ms, which is a second for each minute that passes on a page. A message is a task too, and is
// not delayed.

/** Runs in each document, before Playwright's clock takes the browser's timers. */
function replaceTimersWithoutDelay(): void {
  const delayed = window.setTimeout;
  const { port1: here, port2: there } = new MessageChannel();
  const tasks: (() => void)[] = [];
  here.onmessage = () => tasks.shift()?.();
  const either = (task: () => void, ms?: number, ...given: unknown[]) => {
    if (ms !== undefined) return Reflect.apply(delayed, window, [task, ms, ...given]);
    tasks.push(task);
    there.postMessage(null);
    return 0;
  };
  window.setTimeout = either as typeof setTimeout;
}

/** Before its clock is installed: makes it let time pass as fast as the code of a page runs. */
export function makeClockPrompt(context: BrowserContext): void {
  const { clock } = context;
  if (Object.keys(clock).includes('install')) return;
  const install = clock.install.bind(clock);
  clock.install = async (options) => {
    await context.addInitScript(replaceTimersWithoutDelay);
    await install(options);
  };
}
