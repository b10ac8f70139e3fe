-- Which users saw more than one variation, when, and in which FullStory session?
--
-- One row per user and variation. Devices without a user id are left out: two users may share one.

with parameters as (
  select
    '9300000001' as experiment_id,
    timestamp '2026-10-05 00:00:00' as begins,
    timestamp '2026-10-19 00:00:00' as ends
),
seen as (
  select
    user_id,
    variation_key,
    min(first_at) as first_at,
    max(last_at) as last_at,
    sum(optimizely_events) as optimizely_events,
    sum(fullstory_events) as fullstory_events,
    max(session) as fullstory_session
  from exposures, parameters
  where exposures.experiment_id = parameters.experiment_id
    and user_id is not null
    and not is_holdback
    and first_at >= begins
    and first_at < ends
  group by user_id, variation_key
)
select *
from seen
qualify count(*) over (partition by user_id) > 1
order by user_id, first_at;
