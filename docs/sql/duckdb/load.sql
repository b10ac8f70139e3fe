-- Makes the views that questions.sql and amplitude.sql ask. Edit parts 1 and 2, then run all of it, and once more whenever
-- you change something. All times are UTC.

create schema if not exists experiments;

-- 1. Your experiment
--
-- Its id, the period, the name of the script's event, and the conversion's name on each side. Set uid_is_visitor_id to
-- true if your page gives FullStory (setIdentity) the same user id as Optimizely. Events without user_id are then joined by
-- it.

create or replace view experiments.settings as
select
  '9300000001' as experiment_id,
  timestamp '2026-10-05 00:00:00' as begins,
  timestamp '2026-10-19 00:00:00' as ends,
  'Experiment Viewed' as viewed_event,
  'Order Completed' as fullstory_conversion,
  'order_completed' as optimizely_conversion,
  false as uid_is_visitor_id;

-- The variations of your experiments, as in Optimizely's datafile, and the share of the traffic that each should get.
-- Events of SDK 4 and 5 have only the keys. This list joins them.

create or replace view experiments.variations as
select
  'checkout_redesign' as flag_key, 'checkout_test' as rule_key, 'control' as variation_key,
  '9300000001' as experiment_id, '9300000011' as variation_id, 0.5 as share
union all
select 'checkout_redesign', 'checkout_test', 'treatment', '9300000001', '9300000012', 0.5
union all
select 'search_ranking', 'ranking_test', 'control', '9300000002', '9300000021', 0.5
union all
select 'search_ranking', 'ranking_test', 'treatment', '9300000002', '9300000022', 0.5;

-- 2. Your files
--
-- The three patterns in read_parquet. FullStory may write a row again: the latest one counts. Its type is null if FullStory
-- has taken it back.

create or replace view experiments.fullstory_events as
select
  event_id,
  event_type,
  cast(event_time as timestamp) as event_time,
  cast(device_id as varchar) as device_id,
  cast(session_id as varchar) as session_id,
  cast(event_properties as json) as event_properties
from read_parquet('exports/fullstory/events/**/*.parquet', hive_partitioning = false)
qualify row_number() over (partition by event_id order by coalesce(updated_time, 0) desc, processed_time desc) = 1;

-- Custom properties are beside the event's name, or one level deeper.

create or replace view experiments.fullstory_custom_events as
select
  event_id,
  event_time,
  device_id,
  device_id || ':' || session_id as session,
  event_properties ->> 'event_name' as event_name,
  coalesce(event_properties -> 'event_properties', event_properties) as properties
from experiments.fullstory_events
where event_type = 'custom';

-- FullStory documents no type suffixes for API 2, which the script calls, but shows them in other exports.

create or replace macro experiments.property(properties, name) as coalesce(
  properties ->> name,
  properties ->> (name || '_str'),
  properties ->> (name || '_bool'),
  properties ->> (name || '_date')
);

-- The users that your page has given FullStory by setIdentity, with time and device.

create or replace view experiments.fullstory_identities as
select event_id, device_id, event_time as identified_at, event_properties ->> 'user_id' as user_id
from experiments.fullstory_events
where event_type = 'identify';

create or replace view experiments.optimizely_decisions as
select
  uuid,
  visitor_id,
  experiment_id,
  variation_id,
  is_holdback,
  client_engine,
  user_agent,
  process_timestamp,
  epoch_ms("timestamp") as decided_at
from read_parquet('exports/optimizely/type=decisions/**/*.parquet', hive_partitioning = false);

create or replace view experiments.optimizely_conversions as
select uuid, visitor_id, event_name, epoch_ms("timestamp") as converted_at
from read_parquet('exports/optimizely/type=events/**/*.parquet', hive_partitioning = false);

-- 3. The views for the questions. Nothing to edit below.
--
-- One row per event of the script. A late event has the time of its decision. If another rule decided, there is no
-- experiment: then the rule's key takes its place, so such events stay separate. An event belongs to its own user_id. If
-- FullStory's uid replaces that, it belongs to the last user identified on its device before the decision, or else to the
-- first one after it. Without either, only the device is known.

