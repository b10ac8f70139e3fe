import { test as base } from './harness.ts';
import type { Site } from './shared-by-worker.ts';

export * from './harness.ts';

export type { Site };
export type MakeInstallation = Parameters<Site['make']>[0];

interface Visitor {
  /** Opens the page of an installation. */
  visit(installation: MakeInstallation): Promise<void>;
  /** The same for a visitor who was never there: the page, and later ones, begin with empty storage. */
  visitAnew(installation: MakeInstallation): Promise<void>;
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

export const test = base.extend<{ visitor: Visitor }>({
  visitor: async ({ page, scenario, site }, use) => {
    await page.addInitScript(() => {
      const refused: string[] = [];
      window.refused = refused;
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        refused.push(`${effectiveDirective} ${blockedURI}`),
      );
    });
    async function visit(installation: MakeInstallation): Promise<void> {
      // Firefox takes two navigations at a time for one.
      await page.waitForLoadState('load');
      await page.goto(await site.make(installation), { waitUntil: 'domcontentloaded' });
    }
    await use({
      visit,
      async visitAnew(installation) {
        await scenario.beginAnew();
        await visit(installation);
      },
      refused: () => page.evaluate(() => window.refused ?? []),
    });
  },
});
