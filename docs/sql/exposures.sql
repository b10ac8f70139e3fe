-- What is one exposure? All events of a visitor and a variation, until 30 minutes pass without one.
-- Run this after load.sql: it makes the view that joins the two exports.
--
-- Parameter: the 30 minutes. Optimizely has a row for each decide(), FullStory one for each page and session, so rows
-- cannot be compared directly.

create or replace view exposures as
with events as (
  select
    visitor_id, experiment_id, variation_id, is_holdback, decided_at, flag_key, variation_key,
    uuid as optimizely_event, client_engine, user_agent,
    null as fullstory_event, null as session, visitor_id as user_id, null as dispatched
  from optimizely_exposures
  union all
  select
    visitor_id, experiment_id, variation_id, false, decided_at, flag_key, variation_key,
    null, null, null,
    event_id, session, user_id, dispatched
  from fullstory_exposures
),
marked as (
  select
    *,
    case
      when decided_at <= lag(decided_at) over (
        partition by visitor_id, experiment_id, variation_id, is_holdback order by decided_at
      ) + interval 30 minute then 0
      else 1
    end as begins
  from events
),
grouped as (
  select
    *,
    -- By range, not by rows: both sides may have the same millisecond.
    sum(begins) over (
      partition by visitor_id, experiment_id, variation_id, is_holdback order by decided_at
      range between unbounded preceding and current row
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
