import { readFileSync } from 'node:fs';
import { bookmarklet } from '../install/bookmarklet.ts';
import { expect, type Page, stopClock, test } from './harness.ts';
import {
  CODE,
  consoleOf,
  faintTexts,
  overflowing,
  panelOf,
  paste,
  TAG,
  violations,
} from './inspector-panel.ts';

const SCRIPT = new URL('../dist/optimizely-fullstory.min.js', import.meta.url);

/** Where the panel is, once it has appeared: Playwright cannot ask every Firefox for less motion. */
async function boxOf(page: Page) {
  const { panel } = panelOf(page);
  await panel.evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
  const box = await panel.boundingBox();
  if (!box) throw new Error('the panel is not there');
  // Browsers lay out in 64ths of a pixel.
  const [x, y, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height].map(Math.round);
  return { ...box, x, y, right, bottom } as typeof box & { right: number; bottom: number };
}

/** Counts the running intervals of the page. */
async function countIntervals(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const running = new Set<unknown>();
    const { setInterval: set, clearInterval: clear } = window;
    Object.assign(window, {
      running,
      setInterval: (...given: Parameters<typeof set>) => {
        const id = set(...given);
        running.add(id);
        return id;
      },
      clearInterval: (id: number) => {
        running.delete(id);
        clear(id);
      },
    });
  });
  return () => page.evaluate('running.size');
}

/** Counts how often the bridge is asked for its status. */
async function countLooks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const { status } = window.optimizelyFullStory;
    const counted = Object.assign(window, { looks: 0 });
    window.optimizelyFullStory.status = () => {
      counted.looks++;
      return status();
    };
  });
  return () => page.evaluate('looks');
}

