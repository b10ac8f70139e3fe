import { CHECKOUT, event, expect, said, test, userProperties } from './installation-harness.ts';
import { shipped } from './installations/site.mjs';
import { containerTag, tagManager } from './installations/tag-manager.mjs';
import { APP, FULLSTORY, SDK } from './markup.mjs';

/** Decides two flags. */
const SHOP = `${APP}
  <script>client.createUserContext('ada', { plan: 'pro' }).decide('search_ranking');</script>`;

test("the container's variables are the settings", async ({ scenario, visitor }) => {
  const tag = await containerTag({
    'Optimizely FullStory - property name': 'optimizely_{flag}',
    'Optimizely FullStory - event name': 'Flag Decided',
    'Optimizely FullStory - flags': 'checkout_*, loyalty_points',
    'Optimizely FullStory - client': 'client',
  });
  await visitor.visit(() => ({ head: [FULLSTORY, tagManager([tag])], body: [SHOP] }));
  await scenario.events(1);
  expect((await scenario.received()).map(said)).toEqual([
    userProperties({ optimizely_checkout_redesign: 'treatment' }),
    event(CHECKOUT, 'Flag Decided'),
  ]);
  expect(await scenario.status()).toMatchObject({
    decisions: { seen: 2, sent: 1, ignored: 1 },
    problems: [],
  });
  expect(scenario.complaints).toEqual([]);
});

test('none leaves out the user properties', async ({ scenario, visitor }) => {
  const tag = await containerTag({ 'Optimizely FullStory - property name': 'none' });
  await visitor.visit(() => ({ head: [FULLSTORY, tagManager([tag])], body: [SHOP] }));
  await scenario.events(2);
  expect((await scenario.received()).map(({ kind }) => kind)).toEqual(['event', 'event']);
});

test('settings in the statement named by the tag’s comment', async ({ scenario, visitor }) => {
  const tag = (await shipped('gtm.html')).replace(', {});', ", { flags: 'checkout_*' });");
  expect(tag).toContain("checkout_*' });\n!");
  await visitor.visit(() => ({ head: [FULLSTORY, tagManager([tag])], body: [SHOP] }));
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect((await scenario.status()).decisions).toMatchObject({ seen: 2, ignored: 1 });
});

test('attributes are dropped: the settings are the defaults', async ({ scenario, visitor }) => {
  const tag = '<script src="/dist/optimizely-fullstory.min.js" data-flags="nothing" async></script>';
  await visitor.visit(() => ({
    head: [FULLSTORY, SDK],
    body: [
      tagManager([tag]),
      `<script>addEventListener('load', () =>
        optimizelySdk.createInstance(clientConfig()).createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign'));</script>`,
    ],
  }));
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
});

test('fired twice, and together with the block in the head, only one runs', async ({ scenario, visitor }) => {
  const tags = [await shipped('gtm.html'), await containerTag()];
  await visitor.visit(async () => ({
    head: [await shipped('snippet.html'), FULLSTORY, tagManager(tags)],
    body: [SHOP],
  }));
  await scenario.events(2);
  expect(await scenario.status()).toMatchObject({
    clients: 1,
    decisions: { seen: 2, sent: 2 },
    problems: [],
  });
  expect(scenario.complaints).toEqual([]);
});
