import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, keepViews, openDatabase, QUESTIONS, ROOT, type Row, readSql } from './database.ts';
import { simulateExperiment } from './experiment.ts';
import type { Exports } from './exports.ts';
import { answering, statementsIn } from './statements.ts';
import type { Truth } from './world.ts';

const PAGE = join(ROOT, 'docs/warehouse.md');

/** Time zones in which the day begins with UTC's, long after it and long before it. */
const TIME_ZONES = ['UTC', 'America/Los_Angeles', 'Pacific/Auckland'];

const load = await readSql('duckdb/load.sql');
const amplitude = await readSql('duckdb/amplitude.sql');
const questions = statementsIn(await readSql('duckdb/questions.sql'));

let database: Database;

async function open(exports: Exports): Promise<void> {
  database = await openDatabase(exports);
  await database.ask(load);
  await keepViews(database);
}

async function close(): Promise<void> {
  await database.close();
}

async function answer(question: keyof typeof QUESTIONS): Promise<Row[]> {
  return database.ask(answering(QUESTIONS[question], questions));
}

function percent(part: number, whole: number): number | null {
  return whole ? Math.round((1000 * part) / whole) / 10 : null;
}

/** A time as DuckDB writes it. */
function written(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '');
}

function reasonsIn(rows: Row[]): Record<string, number> {
  return Object.fromEntries(
    rows.map(({ side, reason, exposures }) => [`${side} ${reason}`, Number(exposures)]),
  );
}

describe.each([1, 2, 3])('experiment %i', (seed) => {
  let truth: Truth;

  beforeAll(async () => {
    const experiment = simulateExperiment(seed);
    truth = experiment.truth;
    await open(experiment.exports);
  });
  afterAll(close);

  describe.each(TIME_ZONES)('read in %s', (timeZone) => {
    beforeAll(async () => {
      await database.ask(`set TimeZone = '${timeZone}'; ${load}`);
      await keepViews(database);
    });

    it('finds the exposures that each side has', async () => {
      const rows = await answer('exposures');
      expect(rows).toEqual(
        (['control', 'treatment'] as const).map((variation) => {
          const { optimizely, fullstory, both, visitors } = truth.perVariation[variation];
          return {
            variation_key: variation,
            optimizely: `${optimizely}`,
            fullstory: `${fullstory}`,
            in_both: `${both}`,
            difference: `${fullstory - optimizely}`,
            difference_percent: percent(fullstory - optimizely, optimizely),
            optimizely_visitors: `${visitors.optimizely.size}`,
            fullstory_visitors: `${visitors.fullstory.size}`,
          };
        }),
      );
    });

    it('finds who converted', async () => {
      const rows = await answer('conversion');
      expect(rows).toEqual(
        (['control', 'treatment'] as const).map((variation) => {
          const { fullstory, optimizely } = truth.conversion[variation];
          return {
            variation_key: variation,
            fullstory_visitors: `${fullstory.visitors.size}`,
            fullstory_converted: `${fullstory.converted.size}`,
            fullstory_percent: percent(fullstory.converted.size, fullstory.visitors.size),
            optimizely_visitors: `${optimizely.visitors.size}`,
            optimizely_converted: `${optimizely.converted.size}`,
            optimizely_percent: percent(optimizely.converted.size, optimizely.visitors.size),
          };
        }),
      );
    });

    it('compares the split with the allocation', async () => {
      const variations = statementsIn(load).find(({ sql }) =>
        sql.includes('view experiments.variations'),
      )?.sql;
      // As it was allocated last, and as it was not.
      for (const share of [0.9, 0.5]) {
        await database.ask(
          `${variations}`
            .replace("'9300000011' as variation_id, 0.5", `'9300000011' as variation_id, ${share}`)
            .replace("'9300000012', 0.5", `'9300000012', ${(1 - share).toFixed(1)}`),
        );
        const rows = await answer('split');
        const expected = (['fullstory', 'optimizely'] as const).flatMap((side) => {
          const seen = (['control', 'treatment'] as const).map(
            (variation) => truth.conversion[variation][side].visitors.size,
          );
          const all = seen.reduce((sum, one) => sum + one, 0);
          const wanted = [all * share, all * (1 - share)];
          const chiSquare = seen.reduce(
            (sum, one, index) => sum + (one - (wanted[index] ?? 0)) ** 2 / (wanted[index] ?? 0),
            0,
          );
          return seen.map((one, index) => ({
            side,
            variation_key: ['control', 'treatment'][index],
            visitors: `${one}`,
            expected: wanted[index]?.toFixed(1),
            chi_square: expect.closeTo(chiSquare, 1),
            mismatch: share !== 0.5,
          }));
        });
        expect(rows).toEqual(expected);
      }
    });

    it('finds the visitors of Amplitude, and whose user property says the same', async () => {
      expect(await database.ask(amplitude)).toEqual(
        (['control', 'treatment'] as const).map((variation) => {
          const { visitors, sameProperty } = truth.perVariation[variation];
          const inBoth = [...visitors.fullstory].filter((visitor) => visitors.optimizely.has(visitor));
          return {
            variation_key: variation,
            optimizely: `${visitors.optimizely.size}`,
            amplitude: `${visitors.fullstory.size}`,
            in_both: `${inBoth.length}`,
            same_property: `${sameProperty.size}`,
          };
        }),
      );
    });

    it('finds who saw both variations, and when', async () => {
      const rows = await answer('twoVariations');
      expect(rows.map(({ last_at, fullstory_session, ...row }) => row)).toEqual(
        [...truth.twoVariations]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .flatMap(([user, seen]) =>
            seen.map(({ variation, at, optimizely, fullstory }) => ({
              user_id: user,
              variation_key: variation,
              first_at: written(at),
              optimizely_events: `${optimizely}`,
              fullstory_events: `${fullstory}`,
            })),
          ),
      );
      for (const { fullstory_events, fullstory_session } of rows) {
        expect(fullstory_session).toEqual(
          fullstory_events === '0' ? null : expect.stringMatching(/^5\d{15}:7\d{15}$/),
        );
      }
    });

    it('finds each reason for which only one side has an exposure', async () => {
      const rows = await answer('oneSide');
      expect(reasonsIn(rows)).toEqual(Object.fromEntries(truth.oneSide));
    });
  });

  it('the reasons that count add up to the difference', async () => {
    const difference = (await answer('exposures')).map((row) => Number(row.difference));
    const reasons = (await answer('oneSide')).filter(({ counts }) => counts);
    expect(
      reasons.reduce(
        (sum, { side, exposures }) => sum + (side === 'fullstory' ? 1 : -1) * Number(exposures),
        0,
      ),
    ).toBe(difference.reduce((sum, one) => sum + one, 0));
  });
});

