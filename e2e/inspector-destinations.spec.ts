import { expect, type Page, QUIET, test } from './amplitude-harness.ts';
import { faintTexts, overflowing, panelOf, paste, violations } from './inspector-panel.ts';

// The inspector with Amplitude, alone or beside FullStory, with the real packages.

const BOTH = { script: 'optimizely-fullstory-amplitude', more: 'fullstory/snippet-2.1' };
const FLAGS = ['checkout_redesign', 'search_ranking'];

const columns = (page: Page, name: string, to: string) =>
  panelOf(page, to).panel.locator(`.counts .${name} td`);

test('both destinations work: a column for each', async ({ amplitude, page }) => {
  await amplitude.open(BOTH);
  await amplitude.init();
  await amplitude.decide(FLAGS);
  await amplitude.arrived(2);
  await paste(page);
  const to = 'FullStory, Amplitude';
  const { verdict, line, advice, decisions, panel } = panelOf(page, to);
  await expect(verdict).toHaveText('It works: 2 decisions sent to FullStory and 2 to Amplitude');
  await expect(line('FullStory')).toContainText('Captures this session. Its global is FS.');
  await expect(line('Amplitude')).toContainText('Takes decisions');
  await expect(line('Amplitude')).toContainText('Its global is amplitude.');
  await expect(advice).toHaveCount(0);
  await expect(panel.locator('.counts thead th')).toHaveText(['FullStory', 'Amplitude']);
  await expect(columns(page, 'seen', to)).toHaveText(['2', '2']);
  await expect(columns(page, 'sent', to)).toHaveText(['2', '2']);
  await expect(decisions).toHaveCount(2);
  await expect(decisions.first()).toContainText('search_ranking');
  await expect(decisions.first().locator('.outcome')).toHaveText(['FullStory: sent', 'Amplitude: sent']);
  expect(amplitude.complaints).toEqual([]);
});

test('FullStory captures and Amplitude is opted out, then in: each decision in each column', async ({
  amplitude,
  page,
}) => {
  await amplitude.open(BOTH);
  await amplitude.init(undefined, { ...QUIET, optOut: true });
  await amplitude.decide(FLAGS);
  await paste(page);
  const to = 'FullStory, Amplitude';
  const { verdict, line, decisions, panel } = panelOf(page, to);
  await expect(verdict).toHaveText('2 decisions wait: Amplitude takes nothing yet');
  await expect(line('Amplitude')).toContainText('has not called init, or the visitor opted out');
  await expect(line('Amplitude').locator('.more')).toContainText('docs/amplitude.md, #states');
  await expect(columns(page, 'waiting', to)).toHaveText(['0', '2']);
  await expect(decisions.first().locator('.outcome')).toHaveText(['FullStory: sent', 'Amplitude: waiting']);
  await expect(decisions.first()).toContainText('Amplitude takes nothing yet');
  await amplitude.call('setOptOut', false);
  await expect(verdict).toHaveText('It works: 2 decisions sent to FullStory and 2 to Amplitude');
  await expect(panel.locator('.more')).toHaveCount(0);
});

test('Amplitude alone, blocked: the reason, the remedy and the section', async ({ amplitude, page }) => {
  await page.clock.install();
  await amplitude.open({ amplitude: 'amplitude/snippet-2.48.1' });
  await amplitude.decide(FLAGS);
  await paste(page);
  const { verdict, line, advice, count } = panelOf(page, 'Amplitude');
  await expect(verdict).toHaveText('2 decisions wait: Amplitude is loading');
  await page.clock.runFor(11_000);
  await expect(verdict).toHaveText('2 decisions wait: Amplitude is blocked');
  await expect(line('Script')).toContainText('runs');
  await expect(line('Amplitude')).toContainText('its library does not load');
  await expect(advice.locator('h4')).toHaveText(['amplitude-blocked']);
  await expect(advice).toContainText('ad blocker');
  await expect(advice.locator('.more')).toContainText('docs/troubleshooting.md, #amplitude-blocked');
  await expect(count('waiting')).toHaveText('2');
});

test('Amplitude that throws', async ({ amplitude, page }) => {
  await amplitude.open();
  await amplitude.init();
  await page.evaluate(() => {
    (window as unknown as { amplitude: { track(): void } }).amplitude.track = () => {
      throw new Error('the page’s');
    };
  });
  await amplitude.decide(FLAGS);
  await expect.poll(async () => (await amplitude.status()).problems).toContain('amplitude-throws');
  await paste(page);
  const { verdict, advice } = panelOf(page, 'Amplitude');
  await expect(verdict).toHaveText('2 decisions wait: Amplitude throws errors');
  await expect(advice.locator('h4')).toHaveText(['amplitude-throws']);
});

test('a script for each: shown as one, and not as one script twice', async ({ amplitude, page }) => {
  await amplitude.open({ script: 'optimizely-fullstory', more: 'dist/optimizely-amplitude.min' });
  await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
  await amplitude.init();
  await amplitude.decide(FLAGS);
  await amplitude.arrived(2);
  await paste(page);
  const { verdict, line, advice } = panelOf(page, 'FullStory, Amplitude');
  await expect(verdict).toHaveText('It works: 2 decisions sent to FullStory and 2 to Amplitude');
  await expect(line('Script')).toContainText('2 scripts run');
  await expect(line('Script')).toContainText('optimizelyFullStory and optimizelyAmplitude');
  await expect(advice).toHaveCount(0);
});

test.describe('without a bridge', () => {
  test('on a page with Amplitude', async ({ amplitude, page }) => {
    await amplitude.open({ script: 'none' });
    // The page's settings for a script that has not loaded.
    await page.evaluate('delete window.optimizelyFullStory');
    await amplitude.init();
    await paste(page);
    const { line, panel } = panelOf(page);
    await expect(line('Amplitude')).toContainText('takes events');
    await expect(line('Script')).toContainText('settings or its stub are on the page');
    await expect(panel.locator('dt')).toHaveCount(3);
    await amplitude.call('setOptOut', true);
    await expect(line('Amplitude')).toContainText('opted out');
  });

  test('because Amplitude’s script is blocked', async ({ amplitude, page }) => {
    await page.route('**/dist/optimizely-amplitude.min.js', (route) => route.abort());
    await amplitude.open({ amplitude: 'amplitude/snippet-2.0.0' });
    await paste(page);
    const { line } = panelOf(page);
    await expect(line('Script')).toContainText('the script has not run');
    await expect(line('Amplitude')).toContainText('its library has not loaded yet');
  });
});

test('two columns are readable, and nothing sticks out: narrow and wide, light and dark', async ({
  amplitude,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await amplitude.open(BOTH);
  await amplitude.init(undefined, { ...QUIET, optOut: true });
  await amplitude.decide([...FLAGS, 'pricing_page']);
  const { verdict, decisions } = panelOf(page, 'FullStory, Amplitude');
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      const which = `${width} px, ${colorScheme}`;
      await test.step(which, async () => {
        await page.setViewportSize({ width, height: 740 });
        await page.emulateMedia({ colorScheme });
        await paste(page);
        await expect(verdict, which).toHaveText('3 decisions wait: Amplitude takes nothing yet');
        await expect(decisions.locator('.outcome.sent'), which).toHaveCount(3);
        expect(await overflowing(page), which).toEqual([]);
        expect(await violations(page), which).toEqual([]);
        expect(await faintTexts(page), which).toEqual([]);
        await paste(page);
        await expect(verdict, which).toHaveCount(0);
      });
    }
  }
});
