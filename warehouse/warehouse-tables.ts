import type { Database } from './database.ts';
import type { WarehouseName } from './dialects.ts';

/**
 * The types that the tables have there. FullStory documents those of raw events: times, and JSON in a type of its own or as
 * text. Custom properties are one level deeper in some.
 */
const TYPES: Record<WarehouseName, { time: string; json: string; isDeeper: boolean; timeZone: string }> = {
  snowflake: { time: 'timestamp', json: 'json', isDeeper: true, timeZone: 'America/Los_Angeles' },
  // There a session is in UTC, unless a query says otherwise.
  bigquery: { time: 'timestamptz', json: 'varchar', isDeeper: false, timeZone: 'UTC' },
  databricks: { time: 'timestamptz', json: 'varchar', isDeeper: true, timeZone: 'America/Los_Angeles' },
  redshift: { time: 'timestamptz', json: 'json', isDeeper: true, timeZone: 'America/Los_Angeles' },
};

/** Functions of warehouses that DuckDB lacks. */
const MACROS = `
  create or replace macro json_serialize(json) as cast(json as varchar);
  create or replace macro path_text(json, name) as coalesce(json ->> ('$."' || name || '"'), '');
  create or replace macro timestamp_millis(ms) as timezone('UTC', epoch_ms(ms));
  create or replace macro to_utc(moment) as timezone('UTC', cast(moment as timestamptz));
`;

/** Makes a warehouse's tables of the exported files: FullStory's raw events, its Ready to Analyze views, and the others'. */
export async function makeTables(database: Database, name: WarehouseName): Promise<void> {
  const { time, json, isDeeper, timeZone } = TYPES[name];
  const deeper = isDeeper
    ? `case event_type when 'custom' then json_object(
         'event_name', event_properties -> 'event_name', 'event_properties', cast(event_properties as json)
       ) else event_properties end`
    : 'event_properties';
  await database.ask(`
    set TimeZone = 'UTC';
    ${MACROS}
    create schema if not exists fullstory;
    create schema if not exists optimizely;
    create schema if not exists amplitude;
    create or replace table fullstory.events as
      select * replace (
        cast(event_time as ${time}) as event_time,
        cast(processed_time as ${time}) as processed_time,
        cast(epoch_ms(updated_time) as ${time}) as updated_time,
        cast(${deeper} as ${json}) as event_properties
      )
      from read_parquet('exports/fullstory/events/**/*.parquet', hive_partitioning = false);
    create or replace table fullstory.custom_events as
      select
        event_id, event_properties ->> 'event_name' as event_name, event_properties, event_time,
        device_id as user_id, session_id
      from fullstory.events
      where event_type = 'custom'
      qualify row_number() over (partition by event_id order by coalesce(updated_time, '-infinity') desc) = 1
        and event_id not in (select event_id from fullstory.events where event_type is null);
    create or replace table fullstory.users as
      select
        cast(device_id as bigint) as id,
        event_properties ->> 'user_id' as uid
      from fullstory.events
      where event_type = 'identify'
      group by all;
    create or replace table optimizely.decisions as
      from read_parquet('exports/optimizely/type=decisions/**/*.parquet', hive_partitioning = false);
    create or replace table optimizely.events as
      from read_parquet('exports/optimizely/type=events/**/*.parquet', hive_partitioning = false);
    create or replace table amplitude.events as
      select * replace (
        cast(event_time as timestamp) as event_time,
        cast(event_properties as ${json}) as event_properties,
        cast(user_properties as ${json}) as user_properties
      )
      from read_json('exports/amplitude/*.json', format = 'newline_delimited', columns = {
        uuid: 'varchar', event_type: 'varchar', event_time: 'varchar', user_id: 'varchar', device_id: 'varchar',
        event_properties: 'varchar', user_properties: 'varchar'
      });
    set TimeZone = '${timeZone}';
  `);
}
