import AxeBuilder from '@axe-core/playwright';
import type { ReceivedCall } from '../demo/fullstory-double.ts';
import { GROUPS } from '../demo/situations.ts';
import { expect, type Page, test } from './harness.ts';

/** What a side's row shows, by the names of the figures. */
type Figures = Record<string, unknown>;

function figures(page: Page, side: 'bridge' | 'recipe'): Promise<Figures> {
  return page
    .locator(`#score [data-side="${side}"] [data-figure]`)
    .evaluateAll((cells) =>
      Object.fromEntries(cells.map((cell) => [(cell as HTMLElement).dataset.figure, cell.textContent])),
    );
}

async function expectFigures(page: Page, bridge: Figures, recipe: Figures): Promise<void> {
  await expect.poll(() => figures(page, 'bridge')).toMatchObject(bridge);
  await expect.poll(() => figures(page, 'recipe')).toMatchObject(recipe);
}

async function openHealthy(page: Page): Promise<void> {
  await page.goto('/?compare');
  await expectFigures(page, HEALTHY, HEALTHY);
}

const FAULTLESS = { waiting: '0', lost: '0', rejected: '0', doubled: '0', misplaced: '0' };
const HEALTHY = { decisions: '5', accepted: '5', ...FAULTLESS, inSession: '5 of 5', asProperty: '5 of 5' };
const SIX = { ...HEALTHY, decisions: '6', accepted: '6' };
const ALL_LOST = { accepted: '0', lost: '5' };
const ALL_WAIT = { accepted: '0', waiting: '5', lost: '0' };
const ONE_LOST = { accepted: '5', lost: '1' };

/** What each situation's button leads to, and then each further step. */
const OUTCOMES: Record<string, [bridge: Figures, recipe: Figures][]> = {
  'fullstory-late': [
    [ALL_WAIT, ALL_LOST],
    [HEALTHY, ALL_LOST],
  ],
  'fullstory-slow': [
    [ALL_WAIT, ALL_WAIT],
    [HEALTHY, HEALTHY],
  ],
  'fullstory-blocked': [
    [ALL_WAIT, ALL_LOST],
    [HEALTHY, ALL_LOST],
  ],
  consent: [
    [ALL_WAIT, ALL_WAIT],
    [HEALTHY, HEALTHY],
  ],
  namespace: [[HEALTHY, ALL_LOST]],
  refused: [[ALL_WAIT, ALL_LOST]],
  'sign-in': [[SIX, { ...ONE_LOST, inSession: '0 of 5', asProperty: '0 of 5' }]],
  'sign-out': [[SIX, { ...ONE_LOST, inSession: '0 of 5', asProperty: '0 of 5' }]],
  'queued-sign-in': [
    [ALL_WAIT, ALL_WAIT],
    [HEALTHY, ALL_LOST],
  ],
  idle: [[HEALTHY, { accepted: '5', lost: '0', inSession: '0 of 5' }]],
  shutdown: [
    [
      { accepted: '5', waiting: '1' },
      { accepted: '5', waiting: '1' },
    ],
    [SIX, SIX],
  ],
  'shutdown-other-user': [
    [
      { accepted: '5', waiting: '1' },
      { accepted: '5', waiting: '1' },
    ],
    [SIX, ONE_LOST],
  ],
  'same-task': [
    [
      { accepted: '5', misplaced: '1' },
      { accepted: '6', misplaced: '0' },
    ],
  ],
  'same-20': [
    [
      { ...HEALTHY, decisions: '105', repeat: '100' },
      { accepted: '5', doubled: expect.stringMatching(/^[1-9]/) },
    ],
  ],
  server: [
    [
      { ...HEALTHY, decisions: '7', accepted: '7', inSession: '7 of 7', asProperty: '7 of 7' },
      { decisions: '5', accepted: '5' },
    ],
  ],
  'next-line': [[HEALTHY, ALL_LOST]],
  'queued-first': [[HEALTHY, ALL_LOST]],
  'listeners-cleared': [[SIX, ONE_LOST]],
  'client-closed': [[SIX, ONE_LOST]],
  'second-client': [[SIX, SIX]],
  'script-late': [[HEALTHY, ALL_LOST]],
  persist: [
    [ALL_WAIT, ALL_LOST],
    [HEALTHY, ALL_LOST],
  ],
  'same-session': [
    [HEALTHY, HEALTHY],
    [
      { ...HEALTHY, decisions: '10', repeat: '5' },
      { accepted: '5', repeat: '0', doubled: '5' },
    ],
  ],
  'refused-once': [
    [ALL_WAIT, ALL_LOST],
    [HEALTHY, ALL_LOST],
  ],
  'child-frame': [
    [
      { ...HEALTHY, asProperty: '0 of 5' },
      { accepted: '5', asProperty: '0 of 5' },
    ],
  ],
  disconnect: [
    [HEALTHY, SIX],
    [SIX, { decisions: '7', accepted: '7' }],
  ],
};