create or replace view experiments.fullstory_exposures as
with viewed as (
  select
    events.event_id,
    events.device_id,
    events.session,
    experiments.property(events.properties, 'user_id') as user_id,
    experiments.property(events.properties, 'flag_key') as flag_key,
    experiments.property(events.properties, 'rule_key') as rule_key,
    experiments.property(events.properties, 'variation_key') as variation_key,
    experiments.property(events.properties, 'experiment_id') as experiment_id,
    experiments.property(events.properties, 'variation_id') as variation_id,
    experiments.property(events.properties, 'dispatched') as dispatched,
    coalesce(
      cast(experiments.property(events.properties, 'decided_at') as timestamp), events.event_time
    ) as decided_at
  from experiments.fullstory_custom_events as events
  cross join experiments.settings as settings
  where events.event_name = settings.viewed_event
),
identified as (
  select
    viewed.event_id,
    identities.user_id,
    row_number() over (
      partition by viewed.event_id
      order by
        case when identities.identified_at <= viewed.decided_at then 0 else 1 end,
        case when identities.identified_at <= viewed.decided_at then identities.identified_at end desc,
        identities.identified_at,
        identities.event_id
    ) as place
  from viewed
  join experiments.fullstory_identities as identities on identities.device_id = viewed.device_id
  cross join experiments.settings as settings
  where settings.uid_is_visitor_id
    and identities.user_id is not null
)
select
  viewed.event_id,
  viewed.device_id,
  viewed.session,
  coalesce(viewed.user_id, identified.user_id) as user_id,
  coalesce(viewed.user_id, identified.user_id, 'device ' || viewed.device_id) as visitor_id,
  viewed.flag_key,
  coalesce(viewed.experiment_id, variations.experiment_id, viewed.rule_key, 'no rule') as experiment_id,
  coalesce(viewed.variation_id, variations.variation_id, viewed.variation_key, 'off') as variation_id,
  coalesce(viewed.variation_key, 'off') as variation_key,
  viewed.dispatched,
  viewed.decided_at
from viewed
left join identified on identified.event_id = viewed.event_id and identified.place = 1
left join experiments.variations as variations
  on variations.flag_key = viewed.flag_key
  and variations.rule_key = viewed.rule_key
  and variations.variation_key = viewed.variation_key;

-- A day that was loaded twice has each uuid twice.

create or replace view experiments.optimizely_exposures as
with copies as (
  select
    uuid,
    visitor_id,
    experiment_id,
    variation_id,
    coalesce(is_holdback, false) as is_holdback,
    client_engine,
    lower(user_agent) as user_agent,
    decided_at,
    row_number() over (partition by uuid order by process_timestamp) as place
  from experiments.optimizely_decisions
)
select
  copies.uuid,
  copies.visitor_id,
  variations.flag_key,
  copies.experiment_id,
  copies.variation_id,
  coalesce(variations.variation_key, copies.variation_id) as variation_key,
  copies.is_holdback,
  copies.client_engine,
  copies.user_agent,
  copies.decided_at
from copies
left join experiments.variations as variations
  on variations.experiment_id = copies.experiment_id
  and variations.variation_id = copies.variation_id
where copies.place = 1;

-- An exposure begins when a visitor meets a variation. It ends when 30 minutes pass without that variation on either side.
-- Optimizely has a row for each decide(), FullStory one for each page and session, so rows cannot be compared.

create or replace view experiments.exposures as
with events as (
  select
    visitor_id, experiment_id, variation_id, is_holdback, decided_at, flag_key, variation_key,
    uuid as event_id, uuid as optimizely_event, client_engine, user_agent,
    cast(null as varchar) as fullstory_event, cast(null as varchar) as session, visitor_id as user_id,
    cast(null as varchar) as dispatched
  from experiments.optimizely_exposures
  union all
  select
    visitor_id, experiment_id, variation_id, false, decided_at, flag_key, variation_key,
    event_id, cast(null as varchar), cast(null as varchar), cast(null as varchar),
    event_id, session, user_id, dispatched
  from experiments.fullstory_exposures
),
marked as (
  select
    *,
    case
      when decided_at <= lag(decided_at) over (
        partition by visitor_id, experiment_id, variation_id, is_holdback order by decided_at, event_id
      ) + interval 30 minute then 0
      else 1
    end as begins
  from events
),
grouped as (
  select
    *,
    sum(begins) over (
      partition by visitor_id, experiment_id, variation_id, is_holdback order by decided_at, event_id
      rows between unbounded preceding and current row
    ) as visit
  from marked
)
select
  visitor_id,
  experiment_id,
  variation_id,
  is_holdback,
  min(decided_at) as first_at,
  max(decided_at) as last_at,
  count(optimizely_event) as optimizely_events,
  count(fullstory_event) as fullstory_events,
  max(flag_key) as flag_key,
  max(variation_key) as variation_key,
  max(user_id) as user_id,
  max(session) as session,
  max(dispatched) as dispatched,
  max(client_engine) as client_engine,
  max(user_agent) as user_agent
from grouped
group by visitor_id, experiment_id, variation_id, is_holdback, visit;
