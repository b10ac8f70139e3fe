import { build } from 'esbuild';
import {
  type AmplitudePage,
  CHECKOUT,
  eventsOf,
  expect,
  flagsOf,
  type Page,
  PROPERTY,
  QUIET,
  test,
  usersOf,
  type WireEvent,
} from './amplitude-harness.ts';

// What `amplitude.spec.ts` tries with the SDK 2.0.0 and 2.48.1, and what it does not, with the other kinds of Amplitude's
// packages. Requests are answered here, and each test asserts what reaches Amplitude.

interface Fixtures {
  amplitude: AmplitudePage;
  page: Page;
}

interface Kind {
  name: string;
  /** The file of the page, without `.js`. */
  file: string;
  /** The path of its API from the window on. */
  api: string;
  init(amplitude: AmplitudePage, user?: string, options?: object): Promise<void>;
}

const initBy = (api: string) => (amplitude: AmplitudePage, user?: string, options?: object) =>
  amplitude.call(`${api}.init`, 'KEY', user, { ...QUIET, ...options });

const KINDS: Kind[] = [
  { name: 'SDK 1.0.2', file: 'amplitude/1.0.2', api: 'amplitude', init: initBy('amplitude') },
  {
    name: 'the Tag Manager template’s',
    file: 'amplitude/gtm',
    api: 'amplitudeGTM',
    init: initBy('amplitudeGTM'),
  },
  {
    name: 'the unified SDK',
    file: 'amplitude/unified',
    api: 'amplitude',
    init: (amplitude, userId, options) =>
      amplitude.call('initAll', 'KEY', { analytics: { ...QUIET, userId, ...options } }),
  },
  { name: 'the bundled module', file: 'amplitude/module', api: 'analytics', init: initBy('analytics') },
];

let bundled: Promise<string> | undefined;

/** An app that bundles Amplitude, which leaves no global of it. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import * as analytics from '@amplitude/analytics-browser';
        import { amplitude, createBridge } from './dist/index.js';
        window.analytics = analytics;
        const { amplitude: settings } = window.optimizelyAmplitude;
        window.optimizelyAmplitude = createBridge({}, [amplitude({ ...settings, instance: analytics })]);`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** Whose each flag is, sorted. */
const of = (events: WireEvent[], whose: (event: WireEvent) => unknown) =>
  events.map((event) => `${event.event_properties?.flag_key}: ${whose(event)}`).sort();
/** The events that set our user properties. */
const sets = (amplitude: AmplitudePage) =>
  amplitude.properties().filter(({ user_properties }) => user_properties?.$set);
/** The methods that the page calls: SDK 1.0 has no `reset()`. */
type Sdk = Record<
  'setUserId' | 'setDeviceId' | 'getUserId' | 'getDeviceId' | 'track',
  (value?: string) => unknown
> & {
  reset?(): unknown;
};
const FIVE_SECONDS = 5000;

