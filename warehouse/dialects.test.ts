import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, keepViews, openDatabase, QUESTIONS, ROOT, type Row, readSql } from './database.ts';
import { WAREHOUSES, type WarehouseName } from './dialects.ts';
import { simulateExperiment } from './experiment.ts';
import type { Exports } from './exports.ts';
import { identify } from './identity.ts';
import { answering, statementsIn } from './statements.ts';
import { makeWarehouseSql, readBack } from './translate.ts';
import { makeTables } from './warehouse-tables.ts';

const NAMES = Object.keys(WAREHOUSES) as WarehouseName[];

/** FullStory's deliveries to a warehouse, by the file that reads them. */
function loadsOf(name: WarehouseName): string[] {
  return WAREHOUSES[name].hasRawEvents ? ['load.sql', 'load-raw-events.sql'] : ['load.sql'];
}

/** Runs a file of a warehouse, and returns the answer of its last statement. */
async function runFile(database: Database, name: WarehouseName, text: string): Promise<Row[]> {
  let rows: Row[] = [];
  for (const sql of readBack(name, text)) {
    rows = await database.ask(sql).catch((error) => {
      throw new Error(`${error}\n${sql}`);
    });
  }
  return rows;
}

/** Makes the views again, so none of another file remains. */
async function runLoad(
  database: Database,
  name: WarehouseName,
  load: string,
  edit = (text: string) => text,
): Promise<void> {
  await database.ask('drop schema if exists experiments cascade');
  await runFile(database, name, edit(await readSql(`${name}/${load}`)));
}

/** Asks all questions in the SQL of a warehouse, or of DuckDB. */
async function ask(database: Database, name: WarehouseName | 'duckdb'): Promise<Row[][]> {
  const questions = statementsIn(await readSql(`${name}/questions.sql`));
  const answers: Row[][] = [];
  for (const question of Object.values(QUESTIONS)) {
    const sql = answering(question, questions);
    answers.push(await (name === 'duckdb' ? database.ask(sql) : runFile(database, name, `${sql};`)));
  }
  return answers;
}

it('each file is what its source makes', async () => {
  const made = await makeWarehouseSql(ROOT);
  for (const [file, text] of made) expect(await readSql(file), `npm run warehouse-sql: ${file}`).toBe(text);
  const there = await Promise.all(
    NAMES.map(async (name) => (await readdir(join(ROOT, 'docs/sql', name))).map((file) => `${name}/${file}`)),
  );
  expect(there.flat().sort()).toEqual([...made.keys()].sort());
});

it('Snowflake’s names are upper case where they are quoted', async () => {
  for (const file of ['load.sql', 'load-raw-events.sql', 'questions.sql', 'amplitude.sql']) {
    const sql = (await readSql(`snowflake/${file}`)).replace(/^--.*$/gm, '');
    const names = [...sql.matchAll(/(?<!:)"([^"]+)"/g)].map(([, name]) => name as string);
    expect(names, file).toEqual(names.map((name) => name.toUpperCase()));
  }
});

it('BigQuery reads no text that names its time zone as a DATETIME, which would fail', async () => {
  for (const file of ['load.sql', 'load-raw-events.sql']) {
    expect(await readSql(`bigquery/${file}`)).toContain(
      "DATETIME(TIMESTAMP(JSON_VALUE(events.properties, '$.decided_at')))",
    );
  }
});

/** The user of each event, according to the join. */
const OWNERS = `
  select event_id, visitor_id, user_id, experiment_id, variation_id, decided_at
  from experiments.fullstory_exposures
  order by event_id
`;

let exports: Exports;
let exported: Database;
let expected: Row[][];
let amplitude: Row[];
let owners: Row[];

beforeAll(async () => {
  ({ exports } = simulateExperiment(5));
  exported = await openDatabase(exports);
  await exported.ask(await readSql('duckdb/load.sql'));
  await keepViews(exported);
  owners = await exported.ask(OWNERS);
  expected = await ask(exported, 'duckdb');
  amplitude = await exported.ask(await readSql('duckdb/amplitude.sql'));
});
afterAll(() => exported.close());

it.each(NAMES)('an experiment has the same answers in %s', async (name) => {
  await makeTables(exported, name);
  for (const load of loadsOf(name)) {
    await runLoad(exported, name, load);
    await keepViews(exported);
    expect(await ask(exported, name), load).toEqual(expected);
  }
  expect(await runFile(exported, name, await readSql(`${name}/amplitude.sql`))).toEqual(amplitude);
});

describe('where only FullStory knows the user', () => {
  let byDevice: Database;
  let byUser: Database;

  beforeAll(async () => {
    byDevice = await openDatabase(identify(exports, false));
    byUser = await openDatabase(identify(exports, true));
  });
  afterAll(async () => {
    await byDevice.close();
    await byUser.close();
  });

  it('its events have the same owners in DuckDB', async () => {
    const load = await readSql('duckdb/load.sql');
    await byDevice.ask(load.replace('false as uid_is_visitor_id', 'true as uid_is_visitor_id'));
    expect(await byDevice.ask(OWNERS)).toEqual(owners);
  });

  it.each(NAMES)('its events have the same owners in %s', async (name) => {
    for (const load of loadsOf(name)) {
      const database = load === 'load.sql' ? byUser : byDevice;
      await makeTables(database, name);
      await runLoad(database, name, load, (text) =>
        text.replace('FALSE AS uid_is_visitor_id', 'TRUE AS uid_is_visitor_id'),
      );
      expect(await database.ask(OWNERS), load).toEqual(owners);
    }
  });
});
