import { analyze } from './axe.ts';
import { expect, test } from './harness.ts';
import { figures, HEALTHY } from './playground.ts';

test.beforeEach(({ page }) => page.setViewportSize({ width: 360, height: 740 }));

test('situations are at the top, a text explains the figures, and the page fits a phone', async ({
  page,
}) => {
  await page.goto('/?compare');
  await expect(page.locator('#situation')).toBeInViewport({ ratio: 1 });
  await expect(page.locator('#choose button')).toBeInViewport({ ratio: 1 });
  await expect(page.locator('#groups')).toBeHidden();
  await expect.poll(() => figures(page, 'bridge')).toMatchObject(HEALTHY);
  await test.step('a text on the page explains the figures, without tooltips', async () => {
    expect(await page.locator('main [title], nav [title], header [title]').count()).toBe(0);
    await page.getByText('What these words mean').first().click();
    const heads = await page.locator('#score [role="columnheader"]').allTextContents();
    expect(await page.locator('#score .meanings dt').allTextContents()).toEqual(heads);
    const meanings = page.locator('#score .meanings dd');
    await expect(meanings.first()).toHaveText('Decisions that the page made.');
    await expect(meanings.last()).toBeVisible();
  });
  // One that is played on this page, and one that starts over.
  await page.locator('#situation').selectOption({ label: 'The same 20 times' });
  await page.locator('#choose button').click();
  await expect(page.locator('#now-title')).toHaveText('The same 20 times');
  await expect.poll(() => figures(page, 'bridge')).toMatchObject({ repeat: '100' });
  await page.locator('#situation').selectOption({ label: 'FullStory is blocked' });
  await page.locator('#choose button').click();
  await expect(page).toHaveURL('/?situation=fullstory-blocked&compare');
  await expect(page.locator('#situation')).toHaveValue('fullstory-blocked');
  await page.locator('.score summary').first().click();
  await page.locator('#timeline summary').first().click();
  await expect(page.locator('#timeline details table')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('a wide table scrolls in its box, and says so; axe finds no fault', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?amplitude&compare');
  await expect(page.locator('#agreement tbody tr')).toHaveCount(5);
  const box = page.locator('#agreement .scroll');
  const hint = page.locator('#agreement').getByText('There is more: scroll the table sideways.');
  await expect(hint).toBeVisible();
  await expect(box).toHaveAttribute('data-more', 'right');
  const mask = () => box.evaluate((element) => getComputedStyle(element).getPropertyValue('--right'));
  expect(await mask()).toBe('2rem');
  const { violations } = await analyze(page);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  await box.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
  await expect(box).toHaveAttribute('data-more', 'left');
  expect(await mask()).toBe('0px');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  // Beside the list of situations there is room for all of it.
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(hint).toBeHidden();
  await expect(box).toHaveAttribute('data-more', '');
});
