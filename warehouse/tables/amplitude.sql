-- 1. Your table
--
-- The name after `from`, and those of the event and of the flag's user property.

create or replace view experiments.amplitude_events as
select
  uuid as event_id,
  cast(event_time as timestamp) as decided_at,
  coalesce(user_id, 'device ' || device_id) as visitor_id,
  property(event_properties, 'flag_key') as flag_key,
  property(event_properties, 'rule_key') as rule_key,
  property(event_properties, 'variation_key') as variation_key,
  property(user_properties, '[Optimizely] checkout_redesign') as user_property
from amplitude.events
where event_type = 'Experiment Viewed';
