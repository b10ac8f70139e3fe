-- BigQuery
--
-- Compares Amplitude's export with Optimizely's. Run load.sql first, then edit part 1.

-- 1. Your table
--
-- The name after `from`, and those of the event and of the flag's user property.

CREATE OR REPLACE VIEW experiments.amplitude_events AS SELECT
  uuid AS event_id,
  CAST(event_time AS DATETIME) AS decided_at,
  COALESCE(user_id, 'device ' || device_id) AS visitor_id,
  JSON_VALUE(event_properties, '$.flag_key') AS flag_key,
  JSON_VALUE(event_properties, '$.rule_key') AS rule_key,
  JSON_VALUE(event_properties, '$.variation_key') AS variation_key,
  JSON_VALUE(user_properties, '$."[Optimizely] checkout_redesign"') AS user_property
FROM amplitude.events
WHERE
  event_type = 'Experiment Viewed';

-- 2. How many visitors has each variation in Amplitude and in Optimizely, and does the user property say the same?
--
-- `same_property` counts the visitors whose latest event of this variation has the same variation in the user property. If
-- it is less than `amplitude`, charts by user property and charts by event differ.

WITH ranked AS (
  SELECT
    events.visitor_id,
    events.variation_key,
    events.user_property,
    ROW_NUMBER() OVER (PARTITION BY events.visitor_id, events.variation_key ORDER BY events.decided_at DESC, events.event_id DESC) AS place
  FROM experiments.amplitude_events AS events
  JOIN experiments.variations AS variations
    ON variations.flag_key = events.flag_key
    AND variations.rule_key = events.rule_key
    AND variations.variation_key = events.variation_key
  CROSS JOIN experiments.settings AS settings
  WHERE
    variations.experiment_id = settings.experiment_id AND events.decided_at >= settings.begins AND events.decided_at < settings.ends
), seen AS (
  SELECT
    visitor_id,
    variation_key,
    0 AS in_optimizely,
    1 AS in_amplitude,
    CASE WHEN user_property = variation_key THEN 1 ELSE 0 END AS has_property
  FROM ranked
  WHERE
    place = 1
  UNION ALL
  SELECT DISTINCT
    exposures.visitor_id,
    exposures.variation_key,
    1,
    0,
    0
  FROM experiments.optimizely_exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND NOT exposures.is_holdback AND exposures.decided_at >= settings.begins AND exposures.decided_at < settings.ends
), visitors AS (
  SELECT
    visitor_id,
    variation_key,
    max(in_optimizely) AS in_optimizely,
    max(in_amplitude) AS in_amplitude,
    max(has_property) AS has_property
  FROM seen
  GROUP BY
    visitor_id,
    variation_key
)
SELECT
  variation_key,
  sum(in_optimizely) AS optimizely,
  sum(in_amplitude) AS amplitude,
  sum(in_optimizely * in_amplitude) AS in_both,
  sum(has_property) AS same_property
FROM visitors
GROUP BY
  variation_key
ORDER BY
  variation_key;
