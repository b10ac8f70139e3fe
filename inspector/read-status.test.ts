import { describe, expect, it } from 'vitest';
import type { Status } from '../src/status.ts';
import { DECISION, NOW, PAGE, STATUS, statusOf } from './page.fixture.ts';
import { readStatus } from './read-status.ts';
import { reportText } from './report.ts';
import { summarize } from './summary.ts';

const OTHERWISE = { version: '0.9.0', fullstory: 'loading', namespace: 'Replay' } as const;

/** A status with a value in each member. */
const COMPLETE: Status = statusOf({
  sdk: { state: 'failed', reason: 'no datafile' },
  decisions: { ...STATUS.decisions, sent: 1, duplicate: 1 },
  recent: [{ ...DECISION, ruleKey: null, settledAt: NOW + 12 }],
  problems: ['client-late', 'setting-wrong:dedupe'],
});

/** The inspector's whole report for this status. */
function reportOf(value: unknown): string {
  const summary = summarize({
    ...PAGE,
    global: 'bridge',
    status: readStatus(value, OTHERWISE),
    fullstory: { namespace: 'Replay', state: 'loading', scripts: 1 },
  });
  return reportText(summary, 'shop.example', 'A browser', NOW);
}

describe('readStatus', () => {
  it('returns a status of its own version unchanged', () => {
    expect(readStatus(COMPLETE, OTHERWISE)).toEqual(COMPLETE);
  });

  it.each([
    [null],
    [undefined],
    ['running'],
    [7],
    [{}],
    [[]],
    [{ version: '1.2.3' }],
    [{ decisions: 3 }],
    [{ decisions: null }],
    [{ decisions: [] }],
    [{ decisions: { seen: '3' } }],
    [Promise.resolve(COMPLETE)],
  ])('rejects %j', (value) => {
    expect(readStatus(value, OTHERWISE)).toBe(undefined);
  });

  it('fills in members that another version lacks, from the bridge and the page', () => {
    expect(readStatus({ decisions: { seen: 3, sent: 3 } }, OTHERWISE)).toEqual({
      version: '0.9.0',
      fullstory: 'loading',
      namespace: 'Replay',
      session: null,
      clients: 0,
      sdk: { state: 'missing', reason: '' },
      destinations: [
        {
          name: 'FullStory',
          state: 'loading',
          namespace: 'Replay',
          session: null,
          decisions: { seen: 3, sent: 3, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
          recent: [],
        },
      ],
      decisions: { seen: 3, sent: 3, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
      recent: [],
      problems: [],
    });
  });

  it('reads each destination, and leaves out those without a name', () => {
    const given = statusOf({ others: [{ state: 'waiting', namespace: null }] });
    const destinations = [...given.destinations, { state: 'waiting' }, null, 7];
    expect(readStatus({ ...given, destinations }, OTHERWISE)?.destinations).toEqual(given.destinations);
  });

  it.each(Object.keys(COMPLETE).filter((name) => name !== 'decisions'))(
    'without `%s`, or with another value, makes a report',
    (name) => {
      for (const value of [undefined, null, 7, 'text', {}, [null, 7, 'text', {}], Symbol('none')]) {
        expect(reportOf({ ...COMPLETE, [name]: value })).toContain('2 seen = 1 sent + 1 duplicate');
      }
    },
  );

  it('does not report a ready SDK if the bridge does not', () => {
    const { sdk: _, ...status } = COMPLETE;
    expect(reportOf(status)).toContain('Optimizely: Listens to 1 client (given by the site).\n');
  });

  it('takes an unknown state for absent, and only true for true; leaves out what is no problem', () => {
    const recent = [
      { flagKey: 'checkout', variationKey: 'a', enabled: 'no', outcome: 'sent', settledAt: 'soon' },
    ];
    const destinations = [{ name: 'Own', state: 'asleep', recent }];
    const status = readStatus({ ...COMPLETE, destinations, problems: ['', 7, 'new-code'] }, OTHERWISE);
    expect(status?.destinations[0]).toMatchObject({
      state: 'absent',
      recent: [{ enabled: false, settledAt: null }],
    });
    expect(status?.problems).toEqual(['new-code']);
  });

  it('shows an unknown outcome, and invalid times', () => {
    const recent = [{ flagKey: 'checkout', at: Number.NaN, settledAt: 1e300, outcome: 'archived' }];
    expect(reportOf({ ...COMPLETE, destinations: [], recent })).toContain(
      '1970-01-01T00:00:00.000Z  checkout = off  archived\n',
    );
  });
});
