-- Databricks
--
-- Five questions to the views of load.sql. Each statement can be run alone. Experiment and period are those in load.sql.

-- How many exposures has each variation on both sides?

WITH counted AS (
  SELECT
    exposures.*
  FROM experiments.exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND NOT exposures.is_holdback AND exposures.first_at >= settings.begins AND exposures.first_at < settings.ends
), sums AS (
  SELECT
    variation_key,
    SUM(CASE WHEN optimizely_events > 0 THEN 1 ELSE 0 END) AS optimizely,
    SUM(CASE WHEN fullstory_events > 0 THEN 1 ELSE 0 END) AS fullstory,
    SUM(CASE WHEN optimizely_events > 0 AND fullstory_events > 0 THEN 1 ELSE 0 END) AS in_both,
    COUNT(DISTINCT CASE WHEN optimizely_events > 0 THEN visitor_id END) AS optimizely_visitors,
    COUNT(DISTINCT CASE WHEN fullstory_events > 0 THEN visitor_id END) AS fullstory_visitors
  FROM counted
  GROUP BY
    variation_key
)
SELECT
  variation_key,
  optimizely,
  fullstory,
  in_both,
  fullstory - optimizely AS difference,
  ROUND(100.0 * (
    fullstory - optimizely
  ) / NULLIF(optimizely, 0), 1) AS difference_percent,
  optimizely_visitors,
  fullstory_visitors
FROM sums
ORDER BY
  variation_key;

-- Do the visitors split as they were allocated?
--
-- Chi-square over the visitors who saw one variation, against their shares in the list of variations. `mismatch` is true
-- if chance makes such a split less often than once in a thousand.

WITH allocation AS (
  SELECT
    variations.variation_key,
    variations.share
  FROM experiments.variations AS variations
  CROSS JOIN experiments.settings AS settings
  WHERE
    variations.experiment_id = settings.experiment_id
), limits AS (
  SELECT
    2 AS variations,
    10.828 AS chi_square_limit
  UNION ALL
  SELECT
    3,
    13.816
  UNION ALL
  SELECT
    4,
    16.266
  UNION ALL
  SELECT
    5,
    18.467
), exposed AS (
  SELECT
    'fullstory' AS side,
    exposures.visitor_id,
    exposures.variation_key
  FROM experiments.fullstory_exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND exposures.decided_at >= settings.begins AND exposures.decided_at < settings.ends
  UNION ALL
  SELECT
    'optimizely',
    exposures.visitor_id,
    exposures.variation_key
  FROM experiments.optimizely_exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND NOT exposures.is_holdback AND exposures.decided_at >= settings.begins AND exposures.decided_at < settings.ends
), visitors AS (
  SELECT
    side,
    visitor_id,
    MAX(variation_key) AS variation_key
  FROM exposed
  GROUP BY
    side,
    visitor_id
  HAVING
    COUNT(DISTINCT variation_key) = 1
), sides AS (
  SELECT
    'fullstory' AS side
  UNION ALL
  SELECT
    'optimizely'
), counted AS (
  SELECT
    sides.side,
    allocation.variation_key,
    allocation.share,
    COUNT(visitors.visitor_id) AS seen
  FROM sides
  CROSS JOIN allocation
  LEFT JOIN visitors
    ON visitors.side = sides.side
    AND visitors.variation_key = allocation.variation_key
  GROUP BY
    sides.side,
    allocation.variation_key,
    allocation.share
), expected AS (
  SELECT
    *,
    SUM(seen) OVER (PARTITION BY side) * share AS wanted,
    COUNT(*) OVER (PARTITION BY side) AS variations
  FROM counted
), tested AS (
  SELECT
    *,
    SUM((
      seen - wanted
    ) * (
      seen - wanted
    ) / NULLIF(wanted, 0)) OVER (PARTITION BY side) AS chi_square
  FROM expected
)
SELECT
  tested.side,
  tested.variation_key,
  tested.seen AS visitors,
  ROUND(tested.wanted, 1) AS expected,
  ROUND(tested.chi_square, 2) AS chi_square,
  tested.chi_square >= limits.chi_square_limit AS mismatch
