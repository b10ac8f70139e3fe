-- Snowflake
--
-- Makes the views that questions.sql and amplitude.sql ask. Edit parts 1 and 2, then run all of it, and once more whenever
-- you change something. All times are UTC.

CREATE SCHEMA IF NOT EXISTS experiments;

-- 1. Your experiment
--
-- Its id, the period, the name of the script's event, and the conversion's name on each side. Set uid_is_visitor_id to
-- true if your page gives FullStory (setIdentity) the same user id as Optimizely. Events without user_id are then joined by
-- it.

CREATE OR REPLACE VIEW experiments.settings AS SELECT
  '9300000001' AS experiment_id,
  CAST('2026-10-05 00:00:00' AS TIMESTAMP_NTZ) AS begins,
  CAST('2026-10-19 00:00:00' AS TIMESTAMP_NTZ) AS ends,
  'Experiment Viewed' AS viewed_event,
  'Order Completed' AS fullstory_conversion,
  'order_completed' AS optimizely_conversion,
  FALSE AS uid_is_visitor_id;

-- The variations of your experiments, as in Optimizely's datafile, and the share of the traffic that each should get.
-- Events of SDK 4 and 5 have only the keys. This list joins them.

CREATE OR REPLACE VIEW experiments.variations AS SELECT
  'checkout_redesign' AS flag_key,
  'checkout_test' AS rule_key,
  'control' AS variation_key,
  '9300000001' AS experiment_id,
  '9300000011' AS variation_id,
  0.5 AS share
UNION ALL
SELECT
  'checkout_redesign',
  'checkout_test',
  'treatment',
  '9300000001',
  '9300000012',
  0.5
UNION ALL
SELECT
  'search_ranking',
  'ranking_test',
  'control',
  '9300000002',
  '9300000021',
  0.5
UNION ALL
SELECT
  'search_ranking',
  'ranking_test',
  'treatment',
  '9300000002',
  '9300000022',
  0.5;

-- 2. Your tables
--
-- The names after `from`. FullStory's is the table events of raw data. A row that was synced again is there twice: the
-- latest one counts. Its type is null if FullStory has taken it back.

CREATE OR REPLACE VIEW experiments.fullstory_events AS WITH copies AS (
  SELECT
    event_id,
    event_type,
    CAST(event_time AS TIMESTAMP_NTZ) AS event_time,
    CAST(device_id AS VARCHAR) AS device_id,
    CAST(session_id AS VARCHAR) AS session_id,
    event_properties,
    ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY CASE WHEN updated_time IS NULL THEN 1 ELSE 0 END, updated_time DESC, processed_time DESC) AS place
  FROM fullstory.events
)
SELECT
  event_id,
  event_type,
  event_time,
  device_id,
  session_id,
  event_properties
FROM copies
WHERE
  place = 1;

-- Custom properties are beside the event's name, or one level deeper.

CREATE OR REPLACE VIEW experiments.fullstory_custom_events AS SELECT
  event_id,
  event_time,
  device_id,
  device_id || ':' || session_id AS session,
  event_properties:event_name::VARCHAR AS event_name,
  COALESCE(events.event_properties:event_properties, events.event_properties) AS properties
FROM experiments.fullstory_events AS events
WHERE
  event_type = 'custom';

-- The users that your page has given FullStory by setIdentity, with time and device.

CREATE OR REPLACE VIEW experiments.fullstory_identities AS SELECT
  event_id,
  device_id,
  event_time AS identified_at,
  event_properties:user_id::VARCHAR AS user_id
FROM experiments.fullstory_events
WHERE
  event_type = 'identify';

-- Optimizely's files, loaded as they are.

CREATE OR REPLACE VIEW experiments.optimizely_decisions AS SELECT
  uuid,
  visitor_id,
  experiment_id,
  variation_id,
  is_holdback,
  client_engine,
  user_agent,
  process_timestamp,
  TO_TIMESTAMP_NTZ("TIMESTAMP", 3) AS decided_at
FROM optimizely.decisions;

CREATE OR REPLACE VIEW experiments.optimizely_conversions AS SELECT
  uuid,
  visitor_id,
  event_name,
  TO_TIMESTAMP_NTZ("TIMESTAMP", 3) AS converted_at
FROM optimizely.events;

-- 3. The views for the questions. Nothing to edit below.
--
-- One row per event of the script. A late event has the time of its decision. If another rule decided, there is no
-- experiment: then the rule's key takes its place, so such events stay separate. An event belongs to its own user_id. If
-- FullStory's uid replaces that, it belongs to the last user identified on its device before the decision, or else to the
-- first one after it. Without either, only the device is known.

