-- Five questions to the views of load.sql. Each statement can be run alone. Experiment and period are those in load.sql.

-- How many exposures has each variation on both sides?

with counted as (
  select exposures.*
  from experiments.exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and not exposures.is_holdback
    and exposures.first_at >= settings.begins
    and exposures.first_at < settings.ends
),
sums as (
  select
    variation_key,
    sum(case when optimizely_events > 0 then 1 else 0 end) as optimizely,
    sum(case when fullstory_events > 0 then 1 else 0 end) as fullstory,
    sum(case when optimizely_events > 0 and fullstory_events > 0 then 1 else 0 end) as in_both,
    count(distinct case when optimizely_events > 0 then visitor_id end) as optimizely_visitors,
    count(distinct case when fullstory_events > 0 then visitor_id end) as fullstory_visitors
  from counted
  group by variation_key
)
select
  variation_key,
  optimizely,
  fullstory,
  in_both,
  fullstory - optimizely as difference,
  round(100.0 * (fullstory - optimizely) / nullif(optimizely, 0), 1) as difference_percent,
  optimizely_visitors,
  fullstory_visitors
from sums
order by variation_key;

-- Do the visitors split as they were allocated?
--
-- Chi-square over the visitors who saw one variation, against their shares in the list of variations. `mismatch` is true
-- if chance makes such a split less often than once in a thousand.

with allocation as (
  select variations.variation_key, variations.share
  from experiments.variations as variations
  cross join experiments.settings as settings
  where variations.experiment_id = settings.experiment_id
),
limits as (
  select 2 as variations, 10.828 as chi_square_limit
  union all
  select 3, 13.816
  union all
  select 4, 16.266
  union all
  select 5, 18.467
),
exposed as (
  select 'fullstory' as side, exposures.visitor_id, exposures.variation_key
  from experiments.fullstory_exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and exposures.decided_at >= settings.begins
    and exposures.decided_at < settings.ends
  union all
  select 'optimizely', exposures.visitor_id, exposures.variation_key
  from experiments.optimizely_exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and not exposures.is_holdback
    and exposures.decided_at >= settings.begins
    and exposures.decided_at < settings.ends
),
visitors as (
  select side, visitor_id, max(variation_key) as variation_key
  from exposed
  group by side, visitor_id
  having count(distinct variation_key) = 1
),
sides as (
  select 'fullstory' as side
  union all
  select 'optimizely'
),
counted as (
  select sides.side, allocation.variation_key, allocation.share, count(visitors.visitor_id) as seen
  from sides
  cross join allocation
  left join visitors on visitors.side = sides.side and visitors.variation_key = allocation.variation_key
  group by sides.side, allocation.variation_key, allocation.share
),
expected as (
  select *, sum(seen) over (partition by side) * share as wanted, count(*) over (partition by side) as variations
  from counted
),
tested as (
  select *, sum((seen - wanted) * (seen - wanted) / nullif(wanted, 0)) over (partition by side) as chi_square
  from expected
)
select
  tested.side,
  tested.variation_key,
  tested.seen as visitors,
  round(tested.wanted, 1) as expected,
  round(tested.chi_square, 2) as chi_square,
  tested.chi_square >= limits.chi_square_limit as mismatch
from tested
left join limits on limits.variations = tested.variations
order by tested.side, tested.variation_key;

-- Which exposures has only one side, and why?
--
-- If several reasons apply, the first one counts. The rows with `counts` add up to the difference above. The others explain
-- why FullStory's list of events and Optimizely's raw rows are longer. `another_rule` is the same flag, decided by another
-- rule: an audience miss, a delivery, a holdout, another experiment.

with flags as (
  select distinct variations.flag_key
  from experiments.variations as variations
  cross join experiments.settings as settings
  where variations.experiment_id = settings.experiment_id
),
known_to_fullstory as (
  select distinct exposures.user_id
  from experiments.fullstory_exposures as exposures
  cross join experiments.settings as settings
  where exposures.decided_at >= settings.begins
    and exposures.decided_at < settings.ends
),
one_side as (
  select
    exposures.*,
    case when exposures.optimizely_events > 0 then 'optimizely' else 'fullstory' end as side,
    (exposures.experiment_id = settings.experiment_id and not exposures.is_holdback) as counts
  from experiments.exposures as exposures
  cross join experiments.settings as settings
  left join flags on flags.flag_key = exposures.flag_key
  where (
      exposures.experiment_id = settings.experiment_id
      or (exposures.optimizely_events = 0 and flags.flag_key is not null)
    )
    and (exposures.optimizely_events = 0 or exposures.fullstory_events = 0)
    and exposures.first_at >= settings.begins
    and exposures.first_at < settings.ends
),
last_export as (
  select max(decided_at) as decided_at
  from experiments.optimizely_exposures
),
explained as (
  select
    one_side.visitor_id,
    one_side.side,
    one_side.counts,
    case
      when side = 'optimizely' and is_holdback then 'holdback'
      when side = 'optimizely' and (
        user_agent like '%bot%' or user_agent like '%crawler%' or user_agent like '%spider%'
        or user_agent like '%headless%'
      ) then 'bot'
      when side = 'optimizely' and client_engine not in ('javascript-sdk', 'react-sdk', 'js') then 'decided_on_a_server'
      when side = 'optimizely' and known_to_fullstory.user_id is null then 'visitor_unknown_to_fullstory'
      when side = 'optimizely' then 'event_lost'
      when not counts then 'another_rule'
      when one_side.user_id is null then 'no_user_id'
      when dispatched = 'false' then 'not_dispatched'
      when first_at > last_export.decided_at then 'not_exported_yet'
      else 'impression_lost'
    end as reason
  from one_side
  cross join last_export
  left join known_to_fullstory on known_to_fullstory.user_id = one_side.visitor_id
)
select
  side,
  reason,
  counts,
  count(*) as exposures,
  count(distinct visitor_id) as visitors
