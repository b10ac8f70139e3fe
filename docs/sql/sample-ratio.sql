-- Do the visitors of each side split as they were allocated, or is there a sample ratio mismatch?
--
-- Chi-square over visitors with one variation. `mismatch` is true if chance explains such a split less than once in a
-- thousand times. Then visitors of one variation are missing for a reason, and comparisons of the variations are invalid.
-- Parameters: the experiment, the period, and the share of each variation; together the shares are 1.

with parameters as (
  select
    '9300000001' as experiment_id,
    timestamp '2026-10-05 00:00:00' as begins,
    timestamp '2026-10-19 00:00:00' as ends
),
allocation as (
  select 'control' as variation_key, 0.5 as share
  union all
  select 'treatment', 0.5
),
-- The chi-square threshold, by the number of variations.
limits as (
  select 2 as variations, 10.828 as least
  union all
  select 3, 13.816
  union all
  select 4, 16.266
  union all
  select 5, 18.467
),
exposed as (
  select 'fullstory' as side, visitor_id, variation_key
  from fullstory_exposures, parameters
  where fullstory_exposures.experiment_id = parameters.experiment_id
    and decided_at >= begins
    and decided_at < ends
  union all
  select 'optimizely', visitor_id, variation_key
  from optimizely_exposures, parameters
  where optimizely_exposures.experiment_id = parameters.experiment_id
    and not is_holdback
    and decided_at >= begins
    and decided_at < ends
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
  side,
  variation_key,
  seen as visitors,
  round(wanted, 1) as expected,
  round(chi_square, 2) as chi_square,
  chi_square >= least as mismatch
from tested
left join limits using (variations)
order by side, variation_key;
