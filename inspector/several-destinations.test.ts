import { describe, expect, it } from 'vitest';
import type { DestinationState, DestinationStatus } from '../src/status.ts';
import { mergeStatuses } from './merge-statuses.ts';
import { DECISION, NONE, NOW, PAGE, type Said, statusOf } from './page.fixture.ts';
import { reportText } from './report.ts';
import { summarize } from './summary.ts';

const WAITING = { ...NONE, seen: 3, waiting: 3 };

function summaryOf(said: Said) {
  return summarize({ ...PAGE, global: 'bridge', status: statusOf(said) });
}

/** A page that forwards to FullStory, where all is well, and to another destination. */
const beside = (other: Partial<DestinationStatus>, said: Said = {}) =>
  summaryOf({ ...said, others: [other] });

describe('the verdict on two destinations', () => {
  const cases: [string, Partial<DestinationStatus>, string, string][] = [
    ['both work', {}, 'good', 'It works: 2 decisions sent to FullStory and 2 to Amplitude'],
    ...(
      [
        ['absent', 'bad', 'Amplitude is not there'],
        ['loading', 'waiting', 'Amplitude is loading'],
        ['blocked', 'bad', 'Amplitude is blocked'],
        ['waiting', 'waiting', 'Amplitude takes nothing yet'],
      ] as const
    ).map(([state, mood, reason]): [string, Partial<DestinationStatus>, string, string] => [
      `the second is ${state}`,
      { state, decisions: WAITING },
      mood,
      `3 decisions wait: ${reason}`,
    ]),
    [
      'one has one decision',
      { state: 'blocked', decisions: { ...NONE, seen: 1, waiting: 1 } },
      'bad',
      '1 decision waits: Amplitude is blocked',
    ],
    ['one is sending', { decisions: WAITING }, 'waiting', 'Sending to Amplitude: 3 decisions left'],
    [
      'one had to give up',
      { decisions: { ...NONE, seen: 1, dropped: 1 } },
      'bad',
      '1 decision dropped for Amplitude',
    ],
  ];

  it.each(cases)('%s', (_, other, mood, text) => {
    expect(beside(other).verdict).toEqual({ mood, text });
  });

  it('is not about a missing client if only one of them has heard decisions', () => {
    const { verdict } = beside({}, { clients: 0, decisions: NONE });
    expect(verdict).toEqual({ mood: 'waiting', text: 'Ready: no decision has been made yet' });
  });

  it('is about the worst destination, also if that is the first', () => {
    const { verdict } = beside({}, { fullstory: 'blocked', decisions: WAITING });
    expect(verdict).toEqual({ mood: 'bad', text: '3 decisions wait: FullStory is blocked' });
  });
});

describe('the state of', () => {
  const STATES: readonly DestinationState[] = [
    'absent',
    'loading',
    'blocked',
    'waiting',
    'capturing',
    'refused',
  ];

  it.each(['FullStory', 'Amplitude', 'dataLayer', 'toString'])(
    '%s has different words for each state',
    (name) => {
      const lines = STATES.map((state) => beside({ name, state }).lines[3]);
      expect(lines.map((line) => line?.label)).toEqual(STATES.map(() => name));
      expect(new Set(lines.map((line) => line?.text)).size).toBe(STATES.length);
    },
  );

  it('waiting Amplitude names the causes, and the section about states', () => {
    const line = beside({ state: 'waiting' }).lines[3];
    expect(line?.text).toMatch(/`init`.*opted out.*Its global is `amplitude`\.$/);
    expect(line?.section).toBe('docs/amplitude.md#states');
  });

  it('Amplitude has no link to a session, and no global if the site passed it in', () => {
    const line = beside({ namespace: null }).lines[3];
    expect(line?.session).toBe(undefined);
    expect(line?.text).not.toContain('global');
  });
});

