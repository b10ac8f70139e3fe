-- 2. Your tables
--
-- The names after `from`. FullStory's is the table events of raw data. A row that was synced again is there twice: the
-- latest one counts. Its type is null if FullStory has taken it back.

create or replace view experiments.fullstory_events as
with copies as (
  select
    event_id,
    event_type,
    utc(event_time) as event_time,
    cast(device_id as varchar) as device_id,
    cast(session_id as varchar) as session_id,
    event_properties,
    row_number() over (
      partition by event_id
      order by
        case when updated_time is null then 1 else 0 end,
        updated_time desc,
        processed_time desc
    ) as place
  from fullstory.events
)
select event_id, event_type, event_time, device_id, session_id, event_properties
from copies
where place = 1;

-- Custom properties are beside the event's name, or one level deeper.

create or replace view experiments.fullstory_custom_events as
select
  event_id,
  event_time,
  device_id,
  device_id || ':' || session_id as session,
  property(event_properties, 'event_name') as event_name,
  own_properties(events.event_properties) as properties
from experiments.fullstory_events as events
where event_type = 'custom';

-- The users that your page has given FullStory by setIdentity, with time and device.

create or replace view experiments.fullstory_identities as
select
  event_id,
  device_id,
  event_time as identified_at,
  property(event_properties, 'user_id') as user_id
from experiments.fullstory_events
where event_type = 'identify';
