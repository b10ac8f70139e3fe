import { describe, expect, it } from 'vitest';
import type { RecentDecision } from '../src/status.ts';
import { DECISION, NONE, NOW, PAGE, type Said, statusOf } from './page.fixture.ts';
import { reportText } from './report.ts';
import { summarize } from './summary.ts';
import type { Surroundings } from './surroundings.ts';

function summaryOf(said: Said, page: Partial<Surroundings> = {}) {
  return summarize({ ...PAGE, global: 'bridge', ...page, status: statusOf(said) });
}

describe('the verdict', () => {
  const cases: [string, Said, string, string][] = [
    ['works', {}, 'good', 'It works: 2 decisions sent'],
    [
      'names one decision as one',
      { decisions: { ...NONE, seen: 1, sent: 1 } },
      'good',
      'It works: 1 decision sent',
    ],
    [
      'works where the session has all',
      { decisions: { ...NONE, seen: 2, duplicate: 2 } },
      'good',
      'It works: the session already has every decision',
    ],
    ['is ready', { decisions: NONE }, 'waiting', 'Ready: no decision has been made yet'],
    [
      'says that everything is left out',
      { decisions: { ...NONE, seen: 3, ignored: 3 } },
      'waiting',
      'The settings leave out every decision',
    ],
    [
      'says how many decisions wait',
      { decisions: { ...NONE, seen: 1200, waiting: 1200 } },
      'waiting',
      'Sending: 1,200 decisions left',
    ],
    [
      'says that the destination throws as long as nothing has been sent',
      { decisions: { ...NONE, seen: 1, waiting: 1 }, problems: ['fullstory-throws'] },
      'bad',
      '1 decision waits: FullStory throws errors',
    ],
    [
      'sends the rest after the destination has thrown',
      { decisions: { ...NONE, seen: 3, sent: 1, waiting: 2 }, problems: ['fullstory-throws'] },
      'waiting',
      'Sending: 2 decisions left',
    ],
    [
      'says how many decisions are dropped',
      { decisions: { ...NONE, seen: 3, sent: 2, dropped: 1 } },
      'bad',
      '1 decision dropped',
    ],
    [
      'says that there is no client',
      { clients: 0, decisions: NONE, problems: ['client-missing'] },
      'bad',
      'No Optimizely client was found',
    ],
    [
      'says that the SDK cannot decide',
      { sdk: { state: 'failed', reason: 'no datafile' }, decisions: NONE },
      'bad',
      'Optimizely’s SDK is not ready',
    ],
    [
      'works without a client where decisions are recorded',
      { clients: 0 },
      'good',
      'It works: 2 decisions sent',
    ],
    ['looks at problems', { problems: ['client-late'] }, 'waiting', 'It works, with something to look at'],
    ...(
      [
        ['absent', 'bad', 'FullStory is not there'],
        ['loading', 'waiting', 'FullStory is loading'],
        ['blocked', 'bad', 'FullStory is blocked'],
        ['waiting', 'waiting', 'FullStory captures nothing yet'],
        ['refused', 'bad', 'FullStory declined'],
      ] as const
    ).map(([fullstory, mood, reason]): [string, Said, string, string] => [
      `says how many decisions wait while FullStory is ${fullstory}`,
      { fullstory, decisions: { ...NONE, seen: 3, waiting: 3 } },
      mood,
      `3 decisions wait: ${reason}`,
    ]),
    ['names the state if nothing waits', { fullstory: 'loading' }, 'waiting', 'FullStory is loading'],
  ];

  it.each(cases)('%s', (_, status, mood, text) => {
    expect(summaryOf(status).verdict).toEqual({ mood, text });
  });
});

describe('the latest decisions', () => {
  it('are listed newest first, each with its outcome', () => {
    const recent: RecentDecision[] = [
      DECISION,
      { ...DECISION, settledAt: NOW + 12 },
      { ...DECISION, settledAt: NOW + 1200 },
      { ...DECISION, settledAt: NOW + 180_000 },
      { ...DECISION, outcome: 'duplicate' },
      { ...DECISION, outcome: 'ignored' },
      { ...DECISION, outcome: 'ignored', flagKey: '', variationKey: null, ruleKey: null, enabled: false },
      { ...DECISION, outcome: 'dropped', flagKey: 'banner' },
      { ...DECISION, outcome: 'waiting', settledAt: null, enabled: false, ruleKey: null },
      { ...DECISION, variationKey: null },
    ];
    const shown = summaryOf({ recent }).decisions.map(
      ({ flag, value, rule, outcomes }) =>
        `${flag} = ${value} (${rule}) ${outcomes.map(({ outcome, text }) => `${outcome}: ${text}`).join('; ')}`,
    );
    expect(shown).toEqual([
      'checkout = on (checkout_test) sent: at once',
      'checkout = off () waiting: it is next',
      'banner = treatment (checkout_test) dropped: given up before it was sent',
      '(no flag key) = off () ignored: not a decision: it has no flag key',
      'checkout = treatment (checkout_test) ignored: left out by the settings',
      'checkout = treatment (checkout_test) duplicate: the session already has it',
      'checkout = treatment (checkout_test) sent: after 3 min',
      'checkout = treatment (checkout_test) sent: after 1.2 s',
      'checkout = treatment (checkout_test) sent: after 12 ms',
      'checkout = treatment (checkout_test) sent: at once',
    ]);
  });
});

