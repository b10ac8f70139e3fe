import { CHECKOUT, event, expect, said, test, userProperties } from './installation-harness.ts';
import { INSTALLATIONS } from './installations/installations.mjs';

/**
 * The rows of each group that Firefox runs, one of each kind. Chromium and WebKit run all of them. Firefox runs the
 * policies in `refused.spec.ts`.
 */
const SAMPLES: Record<string, string[]> = {
  head: ['the tag for a CDN', 'an async tag, there after the app', 'a tag with defer'],
  AMD: ['the block beside an AMD loader'],
  isolation: ['the tag for a CDN, with COEP require-corp'],
  'Tag Manager': [
    "gtm.html before FullStory's tag, early",
    "the container after FullStory's tag, late, with the client in a global",
  ],
  'hostile pages': ['a page with a base'],
};

for (const [group, installations] of Object.entries(INSTALLATIONS)) {
  test(
    `the script works as installed: ${group}`,
    SAMPLES[group] ? { tag: '@engines' } : {},
    async ({ browserName, scenario, site, visitor }) => {
      for (const [name, installation] of Object.entries(installations)) {
        if (browserName === 'firefox' && !SAMPLES[group]?.includes(name)) continue;
        await test.step(name, async () => {
          const { problems = [], decisions = { seen: 1, sent: 1 } } = await installation(site);
          await visitor.visitAnew(installation);
          await scenario.events(1);
          expect((await scenario.received()).map(said), name).toEqual([
            userProperties({ '[Optimizely] checkout_redesign': 'treatment' }),
            event(CHECKOUT),
          ]);
          // A decision that is recorded and also heard counts as late.
          await expect
            .poll(scenario.status, name)
            .toMatchObject({ fullstory: 'capturing', decisions, problems });
          expect(scenario.complaints, name).toEqual([]);
          expect(await visitor.refused(), name).toEqual([]);
        });
      }
    },
  );
}

test('each sample is a row', () => {
  for (const [group, names] of Object.entries(SAMPLES)) {
    expect(Object.keys(INSTALLATIONS[group as keyof typeof INSTALLATIONS])).toEqual(
      expect.arrayContaining(names),
    );
  }
});
