import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Dialect, transpile } from '@polyglot-sql/sdk';
import { WAREHOUSES, type Warehouse, type WarehouseName } from './dialects.ts';
import { statementsIn } from './statements.ts';

const translations = new Map<string, string>();

/** Files share statements, and the transpiler is slow. */
function translate(sql: string, from: Dialect, to: Dialect): string {
  const key = `${from} ${to} ${sql}`;
  const known = translations.get(key) ?? translateAnew(sql, from, to);
  translations.set(key, known);
  return known;
}

function translateAnew(sql: string, from: Dialect, to: Dialect): string {
  const { success, error, sql: texts } = transpile(sql, from, to, { pretty: true });
  if (!success || texts?.length !== 1) throw new Error(`${from} to ${to}: ${error}\n${sql}`);
  return texts[0] as string;
}

/** Calls that each warehouse writes in its own way. */
const CALLS: readonly (readonly [
  call: RegExp,
  write: (warehouse: Warehouse, ...args: string[]) => string,
])[] = [
  [
    /\bproperty\(([\w.]+), '([^']+)'\)/gi,
    (warehouse, json, name) => warehouse.property(json as string, name as string),
  ],
  [/own_properties\(([\w.]+)\)/gi, (warehouse, json) => warehouse.ownProperties(json as string)],
  [/utc_ms\(([^()]+)\)/gi, (warehouse, milliseconds) => warehouse.utcMs(milliseconds as string)],
  [/\butc\(([^()]+)\)/gi, (warehouse, time) => warehouse.utc(time as string)],
];

/** Nulls do not matter in any order here, and BigQuery does not accept their position in some windows. */
const NULLS = / NULLS (?:FIRST|LAST)/g;

function write(warehouse: Warehouse, text: string): string {
  return statementsIn(text)
    .map(({ comment, sql }) => {
      let written = translate(sql, Dialect.DuckDB, warehouse.dialect).replace(NULLS, '');
      for (const [wrong, right] of warehouse.corrections) written = written.replace(wrong, right);
      for (const [call, instead] of CALLS) {
        written = written.replace(call, (_, ...found) => instead(warehouse, ...found));
      }
      return `${comment && `${comment}\n\n`}${written};\n`;
    })
    .join('\n');
}

/** @returns a file's parts, each from its line `-- 1. …` to the next. The first is the text before them. */
function partsOf(text: string): string[] {
  return text.split(/^(?=-- \d\. )/m).map((part) => part.trim());
}

/**
 * Makes the SQL of all warehouses from that of DuckDB, which reads files. The statements that read tables are in
 * `warehouse/tables`.
 *
 * @param root the project's folder.
 * @returns each file's text by its path below `docs/sql`.
 */
export async function makeWarehouseSql(root: string): Promise<Map<string, string>> {
  // DuckDB's macro is in the schema. Warehouses have no macro.
  const read = async (path: string) =>
    (await readFile(join(root, path), 'utf8')).replace(/experiments\.property\(/g, 'property(');
  const [load, questions, amplitude, ...tables] = await Promise.all([
    read('docs/sql/duckdb/load.sql'),
    read('docs/sql/duckdb/questions.sql'),
    read('docs/sql/duckdb/amplitude.sql'),
    read('warehouse/tables/ready-to-analyze.sql'),
    read('warehouse/tables/raw-events.sql'),
    read('warehouse/tables/optimizely.sql'),
    read('warehouse/tables/amplitude.sql'),
  ]);
  const [readyToAnalyze, rawEvents, optimizely, amplitudeTable] = tables;
  const [loadHead, settings, , views] = partsOf(load);
  const [amplitudeHead, , comparison] = partsOf(amplitude);
  const loadFrom = (fullstory: string | undefined) =>
    [loadHead, settings, fullstory, optimizely, views].join('\n\n');

  const files = new Map<string, string>();
  for (const name of Object.keys(WAREHOUSES) as WarehouseName[]) {
    const warehouse: Warehouse = WAREHOUSES[name];
    const add = (file: string, text: string) => {
      files.set(`${name}/${file}`, `-- ${warehouse.title}\n--\n${write(warehouse, text)}`);
    };
    add('load.sql', loadFrom(readyToAnalyze));
    if (warehouse.hasRawEvents) add('load-raw-events.sql', loadFrom(rawEvents));
    add('questions.sql', questions);
    add('amplitude.sql', [amplitudeHead, amplitudeTable, comparison].join('\n\n'));
  }
  return files;
}

/** Expressions that the transpiler cannot translate back, and their replacements: a form that it knows, or a macro of the tests. */
const BEFORE: readonly (readonly [RegExp, string])[] = [
  [/JSON_VALUE\(/g, 'JSON_EXTRACT_STRING('],
  [/JSON_EXTRACT_PATH_TEXT\(/g, 'PATH_TEXT('],
  [/CONVERT_TIMEZONE\('UTC', /g, 'TO_UTC('],
];

/** Corrections of the transpiler's DuckDB. */
const AFTER: readonly (readonly [RegExp, string])[] = [
  // Cast to text, JSON would keep its quotes.
  [/(?:TRY_)?CAST\(([\w.]+) -> ('\$[^']+') AS TEXT\)/g, '($1 ->> $2)'],
  [/VARCHAR\(MAX\)/g, 'VARCHAR'],
  // It multiplies intervals only by small numbers.
  [/("\w+") \* INTERVAL '1' MILLISECOND/g, 'TO_MILLISECONDS($1)'],
];

/** @returns the statements of a warehouse's file in DuckDB's SQL again. */
export function readBack(name: WarehouseName, text: string): string[] {
  const replace = (sql: string, rules: typeof BEFORE) =>
    rules.reduce((replaced, [wrong, right]) => replaced.replace(wrong, right), sql);
  return statementsIn(text).map(({ sql }) =>
    replace(translate(replace(sql, BEFORE), WAREHOUSES[name].dialect, Dialect.DuckDB), AFTER),
  );
}
