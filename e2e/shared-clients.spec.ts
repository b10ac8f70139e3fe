import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';

// The script and the module are built separately: names that they share on a client must be the same in both.

test('the script and the module on one client: each decision arrives twice, and this is reported', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [
      '<script src="/dist/optimizely-fullstory.min.js"></script>',
      '<script src="/fullstory/snippet-2.1.js"></script>',
      '<script src="/optimizely/6.6.1.js"></script><script src="/e2e/client-config.js"></script>',
    ],
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