for (const { name, file, api, init } of KINDS) {
  test.describe(name, () => {
    /** Opens the page, with time that passes only when something is awaited. */
    async function open(
      { amplitude, page }: Fixtures,
      parameters: Record<string, string> = {},
    ): Promise<void> {
      await amplitude.stopClock();
      if (file.endsWith('module')) {
        bundled ??= bundle();
        const app = await bundled;
        await page.route('**/amplitude/module.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: app }),
        );
        parameters.script = 'none';
      }
      await amplitude.open({ amplitude: file, ...parameters });
      // The module is given its clients.
      if (parameters.script === 'none') await page.evaluate('optimizelyAmplitude.connect(client)');
    }
    const state = async (amplitude: AmplitudePage) => (await amplitude.status()).destinations[0]?.state;
    const capturing = (amplitude: AmplitudePage) =>
      amplitude.eventually(() => state(amplitude)).toBe('capturing');
    const reset = (page: Page, device: string) =>
      page.evaluate(
        ([path, next]) => {
          const sdk = (window as unknown as Record<string, Sdk>)[path] as Sdk;
          if (sdk.reset) return sdk.reset();
          sdk.setUserId(undefined);
          sdk.setDeviceId(next);
        },
        [api, device] as const,
      );
    const ofSite = ({ wire }: AmplitudePage) =>
      wire.filter(({ event_type }) => event_type.startsWith('Site'));

    test('waits for init, then sends what has waited with its time, and later also what a hidden page decides', async ({
      amplitude,
      page,
    }) => {
      await test.step('waits for init, and each event has the time of its decision', async () => {
        await open({ amplitude, page });
        await amplitude.decide(['checkout_redesign', 'search_ranking']);
        expect(await state(amplitude)).toBe('waiting');
        const { recent } = await amplitude.status();
        await page.clock.runFor(FIVE_SECONDS);
        await init(amplitude, 'visitor-x');
        const events = await amplitude.arrived(2);
        expect(flagsOf(events)).toEqual(['checkout_redesign', 'search_ranking']);
        expect(events[0]?.event_properties).toMatchObject(CHECKOUT);
        expect(usersOf(events)).toEqual(['visitor-x', 'visitor-x']);
        // SDK 1.0 sends the attribution of visitors in the same way.
        expect(sets(amplitude)).toMatchObject([{ user_properties: { $set: PROPERTY } }]);
        expect(events.map(({ time }) => time)).toEqual(recent.map(({ at }) => at));
        // The unified SDK misses its other parts, which are not answered here.
        const ofItsOwn = /^(Amplitude Logger|Engagement SDK|Failed to load resource)/;
        const isOld = file.endsWith('1.0.2');
        expect(amplitude.complaints.filter((text) => isOld || !ofItsOwn.test(text))).toEqual([]);
      });

      await test.step('hidden: a decision arrives, and the site’s transport stays', async () => {
        const transports: string[] = [];
        page.on('request', (request) => {
          if (request.method() === 'POST') transports.push(request.resourceType());
        });
        await amplitude.call(`${api}.track`, 'Site opened');
        await amplitude.eventually(() => transports.length).toBeGreaterThan(0);
        await page.evaluate(() => {
          Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
          window.decide(['loyalty_points']);
          document.dispatchEvent(new Event('visibilitychange'));
        });
        expect(flagsOf(await amplitude.arrived(3)).slice(2)).toEqual(['loyalty_points']);
        await amplitude.call(`${api}.track`, 'Site closed');
        await amplitude.eventually(() => ofSite(amplitude).length).toBe(2);
        expect(new Set(transports)).toEqual(new Set([transports[0]]));
      });
    });

    test('sign-ins, and another device: each user and device gets its own decisions', async ({
      amplitude,
      page,
    }) => {
      await test.step('an anonymous visitor signs in: properties again, no event', async () => {
        await open({ amplitude, page });
        await init(amplitude);
        await amplitude.decide(['loyalty_points']);
        await amplitude.arrived(1);
        await amplitude.call(`${api}.setUserId`, 'visitor-x');
        await amplitude.eventually(() => usersOf(sets(amplitude))).toEqual([null, 'visitor-x']);
        await page.clock.runFor(FIVE_SECONDS);
        expect(usersOf(amplitude.events())).toEqual([null]);
        expect(usersOf(sets(amplitude))).toEqual([null, 'visitor-x']);
      });

      await test.step('a sign-in in the task of a decision: the site’s own events and the SDK stay with the new user', async () => {
        amplitude.wire.length = 0;
        const now = await page.evaluate((path) => {
          const sdk = (window as unknown as Record<string, Sdk>)[path] as Sdk;
          window.decide(['checkout_redesign']);
          sdk.setUserId('visitor-y');
          sdk.track('Site bought');
          // The queue is handed over in a microtask.
          return Promise.resolve().then(() => sdk.getUserId());
        }, api);
        expect(now).toBe('visitor-y');
        const events = await amplitude.arrived(3);
        // Two uploads, which may overtake each other.
        expect(of(events, ({ user_id }) => user_id)).toEqual([
          'checkout_redesign: visitor-x',
          'checkout_redesign: visitor-y',
          'loyalty_points: visitor-y',
        ]);
        expect(new Set(events.map(({ insert_id }) => insert_id)).size).toBe(3);
        await amplitude.eventually(() => usersOf(ofSite(amplitude))).toEqual(['visitor-y']);
        expect(usersOf(sets(amplitude)).sort()).toEqual(['visitor-x', 'visitor-y']);
      });

      await test.step('another device in the task of a decision: the event is with the device of the decision', async () => {
        amplitude.wire.length = 0;
        const [before, after] = await page.evaluate((path) => {
          const sdk = (window as unknown as Record<string, Sdk>)[path] as Sdk;
          const device = sdk.getDeviceId();
          window.decide(['search_ranking']);
          sdk.setDeviceId('device-of-the-shop');
          return [device, sdk.getDeviceId()];
        }, api);
        expect(after).toBe('device-of-the-shop');
        const events = await amplitude.arrived(4);
        // In either order.
        expect(of(events, ({ device_id }) => device_id)).toEqual(
          [
            `search_ranking: ${before}`,
            `search_ranking: ${after}`,
            `checkout_redesign: ${after}`,
            `loyalty_points: ${after}`,
          ].sort(),
        );
        expect(
          sets(amplitude)
            .map(({ device_id }) => device_id)
            .sort(),
        ).toEqual([before, after].sort());
      });
    });

    test('reset, another device and another session: each gets the current decision once', async ({
      amplitude,
      page,
    }) => {
      await open({ amplitude, page });
      await init(amplitude, 'visitor-x');
      await amplitude.decide(['checkout_redesign']);
      await amplitude.arrived(1);
      await reset(page, 'device-after-reset');
      await amplitude.arrived(2);
      await amplitude.call(`${api}.setDeviceId`, 'device-of-the-shop');
      await amplitude.arrived(3);
      const next = (await page.evaluate(() => Date.now())) + 1;
      await amplitude.call(`${api}.setSessionId`, next);
      await amplitude.arrived(4);
      await page.clock.runFor(FIVE_SECONDS);
      const events = amplitude.events();
      const [first, afterReset, ...later] = events;
      expect(events).toHaveLength(4);
      expect(usersOf(events)).toEqual(['visitor-x', null, null, null]);
      expect(afterReset?.session_id).toBe(first?.session_id);
      expect(afterReset?.device_id).not.toBe(first?.device_id);
      expect(later).toMatchObject([
        { device_id: 'device-of-the-shop', session_id: first?.session_id },
        { device_id: 'device-of-the-shop', session_id: next },
      ]);
      expect(new Set(events.map(({ insert_id }) => insert_id)).size).toBe(4);
      expect(sets(amplitude).map(({ device_id, session_id }) => [device_id, session_id])).toEqual(
        events.map(({ device_id, session_id }) => [device_id, session_id]),
      );

      // What is imported cannot be wrapped.
      if (api === 'analytics') return;
      await test.step('a wrapper that freezes and changes what it gets: the next device gets what was decided', async () => {
        amplitude.wire.length = 0;
        await page.evaluate((path) => {
          type Event = Record<string, Record<string, unknown> | undefined>;
          const sdk = (window as unknown as Record<string, { track(event: Event): unknown }>)[path];
          const track = sdk?.track;
          const wrapper = (event: Event) => {
            const result = track?.call(sdk, JSON.parse(JSON.stringify(event)));
            for (const given of [event.event_properties, event.user_properties?.$set]) {
              if (given) Object.freeze(Object.assign(given, { flag_key: 'changed' }));
            }
            Object.freeze(event);
            return result;
          };
          Object.defineProperty(sdk, 'track', { value: wrapper });
        }, api);
        await amplitude.decide(['search_ranking', 'loyalty_points']);
        await amplitude.arrived(2);
        await reset(page, 'device-after-wrapper');
        expect(flagsOf(await amplitude.arrived(5)).slice(2)).toEqual([
          'checkout_redesign',
          'search_ranking',
          'loyalty_points',
        ]);
        expect(amplitude.properties().at(-1)?.user_properties?.$set).toEqual({
          '[Optimizely] checkout_redesign': 'treatment',
          '[Optimizely] search_ranking': 'relevance',
          '[Optimizely] loyalty_points': 'off',
        });
      });
    });

    test('opted out from the start, and later: nothing is uploaded; opted in: everything', async ({
      amplitude,
      page,
    }) => {
      await open({ amplitude, page });
      await init(amplitude, 'visitor-x', { optOut: true });
      await amplitude.decide(['checkout_redesign']);
      await page.clock.runFor(FIVE_SECONDS);
      expect(await state(amplitude)).toBe('waiting');
      await amplitude.call(`${api}.setOptOut`, false);
      // Where `init` was opted out, newer SDKs begin a session with the next event.
      await amplitude.call(`${api}.track`, 'Site opened');
      expect(flagsOf(await amplitude.arrived(1))).toEqual(['checkout_redesign']);
      await amplitude.call(`${api}.setOptOut`, true);
      await amplitude.decide(['search_ranking', 'loyalty_points']);
      await page.clock.runFor(FIVE_SECONDS);
      expect(await state(amplitude)).toBe('waiting');
      expect((await amplitude.status()).decisions).toMatchObject({ sent: 1, waiting: 2 });
      const before = amplitude.wire.length;
      await page.clock.runFor(FIVE_SECONDS);
      expect(amplitude.wire).toHaveLength(before);
      await amplitude.call(`${api}.setOptOut`, false);
      expect(flagsOf(await amplitude.arrived(3))).toEqual([
        'checkout_redesign',
        'search_ranking',
        'loyalty_points',
      ]);
    });

    test('dedupe: page and none; and Amplitude’s exposure instead of the event', async ({
      amplitude,
      page,
    }) => {
      for (const dedupe of ['page', 'none']) {
        amplitude.wire.length = 0;
        for (const visit of [1, 2]) {
          await open(
            { amplitude, page },
            { settings: `{ dedupe: '${dedupe}', amplitude: { dedupe: '${dedupe}' } }` },
          );
          await init(amplitude, 'visitor-x');
          await capturing(amplitude);
          for (let times = 0; times < 3; times++) await amplitude.decide(['checkout_redesign']);
          await amplitude.arrived(visit * (dedupe === 'page' ? 1 : 3));
          await page.clock.runFor(FIVE_SECONDS);
        }
        const ids = amplitude.events().map(({ insert_id }) => insert_id);
        expect(new Set(ids).size, dedupe).toBe(dedupe === 'page' ? 2 : 6);
        expect(ids, dedupe).toHaveLength(dedupe === 'page' ? 2 : 6);
      }

      await test.step('Amplitude’s exposure, with and without a rule', async () => {
        amplitude.wire.length = 0;
        await open({ amplitude, page }, { settings: '{ amplitude: { exposure: true } }' });
        await init(amplitude, 'visitor-x');
        await amplitude.decide(['checkout_redesign', 'loyalty_points']);
        const events = await amplitude.arrived(2);
        const experiment_key = 'checkout_redesign_test';
        expect(events.map(({ event_type, event_properties }) => [event_type, event_properties])).toEqual([
          ['$exposure', { flag_key: 'checkout_redesign', variant: 'treatment', experiment_key }],
          [
            '$exposure',
            { flag_key: 'loyalty_points', variant: 'off', experiment_key: 'default-rollout-loyalty_points' },
          ],
        ]);
        expect(amplitude.wire.filter(({ event_type }) => event_type === 'Experiment Viewed')).toEqual([]);
      });
    });

    test('left with 100 flags: each arrives, with one insert id', async ({ amplitude, page }) => {
      // Requests that wait for a test's answer are cut off when the page is left, so these go to a server.
      await open({ amplitude, page });
      await page.context().unrouteAll();
      const serverUrl = new URL(`/upload/${Math.random()}`, page.url()).href;
      await init(amplitude, 'visitor-x', { serverUrl });
      await capturing(amplitude);
      await page.evaluate(() => {
        const made = Array.from({ length: 100 }, (_, index) => ({ flagKey: `flag_${index}`, enabled: true }));
        window.optimizelyAmplitude.record(made, 'ada');
        location.href += '&next';
      });
      await page.waitForURL(/next/);
      // What its SDK has not uploaded is sent by the next page.
      await init(amplitude, 'visitor-x', { serverUrl });
      const events = async () => {
        const bodies = (await (await page.request.get(serverUrl)).json()) as string[];
        return bodies
          .flatMap((body) => eventsOf(Buffer.from(body, 'base64')))
          .filter(({ event_type }) => event_type === 'Experiment Viewed');
      };
      await amplitude.eventually(async () => new Set(flagsOf(await events())).size).toBe(100);
      expect(new Set((await events()).map(({ insert_id }) => insert_id)).size).toBe(100);
    });
  });
}

