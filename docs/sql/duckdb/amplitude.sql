-- Compares Amplitude's export with Optimizely's. Run load.sql first, then edit part 1.

-- 1. Your files
--
-- The pattern in read_json, and the names of the event and of the flag's user property. The columns are those of
-- Amplitude's Export API.

create or replace view experiments.amplitude_events as
select
  "uuid" as event_id,
  cast(event_time as timestamp) as decided_at,
  coalesce(user_id, 'device ' || device_id) as visitor_id,
  event_properties ->> 'flag_key' as flag_key,
  event_properties ->> 'rule_key' as rule_key,
  event_properties ->> 'variation_key' as variation_key,
  user_properties ->> '$."[Optimizely] checkout_redesign"' as user_property
from read_json('exports/amplitude/**/*.json*', format = 'newline_delimited', columns = {
  "uuid": 'varchar', event_type: 'varchar', event_time: 'varchar', user_id: 'varchar', device_id: 'varchar',
  event_properties: 'json', user_properties: 'json'
})
where event_type = 'Experiment Viewed';

-- 2. How many visitors has each variation in Amplitude and in Optimizely, and does the user property say the same?
--
-- `same_property` counts the visitors whose latest event of this variation has the same variation in the user property. If
-- it is less than `amplitude`, charts by user property and charts by event differ.

with ranked as (
  select
    events.visitor_id,
    events.variation_key,
    events.user_property,
    row_number() over (
      partition by events.visitor_id, events.variation_key order by events.decided_at desc, events.event_id desc
    ) as place
  from experiments.amplitude_events as events
  join experiments.variations as variations
    on variations.flag_key = events.flag_key
    and variations.rule_key = events.rule_key
    and variations.variation_key = events.variation_key
  cross join experiments.settings as settings
  where variations.experiment_id = settings.experiment_id
    and events.decided_at >= settings.begins
    and events.decided_at < settings.ends
),
seen as (
  select
    visitor_id,
    variation_key,
    0 as in_optimizely,
    1 as in_amplitude,
    case when user_property = variation_key then 1 else 0 end as has_property
  from ranked
  where place = 1
  union all
  select distinct exposures.visitor_id, exposures.variation_key, 1, 0, 0
  from experiments.optimizely_exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and not exposures.is_holdback
    and exposures.decided_at >= settings.begins
    and exposures.decided_at < settings.ends
),
visitors as (
  select
    visitor_id,
    variation_key,
    max(in_optimizely) as in_optimizely,
    max(in_amplitude) as in_amplitude,
    max(has_property) as has_property
  from seen
  group by visitor_id, variation_key
)
select
  variation_key,
  sum(in_optimizely) as optimizely,
  sum(in_amplitude) as amplitude,
  sum(in_optimizely * in_amplitude) as in_both,
  sum(has_property) as same_property
from visitors
group by variation_key
order by variation_key;
