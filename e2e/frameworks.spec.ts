import { CHECKOUT, event, expect, said, test } from './installation-harness.ts';
import { CONFIGURATION, FULLSTORY, SCRIPT, SDK } from './markup.mjs';

// Real frameworks and loaders that affect the objects to which the script listens.

test('SystemJS: the SDK has all its exports, and its decisions arrive @engines', async ({
  page,
  scenario,
  visitor,
}) => {
  const app = `<script src="/system.js"></script>${CONFIGURATION}<script>
    window.imported = System.import('/optimizely/6.6.1.js').then((sdk) => {
      sdk.createInstance(clientConfig({}, sdk)).createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
      return Object.keys(sdk).sort();
    });
  </script>`;
  await visitor.visit(() => ({ head: [FULLSTORY], body: [app] }));
  const exports = (await page.evaluate('imported')) as string[];
  expect(exports).toContain('createInstance');

  await visitor.visit(() => ({ head: [SCRIPT, FULLSTORY], body: [app] }));
  expect(await page.evaluate('imported')).toEqual(exports);
  expect((await scenario.events(1)).map(said)).toEqual([event(CHECKOUT)]);
  expect(await scenario.status()).toMatchObject({
    clients: 1,
    decisions: { seen: 1, sent: 1 },
    problems: [],
  });
  expect(scenario.complaints).toEqual([]);
});

test('Turbo: decisions of the third visit arrive', async ({ page, scenario, site }) => {
  const flags = ['checkout_redesign', 'pricing_page', 'search_ranking'];
  flags.forEach((flag, visit) => {
    // Turbo fetches a link's page as soon as the pointer is on it, so the last page leads nowhere.
    const link = flags[visit + 1] ? `<a href="/visit-${visit + 1}.html">Next</a>` : '';
    site.add(
      `/visit-${visit}.html`,
      `<!doctype html><title>Visit ${visit}</title>
      ${SCRIPT}${FULLSTORY}<script src="/turbo.js"></script>${CONFIGURATION}
      <body>${link}<script>
        // The body's scripts run at each visit.
        document.body.append(Object.assign(document.createElement('script'), {
          src: '/optimizely/6.6.1.js?${visit}',
          onload() {
            optimizelySdk.createInstance(clientConfig()).createUserContext('ada', { plan: 'pro' }).decide('${flag}');
          },
        }));
      </script></body>`,
    );
  });
  await page.goto(`${site.origin}/visit-0.html`);
  await page.evaluate('window.isFirstPage = true');
  for (const [visit, flag] of flags.entries()) {
    if (visit) await page.click('a');
    const events = await scenario.events(visit + 1);
    expect(events.at(-1)?.properties.flag_key).toBe(flag);
  }
  expect(await page.evaluate('isFirstPage')).toBe(true);
  expect(await scenario.status()).toMatchObject({
    clients: 3,
    decisions: { seen: 3, sent: 3 },
    problems: [],
  });
  expect(scenario.complaints).toEqual([]);
});

test('Vue: a client inside reactive() is one client, and each decision one event', async ({
  page,
  scenario,
  visitor,
}) => {
  await visitor.visit(() => ({
    head: [
      "<script>window.optimizelyFullStory = { dedupe: 'none' };</script>",
      ...[SCRIPT, FULLSTORY, SDK, '<script src="/vue.js"></script>'],
    ],
    body: [
      `<script>
        const state = Vue.reactive({ client: optimizelySdk.createInstance(clientConfig()) });
        window.optimizelyClientInstance = state.client;
        const users = [state.client, Vue.toRaw(state.client)].map((client) =>
          client.createUserContext('ada', { plan: 'pro' }));
        for (const user of users) user.decide('checkout_redesign');
      </script>`,
    ],
  }));
  // The proxy's notification centre is another object: both are listened to.
  await expect.poll(async () => (await scenario.status()).clients).toBe(2);
  await page.evaluate("void users[0].decide('checkout_redesign')");
  expect((await scenario.events(3)).map(said)).toEqual(Array(3).fill(event(CHECKOUT)));
  expect((await scenario.status()).decisions).toMatchObject({ seen: 3, sent: 3, duplicate: 0 });
  expect(scenario.complaints).toEqual([]);
});
