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

/** The SDKs of generation 2: today's, and the first of version 2. */
const SDKS = ['2.48.1', '2.0.0'];

const stateOf = async (amplitude: AmplitudePage) => (await amplitude.status()).destinations.at(-1)?.state;

/** Many decisions, as if they came from a server. */
const record = (page: Page, count: number, name = 'flag') =>
  page.evaluate(
    ([length, start]) => {
      const made = Array.from({ length }, (_, index) => ({
        flagKey: `${start}_${index}`,
        variationKey: 'on',
        ruleKey: 'rule',
        enabled: true,
      }));
      window.optimizelyAmplitude.record(made, 'ada');
    },
    [count, name] as const,
  );

for (const sdk of SDKS) {
  test.describe(`SDK ${sdk}`, () => {
    const library = { amplitude: `amplitude/${sdk}` };

    test('decisions arrive with their time, user and device, through a sign-in, a reset and an opt-out', async ({
      amplitude,
      page,
    }) => {
      await test.step('properties come first, then events with their time, user and device', async () => {
        await amplitude.open(library);
        await amplitude.init('visitor-1', QUIET);
        await amplitude.eventually(() => stateOf(amplitude)).toBe('capturing');
        await amplitude.decide(['checkout_redesign']);
        const [event] = await amplitude.arrived(1);
        const { recent, session } = await amplitude.status();
        expect(event).toMatchObject({
          event_type: 'Experiment Viewed',
          event_properties: CHECKOUT,
          time: recent[0]?.at,
          user_id: 'visitor-1',
          session_id: Number(session),
        });
        expect(event?.insert_id).toMatch(/^[0-9a-z]+-[0-9a-z]+$/);
        expect(amplitude.properties()).toMatchObject([
          { user_properties: { $set: PROPERTY }, user_id: 'visitor-1', device_id: event?.device_id },
        ]);
        expect(amplitude.wire.indexOf(amplitude.properties()[0] as WireEvent)).toBeLessThan(
          amplitude.wire.indexOf(event as WireEvent),
        );
        expect(amplitude.complaints).toEqual([]);
      });

      await test.step('a sign-in from X to Y: each has its own decisions, and Y the current ones', async () => {
        amplitude.wire.length = 0;
        // Not a turn passes between the decision and the sign-in.
        await page.evaluate(() => {
          window.decide(['search_ranking']);
          (window as unknown as { amplitude: { setUserId(id: string): void } }).amplitude.setUserId(
            'visitor-y',
          );
        });
        const events = await amplitude.arrived(3);
        const found = events.map((event) => `${event.event_properties?.flag_key}: ${event.user_id}`);
        expect(found.sort()).toEqual([
          'checkout_redesign: visitor-y',
          'search_ranking: visitor-1',
          'search_ranking: visitor-y',
        ]);
        expect(new Set(events.map(({ insert_id }) => insert_id)).size).toBe(3);
        expect(usersOf(amplitude.properties())).toEqual(['visitor-1', 'visitor-y']);
        // It signed nobody in.
        expect(await page.evaluate('amplitude.getUserId()')).toBe('visitor-y');
      });

      await test.step('reset: the new device gets the current decisions, in the same session', async () => {
        const before = amplitude.events().at(-1);
        amplitude.wire.length = 0;
        await amplitude.call('reset');
        const events = await amplitude.arrived(2);
        expect(flagsOf(events)).toEqual(['checkout_redesign', 'search_ranking']);
        expect(events[0]?.event_properties).toMatchObject(CHECKOUT);
        for (const after of events) {
          expect(after.session_id).toBe(before?.session_id);
          expect(after.device_id).not.toBe(before?.device_id);
          expect(after.user_id ?? null).toBe(null);
        }
      });

      await test.step('opted out: nothing is sent; opted in: everything is sent', async () => {
        amplitude.wire.length = 0;
        const { sent } = (await amplitude.status()).decisions;
        await amplitude.call('setOptOut', true);
        await amplitude.decide(['loyalty_points', 'pricing_page']);
        await amplitude.eventually(() => stateOf(amplitude)).toBe('waiting');
        expect((await amplitude.status()).decisions).toMatchObject({ waiting: 2, sent });
        expect(amplitude.wire).toEqual([]);
        await amplitude.call('setOptOut', false);
        expect(flagsOf(await amplitude.arrived(2))).toEqual(['loyalty_points', 'pricing_page']);
      });
    });

    test('a sign-in of an anonymous user: properties again, and no event', async ({ amplitude }) => {
      await amplitude.open(library);
      await amplitude.init();
      await amplitude.decide(['checkout_redesign']);
      await amplitude.arrived(1);
      await amplitude.call('setUserId', 'visitor-x');
      await amplitude.eventually(() => usersOf(amplitude.properties())).toEqual([null, 'visitor-x']);
      await amplitude.decide(['search_ranking']);
      const events = await amplitude.arrived(2);
      expect(flagsOf(events)).toEqual(['checkout_redesign', 'search_ranking']);
      expect(usersOf(events)).toEqual([null, 'visitor-x']);
    });

    test('the next page of a session: the same insert id', async ({ amplitude }) => {
      for (const count of [1, 2]) {
        await amplitude.open(library);
        await amplitude.init();
        await amplitude.decide(['checkout_redesign']);
        await amplitude.arrived(count);
      }
      const [first, second] = amplitude.events();
      expect(second?.session_id).toBe(first?.session_id);
      expect(second?.insert_id).toBe(first?.insert_id);
    });

    test('decisions wait for init and for the rate limit, unless the page is hidden', async ({
      amplitude,
      page,
    }) => {
      await test.step('late init: everything waits, and arrives with its time', async () => {
        await amplitude.stopClock();
        await amplitude.open(library);
        await amplitude.decide(['checkout_redesign', 'search_ranking', 'loyalty_points']);
        expect(await amplitude.status()).toMatchObject({
          destinations: [
            { name: 'Amplitude', state: 'waiting', decisions: { seen: 3, sent: 0, waiting: 3 } },
          ],
        });
        const { recent } = await amplitude.status();
        await page.clock.runFor(20);
        await amplitude.init();
        const events = await amplitude.arrived(3);
        expect(flagsOf(events)).toEqual(['checkout_redesign', 'search_ranking', 'loyalty_points']);
        expect(events.map(({ time }) => time)).toEqual(recent.map(({ at }) => at));
      });

      await test.step('35 flags in one turn: 10 a second, and the site’s own event arrives meanwhile', async () => {
        await page.clock.runFor(1000);
        amplitude.wire.length = 0;
        const sent = async () => (await amplitude.status()).decisions.sent - 3;
        await record(page, 35);
        await amplitude.call('track', 'Clicked');
        for (const count of [10, 20, 30, 35]) {
          expect(await sent()).toBe(count);
          await page.clock.runFor(999);
          expect(await sent()).toBe(count);
          await page.clock.runFor(1);
        }
        await amplitude.eventually(() => amplitude.events().length, 50).toBe(35);
        const clicked = amplitude.wire.findIndex(({ event_type }) => event_type === 'Clicked');
        expect(clicked).toBeGreaterThan(-1);
        expect(clicked).toBeLessThan(amplitude.wire.indexOf(amplitude.events()[10] as WireEvent));
      });

      await test.step('hidden: waiting decisions are sent within Amplitude’s limits, without a timer', async () => {
        await page.clock.runFor(10_000);
        amplitude.wire.length = 0;
        const sent = async () => (await amplitude.status()).decisions.sent - 38;
        await record(page, 35, 'other');
        expect(await sent()).toBe(10);
        await page.evaluate(() => {
          Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
          Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        });
        expect(await sent()).toBe(30);
        await amplitude.eventually(() => amplitude.events().length).toBe(30);
        expect(new Set(amplitude.events().map(({ insert_id }) => insert_id)).size).toBe(30);
      });
    });

    test('Amplitude’s own snippet', async ({ amplitude, page }) => {
      await test.step('a blocked library: reported after 10 s, and decisions wait', async () => {
        await amplitude.open({ amplitude: `amplitude/snippet-${sdk}` });
        await amplitude.decide(['checkout_redesign']);
        expect(await stateOf(amplitude)).toBe('loading');
        await page.clock.runFor(11_000);
        expect(await amplitude.status()).toMatchObject({
          problems: ['amplitude-blocked'],
          destinations: [{ state: 'blocked', decisions: { waiting: 1 } }],
        });
        expect(amplitude.wire).toEqual([]);
        // Chromium's own line. It may come after the next page has opened.
        await amplitude.eventually(() => amplitude.complaints.join(), 10_000).toContain('ERR_FAILED');
      });

      await test.step('a stub that loads late', async () => {
        amplitude.complaints.length = 0;
        amplitude.answer.library = sdk;
        await amplitude.open({ amplitude: `amplitude/snippet-${sdk}` });
        await amplitude.decide(['checkout_redesign']);
        await amplitude.init();
        expect(await amplitude.arrived(1)).toMatchObject([{ event_properties: CHECKOUT }]);
        expect(amplitude.complaints).toEqual([]);
      });

      await test.step('a named instance gets decisions, and the other one nothing', async () => {
        amplitude.wire.length = 0;
        // Only with the snippet does the SDK keep its instances by name.
        amplitude.answer.library = sdk;
        await amplitude.open({ amplitude: `amplitude/snippet-${sdk}`, settings: "{ amplitude: 'shop' }" });
        await page.evaluate((options) => {
          const { amplitude: sdk } = window as unknown as {
            amplitude: {
              init(...given: unknown[]): void;
              createInstance(name: string): { init(...given: unknown[]): void };
            };
          };
          sdk.init('OTHER', 'other', { ...options, instanceName: 'other' });
          sdk.createInstance('shop').init('SHOP', 'visitor-1', { ...options, instanceName: 'shop' });
        }, QUIET);
        await amplitude.decide(['checkout_redesign']);
        expect(usersOf(await amplitude.arrived(1))).toEqual(['visitor-1']);
        expect((await amplitude.status()).namespace).toBe('shop');
      });
    });

    const engines = sdk === SDKS[0] ? { tag: '@engines' } : {};
    test(
      'left after 30 ms with 100 flags: 100 arrive, each with one insert id',
      engines,
      async ({ amplitude, page }) => {
        amplitude.keepClock();
        await amplitude.open(library);
        // Requests that wait for a test's answer are cut off when the page is left, so these go to a server.
        await page.context().unrouteAll();
        const serverUrl = new URL(`/upload/${Math.random()}`, page.url()).href;
        await amplitude.init(undefined, { ...QUIET, serverUrl });
        await amplitude.eventually(() => stateOf(amplitude)).toBe('capturing');
        await record(page, 100);
        await page.evaluate(() => {
          setTimeout(() => {
            location.href += '&next';
          }, 30);
        });
        await page.waitForURL(/next/);
        // Newer SDKs upload 30 at a time, one batch after the other. The next page sends the rest, with the same insert ids.
        await amplitude.init(undefined, { ...QUIET, serverUrl });
        const events = async () => {
          const bodies = (await (await page.request.get(serverUrl)).json()) as string[];
          return bodies
            .flatMap((body) => eventsOf(Buffer.from(body, 'base64')))
            .filter(({ event_type }) => event_type === 'Experiment Viewed');
        };
        await amplitude.eventually(async () => new Set(flagsOf(await events())).size).toBe(100);
        expect(new Set((await events()).map(({ insert_id }) => insert_id)).size).toBe(100);
      },
    );

    test('400 flags in one turn never make Amplitude answer 429, which would delay the site’s own events', async ({
      amplitude,
      page,
    }) => {
      await amplitude.stopClock();
      const now = () => page.evaluate(() => Date.now());
      const accepted: number[] = [];
      const answers: number[] = [];
      // As documented: 30 events a second of one device, averaged, here over 10 s.
      amplitude.answer.status = async (events) => {
        const at = await now();
        const recent = accepted.filter((other) => other > at - 10_000).length;
        const code = recent + events.length > 300 || events.length > 300 ? 429 : 200;
        if (code === 200) accepted.push(...events.map(() => at));
        answers.push(code);
        return code;
      };
      await amplitude.open(library);
      await amplitude.init();
      await amplitude.eventually(() => stateOf(amplitude), 50).toBe('capturing');
      await record(page, 400);
      await amplitude.call('track', 'Clicked');
      const clicked = () => amplitude.wire.filter(({ event_type }) => event_type === 'Clicked').length;
      for (let seconds = 0; seconds < 45; seconds++) await page.clock.runFor(1000);
      await amplitude.call('track', 'Clicked');
      await amplitude.eventually(() => [clicked(), amplitude.events().length]).toEqual([2, 400]);
      expect(new Set(answers)).toEqual(new Set([200]));
    });

    test('persist: the next page sends decisions under the user of the decision', async ({
      amplitude,
      page,
    }) => {
      await amplitude.stopClock();
      const settings = '{ persist: true }';
      await amplitude.open({ ...library, settings });
      await amplitude.init('visitor-x', QUIET);
      await amplitude.eventually(() => stateOf(amplitude), 50).toBe('capturing');
      await record(page, 40);
      await amplitude.open({ ...library, settings });
      await amplitude.init('visitor-y', QUIET);
      await amplitude.eventually(() => stateOf(amplitude), 50).toBe('capturing');
      const ofVisitorX = () => flagsOf(amplitude.events().filter(({ user_id }) => user_id === 'visitor-x'));
      await amplitude.eventually(() => new Set(ofVisitorX()).size).toBe(40);
    });

    test('after 30 idle minutes: the event that begins a session arrives once in it', async ({
      amplitude,
      page,
    }) => {
      await amplitude.stopClock();
      await amplitude.open(library);
      await amplitude.init('visitor-1', QUIET);
      await amplitude.eventually(() => stateOf(amplitude), 50).toBe('capturing');
      await amplitude.decide(['checkout_redesign']);
      const count = () => amplitude.events().length;
      await amplitude.eventually(count).toBe(1);
      await page.clock.fastForward(31 * 60_000);
      await amplitude.decide(['search_ranking']);
      await amplitude.eventually(count).toBeGreaterThanOrEqual(3);
      for (let seconds = 0; seconds < 10; seconds++) await page.clock.runFor(1000);
      const [first, ...later] = amplitude.events();
      const sessions = new Set(later.map(({ session_id }) => session_id));
      expect(sessions.size).toBe(1);
      expect(sessions.has(first?.session_id)).toBe(false);
      expect(flagsOf(later).sort()).toEqual(['checkout_redesign', 'search_ranking']);
    });

    test('the site’s own events are the same with and without the script', async ({ amplitude, page }) => {
      const visits: object[] = [];
      for (const script of ['optimizely-amplitude', 'none']) {
        amplitude.wire.length = 0;
        await page.context().clearCookies();
        await amplitude.open({ ...library, script });
        await page.evaluate(() => localStorage.clear());
        await amplitude.init('visitor-x', QUIET);
        const own = () =>
          amplitude.wire.filter(({ event_type }) => /^(Landed|Clicked|Bought)$/.test(event_type));
        await amplitude.call('track', 'Landed');
        await amplitude.decide(['checkout_redesign']);
        await amplitude.eventually(() => own().length).toBe(1);
        if (script !== 'none') await amplitude.arrived(1);
        await amplitude.call('track', 'Clicked');
        await amplitude.call('setUserId', 'visitor-y');
        await amplitude.call('track', 'Bought');
        if (script !== 'none') await amplitude.arrived(2);
        await amplitude.eventually(() => own().length).toBe(3);
        visits.push({
          // The SDK adds the user when it processes an event, which is after a sign-in in the same turn.
          events: own().map(({ event_type }) => event_type),
          users: [own()[0]?.user_id, own()[2]?.user_id],
          sessions: new Set(own().map(({ session_id }) => session_id)).size,
          devices: new Set(own().map(({ device_id }) => device_id)).size,
        });
      }
      expect(visits[0]).toEqual(visits[1]);
    });
  });
}

