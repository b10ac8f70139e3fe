-- Which share of each variation's visitors converted, by FullStory's events and by Optimizely's?
--
-- A visitor counts once. Visitors with two variations are left out. A conversion counts for the visitor with the latest
-- exposure on that device, within 7 days of it. Optimizely's export does not link conversions to experiments any more,
-- so its conversions are joined to its decisions in the same way.

with parameters as (
  select
    '9300000001' as experiment_id,
    timestamp '2026-10-05 00:00:00' as begins,
    timestamp '2026-10-19 00:00:00' as ends,
    'Order Completed' as fullstory_event,
    'order_completed' as optimizely_event
),
exposed as (
  select
    'fullstory' as side, visitor_id, device_id as joined_by, variation_id, variation_key, decided_at
  from fullstory_exposures, parameters
  where fullstory_exposures.experiment_id = parameters.experiment_id
    and decided_at >= begins
    and decided_at < ends
  union all
  select 'optimizely', visitor_id, visitor_id, variation_id, variation_key, decided_at
  from optimizely_exposures, parameters
  where optimizely_exposures.experiment_id = parameters.experiment_id
    and not is_holdback
    and decided_at >= begins
    and decided_at < ends
),
conversions as (
  select 'fullstory' as side, event_id as conversion, device_id as joined_by, event_time as converted_at
  from fullstory_custom_events, parameters
  where event_name = fullstory_event
  union all
  select 'optimizely', uuid, visitor_id, converted_at
  from optimizely_conversions, parameters
  where event_name = optimizely_event
),
attributed as (
  select exposed.side, exposed.visitor_id
  from conversions
  join exposed
    on exposed.side = conversions.side
    and exposed.joined_by = conversions.joined_by
    and conversions.converted_at >= exposed.decided_at
    and conversions.converted_at < exposed.decided_at + interval 7 day
  qualify row_number() over (
    partition by conversions.side, conversions.conversion order by exposed.decided_at desc
  ) = 1
),
converted as (
  select distinct side, visitor_id from attributed
),
visitors as (
  select side, visitor_id, max(variation_key) as variation_key
  from exposed
  group by side, visitor_id
  having count(distinct variation_id) = 1
),
sums as (
  select
    variation_key,
    count(case when visitors.side = 'fullstory' then 1 end) as fullstory_visitors,
    count(case when converted.side = 'fullstory' then 1 end) as fullstory_converted,
    count(case when visitors.side = 'optimizely' then 1 end) as optimizely_visitors,
    count(case when converted.side = 'optimizely' then 1 end) as optimizely_converted
  from visitors
  left join converted using (side, visitor_id)
  group by variation_key
)
select
  variation_key,
  fullstory_visitors,
  fullstory_converted,
  round(100.0 * fullstory_converted / nullif(fullstory_visitors, 0), 1) as fullstory_percent,
  optimizely_visitors,
  optimizely_converted,
  round(100.0 * optimizely_converted / nullif(optimizely_visitors, 0), 1) as optimizely_percent
from sums
order by variation_key;