describe('the line about Optimizely', () => {
  const CLIENT = 'Listens to 1 client (given by the site)';
  const cases: [string, Said, string, string][] = [
    ['is ready', {}, 'good', `${CLIENT}; the SDK is ready.`],
    [
      'waits for the datafile',
      { sdk: { state: 'waiting' } },
      'waiting',
      `${CLIENT}; the SDK waits for its datafile.`,
    ],
    ['has no client', { clients: 0, decisions: NONE }, 'bad', 'Listens to no client.'],
    [
      'has no client, and decisions',
      { clients: 0 },
      'good',
      'Listens to no client. Decisions came from `record()`, or before it was disconnected.',
    ],
  ];

  it.each(cases)('%s', (_, said, mood, text) => {
    expect(summaryOf(said).lines[1]).toMatchObject({ label: 'Optimizely', mood, text });
  });
});

describe('a page with a client that the script does not listen to', () => {
  const clients = ['optimizelyClient'];

  it.each([
    ['decisions have been sent', {}],
    ['decisions wait', { fullstory: 'loading', decisions: { ...NONE, seen: 3, waiting: 3 } }],
  ] as [string, Said][])('hears no new decisions: %s', (_, said) => {
    const { verdict, lines } = summaryOf({ clients: 0, ...said }, { clients });
    expect(verdict).toEqual({
      mood: 'waiting',
      text: 'It hears no new decisions: it listens to no client',
    });
    expect(lines[1]).toMatchObject({
      mood: 'waiting',
      text: expect.stringContaining(
        'although the page has `optimizelyClient`: the site has called `disconnect()`',
      ),
    });
  });

  it('has found no client: no decision has been heard', () => {
    const said: Said = { clients: 0, decisions: NONE, problems: ['client-missing'] };
    const { verdict, advice } = summaryOf(said, { clients });
    expect(verdict).toEqual({ mood: 'bad', text: 'No Optimizely client was found' });
    expect(advice[0]?.what).toContain('the site has called `disconnect()`');
  });
});

describe('a dropped decision whose flag was decided again', () => {
  const dropped: RecentDecision = { ...DECISION, outcome: 'dropped' };
  const again: RecentDecision = { ...DECISION, variationKey: 'control', at: NOW + 5 };
  const decisions = { ...NONE, seen: 2, sent: 1, dropped: 1 };
  const textOf = ({ decisions: lines }: ReturnType<typeof summaryOf>) =>
    lines.flatMap(({ outcomes }) => outcomes.map(({ outcome, text }) => `${outcome}: ${text}`));

  it('is no fault', () => {
    const summary = summaryOf({ decisions, recent: [dropped, again] });
    expect(summary.verdict).toEqual({ mood: 'good', text: 'It works: 1 decision sent' });
    expect(summary.advice).toMatchObject([
      { title: 'dropped', mood: 'good', what: expect.stringContaining('another user had signed in') },
    ]);
    expect(textOf(summary)).toEqual(['sent: at once', 'dropped: its flag was decided again']);
  });

  it('is no fault if it was recovered after the other one was heard', () => {
    expect(summaryOf({ decisions, recent: [again, dropped] }).verdict.mood).toBe('good');
  });

  it.each([
    ['it is the later one', { decisions, recent: [{ ...dropped, at: NOW + 9 }, again] }],
    ['the other one is for another flag', { decisions, recent: [dropped, { ...again, flagKey: 'search' }] }],
    ['others were dropped too', { decisions: { ...decisions, dropped: 2 }, recent: [dropped, again] }],
    ['the destination threw', { decisions, recent: [dropped, again], problems: ['fullstory-throws'] }],
  ] as [string, Said][])('is a fault if %s', (_, said) => {
    const { verdict, advice } = summaryOf(said);
    expect(verdict.mood).toBe('bad');
    expect(advice.at(-1)).toMatchObject({ title: 'dropped', mood: 'bad' });
  });
});

