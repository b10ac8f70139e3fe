import type { Client } from '@optimizely/optimizely-sdk';
import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';
import { APP, FULLSTORY } from './markup.mjs';

// The script on pages with libraries that extend the language, or freeze it: more than one decision.

for (const library of ['polluted-prototypes', 'overwritten-methods', 'frozen-prototypes']) {
  test.describe(library, () => {
    const head = async (settings: string) => [
      `<script src="/e2e/${library}.js"></script>`,
      `<script>window.optimizelyFullStory = ${settings};</script>`,
      await shipped('snippet.html'),
    ];

    test('persist: the next page sends @engines', async ({ scenario, visitor }) => {
      const settings = '{ persist: true }';
      await visitor.visit(async () => ({ head: await head(settings), body: [APP] }));
      await expect.poll(async () => (await scenario.status()).decisions.waiting).toBe(1);
      await visitor.visit(async () => ({ head: [...(await head(settings)), FULLSTORY] }));
      expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
      expect(scenario.complaints).toEqual([]);
    });

    test('dedupe: session remembers across pages', async ({ scenario, visitor }) => {
      const visit = async () =>
        visitor.visit(async () => ({
          head: [...(await head("{ dedupe: 'session' }")), FULLSTORY],
          body: [APP],
        }));
      await visit();
      expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
      await visit();
      await expect
        .poll(async () => (await scenario.status()).decisions)
        .toMatchObject({ seen: 1, sent: 0, duplicate: 1, waiting: 0 });
      expect((await scenario.status()).problems).toEqual([]);
      expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
    });

    test('lists in settings, and decisions of a server', async ({ scenario, visitor }) => {
      await visitor.visit(async () => ({
        head: [
          ...(await head("{ flags: ['checkout_*', 'pricing_page'], include: ['user_id', 'dispatched'] }")),
          FULLSTORY,
        ],
        body: [
          APP,
          `<script>
            optimizelyFullStory.record([
              { flag_key: 'pricing_page', variation_key: 'yearly', rule_key: 'r', enabled: true },
              { flag_key: 'search_ranking', variation_key: 'b', rule_key: 'r', enabled: true },
            ], 'ada');
          </script>`,
        ],
      }));
      expect((await scenario.events(2)).map(({ properties }) => properties)).toEqual([
        { ...CHECKOUT, user_id: 'ada', dispatched: true },
        expect.objectContaining({ flag_key: 'pricing_page', variation_key: 'yearly', user_id: 'ada' }),
      ]);
      expect(await scenario.status()).toMatchObject({
        decisions: { seen: 3, sent: 2, ignored: 1 },
        problems: [],
      });
      expect(scenario.complaints).toEqual([]);
    });

    test('problems are reported, and disconnect leaves every client', async ({ scenario, visitor, page }) => {
      await visitor.visit(async () => ({ head: [...(await head('{ colour: 1 }')), FULLSTORY], body: [APP] }));
      await scenario.events(1);
      expect((await scenario.status()).problems).toEqual(['setting-unknown:colour']);
      await page.evaluate(() => {
        window.optimizelyFullStory.disconnect();
        (window as unknown as { client: Client }).client.createUserContext('ada')?.decide('pricing_page');
      });
      expect(await scenario.status()).toMatchObject({ clients: 0, decisions: { seen: 1 } });
    });

    test('beforeSend by a dotted name', async ({ scenario, visitor }) => {
      await visitor.visit(async () => ({
        head: [
          ...(await head("{ beforeSend: 'shop.edit' }")),
          FULLSTORY,
          "<script>window.shop = { word: 'Seen', edit(event) { return { ...event, name: this.word }; } };</script>",
        ],
        body: [APP],
      }));
      expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT, 'Seen')]);
      expect((await scenario.status()).problems).toEqual([]);
    });

    for (const [where, settings, keep] of [
      ['window.optimizelyClientInstance', '{}', 'window.optimizelyClientInstance = client'],
      ['a dotted name', "{ client: 'app.client' }", 'window.app = { client }'],
    ] as const) {
      test(`a bundled client kept as ${where} is heard in the same task`, async ({ scenario, visitor }) => {
        await visitor.visit(async () => ({
          head: [...(await head(settings)), FULLSTORY],
          body: [
            '<script src="/require.js"></script><script src="/e2e/client-config.js"></script>',
            `<script>
              require(['/optimizely/6.6.1.js'], (sdk) => {
                const client = sdk.createInstance(clientConfig({}, sdk));
                ${keep};
                client.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
              });
            </script>`,
          ],
        }));
        expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
        expect((await scenario.status()).decisions).toMatchObject({ seen: 1, recovered: 0 });
        expect(scenario.complaints).toEqual([]);
      });
    }
  });
}
