-- How many exposures has each variation in Optimizely and in FullStory, and how far are they apart?

with parameters as (
  select
    '9300000001' as experiment_id,
    timestamp '2026-10-05 00:00:00' as begins,
    timestamp '2026-10-19 00:00:00' as ends
),
counted as (
  select exposures.*
  from exposures, parameters
  where exposures.experiment_id = parameters.experiment_id
    and not is_holdback
    and first_at >= begins
    and first_at < ends
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
