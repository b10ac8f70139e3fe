import { expect, type Page, said } from './installation-harness.ts';

export * from './installation-harness.ts';

declare global {
  interface Window {
    /** The module's status, if the page has no script of ours. */
    bridge?: Window['optimizelyFullStory'];
  }
}

/** The calls that FullStory accepted, and the module's status. */
export async function outcome(page: Page, events: number) {
  const calls = () => page.evaluate(() => window.fullstoryDouble?.calls ?? []);
  await expect
    .poll(async () => (await calls()).filter(({ kind }) => kind === 'event').length)
    .toBeGreaterThanOrEqual(events);
  const status = await page.evaluate(() => (window.bridge ?? window.optimizelyFullStory).status());
  return { status, calls: (await calls()).map(said) };
}
