SELECT
    event.process,
    event.kind,
    count(*) AS n_times,
    CAST(floor(date_diff('second', beginning.happened_at, min(event.happened_at)) / 86400) AS BIGINT) AS n_days
FROM event
JOIN (SELECT process, min(happened_at) AS happened_at FROM event GROUP BY process) AS beginning
    ON beginning.process = event.process
WHERE event.kind LIKE 'charter.published.%' OR event.kind LIKE 'process.%' OR event.kind LIKE 'overlap.judged.%'
    OR event.kind LIKE 'report.%' OR event.kind LIKE 'decision.taken.%' OR event.kind LIKE 'followup.noted.%'
    OR event.kind LIKE 'consensus.designated.%' OR event.kind LIKE 'floors.%' OR event.kind LIKE 'draft.revised.%'
GROUP BY event.process, event.kind, beginning.happened_at
ORDER BY event.process, n_days, event.kind