/** Axe finds nothing in the open panel, and its texts are readable, light and dark. The page prefers no motion. */
async function expectNoBarriers(page: Page, mood: 'good' | 'waiting' | 'bad'): Promise<void> {
  const { panel } = panelOf(page);
  await expect(panel).toHaveAttribute('data-mood', mood);
  const background = () => panel.evaluate((node) => getComputedStyle(node).backgroundColor);
  const light = await background();
  for (const colorScheme of ['light', 'dark'] as const) {
    await test.step(`axe finds nothing, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      if (colorScheme === 'dark') await expect.poll(background).not.toBe(light);
      expect(await violations(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
    });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Closes the panel, so that the page can change before it is opened again. */
async function closePanel(page: Page): Promise<void> {
  await paste(page);
  await expect(page.locator(TAG)).toHaveCount(0);
}

test('a healthy page: findings, and decisions from before it was opened', async ({ scenario, page }) => {
  const lines = consoleOf(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await scenario.open('bridge-first');
  await scenario.events(3);
  await paste(page);
  const { verdict, line, advice, decisions, count, panel } = panelOf(page);
  await expect(verdict).toHaveText('It works: 3 decisions sent');
  const { version } = await scenario.status();
  await expect(line('Script')).toHaveText(`Version ${version} runs.`);
  await expect(line('Optimizely')).toHaveText(
    'Listens to 1 client (made by optimizelySdk, or given by the site); the SDK is ready.',
  );
  await expect(line('FullStory')).toContainText('Captures this session. Its global is FS.');
  await expect(panel.getByRole('link', { name: 'Open the session' })).toHaveAttribute(
    'href',
    (await scenario.status()).session as string,
  );
  await expect(advice).toHaveCount(0);
  await expect(count('seen')).toHaveText('3');
  await expect(count('sent')).toHaveText('3');
  await expect(decisions).toHaveCount(3);
  await expect(decisions.first()).toContainText('loyalty_points = off');
  await expect(decisions.last()).toContainText('checkout_redesign = treatment');
  await expect(decisions.last()).toContainText('rule checkout_redesign_test');
  await expect(decisions.last().locator('.outcome')).toHaveText('sent');
  await expect(page.locator(TAG), 'FullStory does not record it').toHaveClass('fs-exclude');
  expect(lines).toEqual([]);
  await expectNoBarriers(page, 'good');
  await closePanel(page);

  await test.step('clicks and keys in the panel do not reach the page', async () => {
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const type of ['click', 'pointerdown', 'mousedown', 'keydown', 'keyup', 'focusin', 'wheel']) {
        document.addEventListener(type, () => heard.push(type));
      }
    });
    await paste(page);
    await verdict.click();
    await panelOf(page).handle.press('ArrowUp');
    await page.keyboard.press('s');
    await page.mouse.wheel(0, 10);
    expect(await page.evaluate('heard')).toEqual([]);
    await page.mouse.click(5, 5);
    expect(await page.evaluate('heard')).toContain('click');
    await closePanel(page);
  });

  await test.step('a bridge of another version, with another status', async () => {
    await page.evaluate(() => {
      const { status } = window.optimizelyFullStory;
      Object.assign(window.optimizelyFullStory, {
        status() {
          const { fullstory, sdk, recent, version, destinations, ...older } = status();
          return {
            ...older,
            fullstory: 'resting',
            recent: recent.map((decision) => ({ ...decision, outcome: 'archived' })),
          };
        },
      });
    });
    await paste(page);
    await expect(verdict).toHaveText('It works: 3 decisions sent');
    await expect(line('Script')).toHaveText(`Version ${version} runs.`);
    await expect(line('Optimizely')).toHaveText(
      'Listens to 1 client (made by optimizelySdk, or given by the site).',
    );
    await expect(decisions.locator('.outcome')).toHaveText(Array(3).fill('archived'));
  });
  expect(lines).toEqual([]);
});

test('it updates live, and shows the outcome of each decision', async ({ scenario, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await scenario.open('fullstory-late');
  await paste(page);
  const { verdict, line, decisions, count, advice } = panelOf(page);
  await expect(verdict).toHaveText('5 decisions wait: FullStory is not there');
  await expect(line('FullStory')).toContainText('Not on this page.');
  await expect(advice.locator('h4')).toHaveText(['fullstory-absent']);
  await expect(decisions.locator('.outcome')).toHaveText(Array(5).fill('waiting'));
  await expect(decisions.first()).toContainText('FullStory is not there');
  await expectNoBarriers(page, 'bad');

  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await expect(verdict).toHaveText('It works: 5 decisions sent');
  await expect(advice).toHaveCount(0);
  await expect(decisions.locator('.outcome')).toHaveText(Array(5).fill('sent'));

  await page.addScriptTag({ content: "user.decide('pricing_page');" });
  await expect(count('duplicate')).toHaveText('1');
  await expect(decisions).toHaveCount(5);
});

test('FullStory blocked: the reason and the remedy', async ({ scenario, page }) => {
  await page.route('**/fullstory/fs.js*', (route) => route.abort());
  await scenario.open('bridge-first');
  await paste(page);
  const { verdict, line, advice, decisions } = panelOf(page);
  await expect(verdict).toHaveText('3 decisions wait: FullStory is blocked');
  await expect(line('FullStory')).toContainText('Its script does not load.');
  await expect(advice).toHaveCount(1);
  await expect(advice).toContainText('ad blocker');
  await expect(decisions.first()).toContainText('FullStory is blocked');
});

test('FullStory loads, then waits for consent', async ({ scenario, page }) => {
  const held: (() => Promise<void>)[] = [];
  await page.route('**/fullstory/fs.js*', (route) => {
    held.push(() => route.continue());
  });
  await page.addInitScript(() => {
    window._fs_capture_on_startup = false;
  });
  await scenario.open('bridge-first');
  await paste(page);
  const { verdict, line } = panelOf(page);
  await expect(verdict).toHaveText('3 decisions wait: FullStory is loading');
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.();
  await expect(verdict).toHaveText('3 decisions wait: FullStory captures nothing yet');
  await expect(line('FullStory')).toContainText('consent');
  await page.evaluate(() => (window as unknown as { FS(name: string): void }).FS('start'));
  await expect(verdict).toHaveText('It works: 3 decisions sent');
});

test('FullStory refused', async ({ scenario, page }) => {
  await page.addInitScript(() => {
    window.fullstoryDoubleOptions = { refuse: true };
  });
  await scenario.open('bridge-first');
  await paste(page);
  const { verdict, advice } = panelOf(page);
  await expect(verdict).toHaveText('3 decisions wait: FullStory declined');
  await expect(advice.locator('h4')).toHaveText(['fullstory-refused']);
});

test('a late bridge: the recovered decisions, and the client’s name', async ({ scenario, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await scenario.open('bridge-late');
  await paste(page);
  const { verdict, line, advice, count } = panelOf(page);
  await expect(count('recovered')).toHaveText('2');
  await expect(verdict).toHaveText('It works, with something to look at');
  await expect(line('Optimizely')).toContainText('(found in optimizelyClient)');
  await expect(advice.locator('h4')).toHaveText(['client-late']);
  await expect(advice).toContainText('Put the script before Optimizely’s SDK.');
  await expectNoBarriers(page, 'waiting');
});

test('after disconnect() no new decisions are heard', async ({ scenario, page }) => {
  await scenario.open('bridge-late');
  await scenario.events(3);
  await page.evaluate(() => window.optimizelyFullStory.disconnect());
  await paste(page);
  const { verdict, line } = panelOf(page);
  await expect(verdict).toHaveText('It hears no new decisions: it listens to no client');
  await expect(line('Optimizely')).toContainText('the site has called disconnect()');
  await page.evaluate('void optimizelyFullStory.connect(optimizelyClient)');
  await expect(verdict).toHaveText('It works, with something to look at');
});

test('a decision that is made again for the next user is no loss', async ({ scenario, page }) => {
  await stopClock(page);
  await scenario.open('shop', {
    flags: 'checkout_redesign,pricing_page',
    settings: '{ eventsPerMinute: 1 }',
  });
  await page.clock.runFor(1000);
  const signIn = (uid: string) =>
    page.evaluate((id) => {
      (window as unknown as { FS(name: string, identity: object): void }).FS('setIdentity', { uid: id });
    }, uid);
  await signIn('ada');
  await page.clock.runFor(1000);
  await signIn('grace');
  await page.clock.runFor(1000);
  await page.evaluate("void client.createUserContext('grace').decide('pricing_page')");
  await page.clock.runFor(5 * 60_000);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 3, sent: 2, dropped: 1 });
  await paste(page);
  const { verdict, advice, decisions } = panelOf(page);
  await expect(verdict).toHaveText('It works: 2 decisions sent');
  await expect(advice).toContainText('their flags were decided again');
  await expect(decisions.nth(1)).toContainText('its flag was decided again');
});

test('no client', async ({ scenario, page }) => {
  await scenario.open('no-optimizely');
  await paste(page);
  const { verdict, line, advice } = panelOf(page);
  await expect(verdict).toHaveText('No Optimizely client was found');
  await expect(line('Optimizely')).toHaveText('Listens to no client.');
  await expect(advice.locator('h4')).toHaveText(['client-missing']);
});

test('the script twice, FullStory under a name of its own', async ({ scenario, page }) => {
  await scenario.open('script-twice');
  await paste(page);
  await expect(panelOf(page).advice.locator('h4')).toContainText(['Several scripts']);
});

test('the script twice: by address, and pasted', async ({ scenario, page }) => {
  await scenario.open('bridge-first');
  await page.addScriptTag({ content: readFileSync(SCRIPT, 'utf8') });
  await paste(page);
  await expect(panelOf(page).advice.filter({ hasText: 'Several scripts' })).toContainText(
    'This script is on the page 2 times',
  );
});

const FOREIGN: Record<string, () => unknown> = {
  'a status that is null': () => ({ status: () => null, disconnect() {} }),
  'a status that is a text': () => ({ status: () => 'running', disconnect() {} }),
  'a status without decisions': () => ({ status: () => ({ version: '1.2.3' }), disconnect() {} }),
  'a status that throws': () => ({
    status() {
      throw new Error('not yours');
    },
    disconnect() {},
  }),
  'a status whose members throw': () => ({
    status: () => ({
      get decisions() {
        throw new Error('not yours');
      },
    }),
    disconnect() {},
  }),
  'no more than a status, which is not asked': () => ({
    status() {
      document.title = 'asked';
    },
  }),
  'a function': () => () => undefined,
};

test.describe('a page without a bridge', () => {
  test('and with nothing else, with other things, or in a frame', async ({ scenario, page }) => {
    const lines = consoleOf(page);
    const { verdict, line, panel } = panelOf(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await scenario.open('nothing');
    await test.step('with nothing else', async () => {
      await page.evaluate(() => {
        // The page's own function, and not Web Experimentation's, and an element that is no name.
        Object.assign(window, { get() {} });
        document.body.append(Object.assign(document.createElement('p'), { id: '_fs_namespace' }));
      });
      await paste(page);
      await expect(verdict).toHaveText('The script does not run on this page');
      await expect(line('Script')).toContainText('The script is not on this page.');
      await expect(line('FullStory')).toContainText('there is no function FS');
      await expect(line('Optimizely')).toContainText('No global of Optimizely’s SDK');
      await expect(panel.locator('.counts, .timeline')).toHaveCount(0);
      await expectNoBarriers(page, 'bad');
      await closePanel(page);
    });
    for (const [what, make] of Object.entries(FOREIGN)) {
      await test.step(`something else has its name: ${what}`, async () => {
        await page.evaluate(`window.optimizelyFullStory = (${make})()`);
        await paste(page);
        await expect(verdict, what).toHaveText('The script does not run on this page');
        await expect(line('Script'), what).toContainText('Something else has the name optimizelyFullStory');
        await expect(line('FullStory'), what).toContainText('there is no function FS');
        expect(await page.title(), what).not.toBe('asked');
        await closePanel(page);
        await page.evaluate('delete window.optimizelyFullStory');
        expect(lines, what).toEqual([]);
      });
    }
    await test.step('with Web Experimentation', async () => {
      await page.evaluate('window.optimizely = { get() {} }');
      await paste(page);
      await expect(line('Optimizely')).toContainText('Web Experimentation');
      await closePanel(page);
      await page.evaluate('delete window.optimizely');
    });
    await test.step('with a script that runs in a frame', async () => {
      await page.evaluate(() => {
        const frame = document.createElement('iframe');
        frame.src = '/e2e/no-optimizely.html';
        document.body.append(frame);
      });
      await paste(page);
      await expect(line('Script')).toContainText('in a frame of this page');
      await closePanel(page);
    });
    await test.step('with the script for Amplitude in a frame', async () => {
      await page.evaluate(() => {
        document.querySelector('iframe')?.remove();
        const frame = document.createElement('iframe');
        frame.srcdoc = '<script src="/dist/optimizely-amplitude.min.js"></' + 'script>';
        document.body.append(frame);
      });
      await paste(page);
      await expect(line('Script')).toContainText('in a frame of this page');
    });
  });

  test('because a consent tool holds it back', async ({ scenario, page }) => {
    await scenario.open('held-back');
    await paste(page);
    const { line } = panelOf(page);
    await expect(line('Script')).toContainText('held back by its type');
    await expect(line('FullStory')).toContainText('captures');
    await expect(line('Optimizely')).toContainText('optimizelySdk');
    // Consent is given.
    await page.addScriptTag({ url: '/dist/optimizely-fullstory.min.js' });
    await expect(line('Script')).toContainText('runs');
  });

  test('because a plugin delays it until the first click', async ({ scenario, page }) => {
    const { line } = panelOf(page);
    for (const [plugin, attributes] of Object.entries({
      'WP Rocket': { type: 'rocketlazyloadscript', 'data-rocket-src': '/optimizely-fullstory.min.js' },
      'LiteSpeed Cache': { type: 'litespeed/javascript', 'data-src': '/optimizely-fullstory.min.js' },
      'Rocket Loader': { type: '0a1b-text/javascript', src: '/optimizely-fullstory.min.js' },
    })) {
      await test.step(plugin, async () => {
        await scenario.open('nothing');
        await page.evaluate((given) => {
          const script = document.createElement('script');
          for (const [name, value] of Object.entries(given)) script.setAttribute(name, value);
          document.head.append(script);
        }, attributes);
        await paste(page);
        await expect(line('Script'), plugin).toContainText('held back by its type');
      });
    }
  });

  test('because its file is gone', async ({ scenario, page }) => {
    await scenario.open('script-gone');
    await paste(page);
    await expect(panelOf(page).line('Script')).toContainText('the server answered 404');
  });

  test('because it was blocked', async ({ scenario, page }) => {
    await page.route('**/dist/optimizely-fullstory.min.js', (route) => route.abort());
    await page.route('**/fullstory/fs.js*', (route) => route.abort());
    await scenario.open('bridge-first');
    await paste(page);
    const { line } = panelOf(page);
    await expect(line('Script')).toContainText('the script has not run');
    await expect(line('FullStory')).toContainText('its script was blocked');
    await expect(line('Optimizely')).toContainText('optimizelySdk');
  });

  test('whose bridge can be asked, because the page locked its name', async ({ scenario, page }) => {
    await scenario.open('globals-locked');
    await paste(page);
    await expect(panelOf(page).line('Script')).toContainText('locked the name optimizelyFullStory');
  });
});

test.describe('hostile pages', () => {
  /** Expectations for the panel on every page. */
  async function expectToBeDrawn(page: Page) {
    const { panel, verdict } = panelOf(page);
    await expect(verdict).toHaveText('It works: 1 decision sent');
    const style = await panel.evaluate(async (node) => {
      // Firefox cannot be set to reduce motion.
      await Promise.all(node.getAnimations().map(({ finished }) => finished));
      const { backgroundColor, color, fontSize, direction, opacity, visibility } = getComputedStyle(node);
      return { backgroundColor, color, fontSize, direction, opacity, visibility };
    });
    expect(style).toEqual({
      backgroundColor: 'rgb(255, 255, 255)',
      color: 'rgb(27, 35, 48)',
      fontSize: '14px',
      direction: 'ltr',
      opacity: '1',
      visibility: 'visible',
    });
    const { width, right, bottom } = await boxOf(page);
    expect([width, right, bottom]).toEqual([440, 1280 - 16, 720 - 16]);
  }

  test('a strict policy and Trusted Types @engines', async ({ scenario, page }) => {
    const lines = consoleOf(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await scenario.open('strict-policy');
    await paste(page);
    await expectToBeDrawn(page);
    await panelOf(page).handle.press('ArrowLeft');
    expect((await boxOf(page)).right).toBe(1280 - 16 - 24);
    await panelOf(page).close.click();
    await expect(panelOf(page).panel).toHaveCount(0);
    expect(lines).toEqual([]);
  });

  test('styles and prototypes that affect everything @engines', async ({ scenario, page }) => {
    const lines = consoleOf(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await scenario.open('hostile-styles');
    await scenario.events(1);
    await paste(page);
    await expectToBeDrawn(page);
    await expect(panelOf(page).decisions).toHaveCount(1);
    await panelOf(page).close.click();
    await expect(panelOf(page).panel).toHaveCount(0);
    expect(lines).toEqual([]);
  });

  test('globals that throw when they are read', async ({ scenario, page }) => {
    const lines = consoleOf(page);
    await scenario.open('nothing');
    await page.evaluate(() => {
      for (const name of [
        'optimizelyFullStory',
        'FS',
        '_fs_namespace',
        'optimizelySdk',
        'optimizelyClient',
      ]) {
        Object.defineProperty(window, name, {
          get() {
            throw new Error('not yours');
          },
        });
      }
    });
    await paste(page);
    await expect(panelOf(page).verdict).toHaveText('The script does not run on this page');
    expect(lines).toEqual([]);
  });
});

test.describe('a modal dialog of the page that makes everything else inert', () => {
  /** Opens one after the other; each has a button. */
  const showModal = (page: Page, id: string) =>
    page.evaluate((id) => {
      const dialog = document.createElement('dialog');
      dialog.id = id;
      dialog.append(Object.assign(document.createElement('button'), { textContent: 'Agree' }));
      document.body.append(dialog);
      dialog.showModal();
    }, id);

  /** A click reaches a button of the panel, and only if it is neither covered nor inert. */
  async function expectToBeUsable(page: Page) {
    const { copy, panel } = panelOf(page);
    await expect(panel).toBeVisible();
    await panel.locator('.notice').evaluate((notice) => {
      notice.textContent = '';
    });
    await copy.click();
    await expect(panel.locator('.notice')).not.toBeEmpty();
  }

  test('leaves the panel usable, stays open, and takes it along @engines', async ({ scenario, page }) => {
    await scenario.open('bridge-first');
    await scenario.events(3);
    await test.step('a dialog that is already open stays open', async () => {
      await showModal(page, 'consent');
      await paste(page);
      await expect(panelOf(page).panel).toBeFocused();
      await expectToBeUsable(page);
      expect((await boxOf(page)).right).toBe(1280 - 16);
      await page.keyboard.press('Escape');
      await expect(panelOf(page).panel).toHaveCount(0);
      await expect(page.locator('#consent')).toBeVisible();
      expect(await page.locator('#consent').innerHTML()).toBe('<button>Agree</button>');
      await expect(page.getByRole('button', { name: 'Agree' })).toBeFocused();
      await page.evaluate(() => document.querySelector('#consent')?.remove());
    });
    await test.step('dialogs that open and close take the panel along', async () => {
      await paste(page);
      await showModal(page, 'outer');
      await expectToBeUsable(page);
      await showModal(page, 'inner');
      await expectToBeUsable(page);
      await page.evaluate(() => document.querySelector<HTMLDialogElement>('#inner')?.close());
      await expect(page.locator(`#outer > ${TAG}`)).toHaveCount(1);
      await expectToBeUsable(page);
      await page.evaluate(() => document.querySelector('#outer')?.remove());
      await expectToBeUsable(page);
      await expect(page.locator(`html > ${TAG}`)).toHaveCount(1);
    });
  });
});