FROM tested
LEFT JOIN limits
  ON limits.variations = tested.variations
ORDER BY
  tested.side,
  tested.variation_key;

-- Which exposures has only one side, and why?
--
-- If several reasons apply, the first one counts. The rows with `counts` add up to the difference above. The others explain
-- why FullStory's list of events and Optimizely's raw rows are longer. `another_rule` is the same flag, decided by another
-- rule: an audience miss, a delivery, a holdout, another experiment.

WITH flags AS (
  SELECT DISTINCT
    variations.flag_key
  FROM experiments.variations AS variations
  CROSS JOIN experiments.settings AS settings
  WHERE
    variations.experiment_id = settings.experiment_id
), known_to_fullstory AS (
  SELECT DISTINCT
    exposures.user_id
  FROM experiments.fullstory_exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.decided_at >= settings.begins AND exposures.decided_at < settings.ends
), one_side AS (
  SELECT
    exposures.*,
    CASE WHEN exposures.optimizely_events > 0 THEN 'optimizely' ELSE 'fullstory' END AS side,
    (
      exposures.experiment_id = settings.experiment_id AND NOT exposures.is_holdback
    ) AS counts
  FROM experiments.exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  LEFT JOIN flags
    ON flags.flag_key = exposures.flag_key
  WHERE
    (
      exposures.experiment_id = settings.experiment_id OR (
        exposures.optimizely_events = 0 AND NOT flags.flag_key IS NULL
      )
    ) AND (
      exposures.optimizely_events = 0 OR exposures.fullstory_events = 0
    ) AND exposures.first_at >= settings.begins AND exposures.first_at < settings.ends
), last_export AS (
  SELECT
    MAX(decided_at) AS decided_at
  FROM experiments.optimizely_exposures
), explained AS (
  SELECT
    one_side.visitor_id,
    one_side.side,
    one_side.counts,
    CASE
      WHEN side = 'optimizely' AND is_holdback
      THEN 'holdback'
      WHEN side = 'optimizely' AND (
        user_agent LIKE '%bot%' OR user_agent LIKE '%crawler%' OR user_agent LIKE '%spider%' OR user_agent LIKE '%headless%'
      )
      THEN 'bot'
      WHEN side = 'optimizely' AND NOT client_engine IN ('javascript-sdk', 'react-sdk', 'js')
      THEN 'decided_on_a_server'
      WHEN side = 'optimizely' AND known_to_fullstory.user_id IS NULL
      THEN 'visitor_unknown_to_fullstory'
      WHEN side = 'optimizely'
      THEN 'event_lost'
      WHEN NOT counts
      THEN 'another_rule'
      WHEN one_side.user_id IS NULL
      THEN 'no_user_id'
      WHEN dispatched = 'false'
      THEN 'not_dispatched'
      WHEN first_at > last_export.decided_at
      THEN 'not_exported_yet'
      ELSE 'impression_lost'
    END AS reason
  FROM one_side
  CROSS JOIN last_export
  LEFT JOIN known_to_fullstory
    ON known_to_fullstory.user_id = one_side.visitor_id
)
SELECT
  side,
  reason,
  counts,
  COUNT(*) AS exposures,
  COUNT(DISTINCT visitor_id) AS visitors
FROM explained
GROUP BY
  side,
  reason,
  counts
ORDER BY
  side DESC,
  counts DESC,
  exposures DESC,
  reason;

-- Which share of each variation converted?
--
-- A visitor counts once. Visitors who saw two variations are left out. A conversion counts for the visitor with the latest
-- exposure on that device, if it comes within 7 days. Optimizely's export no longer says which experiment a conversion
-- belongs to, so its conversions are joined to its decisions in the same way.

