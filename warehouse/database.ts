import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Exports, writeExports } from './exports.ts';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A row of an answer: counts are texts, as is safe in JSON, and times as DuckDB writes them. */
export type Row = Record<string, unknown>;

/** DuckDB in its own folder with the exports. */
export interface Database {
  /** Runs SQL, and returns the answer of its first query. */
  ask(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openDatabase(exports: Exports): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'warehouse-'));
  // The tables are small: more threads only wait for each other.
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await writeExports(connection, exports, folder);
  await connection.run(`set file_search_path = '${folder}'`);
  return {
    async ask(sql) {
      return (await connection.runAndReadAll(sql)).getRowObjectsJson();
    },
    async close() {
      connection.closeSync();
      await rm(folder, { recursive: true });
    },
  };
}

/** The views that `questions.sql` and `amplitude.sql` read, each after those that it reads itself. */
const VIEWS = [
  'fullstory_custom_events',
  'fullstory_exposures',
  'optimizely_exposures',
  'optimizely_conversions',
  'exposures',
];

/** Stores the views as tables, so that they are computed once and not for each question. */
export async function keepViews(database: Database): Promise<void> {
  const statements = VIEWS.map(
    (view) => `
      create or replace table kept_${view} as from experiments.${view};
      create or replace view experiments.${view} as from main.kept_${view};
    `,
  );
  await database.ask(statements.join(''));
}

/** @returns a file of `docs/sql`. */
export function readSql(file: string): Promise<string> {
  return readFile(join(ROOT, 'docs/sql', file), 'utf8');
}

/** The questions of `questions.sql`, in its order and words. */
export const QUESTIONS = {
  exposures: 'How many exposures has each variation on both sides?',
  split: 'Do the visitors split as they were allocated?',
  oneSide: 'Which exposures has only one side, and why?',
  conversion: 'Which share of each variation converted?',
  twoVariations: 'Who saw two variations?',
} as const;