/** How it is closed. */
const CLOSINGS: Record<string, (page: Page) => Promise<unknown>> = {
  'by its button': (page) => panelOf(page).close.click(),
  'by Escape': (page) => page.keyboard.press('Escape'),
  'by opening it again': paste,
};

test('closing leaves nothing behind; the page may replace its body, and remove the panel', async ({
  scenario,
  page,
}) => {
  await page.clock.install();
  await scenario.open('bridge-first');
  await scenario.events(3);
  // The bridge has put back the globals that it watched.
  await expect.poll(() => page.evaluate(() => 'optimizelyClient' in window)).toBe(false);
  const look = () =>
    page.evaluate(() => ({
      html: document.documentElement.outerHTML,
      globals: Object.getOwnPropertyNames(window).sort(),
      sheets: document.adoptedStyleSheets.length,
    }));
  const looks = await countLooks(page);
  const intervals = await countIntervals(page);
  const before = await look();
  for (const [how, close] of Object.entries(CLOSINGS)) {
    await test.step(`closed ${how}`, async () => {
      await paste(page);
      await expect(panelOf(page).panel, how).toBeVisible();
      expect((await look()).globals, how).toEqual(before.globals);
      const first = await looks();
      await page.clock.runFor(2000);
      expect(await looks(), how).toBeGreaterThan(first + 2);

      expect(await intervals(), how).toBe(1);

      await close(page);
      await expect(panelOf(page).panel, how).toHaveCount(0);
      expect(await look(), how).toEqual(before);
      expect(await intervals(), how).toBe(0);
      const last = await looks();
      await page.clock.runFor(5000);
      expect(await looks(), how).toBe(last);
    });
  }
  await test.step('a page that replaces its body keeps the panel; a page that removes it stops it', async () => {
    await paste(page);
    await page.evaluate(() => document.body.replaceWith(document.createElement('body')));
    await expect(panelOf(page).panel).toBeVisible();
    const first = await looks();
    await page.clock.runFor(2000);
    expect(await looks()).toBeGreaterThan(first + 2);
    await page.evaluate((tag) => document.querySelector(tag)?.remove(), TAG);
    const last = await looks();
    await page.clock.runFor(5000);
    expect(await looks()).toBe(last);
  });
});

