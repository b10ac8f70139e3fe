-- Optimizely's files, loaded as they are.

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
  utc_ms("timestamp") as decided_at
from optimizely.decisions;

create or replace view experiments.optimizely_conversions as
select uuid, visitor_id, event_name, utc_ms("timestamp") as converted_at
from optimizely.events;
