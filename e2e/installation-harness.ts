import { test as base } from './harness.ts';
import { startSite } from './installations/site.mjs';

export * from './harness.ts';

export type Site = Awaited<ReturnType<typeof startSite>>;
export type MakeInstallation = Parameters<Site['make']>[0];

interface Visitor {
  /** Opens the page of an installation. */
  visit(installation: MakeInstallation): Promise<void>;
  /** Violations of the content security policy on the page. */
  refused(): Promise<string[]>;
}

declare global {
  interface Window {
    refused?: string[];
    /** The variation that an app shows. */
    decided?: string;
  }
}

export const test = base.extend<{ visitor: Visitor }, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names here what it needs.
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      site.close();
    },
    { scope: 'worker' },
  ],
  visitor: async ({ page, site }, use) => {
    await page.addInitScript(() => {
      const refused: string[] = [];
      window.refused = refused;
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        refused.push(`${effectiveDirective} ${blockedURI}`),
      );
    });
    await use({
      async visit(installation) {
        // Firefox takes two navigations at a time for one.
        await page.waitForLoadState('load');
        await page.goto(await site.make(installation), { waitUntil: 'domcontentloaded' });
      },
      refused: () => page.evaluate(() => window.refused ?? []),
    });
  },
});
