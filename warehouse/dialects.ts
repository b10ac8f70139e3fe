import { Dialect } from '@polyglot-sql/sdk';

/** A warehouse, with the SQL that the transpiler cannot know. Each function takes and returns SQL. */
export interface Warehouse {
  /** Its own name, as documents write it. */
  readonly title: string;
  readonly dialect: Dialect;
  /** Whether FullStory has delivered raw events to it as well. */
  readonly hasRawEvents: boolean;
  /** A property as text; null if it is missing. */
  property(json: string, name: string): string;
  /** The custom properties: one level deeper, or the column itself. */
  ownProperties(json: string): string;
  /** A time in UTC, without a time zone. */
  utc(time: string): string;
  /** The same of milliseconds since 1970. */
  utcMs(milliseconds: string): string;
  /** Corrections: the transpiler's text, and the right one. */
  readonly corrections: readonly (readonly [wrong: RegExp, right: string])[];
}

/** In a path, plain names have no quotes. Others have the dialect's quotes. */
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
      // The meaning of TIMESTAMP is a setting of the account.
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
    // A missing value is an empty text.
    property: (json, name) => `NULLIF(JSON_EXTRACT_PATH_TEXT(JSON_SERIALIZE(${json}), '${name}'), '')`,
    ownProperties: (json) => `COALESCE(${json}.event_properties, ${json})`,
    utc: (time) => `${time} AT TIME ZONE 'UTC'`,
    utcMs: (milliseconds) => `TIMESTAMP 'epoch' + ${milliseconds} * INTERVAL '1 millisecond'`,
    corrections: [],
  },
} satisfies Record<string, Warehouse>;

export type WarehouseName = keyof typeof WAREHOUSES;
