import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';
import { FULLSTORY, SCRIPT, SDK } from './markup.mjs';

// The script and the module are built separately: names that they share on a client must be the same in both.

test('the script and the module on one client: each decision arrives twice, and this is reported', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [SCRIPT, FULLSTORY, SDK],
    body: [
      `<script type="module">
        import { createBridge } from '/dist/index.js';
        window.bridge = createBridge();
        const client = bridge.connect(optimizelySdk.createInstance(clientConfig()));
        client.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
      </script>`,
    ],
  }));
  expect((await scenario.events(2)).map(said)).toEqual([event(CHECKOUT), event(CHECKOUT)]);
  expect((await scenario.status()).problems).toEqual([]);
  expect(await page.evaluate(() => window.bridge?.status().problems)).toEqual(['client-shared']);
  expect(scenario.complaints).toEqual([]);
});