from explained
group by side, reason, counts
order by side desc, counts desc, exposures desc, reason;

-- Which share of each variation converted?
--
-- A visitor counts once. Visitors who saw two variations are left out. A conversion counts for the visitor with the latest
-- exposure on that device, if it comes within 7 days. Optimizely's export no longer says which experiment a conversion
-- belongs to, so its conversions are joined to its decisions in the same way.

with exposed as (
  select
    'fullstory' as side, exposures.visitor_id, exposures.device_id as joined_by, exposures.variation_id,
    exposures.variation_key, exposures.decided_at
  from experiments.fullstory_exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and exposures.decided_at >= settings.begins
    and exposures.decided_at < settings.ends
  union all
  select
    'optimizely', exposures.visitor_id, exposures.visitor_id, exposures.variation_id,
    exposures.variation_key, exposures.decided_at
  from experiments.optimizely_exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and not exposures.is_holdback
    and exposures.decided_at >= settings.begins
    and exposures.decided_at < settings.ends
),
conversions as (
  select
    'fullstory' as side, events.event_id as conversion, events.device_id as joined_by,
    events.event_time as converted_at
  from experiments.fullstory_custom_events as events
  cross join experiments.settings as settings
  where events.event_name = settings.fullstory_conversion
  union all
  select 'optimizely', events.uuid, events.visitor_id, events.converted_at
  from experiments.optimizely_conversions as events
  cross join experiments.settings as settings
  where events.event_name = settings.optimizely_conversion
),
ranked as (
  select
    exposed.side,
    exposed.visitor_id,
    row_number() over (
      partition by conversions.side, conversions.conversion order by exposed.decided_at desc
    ) as place
  from conversions
  join exposed
    on exposed.side = conversions.side
    and exposed.joined_by = conversions.joined_by
    and conversions.converted_at >= exposed.decided_at
    and conversions.converted_at < exposed.decided_at + interval 7 day
),
converted as (
  select distinct side, visitor_id
  from ranked
  where place = 1
),
visitors as (
  select side, visitor_id, max(variation_key) as variation_key
  from exposed
  group by side, visitor_id
  having count(distinct variation_id) = 1
),
sums as (
  select
    visitors.variation_key,
    count(case when visitors.side = 'fullstory' then 1 end) as fullstory_visitors,
    count(case when converted.side = 'fullstory' then 1 end) as fullstory_converted,
    count(case when visitors.side = 'optimizely' then 1 end) as optimizely_visitors,
    count(case when converted.side = 'optimizely' then 1 end) as optimizely_converted
  from visitors
  left join converted on converted.side = visitors.side and converted.visitor_id = visitors.visitor_id
  group by visitors.variation_key
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

-- Who saw two variations?
--
-- One row per user and variation: when, and in which FullStory session it can be watched. Devices without a user id are
-- left out: two users may share one.

with seen as (
  select
    exposures.user_id,
    exposures.variation_key,
    min(exposures.first_at) as first_at,
    max(exposures.last_at) as last_at,
    sum(exposures.optimizely_events) as optimizely_events,
    sum(exposures.fullstory_events) as fullstory_events,
    max(exposures.session) as fullstory_session
  from experiments.exposures as exposures
  cross join experiments.settings as settings
  where exposures.experiment_id = settings.experiment_id
    and exposures.user_id is not null
    and not exposures.is_holdback
    and exposures.first_at >= settings.begins
    and exposures.first_at < settings.ends
  group by exposures.user_id, exposures.variation_key
),
several as (
  select user_id
  from seen
  group by user_id
  having count(*) > 1
)
select seen.*
from seen
join several on several.user_id = seen.user_id
order by seen.user_id, seen.first_at;
