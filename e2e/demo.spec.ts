import type { ReceivedCall } from '../demo/fullstory-double.ts';
import { expect, test } from './harness.ts';

test('the demo shows both sides agree', async ({ page, scenario }) => {
  await page.goto('/');
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await page.locator('#decide-all-grace').click();
  await expect(page.locator('#status [data-count="seen"]')).toHaveText('10');
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await page.locator('#decide-all-ada').click();
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await page.locator('#decide-again').click();
  await expect(page.locator('#status [data-count="seen"]')).not.toHaveText('15');
  await expect(page.locator('#status [data-fullstory]')).toHaveText('capturing');

  const calls = (await page.evaluate(() => window.fullstoryDouble?.calls)) as ReceivedCall[];
  expect(calls.every(({ outcome, source }) => outcome === 'accepted' && source === 'optimizely')).toBe(true);
  expect(calls.filter(({ kind }) => kind === 'event')).toHaveLength(10);
  expect(scenario.complaints).toEqual([]);
});

test('the demo works by keyboard and fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/');
  await expect(page.locator('#agreement-count')).toHaveText('5 of 5 flags match');
  await page.locator('#decide-all-linus').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#status [data-count="seen"]')).toHaveText('10');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
