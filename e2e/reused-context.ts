import type { BrowserContext, Disposable, Frame, Page } from '@playwright/test';
import { makeClockPrompt } from './prompt-clock.ts';
import { test as base } from './shared-by-worker.ts';

// A new context takes more processor time than most tests: a process, an empty cache, and scripts to compile again. So
// the tests of a worker use one context and one page, one after the other, and each begins with empty storage.

interface Options {
  /** Gives a test a context of its own, with the options of `test.use()`. Others have the default options. */
  isolated: boolean;
}

/** Calls a function after each call of a method. Returns how to stop that. */
function afterEach<Target extends object>(
  target: Target,
  method: keyof Target & string,
  note: (result: unknown) => void,
) {
  const original = target[method] as (...given: unknown[]) => unknown;
  Object.assign(target, {
    [method](...given: unknown[]) {
      const result = original.apply(target, given);
      note(result);
      return result;
    },
  });
  return () => Reflect.deleteProperty(target, method);
}

/** Notes what a test does to its context. The returned function undoes it, and says whether that was possible. */
function watch(context: BrowserContext, page: Page): () => Promise<boolean> {
  const origins = new Set<string>();
  const scripts: Promise<Disposable>[] = [];
  const viewport = page.viewportSize();
  let hasOtherMedia = false;
  let isLasting = false;
  const noteOrigin = (frame: Frame) => {
    if (/^https?:/.test(frame.url())) origins.add(new URL(frame.url()).origin);
  };
  const noteScript = (script: unknown) => scripts.push(script as Promise<Disposable>);
  const noteLasting = () => {
    isLasting = true;
  };
  context.on('framenavigated', noteOrigin);
  const stop = [
    () => context.off('framenavigated', noteOrigin),
    afterEach(page, 'addInitScript', noteScript),
    afterEach(page, 'emulateMedia', () => {
      hasOtherMedia = true;
    }),
    afterEach(context, 'grantPermissions', noteLasting),
    // Playwright cannot remove its clock.
    afterEach(context.clock, 'install', noteLasting),
  ];
  return async () => {
    for (const one of stop) one();
    if (isLasting || page.isClosed()) return false;
    await Promise.all([page.unrouteAll(), context.unrouteAll()]);
    // A navigation while another one goes on would disturb both.
    if ((await page.evaluate(() => document.readyState)) !== 'complete') return false;
    for (const other of context.pages()) if (other !== page) await other.close();
    for (const script of scripts) await (await script).dispose();
    for (const name of ['console', 'pageerror', 'request', 'response']) page.removeAllListeners(name);
    for (const origin of origins) {
      await page.goto(`${origin}/e2e/blank.html`);
      await page.evaluate(() => {
        localStorage.clear();
        sessionStorage.clear();
      });
    }
    if (hasOtherMedia) await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null });
    const { width, height } = page.viewportSize() ?? {};
    const hasOtherSize = width !== viewport?.width || height !== viewport?.height;
    if (viewport && hasOtherSize) await page.setViewportSize(viewport);
    await page.mouse.move(0, 0);
    await context.clearCookies();
    return true;
  };
}

export const test = base.extend<Options>({
  isolated: [false, { option: true }],
  context: async ({ browser, isolated, reused }, use, testInfo) => {
    const context = (!isolated && reused.context) || (await browser.newContext());
    makeClockPrompt(context);
    if (isolated) {
      await use(context);
      await context.close();
      return;
    }
    reused.context = undefined;
    const reset = watch(context, context.pages()[0] ?? (await context.newPage()));
    await use(context);
    const isPassed = testInfo.status === testInfo.expectedStatus;
    // A page may have damaged what the reset needs.
    if (isPassed && (await reset().catch(() => false))) reused.context = context;
    else await context.close();
  },
  page: async ({ context }, use) => use(context.pages()[0] ?? (await context.newPage())),
});