/** The methods of a legacy instance. */
interface Legacy {
  init(key: string, user: string): void;
}

const LEGACY = ['8.21.10', '7.4.4', '6.2.0', '5.11.0'];

for (const version of LEGACY) {
  test(`the legacy SDK ${version}: late events, a sign-in, another device and an opt-out`, async ({
    amplitude,
    page,
  }) => {
    await amplitude.stopClock();
    await amplitude.open({ amplitude: `amplitude/${version}` });

    await test.step('properties first; `decided_at` where the event is late; the session clock stays', async () => {
      await amplitude.decide(['checkout_redesign']);
      expect((await amplitude.status()).destinations[0]).toMatchObject({ state: 'waiting' });
      const { recent } = await amplitude.status();
      await page.clock.runFor(FIVE_SECONDS);
      await amplitude.call('init', 'KEY', 'visitor-x');
      expect(await amplitude.arrived(1)).toMatchObject([
        { event_properties: CHECKOUT, user_id: 'visitor-x' },
      ]);
      expect(amplitude.properties()).toMatchObject([{ user_properties: { $set: PROPERTY } }]);
      await amplitude.decide(['search_ranking']);
      const [late, prompt] = await amplitude.arrived(2);
      await amplitude.call('logEvent', 'Site bought');
      const ofSite = () => amplitude.wire.filter(({ event_type }) => event_type === 'Site bought');
      await amplitude.eventually(() => ofSite().length).toBe(1);
      expect(late?.event_properties?.decided_at).toBe(new Date(recent[0]?.at as number).toISOString());
      expect(prompt?.event_properties).not.toHaveProperty('decided_at');
      expect(amplitude.wire.map(({ event_type }) => event_type)).toEqual([
        '$identify',
        'Experiment Viewed',
        '$identify',
        'Experiment Viewed',
        'Site bought',
      ]);
      expect(new Set(amplitude.wire.map(({ session_id }) => session_id)).size).toBe(1);
    });

    await test.step('a sign-in and another device: each gets the current decisions', async () => {
      const [before] = amplitude.events();
      amplitude.wire.length = 0;
      await amplitude.call('setUserId', 'visitor-y');
      await amplitude.arrived(2);
      await amplitude.call('setDeviceId', 'device-of-the-shop');
      await amplitude.arrived(4);
      await page.clock.runFor(FIVE_SECONDS);
      const events = amplitude.events();
      const current = ['checkout_redesign', 'search_ranking'];
      expect(flagsOf(events)).toEqual([...current, ...current]);
      expect(before?.user_id).toBe('visitor-x');
      expect(usersOf(events)).toEqual(Array(4).fill('visitor-y'));
      expect(events.map(({ device_id }) => device_id)).toEqual([
        before?.device_id,
        before?.device_id,
        'device-of-the-shop',
        'device-of-the-shop',
      ]);
    });

    await test.step('opted out: nothing is sent; opted in: everything is sent', async () => {
      amplitude.wire.length = 0;
      await amplitude.call('setOptOut', true);
      await amplitude.decide(['loyalty_points']);
      expect((await amplitude.status()).destinations[0]).toMatchObject({ state: 'waiting' });
      await page.clock.runFor(FIVE_SECONDS);
      expect(amplitude.events()).toEqual([]);
      await amplitude.call('setOptOut', false);
      expect(flagsOf(await amplitude.arrived(1))).toEqual(['loyalty_points']);
    });
  });
}

