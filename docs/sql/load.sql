-- How are the two exports read? Run this first: it makes the views for the other files. All times are UTC.
--
-- Parameters: the two folders in read_parquet, the event's name 'Experiment Viewed', and the variations of your
-- experiments: their keys and ids are in Optimizely's datafile. Events of SDK 4 and 5 have only the keys, and are joined
-- by this list.

create or replace view variations as
select
  'checkout_redesign' as flag_key, 'checkout_test' as rule_key, 'control' as variation_key,
  '9300000001' as experiment_id, '9300000011' as variation_id
union all
select 'checkout_redesign', 'checkout_test', 'treatment', '9300000001', '9300000012'
union all
select 'search_ranking', 'ranking_test', 'control', '9300000002', '9300000021'
union all
select 'search_ranking', 'ranking_test', 'treatment', '9300000002', '9300000022';

-- FullStory documents no type suffixes for API 2, which the script calls, but shows them in other exports. Custom
-- properties are next to the event's name, or one level deeper.
create or replace macro event_property(properties, name) as coalesce(
  properties ->> name,
  properties ->> (name || '_str'),
  properties ->> (name || '_bool'),
  properties ->> (name || '_date'),
  properties -> 'event_properties' ->> name,
  properties -> 'event_properties' ->> (name || '_str'),
  properties -> 'event_properties' ->> (name || '_bool'),
  properties -> 'event_properties' ->> (name || '_date')
);

-- FullStory syncs a changed row again, and retracts a row by a null type: so first take the latest row, then check its type.
create or replace view fullstory_events as
select
  event_id,
  event_type,
  cast(event_time as timestamp) as event_time,
  cast(device_id as string) as device_id,
  cast(session_id as string) as session_id,
  cast(event_properties as json) as event_properties
from read_parquet('exports/fullstory/events/**/*.parquet', hive_partitioning = false)
qualify row_number() over (partition by event_id order by coalesce(updated_time, 0) desc, processed_time desc) = 1;

create or replace view fullstory_custom_events as
select
  event_id,
  event_time,
  device_id,
  device_id || ':' || session_id as session,
  event_property(event_properties, 'event_name') as event_name,
  event_properties
from fullstory_events
where event_type = 'custom';

-- One row per event of the script. A late event has the time of its decision. If another rule decided, there is no
-- experiment: the rule's key is used instead, so such events stay separate.
create or replace view fullstory_exposures as
with viewed as (
  select
    event_id,
    device_id,
    session,
    event_property(event_properties, 'user_id') as user_id,
    event_property(event_properties, 'flag_key') as flag_key,
    event_property(event_properties, 'rule_key') as rule_key,
    event_property(event_properties, 'variation_key') as variation_key,
    event_property(event_properties, 'experiment_id') as experiment_id,
    event_property(event_properties, 'variation_id') as variation_id,
    event_property(event_properties, 'dispatched') as dispatched,
    coalesce(cast(event_property(event_properties, 'decided_at') as timestamp), event_time) as decided_at
  from fullstory_custom_events
  where event_name = 'Experiment Viewed'
)
select
  viewed.event_id,
  viewed.device_id,
  viewed.session,
  viewed.user_id,
  -- Without include: user_id, only the device is known.
  coalesce(viewed.user_id, 'device ' || viewed.device_id) as visitor_id,
  viewed.flag_key,
  coalesce(viewed.experiment_id, variations.experiment_id, viewed.rule_key, 'no rule') as experiment_id,
  coalesce(viewed.variation_id, variations.variation_id, viewed.variation_key, 'off') as variation_id,
  coalesce(viewed.variation_key, 'off') as variation_key,
  viewed.dispatched,
  viewed.decided_at
from viewed
left join variations using (flag_key, rule_key, variation_key);

-- A day that was loaded twice has each uuid twice.
create or replace view optimizely_exposures as
select
  decisions.uuid,
  decisions.visitor_id,
  variations.flag_key,
  decisions.experiment_id,
  decisions.variation_id,
  coalesce(variations.variation_key, decisions.variation_id) as variation_key,
  coalesce(decisions.is_holdback, false) as is_holdback,
  decisions.client_engine,
  lower(decisions.user_agent) as user_agent,
  epoch_ms(decisions."timestamp") as decided_at
from read_parquet('exports/optimizely/type=decisions/**/*.parquet', hive_partitioning = false) as decisions
left join variations using (experiment_id, variation_id)
qualify row_number() over (partition by decisions.uuid order by decisions.process_timestamp) = 1;

create or replace view optimizely_conversions as
select uuid, visitor_id, event_name, epoch_ms("timestamp") as converted_at
from read_parquet('exports/optimizely/type=events/**/*.parquet', hive_partitioning = false);
