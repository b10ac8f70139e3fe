import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

/** A row of FullStory's events (https://developer.fullstory.com/destinations/google-cloud-storage). */
export interface FullStoryEvent {
  event_id: string;
  event_time: string;
  processed_time: string;
  /** In ms; only when the row was synced again. */
  updated_time: number | null;
  device_id: number;
  session_id: number | null;
  view_id: number | null;
  /** Null if the row was retracted. */
  event_type: string | null;
  /** JSON, as is `source_properties`. */
  event_properties: string;
  source_type: string;
  source_properties: string;
}

/** Columns of Optimizely's decisions and conversions. Times are in ms. */
interface OptimizelyEvent {
  uuid: string;
  timestamp: number;
  process_timestamp: number;
  visitor_id: string;
  /** Not filled since October 2023. */
  session_id: string | null;
  account_id: string;
  attributes: { id: string; name: string; type: string; value: string }[];
  user_ip: string;
  user_agent: string;
  referer: string;
  revision: string;
  client_engine: string;
  client_version: string;
}

/**
 * A row of Optimizely's decisions
 * (https://docs.developers.optimizely.com/experimentation-data/docs/experimentation-events-data-specification).
 */
export interface OptimizelyDecision extends OptimizelyEvent {
  campaign_id: string;
  experiment_id: string;
  variation_id: string;
  is_holdback: boolean;
}

/** A row of Optimizely's conversions, documented on the same page. */
export interface OptimizelyConversion extends OptimizelyEvent {
  /** Not filled since October 2023. */
  experiments: { campaign_id: string; experiment_id: string; variation_id: string; is_holdback: boolean }[];
  entity_id: string;
  event_type: string;
  event_name: string;
  /** In cents. */
  revenue: number | null;
  value: number | null;
  quantity: number | null;
  tags: Record<string, string>;
}

/** A row of Amplitude's events (https://amplitude.com/docs/apis/analytics/export), as far as the SQL reads it. */
export interface AmplitudeEvent {
  uuid: string;
  event_type: string;
  /** In UTC, as `2026-10-05 00:00:00.000000`. */
  event_time: string;
  user_id: string | null;
  device_id: string;
  event_properties: Record<string, unknown>;
  user_properties: Record<string, unknown>;
}

/** The rows of all exports. */
export interface Exports {
  fullstory: FullStoryEvent[];
  decisions: OptimizelyDecision[];
  conversions: OptimizelyConversion[];
  amplitude: AmplitudeEvent[];
}

const FULLSTORY = {
  event_id: 'varchar',
  event_time: 'varchar',
  processed_time: 'varchar',
  updated_time: 'bigint',
  device_id: 'bigint',
  session_id: 'bigint',
  view_id: 'bigint',
  event_type: 'varchar',
  event_properties: 'varchar',
  source_type: 'varchar',
  source_properties: 'varchar',
} satisfies Record<keyof FullStoryEvent, string>;

const ATTRIBUTES = 'struct(id varchar, "name" varchar, "type" varchar, "value" varchar)[]';

const DECISIONS = {
  uuid: 'varchar',
  timestamp: 'bigint',
  process_timestamp: 'bigint',
  visitor_id: 'varchar',
  session_id: 'varchar',
  account_id: 'varchar',
  campaign_id: 'varchar',
  experiment_id: 'varchar',
  variation_id: 'varchar',
  attributes: ATTRIBUTES,
  user_ip: 'varchar',
  user_agent: 'varchar',
  referer: 'varchar',
  is_holdback: 'boolean',
  revision: 'varchar',
  client_engine: 'varchar',
  client_version: 'varchar',
} satisfies Record<keyof OptimizelyDecision, string>;

const CONVERSIONS = {
  uuid: 'varchar',
  timestamp: 'bigint',
  process_timestamp: 'bigint',
  visitor_id: 'varchar',
  session_id: 'varchar',
  account_id: 'varchar',
  experiments:
    'struct(campaign_id varchar, experiment_id varchar, variation_id varchar, is_holdback boolean)[]',
  entity_id: 'varchar',
  attributes: ATTRIBUTES,
  user_ip: 'varchar',
  user_agent: 'varchar',
  referer: 'varchar',
  event_type: 'varchar',
  event_name: 'varchar',
  revenue: 'bigint',
  value: 'double',
  quantity: 'bigint',
  tags: 'map(varchar, varchar)',
  revision: 'varchar',
  client_engine: 'varchar',
  client_version: 'varchar',
} satisfies Record<keyof OptimizelyConversion, string>;

function linesOf(rows: readonly object[]): string {
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

/**
 * Writes files as the services lay them out: Parquet, and JSON lines of Amplitude's.
 *
 * @param folder gets a folder `exports`.
 */
export async function writeExports(
  connection: DuckDBConnection,
  { fullstory, decisions, conversions, amplitude }: Exports,
  folder: string,
): Promise<void> {
  async function write(
    rows: readonly object[],
    columns: Record<string, string>,
    to: string,
    partitions: string,
  ): Promise<void> {
    const json = join(folder, 'rows.ndjson');
    const target = join(folder, 'exports', to);
    await mkdir(target, { recursive: true });
    await writeFile(json, linesOf(rows));
    const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type}'`);
    const names = partitions.match(/(?<= as )\w+/g);
    await connection.run(
      `copy (select *, ${partitions} from read_json('${json}', format = 'newline_delimited', columns = {${types}}))
       to '${target}' (format parquet, partition_by (${names}), overwrite_or_ignore)`,
    );
    await rm(json);
  }

  const day = `strftime(epoch_ms(process_timestamp), '%Y-%m-%d') as date`;
  // FullStory names its folders by the time of arrival, Optimizely by the day; neither is the time of the event.
  await write(
    fullstory,
    FULLSTORY,
    'fullstory/events',
    `processed_time[:10] || ' 00:00:00' as ingested_time`,
  );
  await write(decisions, DECISIONS, 'optimizely/type=decisions', `${day}, experiment_id as experiment`);
  await write(conversions, CONVERSIONS, 'optimizely/type=events', `${day}, event_name as event`);
  await mkdir(join(folder, 'exports/amplitude'));
  await writeFile(join(folder, 'exports/amplitude/1.json'), linesOf(amplitude));
}