for (const version of LEGACY) {
  test(`the legacy SDK ${version}, after 30 idle minutes: the decisions that begin a session arrive once in it`, async ({
    amplitude,
    page,
  }) => {
    await amplitude.stopClock();
    await amplitude.open({ amplitude: `amplitude/${version}` });
    await amplitude.call('init', 'KEY', 'visitor-x');
    await amplitude.decide(['checkout_redesign']);
    const [first] = await amplitude.arrived(1);
    await page.clock.fastForward(31 * 60_000);
    await amplitude.decide(['search_ranking', 'pricing_page']);
    await amplitude.arrived(4);
    for (let seconds = 0; seconds < 10; seconds++) await page.clock.runFor(1000);
    const later = amplitude.events().slice(1);
    expect(flagsOf(later).sort()).toEqual(['checkout_redesign', 'pricing_page', 'search_ranking']);
    const sessions = new Set(later.map(({ session_id }) => session_id));
    expect(sessions.size).toBe(1);
    expect(sessions.has(first?.session_id)).toBe(false);
  });
}

test('the legacy SDKs: a named instance gets decisions, and the other one nothing', async ({
  amplitude,
  page,
}) => {
  for (const version of LEGACY) {
    await test.step(version, async () => {
      amplitude.wire.length = 0;
      await amplitude.open({ amplitude: `amplitude/${version}`, settings: "{ amplitude: 'Shop' }" });
      await amplitude.call('init', `OTHER ${version}`, 'visitor-other');
      await page.evaluate((key) => {
        const { amplitude: sdk } = window as unknown as { amplitude: { getInstance(name: string): Legacy } };
        sdk.getInstance('Shop').init(key, 'visitor-shop');
      }, `SHOP ${version}`);
      await amplitude.decide(['checkout_redesign']);
      expect(usersOf(await amplitude.arrived(1)), version).toEqual(['visitor-shop']);
    });
  }
});
