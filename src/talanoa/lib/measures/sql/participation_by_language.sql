SELECT
    coalesce(nullif(standing.language, ''), 'unknown') AS language,
    count(DISTINCT input.person) AS n_persons,
    count(*) AS n_acts
FROM input
JOIN standing ON standing.process = input.process AND standing.number = input.number
WHERE input.person IS NOT NULL
GROUP BY coalesce(nullif(standing.language, ''), 'unknown')
ORDER BY language