test('as a bookmark it opens and closes; it can be moved, and stays in the window @engines', async ({
  scenario,
  page,
}) => {
  const lines = consoleOf(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await scenario.open('bridge-first');
  await scenario.events(3);
  await test.step('as a bookmark it opens, closes, and leaves the page where it is', async () => {
    const address = page.url();
    await page.evaluate((href) => {
      const link = document.createElement('a');
      link.href = href;
      link.textContent = 'Inspect';
      document.body.append(link);
    }, bookmarklet(CODE));
    await page.getByText('Inspect').click();
    await expect(panelOf(page).verdict).toHaveText('It works: 3 decisions sent');
    await page.getByText('Inspect').click();
    await expect(panelOf(page).panel).toHaveCount(0);
    expect(page.url()).toBe(address);
    expect(lines).toEqual([]);
  });
  await paste(page);
  const { handle, verdict } = panelOf(page);
  await expect(verdict).toHaveText('It works: 3 decisions sent');
  const start = await boxOf(page);
  await handle.press('ArrowLeft');
  await handle.press('ArrowUp');
  const moved = await boxOf(page);
  expect([moved.x, moved.y]).toEqual([start.x - 24, start.y - 24]);

  await page.mouse.move(moved.x + 200, moved.y + 20);
  await page.mouse.down();
  await page.mouse.move(moved.x + 100, moved.y + 10, { steps: 3 });
  const dragged = await boxOf(page);
  expect([dragged.x, dragged.y]).toEqual([moved.x - 100, moved.y - 10]);
  await page.mouse.move(0, 0, { steps: 3 });
  await page.mouse.up();
  await page.mouse.move(600, 400);
  const cornered = await boxOf(page);
  expect([cornered.x, cornered.y]).toEqual([8, 8]);

  // It grows within the window, and follows it.
  await page.evaluate(() => {
    window.optimizelyFullStory.record(
      Array.from({ length: 30 }, (_, number) => ({ flag_key: `flag_${number}`, enabled: true })),
    );
  });
  await expect(panelOf(page).decisions).toHaveCount(33);
  await page.setViewportSize({ width: 640, height: 480 });
  await expect.poll(async () => (await boxOf(page)).bottom).toBeLessThanOrEqual(480);
  const { x, y, right } = await boxOf(page);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(right).toBeLessThanOrEqual(640);
});

test('it fits a phone, leaves the page visible, and returns the focus', async ({ page, scenario }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto('/');
  await scenario.events(5);
  await paste(page);
  await expect(panelOf(page).verdict).toHaveText('It works: 5 decisions sent');
  const { x, y, right, bottom } = await boxOf(page);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(right).toBeLessThanOrEqual(360);
  expect(bottom).toBeLessThanOrEqual(640);
  expect(y).toBeGreaterThan(640 / 4);
  expect(await overflowing(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await test.step('closing returns the focus', async () => {
    await closePanel(page);
    await page.locator('#decide-one').focus();
    await paste(page);
    await expect(panelOf(page).panel).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('#decide-one')).toBeFocused();
  });
});

test.describe('the report', () => {
  test('is copied, and names neither the visitor nor the session nor the page @engines', async ({
    scenario,
    page,
    browserName,
  }) => {
    if (browserName === 'chromium') await page.context().grantPermissions(['clipboard-write']);
    await scenario.open('bridge-first', { email: 'ada@example.com' });
    await scenario.events(3);
    await page.evaluate(() => {
      const text = document.createElement('textarea');
      text.id = 'pasted';
      document.body.append(text);
    });
    await paste(page);
    const { copy, panel } = panelOf(page);
    await copy.click();
    await expect(panel.locator('.notice')).toHaveText(/^Copied\./);
    await page.keyboard.press('Escape');
    await page.locator('#pasted').focus();
    await page.keyboard.press('ControlOrMeta+V');
    const report = await page.locator('#pasted').inputValue();
    expect(report).toContain('It works: 3 decisions sent');
    expect(report).toContain('Site: localhost\n');
    expect(report).toContain('3 seen = 3 sent + 0 duplicate + 0 ignored + 0 waiting + 0 dropped');
    expect(report).toMatch(
      /\d{4}-\d\d-\d\dT[\d:.]+Z {2}checkout_redesign = treatment \(checkout_redesign_test\) {2}sent, /,
    );
    const { session } = await scenario.status();
    expect(session).toContain('/session/');
    for (const personal of ['ada', 'example.com', 'plan', session as string, '/e2e/', 'http']) {
      expect(report).not.toContain(personal);
    }
  });

  test('is selected if there is no clipboard', async ({ scenario, page }) => {
    // As on a page that is not served by https.
    await page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined }),
    );
    await scenario.open('bridge-first');
    await paste(page);
    const { copy, panel } = panelOf(page);
    await copy.click();
    const text = panel.getByRole('textbox', { name: 'The report' });
    await expect(text).toBeFocused();
    const [start, end, value] = await text.evaluate((node: HTMLTextAreaElement) => [
      node.selectionStart,
      node.selectionEnd,
      node.value,
    ]);
    expect(value).toContain('optimizely-fullstory: inspector report');
    expect([start, end]).toEqual([0, (value as string).length]);
    expect(await violations(page)).toEqual([]);
  });
});

test('it appears without motion if the user prefers that', async ({ scenario, page }) => {
  await scenario.open('nothing');
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await test.step(reducedMotion, async () => {
      await page.emulateMedia({ reducedMotion });
      await paste(page);
      const isReduced = await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
      expect(isReduced).toBe(reducedMotion === 'reduce');
      const animation = await panelOf(page).panel.evaluate((panel) => getComputedStyle(panel).animationName);
      expect(animation, reducedMotion).toBe(isReduced ? 'none' : 'appear');
      await closePanel(page);
    });
  }
});
