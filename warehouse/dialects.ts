import { Dialect } from '@polyglot-sql/sdk';

/** A warehouse: how its SQL says what the transpiler cannot know. Each function gets and gives SQL. */
export interface Warehouse {
  /** Its own name, as documents write it. */
  readonly title: string;
  readonly dialect: Dialect;
  /** Whether FullStory has delivered raw events to it as well. */
  readonly hasRawEvents: boolean;
  /** A property as text; null where there is none. */
  property(json: string, name: string): string;
  /** The custom properties: one level deeper, or the column itself. */
  ownProperties(json: string): string;
  /** A time in UTC, without a time zone. */
  utc(time: string): string;
  /** The same of milliseconds since 1970. */
  utcMs(milliseconds: string): string;
  /** What the transpiler writes wrongly, and what is right. */
  readonly corrections: readonly (readonly [wrong: RegExp, right: string])[];
}

/** A plain name stands bare in a path, another one in the quotes that the dialect has for it. */
function step(name: string, quote: (name: string) => string): string {
  return /^\w+$/.test(name) ? name : quote(name);
}

export const WAREHOUSES = {
  snowflake: {
    title: 'Snowflake',
    dialect: Dialect.Snowflake,
    hasRawEvents: true,
    property: (json, name) => `${json}:${step(name, (other) => `"${other}"`)}::VARCHAR`,
    ownProperties: (json) => `COALESCE(${json}:event_properties, ${json})`,
    utc: (time) => `CAST(${time} AS TIMESTAMP_NTZ)`,
    utcMs: (milliseconds) => `TO_TIMESTAMP_NTZ(${milliseconds}, 3)`,
    corrections: [
      // What TIMESTAMP means is a setting of the account.
      [/AS TIMESTAMP(NTZ)?\)/g, 'AS TIMESTAMP_NTZ)'],
      // Names are upper case there, unless they are quoted.
      [/"timestamp"/g, '"TIMESTAMP"'],
    ],
  },
  bigquery: {
    title: 'BigQuery',
    dialect: Dialect.BigQuery,
    hasRawEvents: true,
    property: (json, name) => `JSON_VALUE(${json}, '$.${step(name, (other) => `"${other}"`)}')`,
    ownProperties: (json) => `COALESCE(JSON_QUERY(${json}, '$.event_properties'), ${json})`,
    utc: (time) => `DATETIME(${time})`,
    utcMs: (milliseconds) => `DATETIME(TIMESTAMP_MILLIS(${milliseconds}))`,
    corrections: [
      // A text that names a time zone is no DATETIME.
      [/CAST\((property\([^)]*\)) AS DATETIME\)/gi, 'DATETIME(TIMESTAMP($1))'],
      [/INTERVAL '(\d+)'/g, 'INTERVAL $1'],
    ],
  },
  databricks: {
    title: 'Databricks',
    dialect: Dialect.Databricks,
    hasRawEvents: false,
    property: (json, name) => `${json}:${step(name, (other) => `['${other}']`)}::STRING`,
    ownProperties: (json) => `COALESCE(${json}:event_properties, ${json})`,
    // A cast would give the time in the session's time zone.
    utc: (time) => `CONVERT_TIMEZONE('UTC', ${time})`,
    utcMs: (milliseconds) => `CONVERT_TIMEZONE('UTC', TIMESTAMP_MILLIS(${milliseconds}))`,
    corrections: [],
  },
  redshift: {
    title: 'Redshift',
    dialect: Dialect.Redshift,
    hasRawEvents: true,
    // What is not there is an empty text.
    property: (json, name) => `NULLIF(JSON_EXTRACT_PATH_TEXT(JSON_SERIALIZE(${json}), '${name}'), '')`,
    ownProperties: (json) => `COALESCE(${json}.event_properties, ${json})`,
    utc: (time) => `${time} AT TIME ZONE 'UTC'`,
    utcMs: (milliseconds) => `TIMESTAMP 'epoch' + ${milliseconds} * INTERVAL '1 millisecond'`,
    corrections: [],
  },
} satisfies Record<string, Warehouse>;

export type WarehouseName = keyof typeof WAREHOUSES;
