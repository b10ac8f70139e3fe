import { expect, SDKS, test } from './harness.ts';
import { figures, HEALTHY } from './playground.ts';

test.use({ isolated: true });

test('a page that is left and gone back to hears again, and once @engines', async ({
  page,
  context,
  baseURL,
  browserName,
}) => {
  const observer = await context.newPage();
  await observer.goto(`${baseURL}/e2e/no-optimizely.html`);
  const stored = (key: string) => observer.evaluate((name) => localStorage.getItem(name), key);
  for (const sdk of browserName === 'chromium' ? SDKS : SDKS.slice(-1)) {
    await test.step(`SDK ${sdk}`, async () => {
      await observer.evaluate(() => localStorage.clear());
      await page.goto(`/e2e/left-and-back.html?sdk=${sdk}`);
      await expect
        .poll(async () => JSON.parse((await stored('result')) ?? 'null'), `SDK ${sdk}`)
        .toMatchObject({ isKept: true, decisions: { seen: 2, sent: 2, duplicate: 0 } });
    });
  }
  await test.step('the playground, situation leave', async () => {
    await observer.evaluate(() => localStorage.clear());
    // It drives itself, because a browser under test is not followed to a page that it had kept.
    await page.addInitScript(() => {
      const note = (isKept: boolean) =>
        setInterval(() => {
          const cells = document.querySelectorAll<HTMLElement>('#score [data-side="bridge"] [data-figure]');
          const figures = [...cells].map((cell) => [cell.dataset.figure, cell.textContent]);
          localStorage.setItem('playground', JSON.stringify({ isKept, ...Object.fromEntries(figures) }));
        }, 50);
      addEventListener('pageshow', ({ persisted }) => {
        const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        if (window !== top) return;
        if (location.pathname === '/away.html') setTimeout(() => history.back());
        else if (persisted || navigation?.type === 'back_forward') note(persisted);
      });
    });
    await page.goto('/?compare');
    await expect.poll(() => figures(page, 'bridge')).toMatchObject(HEALTHY);
    await page.locator('[data-situation="leave"]').click({ noWaitAfter: true });
    await expect
      .poll(async () => JSON.parse((await stored('playground')) ?? 'null'), 'the playground')
      .toMatchObject({ isKept: true, decisions: '10', accepted: '10', lost: '0', waiting: '0' });
  });
});
