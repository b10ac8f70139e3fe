import { expect, test } from './installation-harness.ts';
import { cdnScript, INSTALLATIONS, POLICIES } from './installations/installations.mjs';

// A policy that allows an installation proves something only if it refuses others. These tests show that it does.

const OTHER_FILE = 'sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC';

test('each policy refuses another script of the page @engines', async ({ scenario, site, visitor, page }) => {
  for (const [name, installation] of Object.entries(POLICIES)) {
    await test.step(name, async () => {
      const { body = [], ...rest } = await installation(site);
      await visitor.visitAnew(() => ({
        ...rest,
        body: [...body, '<script>window.intruder = true;</script>'],
      }));
      await scenario.events(1);
      expect(await page.evaluate('typeof intruder'), name).toBe('undefined');
      expect(await visitor.refused(), name).toEqual(['script-src-elem inline']);
    });
  }
});

test('under Trusted Types an address that the policy does not know is refused @engines', async ({
  scenario,
  visitor,
  page,
}) => {
  await visitor.visit(POLICIES['under Trusted Types'] as never);
  await scenario.events(1);
  const attempt = page.evaluate(() => {
    document.createElement('script').src = '/e2e/decide.js';
  });
  // As Chromium and Firefox put it.
  await expect(attempt).rejects.toThrow(/TrustedScriptURL|Sink type mismatch/);
});

test('one more newline in the block changes its hash @engines', async ({ site, visitor, page }) => {
  const installation = POLICIES['allowed by hash'];
  const { head, ...rest } = await (installation as NonNullable<typeof installation>)(site);
  await visitor.visit(() => ({
    ...rest,
    head: head.map((part) => part && part.replace('<script>!', '<script>\n!')),
  }));
  expect(await page.evaluate('typeof optimizelyFullStory')).toBe('undefined');
  expect(await visitor.refused()).toEqual(['script-src-elem inline']);
  expect(await page.evaluate(() => window.decided)).toBe('treatment');
});

test('a file with another integrity does not run, and the page goes on @engines', async ({
  scenario,
  site,
  visitor,
  page,
}) => {
  const installation = INSTALLATIONS.head['the tag for a CDN'];
  const { head, ...rest } = await (installation as NonNullable<typeof installation>)(site);
  await visitor.visit(() => ({ ...rest, head: [cdnScript(site, OTHER_FILE), ...head.slice(1)] }));
  expect(await page.evaluate(() => window.decided)).toBe('treatment');
  expect(await page.evaluate('typeof optimizelyFullStory')).toBe('undefined');
  await expect.poll(() => page.evaluate(() => window.fullstoryDouble?.session())).toBeTruthy();
  expect(await page.evaluate(() => window.fullstoryDouble?.calls)).toEqual([]);
  // Firefox reports refusals elsewhere.
  expect(scenario.complaints.filter((text) => !text.includes('integrity'))).toEqual([]);
});

test('with COEP require-corp the page is isolated, and a tag without crossorigin is refused @engines', async ({
  site,
  visitor,
  page,
}) => {
  const installation = INSTALLATIONS.isolation['the tag for a CDN, with COEP require-corp'];
  const { head, ...rest } = await (installation as NonNullable<typeof installation>)(site);
  const bare = cdnScript(site).replace(/ (integrity|crossorigin)="[^"]*"/g, '');
  await visitor.visit(() => ({ ...rest, head: [bare, ...head.slice(1)] }));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate('typeof optimizelyFullStory')).toBe('undefined');
  expect(await page.evaluate(() => window.decided)).toBe('treatment');
});
