SELECT
    region,
    count(DISTINCT person) AS n_persons,
    count(*) AS n_acts
FROM act
GROUP BY region
ORDER BY region
