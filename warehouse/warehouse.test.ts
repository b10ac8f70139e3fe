import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulateExperiment } from './experiment.ts';
import { type Exports, writeExports } from './exports.ts';
import type { Truth } from './world.ts';

const SQL = fileURLToPath(new URL('../docs/sql/', import.meta.url));
const PAGE = join(SQL, '../warehouse.md');

/** Time zones whose day begins with UTC's, long after it and long before it. */
const TIME_ZONES = ['UTC', 'America/Los_Angeles', 'Pacific/Auckland'];

type Row = Record<string, unknown>;

let folder: string;
let connection: DuckDBConnection;

async function open(exports: Exports): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'warehouse-'));
  connection = await (await DuckDBInstance.create()).connect();
  await writeExports(connection, exports, folder);
  await connection.run(`set file_search_path = '${folder}'`);
  await run('load.sql');
  await run('exposures.sql');
}

async function run(file: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(await readFile(join(SQL, file), 'utf8'));
  // DuckDB returns counts as texts that are safe for JSON, and times as written.
  return reader.getRowObjectsJson();
}

async function close(): Promise<void> {
  connection.closeSync();
  await rm(folder, { recursive: true });
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

function simulate(seed: number): ReturnType<typeof simulateExperiment> {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    return simulateExperiment(seed);
  } finally {
    vi.useRealTimers();
  }
}

describe.each([1, 2, 3])('experiment %i', (seed) => {
  let truth: Truth;

  beforeAll(async () => {
    const experiment = simulate(seed);
    truth = experiment.truth;
    await open(experiment.exports);
  });
  afterAll(close);

  describe.each(TIME_ZONES)('read in %s', (timeZone) => {
    beforeEach(async () => {
      await connection.run(`set TimeZone = '${timeZone}'`);
    });

    it('exposures-per-variation.sql counts the exposures of each side', async () => {
      const rows = await run('exposures-per-variation.sql');
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

    it('conversion-per-variation.sql counts converted visitors', async () => {
      const rows = await run('conversion-per-variation.sql');
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

    it('sample-ratio.sql compares the split with the allocation', async () => {
      const sql = await readFile(join(SQL, 'sample-ratio.sql'), 'utf8');
      // As it was allocated, and as it was not.
      for (const share of [0.5, 0.9]) {
        const asked = sql
          .replace("'control' as variation_key, 0.5", `'control' as variation_key, ${share}`)
          .replace("'treatment', 0.5", `'treatment', ${(1 - share).toFixed(1)}`);
        const rows = (await connection.runAndReadAll(asked)).getRowObjectsJson();
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

    it('two-variations.sql finds users with two variations, and the times', async () => {
      const rows = await run('two-variations.sql');
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

    it('exposures-on-one-side.sql finds each reason', async () => {
      const rows = await run('exposures-on-one-side.sql');
      expect(reasonsIn(rows)).toEqual(Object.fromEntries(truth.oneSide));
    });
  });

  it('the reasons that count add up to the difference', async () => {
    const difference = (await run('exposures-per-variation.sql')).map((row) => Number(row.difference));
    const reasons = (await run('exposures-on-one-side.sql')).filter(({ counts }) => counts);
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
    const experiment = simulate(4);
    truth = experiment.truth;
    for (const event of experiment.exports.fullstory) {
      event.event_properties = JSON.stringify(write(JSON.parse(event.event_properties)));
    }
    await open(experiment.exports);
  });
  afterAll(close);

  it('gives the same answers', async () => {
    expect(reasonsIn(await run('exposures-on-one-side.sql'))).toEqual(Object.fromEntries(truth.oneSide));
  });
});

describe('the documentation', () => {
  beforeAll(() => open(simulate(1).exports));
  afterAll(close);

  it('names each SQL file, and each file begins with its question', async () => {
    const page = await readFile(PAGE, 'utf8');
    for (const file of await readdir(SQL)) {
      expect(page).toContain(`sql/${file}`);
      expect(await readFile(join(SQL, file), 'utf8')).toMatch(/^-- .+\?/);
    }
  });

  it('has commands that return rows', async () => {
    const page = await readFile(PAGE, 'utf8');
    const files = page.match(/(?<=cat ).+(?= \| duckdb)/)?.[0].split(' ') ?? [];
    const texts = await Promise.all(files.map((file) => readFile(join(SQL, '..', file), 'utf8')));
    expect((await connection.runAndReadAll(texts.join(''))).getRowObjectsJson()).toHaveLength(2);

    const look = page.match(/(?<=```sql\n)select [^;]+;/)?.[0] ?? '';
    expect(JSON.stringify((await connection.runAndReadAll(look)).getRowObjectsJson())).toContain('flag_key');
  });

  it.each([
    ...['exposures-per-variation', 'conversion-per-variation', 'exposures-on-one-side', 'sample-ratio'],
  ])('shows the answer of %s.sql', async (name) => {
    const rows = await run(`${name}.sql`);
    const lines = [Object.keys(rows[0] as Row), ...rows.map(Object.values)];
    const [head, ...body] = lines.map((cells) => `| ${cells.join(' | ')} |`);
    const rule = (head as string).replace(/\w+/g, '---');
    const table = [head, rule, ...body].join('\n');
    expect(await readFile(PAGE, 'utf8'), `it is now:\n${table}\n`).toContain(table);
  });
});