test('the first thing to see is a page on which all is well, and both sides agree', async ({
  page,
  scenario,
}) => {
  await page.goto('/');
  await expect(page.locator('#now-title')).toHaveText('A healthy page');
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await expect(page.locator('#score [data-side="recipe"]')).toBeHidden();
  await page.locator('#decide-all-grace').click();
  await expect(page.locator('#status [data-count="seen"]')).toHaveText('10');
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await page.locator('#decide-all-ada').click();
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await page.locator('#decide-again').click();
  await expect(page.locator('#status [data-count="seen"]')).toHaveText('20');
  await expect(page.locator('#status [data-fullstory]')).toHaveText('capturing');

  const calls = (await page.evaluate(() => window.fullstoryDouble?.calls)) as ReceivedCall[];
  expect(calls.every(({ outcome, source }) => outcome === 'accepted' && source === 'optimizely')).toBe(true);
  expect(calls.filter(({ kind }) => kind === 'event')).toHaveLength(10);
  expect(scenario.complaints).toEqual([]);
});

test('the recipe is a switch away, and had the same clicks', async ({ page }) => {
  await page.goto('/');
  await page.locator('#decide-one').click();
  await page.locator('#compare').click();
  await expect(page.locator('#score [data-side="recipe"]')).toBeVisible();
  await expectFigures(
    page,
    { ...HEALTHY, decisions: '6', repeat: '1' },
    { decisions: '6', accepted: '5', doubled: '1' },
  );
  await expect(page).toHaveURL('/?compare');
  await expect(page.locator('[data-situation="refused"]')).toHaveAttribute(
    'href',
    '?situation=refused&compare',
  );
});

test('nothing is said of the recipe before it is switched on', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('#now-about')).not.toBeEmpty();
  const visible = () =>
    page.evaluate(() => document.body.innerText.replace('Compare with the guides’ recipe', ''));
  expect(await visible()).not.toMatch(/recipe/i);
  await page.locator('#compare').click();
  expect(await visible()).toMatch(/recipe/i);
  for (const { id, about } of GROUPS.flatMap(({ situations }) => situations)) {
    expect([id, about]).not.toEqual([id, expect.stringMatching(/recipe/i)]);
  }
});

for (const [situation, reason] of [
  ['fullstory-late', 'FullStory was not there'],
  ['fullstory-blocked', 'FullStory was blocked'],
  ['next-line', 'nobody listened'],
  ['namespace', 'FullStory has another name'],
] as const) {
  test(`why the recipe has lost all, situation ${situation}`, async ({ page }) => {
    await page.goto(`/?situation=${situation}&compare`);
    await expect(page.locator('#timeline .decided .party[data-side="recipe"]').last()).toHaveText(
      `Recipe5 lost ${reason}`,
    );
  });
}

