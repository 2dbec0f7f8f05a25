SELECT
    stage.process,
    stage.kind,
    CAST(floor(date_diff('second', charter.happened_at, stage.opened_at) / 86400) AS BIGINT) AS n_days_before,
    CAST(floor(date_diff('second', stage.opened_at, coalesce(stage.closed_at, stage.closes_at)) / 86400) AS BIGINT) AS n_days,
    CASE WHEN stage.kind = 'input' THEN coalesce(extension.n_times, 0) ELSE 0 END AS n_extended
FROM stage
LEFT JOIN (
    SELECT process, min(happened_at) AS happened_at FROM event WHERE kind LIKE 'charter.published.%' GROUP BY process
) AS charter ON charter.process = stage.process
LEFT JOIN (
    SELECT process, count(*) AS n_times FROM event WHERE kind LIKE 'stage.extended.%' GROUP BY process
) AS extension ON extension.process = stage.process
WHERE stage.opened_at IS NOT NULL
ORDER BY stage.process, stage.position