type Properties = Record<string, unknown>;

/** Each name with the type of its value behind it. */
const suffixed = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const type = typeof value === 'boolean' ? 'bool' : name === 'decided_at' ? 'date' : 'str';
      return [name === 'event_name' ? name : `${name}_${type}`, value];
    }),
  );

/** The event's own properties one level deeper than its name. */
const nested = ({ event_name, ...properties }: Properties): Properties => ({
  ...(event_name !== undefined && { event_name }),
  event_properties: properties,
});

describe.each<[string, (properties: Properties) => Properties]>([
  ['names end in their types', suffixed],
  ['stand one level deeper', nested],
  [
    'stand one level deeper, with names that end in their types',
    (properties) => nested(suffixed(properties)),
  ],
])('an export whose properties %s', (_, write) => {
  let truth: Truth;

  beforeAll(async () => {
    const experiment = simulateExperiment(4);
    truth = experiment.truth;
    for (const event of experiment.exports.fullstory) {
      event.event_properties = JSON.stringify(write(JSON.parse(event.event_properties)));
    }
    await open(experiment.exports);
  });
  afterAll(close);

  it('gives the same answers', async () => {
    expect(reasonsIn(await answer('oneSide'))).toEqual(Object.fromEntries(truth.oneSide));
  });
});

describe('the documentation', () => {
  beforeAll(() => open(simulateExperiment(1).exports));
  afterAll(close);

  it('answers each question under its own heading, with a table that is the answer', async () => {
    const page = await readFile(PAGE, 'utf8');
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const section = page.split(`\n### ${question}\n`)[1]?.split('\n### ')[0] ?? '';
      expect(section, question).not.toBe('');
      if (name !== 'twoVariations') expectTable(section, await answer(name as keyof typeof QUESTIONS));
    }
    expectTable(page, await database.ask(await readSql('duckdb/amplitude.sql')));
  });

  it('gives commands that answer', async () => {
    const page = await readFile(PAGE, 'utf8');
    const files = page.match(/(?<=cat ).+(?= \| duckdb)/)?.[0].split(' ') ?? [];
    expect(files).toHaveLength(2);
    const texts = await Promise.all(files.map((file) => readSql(file.replace('sql/', ''))));
    expect(await database.ask(texts.join(''))).toEqual(await answer('exposures'));

    const look = page.match(/(?<=```sql\n)select [^;]+;/)?.[0] ?? '';
    expect(JSON.stringify(await database.ask(look))).toContain('flag_key');
  });

  it('links to each file', async () => {
    const page = await readFile(PAGE, 'utf8');
    for (const folder of await readdir(join(ROOT, 'docs/sql'))) {
      for (const file of await readdir(join(ROOT, 'docs/sql', folder))) {
        expect(page).toContain(`(sql/${folder}/${file})`);
      }
    }
  });
});

function expectTable(text: string, rows: Row[]): void {
  const lines = [Object.keys(rows[0] as Row), ...rows.map(Object.values)];
  const [head, ...body] = lines.map((cells) => `| ${cells.join(' | ')} |`);
  const rule = (head as string).replace(/\w+/g, '---');
  const table = [head, rule, ...body].join('\n');
  expect(text, `it is now:\n${table}\n`).toContain(table);
}