describe('decisions', () => {
  const other = { ...DECISION, flagKey: 'pricing', at: NOW + 1 };
  const recent = [DECISION, DECISION, other];

  it('appear once, with the outcome at each destination', () => {
    const { decisions } = beside(
      {
        state: 'blocked',
        recent: recent.map((decision) => ({ ...decision, outcome: 'waiting', settledAt: null })),
      },
      { recent },
    );
    expect(decisions.map(({ flag, outcomes }) => [flag, ...outcomes.map(({ outcome }) => outcome)])).toEqual([
      ['pricing', 'sent', 'waiting'],
      ['checkout', 'sent', 'waiting'],
      ['checkout', 'sent', 'waiting'],
    ]);
    expect(decisions[0]?.outcomes.map(({ text }) => text)).toEqual(['at once', 'Amplitude is blocked']);
  });

  it('that only one destination has are empty in the other column', () => {
    const { decisions } = beside({ recent: [other] }, { recent: [DECISION] });
    expect(decisions.map(({ outcomes }) => outcomes.map(({ outcome }) => outcome))).toEqual([
      ['', 'sent'],
      ['sent', ''],
    ]);
  });

  it('are in the report with the destinations that list them', () => {
    const sent = { ...other, settledAt: null };
    const text = reportText(beside({ recent: [sent] }, { recent: [DECISION] }), '', 'A browser', NOW);
    expect(text).toContain('pricing = treatment (checkout_test)  Amplitude sent\n');
    expect(text).toContain('checkout = treatment (checkout_test)  FullStory sent, at once\n');
  });

  it('are one only if time, flag, variation, rule and state are the same', () => {
    const other = [
      { ...DECISION, at: NOW + 1 },
      { ...DECISION, variationKey: 'control' },
      { ...DECISION, ruleKey: 'another' },
      { ...DECISION, enabled: false },
    ];
    expect(beside({ recent: other }, { recent: [DECISION] }).decisions).toHaveLength(5);
  });

  it('are listed by their time, whichever destination has them', () => {
    const later = { ...DECISION, flagKey: 'search', at: NOW + 2 };
    const { decisions } = beside({ recent: [other] }, { recent: [DECISION, later] });
    expect(decisions.map(({ flag }) => flag)).toEqual(['search', 'pricing', 'checkout']);
  });

  it('are counted for each destination', () => {
    expect(beside({ decisions: WAITING }).destinations).toEqual([
      { name: 'FullStory', counts: { ...NONE, seen: 2, sent: 2 } },
      { name: 'Amplitude', counts: WAITING },
    ]);
  });
});

it('the report covers each destination', () => {
  const summary = beside(
    { state: 'blocked', decisions: WAITING, recent: [{ ...DECISION, outcome: 'waiting', settledAt: null }] },
    { recent: [DECISION], problems: ['amplitude-blocked'] },
  );
  const text = reportText(summary, 'shop.example', 'A browser', NOW);
  expect(text).toContain('\nAmplitude: Its snippet is there, but its library does not load.');
  expect(text).toContain('(docs/troubleshooting.md#amplitude-blocked)');
  expect(text).toContain('\nFullStory: 2 seen = 2 sent + ');
  expect(text).toContain('\nAmplitude: 3 seen = 0 sent + ');
  expect(text).toContain('FullStory sent, at once; Amplitude waiting, Amplitude is blocked\n');
});

describe('two bridges on a page', () => {
  const fullstory = statusOf({ problems: ['client-late'] });
  const amplitude = { ...statusOf({ problems: ['client-late', 'amplitude-absent'] }) };
  amplitude.destinations = [{ ...(fullstory.destinations[0] as DestinationStatus), name: 'Amplitude' }];

  it('are shown as one, with the destinations of both', () => {
    const status = mergeStatuses([fullstory, amplitude]);
    expect(status?.destinations.map(({ name }) => name)).toEqual(['FullStory', 'Amplitude']);
    expect(status?.problems).toEqual(['client-late', 'amplitude-absent']);
    expect(status?.version).toBe('1.2.3');
    const names: [string, ...string[]] = ['optimizelyFullStory', 'optimizelyAmplitude'];
    expect(summarize({ ...PAGE, global: 'bridge', names, status }).lines[0]?.text).toBe(
      '2 scripts run, version 1.2.3: `optimizelyFullStory` and `optimizelyAmplitude`.',
    );
  });

  it('of two versions show both, and one with a client is enough', () => {
    const old = { ...amplitude, version: '1.0.0', clients: 0, sdk: { state: 'missing' } as const };
    expect(mergeStatuses([old, fullstory])).toMatchObject({
      version: '1.0.0 and 1.2.3',
      clients: 1,
      sdk: { state: 'ready' },
    });
    expect(mergeStatuses([])).toBe(undefined);
  });
});

it('the remedy names the page’s global', () => {
  const status = statusOf({ clients: 0, problems: ['client-missing'] });
  const [advice] = summarize({ ...PAGE, global: 'bridge', names: ['optimizelyAmplitude'], status }).advice;
  expect(advice?.todo).toContain('`optimizelyAmplitude.connect(client)`');
});
