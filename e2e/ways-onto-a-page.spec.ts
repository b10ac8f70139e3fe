import { WAYS } from './ways/ways.mjs';
import { CHECKOUT, event, expect, said, test, userProperties } from './ways-harness.ts';

for (const [group, ways] of Object.entries(WAYS)) {
  test.describe(group, () => {
    for (const [name, way] of Object.entries(ways)) {
      test(name, async ({ scenario, site, visitor }) => {
        const { problems = [], decisions = { seen: 1, sent: 1 } } = await way(site);
        await visitor.visit(way);
        await scenario.events(1);
        const received = await scenario.received();
        // What is recovered is handed over when Optimizely sends its batch: about a second late.
        for (const { properties } of received) delete properties.decided_at;
        expect(received.map(said)).toEqual([
          userProperties({ '[Optimizely] checkout_redesign': 'treatment' }),
          event(CHECKOUT),
        ]);
        // What is handed over and heard as well is heard as late.
        await expect
          .poll(scenario.status, { timeout: 5000 })
          .toMatchObject({ fullstory: 'capturing', decisions, problems });
        expect(scenario.complaints).toEqual([]);
        expect(await visitor.refused()).toEqual([]);
      });
    }
  });
}