test('Amplitude’s exposure instead of the event', async ({ amplitude }) => {
  await amplitude.open({ settings: '{ amplitude: { exposure: true } }' });
  await amplitude.init();
  await amplitude.decide(['checkout_redesign']);
  expect(await amplitude.arrived(1)).toMatchObject([
    {
      event_type: '$exposure',
      event_properties: {
        flag_key: 'checkout_redesign',
        variant: 'treatment',
        experiment_key: 'checkout_redesign_test',
      },
    },
  ]);
});

test.describe('the legacy SDK', () => {
  test('from its own snippet', async ({ amplitude, page }) => {
    amplitude.answer.library = '8.21.10';
    // It names the hash of the version before.
    await page.route('**/amplitude/snippet-*', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/integrity="[^"]*"/, 'integrity=""');
      await route.fulfill({ response, body });
    });
    await amplitude.open({ amplitude: 'amplitude/snippet-8.21.10' });
    await page.evaluate(() => {
      const { amplitude: sdk } = window as unknown as {
        amplitude: { getInstance(): { init(key: string): void } };
      };
      sdk.getInstance().init('KEY');
    });
    await amplitude.decide(['checkout_redesign']);
    await amplitude.arrived(1);
  });
});

test.describe('bad input is reported, breaks nothing, and keeps decisions', () => {
  test('in the setting', async ({ amplitude }) => {
    for (const [settings, problems] of [
      ["{ amplitude: 'nowhere' }", ['amplitude-absent']],
      ['{ amplitude: { init() {} } }', ['setting-unknown:amplitude.init']],
      ['{ amplitude: Promise.resolve() }', ['setting-wrong:amplitude']],
      ['{ amplitude: { default: {} } }', ['setting-unknown:amplitude.default']],
    ] as const) {
      await test.step(settings, async () => {
        amplitude.complaints.length = 0;
        await amplitude.open({ settings });
        await amplitude.decide(['checkout_redesign']);
        const status = await amplitude.status();
        expect(status.problems).toEqual(problems);
        expect(status.decisions).toMatchObject({ seen: 1, waiting: 1 });
        // The page's own code has thrown nothing. The console has each mistake once.
        const warnings = problems[0].startsWith('setting') ? [expect.stringContaining(problems[0])] : [];
        expect(amplitude.complaints).toEqual(warnings);
      });
    }
  });

  test('getSessionId that throws', async ({ amplitude, page }) => {
    await amplitude.open({ amplitude: 'e2e/client-config' });
    await page.evaluate(() => {
      const getSessionId = () => {
        throw new TypeError('before init');
      };
      Object.assign(window, { amplitude: { track() {}, logEvent() {}, getSessionId } });
    });
    await amplitude.decide(['checkout_redesign']);
    expect(await amplitude.status()).toMatchObject({
      destinations: [{ state: 'waiting', decisions: { waiting: 1 } }],
    });
    expect(amplitude.complaints).toEqual([]);
  });
});