for (const [id, [first, ...others]] of Object.entries(OUTCOMES)) {
  test(`situation ${id}`, async ({ page }) => {
    await openHealthy(page);
    await page.locator(`[data-situation="${id}"]`).click();
    await expect(page.locator(`[data-situation="${id}"]`)).toHaveAttribute('aria-current', 'true');
    if (first) await expectFigures(page, ...first);
    for (const next of others) {
      await page.locator('#next').click();
      await expectFigures(page, ...next);
    }
    await expect(page.locator('#next')).toBeHidden();
  });
}

test('every situation has a test', () => {
  const ids = GROUPS.flatMap(({ situations }) => situations.map(({ id }) => id));
  expect([...Object.keys(OUTCOMES), 'many', 'leave'].sort()).toEqual(ids.sort());
});

test('situation many: the bridge hands over within the limits, until all have arrived', async ({ page }) => {
  await page.clock.install();
  await openHealthy(page);
  await page.locator('[data-situation="many"]').click();
  await expect
    .poll(() => figures(page, 'bridge'))
    .toMatchObject({ decisions: '105', rejected: '0', lost: '0' });
  await expect.poll(() => figures(page, 'recipe')).toMatchObject({ rejected: expect.stringMatching(/^6/) });
  // 100 events at 40 a minute, 20 of them in a second.
  for (let minute = 1; minute <= 3; minute++) {
    await page.clock.fastForward(60_000);
    await page.clock.runFor(3000);
  }
  await expect
    .poll(() => figures(page, 'bridge'))
    .toMatchObject({ ...FAULTLESS, accepted: '105', inSession: '100 of 100', asProperty: '100 of 100' });
});

test('situation leave: what was decided in that moment has arrived when the page is back', async ({
  page,
}) => {
  await openHealthy(page);
  await page.locator('[data-situation="leave"]').click();
  await page.locator('#back').click();
  await page.waitForURL('/?compare');
  await expect
    .poll(async () => {
      const { decisions, accepted, lost, waiting } = await figures(page, 'bridge');
      return { areMore: Number(decisions) >= 10, areThere: decisions === accepted, lost, waiting };
    })
    .toEqual({ areMore: true, areThere: true, lost: '0', waiting: '0' });
});

test('the inspector is a click away, and says that all is well', async ({ page }) => {
  await openHealthy(page);
  await page.locator('#inspect a').click();
  await expect(page.locator('optimizely-fullstory-inspector').getByText(/^It works/)).toBeVisible();
});

test('a situation on this page can be linked to', async ({ page }) => {
  await page.goto('/?situation=sign-in&compare');
  await expectFigures(page, SIX, ONE_LOST);
});

test('other versions of SDK and snippet', async ({ page }) => {
  await openHealthy(page);
  await page.locator('#sdk-version').selectOption('4.10.1');
  await page.locator('#snippet-version').selectOption('1.3');
  await page.locator('#versions button').click();
  await expect(page).toHaveURL(/sdk=4\.10\.1&snippet=1\.3/);
  await expectFigures(page, HEALTHY, HEALTHY);
});

test('works by keyboard and fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/?situation=sign-in&compare');
  await expectFigures(page, SIX, ONE_LOST);
  await page.locator('#decide-all-linus').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#status [data-count="seen"]')).toHaveText('11');
  await page.locator('#timeline summary').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#timeline details table')).toBeVisible();
  await page.locator('[data-situation="shutdown"]').focus();
  await page.keyboard.press('Enter');
  await page.locator('#next').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#now-title')).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

async function faultsOf(page: Page) {
  // It is typed for a copy of Playwright of its own.
  const { violations } = await new AxeBuilder({ page: page as never })
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds no fault, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/?situation=sign-in&compare');
    await expectFigures(page, SIX, ONE_LOST);
    await page.locator('#timeline summary').first().click();
    await expect(page.locator('#timeline details table')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
  });

  test(`axe finds no fault on a phone, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/?situation=fullstory-blocked&compare');
    await expectFigures(page, ALL_WAIT, ALL_LOST);
    expect(await faultsOf(page)).toEqual([]);
  });
}

test('axe finds no fault on the page to leave to', async ({ page }) => {
  await page.goto('/away.html');
  expect(await faultsOf(page)).toEqual([]);
});
