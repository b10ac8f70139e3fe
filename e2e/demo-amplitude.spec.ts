import { expect, type Page, test } from './harness.ts';
import { type Figures, figures, HEALTHY } from './playground.ts';

/** The server in the page rejects nothing, so there is no figure for that. */
const { rejected: _none, ...ALL_FIVE } = HEALTHY;
const NONE_OF_FIVE = { decisions: '5', accepted: '0', lost: '5' };
const FIVE_WAIT = { decisions: '5', accepted: '0', waiting: '5', lost: '0' };

async function expectOfAmplitude(page: Page, bridge: Figures, recipe: Figures): Promise<void> {
  await expect.poll(() => figures(page, 'bridge', 'Amplitude')).toMatchObject(bridge);
  await expect.poll(() => figures(page, 'recipe', 'Amplitude')).toMatchObject(recipe);
}

test('a link adds Amplitude, which gets the same decisions as FullStory', async ({ page, scenario }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== 'localhost') elsewhere.push(request.url());
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'What reached Amplitude' })).toBeHidden();
  await page.getByRole('link', { name: 'Show Amplitude as well' }).click();
  await expect(page).toHaveURL('/?amplitude');
  await expect(page.getByRole('heading', { name: 'What reached Amplitude' })).toBeVisible();
  await page.locator('#decide-all-grace').click();
  const ten = { decisions: '10', accepted: '10' };
  await expect.poll(() => figures(page, 'bridge')).toMatchObject({ ...HEALTHY, ...ten });
  await expectOfAmplitude(page, { ...ALL_FIVE, ...ten }, { ...ALL_FIVE, ...ten });
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await expect(page.locator('#agreement th', { hasText: 'Amplitude’s user property says' })).toBeVisible();
  await expect(page.locator('[data-amplitude-state]')).toHaveText('capturing');
  await expect(page.locator('#timeline .decided .party[data-side="bridge"]').last()).toHaveText(
    /FullStory 5 accepted.*Amplitude 5 accepted Ada/,
  );
  expect(elsewhere).toEqual([]);
  expect(scenario.complaints).toEqual([]);
  await expect(page.locator('[data-situation="refused"]')).toHaveAttribute(
    'href',
    '?situation=refused&amplitude',
  );
  await expect(page.getByRole('link', { name: 'Show FullStory alone' })).toHaveAttribute('href', '?');
});

test('a blocked FullStory does not delay Amplitude', async ({ page }) => {
  await page.goto('/?situation=fullstory-blocked&amplitude&compare');
  await expectOfAmplitude(page, ALL_FIVE, ALL_FIVE);
  expect(await figures(page, 'bridge')).toMatchObject(FIVE_WAIT);
  await expect(page.locator('#now-amplitude')).toHaveText(/^Amplitude has all of them at once/);
});

test('a decision during a sign-in is under the right user in Amplitude, except with the recipe', async ({
  page,
}) => {
  await page.goto('/?amplitude&compare');
  await expectOfAmplitude(page, ALL_FIVE, ALL_FIVE);
  await page.locator('[data-situation="same-task"]').click();
  await expectOfAmplitude(
    page,
    { ...ALL_FIVE, decisions: '6', accepted: '6' },
    { decisions: '6', accepted: '5', misplaced: '1' },
  );
});

for (const [id, first, after] of [
  ['amplitude-late', [FIVE_WAIT, NONE_OF_FIVE], [ALL_FIVE, NONE_OF_FIVE]],
  ['init-late', [FIVE_WAIT, FIVE_WAIT], [ALL_FIVE, ALL_FIVE]],
] as const) {
  test(`situation ${id}: FullStory does not wait`, async ({ page, scenario }) => {
    await page.goto('/?compare');
    await page.locator(`[data-situation="${id}"]`).click();
    await expect(page).toHaveURL(`/?situation=${id}&compare`);
    await expectOfAmplitude(page, first[0], first[1]);
    await expect.poll(() => figures(page, 'bridge')).toMatchObject(HEALTHY);
    await page.locator('#next').click();
    await expectOfAmplitude(page, after[0], after[1]);
    expect(scenario.complaints.filter((text) => text.includes('Storage'))).toEqual([]);
  });
}

test('situation opt-out: the bridge sends the current decisions when the visitor opts in', async ({
  page,
}) => {
  await page.goto('/?situation=opt-out&compare');
  await expectOfAmplitude(page, ALL_FIVE, ALL_FIVE);
  await page.locator('#next').click();
  await expectOfAmplitude(page, { accepted: '5', waiting: '2', lost: '0' }, { accepted: '5', lost: '2' });
  await page.locator('#next').click();
  await expectOfAmplitude(page, { ...ALL_FIVE, decisions: '7', accepted: '7' }, { accepted: '5', lost: '2' });
});

test('the next page of a session counts nothing twice in Amplitude, except with the recipe', async ({
  page,
}) => {
  await page.goto('/?situation=same-session&amplitude&compare');
  await expectOfAmplitude(page, ALL_FIVE, ALL_FIVE);
  await page.locator('#next').click();
  await page.waitForURL('/?situation=same-session&amplitude&compare&next');
  await expectOfAmplitude(
    page,
    { ...ALL_FIVE, decisions: '10', repeat: '5' },
    { decisions: '10', accepted: '5', doubled: '5' },
  );
});
