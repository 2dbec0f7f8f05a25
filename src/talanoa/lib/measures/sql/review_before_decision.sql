SELECT
    sealed.process,
    CAST(floor(date_diff('second', sealed.happened_at, ended.happened_at) / 86400) AS BIGINT) AS n_review_days,
    CAST(floor(date_diff('second', sealed.happened_at, decided.happened_at) / 86400) AS BIGINT) AS n_days
FROM (SELECT process, max(happened_at) AS happened_at FROM event WHERE kind LIKE 'report.sealed.%' GROUP BY process) AS sealed
LEFT JOIN (SELECT process, max(happened_at) AS happened_at FROM event WHERE kind LIKE 'report.final.%' GROUP BY process) AS ended
    ON ended.process = sealed.process
LEFT JOIN (SELECT process, max(happened_at) AS happened_at FROM event WHERE kind LIKE 'decision.taken.%' GROUP BY process) AS decided
    ON decided.process = sealed.process
ORDER BY sealed.process
