-- 2. Your tables
--
-- The names after `from`. FullStory's are the Ready to Analyze views custom_events and users: user_id and users.id are
-- FullStory's own id of a browser, users.uid is what your page gave to setIdentity. If your columns have other names, map
-- these six of custom_events and two of users here: nothing else reads them.

create or replace view experiments.fullstory_custom_events as
select
  event_id,
  utc(event_time) as event_time,
  cast(user_id as varchar) as device_id,
  cast(user_id as varchar) || ':' || cast(session_id as varchar) as session,
  event_name,
  own_properties(events.event_properties) as properties
from fullstory.custom_events as events;

create or replace view experiments.fullstory_identities as
select
  cast(id as varchar) as event_id,
  cast(id as varchar) as device_id,
  cast(null as timestamp) as identified_at,
  uid as user_id
from fullstory.users;
