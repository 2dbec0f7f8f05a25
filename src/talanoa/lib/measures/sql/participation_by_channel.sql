SELECT
    channel,
    count(DISTINCT person) AS n_persons,
    count(*) AS n_acts
FROM contribution
WHERE person IS NOT NULL AND state <> 'superseded'
GROUP BY channel
ORDER BY channel