describe('dropped decisions', () => {
  it('have all reasons in words, and a remedy', () => {
    const [advice, ...others] = summaryOf({ decisions: { ...NONE, seen: 1, dropped: 1 } }).advice;
    expect(advice).toMatchObject({ title: 'dropped', mood: 'bad' });
    expect(advice?.what).toMatch(/`bufferSize`.* threw an error .* another user signed in /);
    expect(advice?.todo).toContain('set a larger `bufferSize`');
    expect(others).toEqual([]);
  });

  it('are not mentioned if there are none', () => {
    expect(summaryOf({}).advice).toEqual([]);
  });
});

describe('problems', () => {
  it('are explained by the code before the colon', () => {
    const [advice] = summaryOf({ problems: ['setting-unknown:colour'] }).advice;
    expect(advice?.title).toBe('setting-unknown:colour');
    expect(advice?.what).toBe('There is no setting of this name.');
  });

  it.each(['new-code', 'toString', '__proto__', ''])(
    'with the unknown code %j are shown as unknown',
    (code) => {
      const [advice] = summaryOf({ problems: [code as 'storage'] }).advice;
      expect(advice?.what).toContain('does not know this code');
    },
  );
});

describe('a page without a bridge', () => {
  const script = { name: 'optimizelyFullStory', isHeldBack: false, isInWorker: false, httpStatus: undefined };
  const cases: [Partial<Surroundings>, string][] = [
    [{}, 'The script is not on this page.'],
    [{ global: 'settings' }, 'Its settings or its stub are on the page, but the script itself is not.'],
    [{ global: 'locked' }, 'The page has locked the name `optimizelyFullStory`'],
    [{ global: 'foreign' }, 'Something else has the name `optimizelyFullStory`'],
    [{ global: 'foreign', scripts: [script] }, 'Something else has the name `optimizelyFullStory`'],
    [{ isInFrame: true }, 'The script runs in a frame of this page'],
    [{ scripts: [script] }, 'Its script tag is there, but the script has not run.'],
    [{ scripts: [{ ...script, isHeldBack: true }] }, 'held back by its `type`'],
    [{ scripts: [{ ...script, isHeldBack: true, isInWorker: true }] }, 'in a web worker'],
    [{ scripts: [{ ...script, httpStatus: 404 }] }, 'the server answered 404'],
    [{ scripts: [{ ...script, httpStatus: 200 }] }, 'the script has not run'],
  ];

  it.each(cases)('%j: the text about its script', (page, text) => {
    const { verdict, lines } = summarize({ ...PAGE, ...page });
    expect(verdict.mood).toBe('bad');
    expect(lines[0]?.text).toContain(text);
    expect(lines[0]?.todo).not.toBe('');
  });

  it.each([
    {},
    { global: 'settings' },
    { scripts: [script] },
    { scripts: [{ ...script, httpStatus: 404 }] },
  ] as const)('%j: names the section about the error in the console', (page) => {
    const [line] = summarize({ ...PAGE, ...page } as Surroundings).lines;
    expect(line?.section).toBe('docs/troubleshooting.md#the-script-is-not-there');
  });

  it.each([
    ['absent', 'bad', 'there is no function `FS`'],
    ['loading', 'waiting', 'has not loaded yet'],
    ['blocked', 'bad', 'was blocked'],
    ['there', 'waiting', 'no session runs'],
    ['capturing', 'good', 'captures'],
  ] as const)('with FullStory %s says so', (state, mood, text) => {
    const line = summarize({ ...PAGE, fullstory: { ...PAGE.fullstory, state } }).lines[2];
    expect(line).toMatchObject({ label: 'FullStory', mood });
    expect(line?.text).toContain(text);
  });

  it.each([
    [{ sdks: ['optimizelySdk'] }, 'good', '`optimizelySdk`'],
    [{ clients: ['optimizelyClient'] }, 'good', '`optimizelyClient`'],
    [{ hasWebExperimentation: true }, 'bad', 'Web Experimentation'],
    [{}, 'waiting', 'No global'],
  ] as const)('with %j: the text about Optimizely', (page, mood, text) => {
    const line = summarize({ ...PAGE, ...page } as Surroundings).lines[1];
    expect(line).toMatchObject({ label: 'Optimizely', mood });
    expect(line?.text).toContain(text);
  });
});