WITH exposed AS (
  SELECT
    'fullstory' AS side,
    exposures.visitor_id,
    exposures.device_id AS joined_by,
    exposures.variation_id,
    exposures.variation_key,
    exposures.decided_at
  FROM experiments.fullstory_exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND exposures.decided_at >= settings.begins AND exposures.decided_at < settings.ends
  UNION ALL
  SELECT
    'optimizely',
    exposures.visitor_id,
    exposures.visitor_id,
    exposures.variation_id,
    exposures.variation_key,
    exposures.decided_at
  FROM experiments.optimizely_exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND NOT exposures.is_holdback AND exposures.decided_at >= settings.begins AND exposures.decided_at < settings.ends
), conversions AS (
  SELECT
    'fullstory' AS side,
    events.event_id AS conversion,
    events.device_id AS joined_by,
    events.event_time AS converted_at
  FROM experiments.fullstory_custom_events AS events
  CROSS JOIN experiments.settings AS settings
  WHERE
    events.event_name = settings.fullstory_conversion
  UNION ALL
  SELECT
    'optimizely',
    events.uuid,
    events.visitor_id,
    events.converted_at
  FROM experiments.optimizely_conversions AS events
  CROSS JOIN experiments.settings AS settings
  WHERE
    events.event_name = settings.optimizely_conversion
), ranked AS (
  SELECT
    exposed.side,
    exposed.visitor_id,
    ROW_NUMBER() OVER (PARTITION BY conversions.side, conversions.conversion ORDER BY exposed.decided_at DESC) AS place
  FROM conversions
  JOIN exposed
    ON exposed.side = conversions.side
    AND exposed.joined_by = conversions.joined_by
    AND conversions.converted_at >= exposed.decided_at
    AND conversions.converted_at < exposed.decided_at + INTERVAL '7' DAY
), converted AS (
  SELECT DISTINCT
    side,
    visitor_id
  FROM ranked
  WHERE
    place = 1
), visitors AS (
  SELECT
    side,
    visitor_id,
    MAX(variation_key) AS variation_key
  FROM exposed
  GROUP BY
    side,
    visitor_id
  HAVING
    COUNT(DISTINCT variation_id) = 1
), sums AS (
  SELECT
    visitors.variation_key,
    COUNT(CASE WHEN visitors.side = 'fullstory' THEN 1 END) AS fullstory_visitors,
    COUNT(CASE WHEN converted.side = 'fullstory' THEN 1 END) AS fullstory_converted,
    COUNT(CASE WHEN visitors.side = 'optimizely' THEN 1 END) AS optimizely_visitors,
    COUNT(CASE WHEN converted.side = 'optimizely' THEN 1 END) AS optimizely_converted
  FROM visitors
  LEFT JOIN converted
    ON converted.side = visitors.side
    AND converted.visitor_id = visitors.visitor_id
  GROUP BY
    visitors.variation_key
)
SELECT
  variation_key,
  fullstory_visitors,
  fullstory_converted,
  ROUND(100.0 * fullstory_converted / NULLIF(fullstory_visitors, 0), 1) AS fullstory_percent,
  optimizely_visitors,
  optimizely_converted,
  ROUND(100.0 * optimizely_converted / NULLIF(optimizely_visitors, 0), 1) AS optimizely_percent
FROM sums
ORDER BY
  variation_key;

-- Who saw two variations?
--
-- One row per user and variation: when, and in which FullStory session it can be watched. Devices without a user id are
-- left out: two users may share one.

WITH seen AS (
  SELECT
    exposures.user_id,
    exposures.variation_key,
    MIN(exposures.first_at) AS first_at,
    MAX(exposures.last_at) AS last_at,
    SUM(exposures.optimizely_events) AS optimizely_events,
    SUM(exposures.fullstory_events) AS fullstory_events,
    MAX(exposures.session) AS fullstory_session
  FROM experiments.exposures AS exposures
  CROSS JOIN experiments.settings AS settings
  WHERE
    exposures.experiment_id = settings.experiment_id AND NOT exposures.user_id IS NULL AND NOT exposures.is_holdback AND exposures.first_at >= settings.begins AND exposures.first_at < settings.ends
  GROUP BY
    exposures.user_id,
    exposures.variation_key
), several AS (
  SELECT
    user_id
  FROM seen
  GROUP BY
    user_id
  HAVING
    COUNT(*) > 1
)
SELECT
  seen.*
FROM seen
JOIN several
  ON several.user_id = seen.user_id
ORDER BY
  seen.user_id,
  seen.first_at;
