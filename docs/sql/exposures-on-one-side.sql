-- Which exposures does only one side have, and why?
--
-- The first matching reason is used. The rows with counts true add up to the difference in exposures-per-variation.sql.
-- The others explain why FullStory's list of events, or Optimizely's raw rows, are longer.

with parameters as (
  select
    '9300000001' as experiment_id,
    timestamp '2026-10-05 00:00:00' as begins,
    timestamp '2026-10-19 00:00:00' as ends
),
flags as (
  select distinct flag_key
  from variations, parameters
  where variations.experiment_id = parameters.experiment_id
),
known_to_fullstory as (
  select distinct user_id
  from fullstory_exposures, parameters
  where decided_at >= begins
    and decided_at < ends
),
one_side as (
  select
    exposures.*,
    case when optimizely_events > 0 then 'optimizely' else 'fullstory' end as side,
    (exposures.experiment_id = parameters.experiment_id and not is_holdback) as counts
  from exposures, parameters
  where (
      exposures.experiment_id = parameters.experiment_id
      -- The same flag, decided by another rule: an audience miss, a delivery, a holdout, another experiment.
      or (optimizely_events = 0 and flag_key in (select flag_key from flags))
    )
    and (optimizely_events = 0 or fullstory_events = 0)
    and first_at >= begins
    and first_at < ends
),
explained as (
  select
    one_side.visitor_id,
    side,
    counts,
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
      when first_at > (select max(decided_at) from optimizely_exposures) then 'not_exported_yet'
      else 'impression_lost'
    end as reason
  from one_side
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