it.each([
  [1, [], ['optimizelySdk'], '1 client (made by `optimizelySdk`, or given by the site)'],
  [1, [], [], '1 client (given by the site)'],
  [1, ['optimizelyClient'], ['optimizelySdk'], '1 client (found in `optimizelyClient`)'],
  [
    3,
    ['optimizelyClient'],
    ['optimizelySdk'],
    '3 clients (1 found in `optimizelyClient`; 2 made by `optimizelySdk`, or given by the site)',
  ],
  [
    1,
    ['optimizelyClientInstance', 'optimizelyClient'],
    [],
    '1 client (found in `optimizelyClientInstance` and `optimizelyClient`)',
  ],
] as const)('%j clients, %j and %j: says how they were found', (clients, names, sdks, text) => {
  const { lines } = summaryOf({ clients }, { clients: [...names], sdks: [...sdks] });
  expect(lines[1]?.text).toBe(`Listens to ${text}; the SDK is ready.`);
});

it('duplicates are mentioned, but are no fault of a working page', () => {
  const script = { name: 'optimizelyFullStory', isHeldBack: false, isInWorker: false, httpStatus: undefined };
  const { verdict, advice } = summaryOf(
    {},
    {
      scripts: [script, script],
      fullstory: { namespace: 'FS', state: 'capturing', scripts: 2 },
      clients: ['optimizelyClientInstance', 'optimizelyClient'],
    },
  );
  expect(verdict.mood).toBe('good');
  expect(advice.map(({ title }) => title)).toEqual([
    'Several scripts',
    'Several FullStory scripts',
    'Several from Optimizely',
  ]);
  expect(advice.map(({ what }) => what)).toEqual([
    'This script is on the page 2 times. Only the first one runs, with its settings.',
    'FullStory’s script is on the page 2 times.',
    'The page has `optimizelyClientInstance` and `optimizelyClient`. The script listens to all of them, unless the setting `client` names one, and counts the same one once.',
  ]);
});

describe('the report', () => {
  const summary = summaryOf({
    problems: ['client-late'],
    recent: [{ ...DECISION, settledAt: NOW + 12 }],
    sdk: { state: 'failed', reason: 'no datafile' },
  });
  const text = reportText(summary, 'shop.example', 'A browser', NOW);

  it('has everything that the panel has', () => {
    expect(text).toBe(`optimizely-fullstory: inspector report
It works, with something to look at

Site: shop.example
Browser: A browser
When: 2026-01-02T03:04:05.678Z

Script: Version 1.2.3 runs.
Optimizely: Listens to 1 client (given by the site); the SDK is not ready: no datafile
FullStory: Captures this session. Its global is \`FS\`.

What to look at
- client-late: The client existed before this script, so decisions may be missing. Put the script before Optimizely’s SDK. Decisions that Optimizely had not sent yet are recovered (see “recovered”). (docs/troubleshooting.md#client-late)

Decisions
2 seen = 2 sent + 0 duplicate + 0 ignored + 0 waiting + 0 dropped; 0 of them recovered

The latest 1, the newest first
2026-01-02T03:04:05.678Z  checkout = treatment (checkout_test)  sent, after 12 ms
`);
  });

  it('does not name the session', () => {
    expect(summary.lines[2]?.session).toContain('https://');
    expect(text).not.toContain('https://');
  });

  it('is complete without a bridge', () => {
    const missing = reportText(summarize(PAGE), '', 'A browser', NOW);
    expect(missing).toContain('The script does not run on this page');
    expect(missing).toContain('Site: a local file');
    expect(missing).toContain(
      'No global of Optimizely’s SDK is on this page. If the app bundles the SDK, pass',
    );
    expect(missing).not.toContain('Decisions\n');
    expect(missing).not.toContain('What to look at');
    expect(missing).not.toContain('The latest');
  });
});

it('a client that is not listened to, with no decision yet, is no disconnected bridge', () => {
  const said = { clients: 0, decisions: NONE, problems: ['client-missing' as const] };
  expect(summaryOf(said, { clients: ['optimizelyClient'] }).lines[1]).toMatchObject({
    mood: 'bad',
    text: 'Listens to no client.',
  });
});

it('an SDK that failed without a reason: the reason is unknown', () => {
  expect(summaryOf({ sdk: { state: 'failed' } }).lines[1]?.text).toMatch(
    /is not ready: the reason is unknown$/,
  );
});

it('a session without an address has no link', () => {
  expect(summaryOf({ session: 'javascript:alert(1)' }).lines[2]?.session).toBe(undefined);
});