CREATE OR REPLACE VIEW experiments.fullstory_exposures AS WITH viewed AS (
  SELECT
    events.event_id,
    events.device_id,
    events.session,
    events.properties:user_id::VARCHAR AS user_id,
    events.properties:flag_key::VARCHAR AS flag_key,
    events.properties:rule_key::VARCHAR AS rule_key,
    events.properties:variation_key::VARCHAR AS variation_key,
    events.properties:experiment_id::VARCHAR AS experiment_id,
    events.properties:variation_id::VARCHAR AS variation_id,
    events.properties:dispatched::VARCHAR AS dispatched,
    COALESCE(CAST(events.properties:decided_at::VARCHAR AS TIMESTAMP_NTZ), events.event_time) AS decided_at
  FROM experiments.fullstory_custom_events AS events
  CROSS JOIN experiments.settings AS settings
  WHERE
    events.event_name = settings.viewed_event
), identified AS (
  SELECT
    viewed.event_id,
    identities.user_id,
    ROW_NUMBER() OVER (PARTITION BY viewed.event_id ORDER BY CASE WHEN identities.identified_at <= viewed.decided_at THEN 0 ELSE 1 END, CASE
      WHEN identities.identified_at <= viewed.decided_at
      THEN identities.identified_at
    END DESC, identities.identified_at, identities.event_id) AS place
  FROM viewed
  JOIN experiments.fullstory_identities AS identities
    ON identities.device_id = viewed.device_id
  CROSS JOIN experiments.settings AS settings
  WHERE
    settings.uid_is_visitor_id
    AND NOT identities.user_id IS NULL
)
SELECT
  viewed.event_id,
  viewed.device_id,
  viewed.session,
  COALESCE(viewed.user_id, identified.user_id) AS user_id,
  COALESCE(viewed.user_id, identified.user_id, 'device ' || viewed.device_id) AS visitor_id,
  viewed.flag_key,
  COALESCE(viewed.experiment_id, variations.experiment_id, viewed.rule_key, 'no rule') AS experiment_id,
  COALESCE(viewed.variation_id, variations.variation_id, viewed.variation_key, 'off') AS variation_id,
  COALESCE(viewed.variation_key, 'off') AS variation_key,
  viewed.dispatched,
  viewed.decided_at
FROM viewed
LEFT JOIN identified
  ON identified.event_id = viewed.event_id
  AND identified.place = 1
LEFT JOIN experiments.variations AS variations
  ON variations.flag_key = viewed.flag_key
  AND variations.rule_key = viewed.rule_key
  AND variations.variation_key = viewed.variation_key;

-- A day that was loaded twice has each uuid twice.

CREATE OR REPLACE VIEW experiments.optimizely_exposures AS WITH copies AS (
  SELECT
    uuid,
    visitor_id,
    experiment_id,
    variation_id,
    COALESCE(is_holdback, FALSE) AS is_holdback,
    client_engine,
    LOWER(user_agent) AS user_agent,
    decided_at,
    ROW_NUMBER() OVER (PARTITION BY uuid ORDER BY process_timestamp) AS place
  FROM experiments.optimizely_decisions
)
SELECT
  copies.uuid,
  copies.visitor_id,
  variations.flag_key,
  copies.experiment_id,
  copies.variation_id,
  COALESCE(variations.variation_key, copies.variation_id) AS variation_key,
  copies.is_holdback,
  copies.client_engine,
  copies.user_agent,
  copies.decided_at
FROM copies
LEFT JOIN experiments.variations AS variations
  ON variations.experiment_id = copies.experiment_id
  AND variations.variation_id = copies.variation_id
WHERE
  copies.place = 1;

-- An exposure begins when a visitor meets a variation. It ends when 30 minutes pass without that variation on either side.
-- Optimizely has a row for each decide(), FullStory one for each page and session, so rows cannot be compared.

CREATE OR REPLACE VIEW experiments.exposures AS WITH events AS (
  SELECT
    visitor_id,
    experiment_id,
    variation_id,
    is_holdback,
    decided_at,
    flag_key,
    variation_key,
    uuid AS event_id,
    uuid AS optimizely_event,
    client_engine,
    user_agent,
    CAST(NULL AS VARCHAR) AS fullstory_event,
    CAST(NULL AS VARCHAR) AS session,
    visitor_id AS user_id,
    CAST(NULL AS VARCHAR) AS dispatched
  FROM experiments.optimizely_exposures
  UNION ALL
  SELECT
    visitor_id,
    experiment_id,
    variation_id,
    FALSE,
    decided_at,
    flag_key,
    variation_key,
    event_id,
    CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR),
    event_id,
    session,
    user_id,
    dispatched
  FROM experiments.fullstory_exposures
), marked AS (
  SELECT
    *,
    CASE
      WHEN decided_at <= LAG(decided_at) OVER (PARTITION BY visitor_id, experiment_id, variation_id, is_holdback ORDER BY decided_at, event_id) + INTERVAL '30 MINUTE'
      THEN 0
      ELSE 1
    END AS begins
  FROM events
), grouped AS (
  SELECT
    *,
    SUM(begins) OVER (PARTITION BY visitor_id, experiment_id, variation_id, is_holdback ORDER BY decided_at, event_id rows BETWEEN UNBOUNDED preceding AND CURRENT ROW) AS visit
  FROM marked
)
SELECT
  visitor_id,
  experiment_id,
  variation_id,
  is_holdback,
  MIN(decided_at) AS first_at,
  MAX(decided_at) AS last_at,
  COUNT(optimizely_event) AS optimizely_events,
  COUNT(fullstory_event) AS fullstory_events,
  MAX(flag_key) AS flag_key,
  MAX(variation_key) AS variation_key,
  MAX(user_id) AS user_id,
  MAX(session) AS session,
  MAX(dispatched) AS dispatched,
  MAX(client_engine) AS client_engine,
  MAX(user_agent) AS user_agent
FROM grouped
GROUP BY
  visitor_id,
  experiment_id,
  variation_id,
  is_holdback,
  visit;