test.describe('FullStory and Amplitude', () => {
  const both = { script: 'optimizely-fullstory-amplitude', more: 'fullstory/snippet-2.1' };
  const fullstoryEvents = (page: Page) =>
    page.evaluate(
      () =>
        (
          window as unknown as { fullstoryDouble?: { calls: { kind: string }[] } }
        ).fullstoryDouble?.calls.filter(({ kind }) => kind === 'event').length ?? 0,
    );

  test('one script: both get everything', async ({ amplitude, page }) => {
    await amplitude.open(both);
    await amplitude.init();
    await amplitude.decide(['checkout_redesign', 'search_ranking']);
    await amplitude.arrived(2);
    await amplitude.eventually(() => fullstoryEvents(page)).toBe(2);
    expect((await amplitude.status()).destinations.map(({ name, state }) => [name, state])).toEqual([
      ['FullStory', 'capturing'],
      ['Amplitude', 'capturing'],
    ]);
    expect(amplitude.complaints).toEqual([]);
  });

  test('FullStory blocked: Amplitude gets everything', async ({ amplitude, page }) => {
    await page.route('**/fullstory/fs.js*', (route) => route.abort());
    await amplitude.open(both);
    await amplitude.init();
    await amplitude.decide(['checkout_redesign']);
    await amplitude.arrived(1);
    expect((await amplitude.status()).destinations[0]).toMatchObject({ decisions: { waiting: 1 } });
  });

  test('no FullStory on the page: Amplitude gets everything', async ({ amplitude }) => {
    await amplitude.open({ script: both.script });
    await amplitude.init();
    await amplitude.decide(['checkout_redesign', 'search_ranking']);
    await amplitude.arrived(2);
    expect(
      (await amplitude.status()).destinations.map(({ state, decisions }) => [state, decisions.waiting]),
    ).toEqual([
      ['absent', 2],
      ['capturing', 0],
    ]);
  });

  test('Amplitude opted out: FullStory gets everything', async ({ amplitude, page }) => {
    await amplitude.open(both);
    await amplitude.init(undefined, { ...QUIET, optOut: true });
    await amplitude.decide(['checkout_redesign']);
    await amplitude.eventually(() => fullstoryEvents(page)).toBe(1);
    expect((await amplitude.status()).destinations[1]).toMatchObject({
      state: 'waiting',
      decisions: { waiting: 1 },
    });
    expect(amplitude.wire).toEqual([]);
  });

  test('Amplitude throwing: FullStory gets everything', async ({ amplitude, page }) => {
    await amplitude.open(both);
    await amplitude.init();
    await page.evaluate(() => {
      (window as unknown as { amplitude: { track(): void } }).amplitude.track = () => {
        throw new Error('the page’s');
      };
    });
    await amplitude.decide(['checkout_redesign']);
    await amplitude.eventually(() => fullstoryEvents(page)).toBe(1);
    await amplitude.eventually(async () => (await amplitude.status()).problems).toContain('amplitude-throws');
    expect(amplitude.complaints).toEqual([]);
  });

  test('FullStory throwing: Amplitude gets everything', async ({ amplitude, page }) => {
    await amplitude.open({ ...both, more: 'e2e/client-config' });
    await amplitude.init();
    await page.evaluate(() => {
      (window as unknown as { FS(): void }).FS = () => {
        throw new Error('the page’s');
      };
    });
    await amplitude.decide(['checkout_redesign', 'search_ranking']);
    expect(flagsOf(await amplitude.arrived(2))).toEqual(['checkout_redesign', 'search_ranking']);
    await amplitude.eventually(async () => (await amplitude.status()).problems).toContain('fullstory-throws');
    expect((await amplitude.status()).destinations[0]).toMatchObject({ decisions: { sent: 0, waiting: 2 } });
    expect(amplitude.complaints).toEqual([]);
  });

  test('FullStory at its rate limit: Amplitude gets everything', async ({ amplitude, page }) => {
    await amplitude.open({ ...both, fullstory: '{ eventsPerMinute: 1 }' });
    await amplitude.init();
    await amplitude.eventually(async () => (await amplitude.status()).fullstory).toBe('capturing');
    await amplitude.decide(['checkout_redesign', 'search_ranking', 'loyalty_points']);
    await amplitude.arrived(3);
    expect(await fullstoryEvents(page)).toBe(1);
    expect((await amplitude.status()).destinations).toMatchObject([
      { decisions: { sent: 1, waiting: 2 } },
      { decisions: { sent: 3, waiting: 0 } },
    ]);
  });

  test('Amplitude blocked: FullStory gets everything', async ({ amplitude, page }) => {
    await amplitude.open({ ...both, amplitude: 'amplitude/snippet-2.48.1' });
    await amplitude.decide(['checkout_redesign', 'search_ranking']);
    await amplitude.eventually(() => fullstoryEvents(page)).toBe(2);
    expect((await amplitude.status()).destinations[1]).toMatchObject({ decisions: { sent: 0, waiting: 2 } });
    expect(amplitude.wire).toEqual([]);
  });

  test('Amplitude at its rate limit: FullStory gets everything', async ({ amplitude, page }) => {
    await amplitude.stopClock();
    await amplitude.open(both);
    await amplitude.init();
    const states = async () => (await amplitude.status()).destinations.map(({ state }) => state);
    await amplitude.eventually(states).toEqual(['capturing', 'capturing']);
    await page.evaluate(() => {
      const made = Array.from({ length: 15 }, (_, index) => ({ flagKey: `flag_${index}`, enabled: true }));
      window.optimizelyFullStory.record(made, 'ada');
    });
    await amplitude.eventually(() => fullstoryEvents(page), 10).toBe(15);
    expect((await amplitude.status()).destinations).toMatchObject([
      { decisions: { sent: 15, waiting: 0 } },
      { decisions: { sent: 10, waiting: 5 } },
    ]);
  });

  for (const [first, second] of [
    ['optimizely-fullstory', 'optimizely-amplitude'],
    ['optimizely-amplitude', 'optimizely-fullstory'],
  ] as const) {
    test(`${first}, then ${second}: both hear everything`, async ({ amplitude, page }) => {
      await amplitude.open({ script: first, more: `dist/${second}.min` });
      await page.addScriptTag({ url: '/fullstory/snippet-2.1.js' });
      await amplitude.init();
      await amplitude.decide(['checkout_redesign', 'search_ranking']);
      expect(flagsOf(await amplitude.arrived(2))).toEqual(['checkout_redesign', 'search_ranking']);
      await amplitude.eventually(() => fullstoryEvents(page)).toBe(2);
      expect(amplitude.complaints).toEqual([]);
    });
  }
});
