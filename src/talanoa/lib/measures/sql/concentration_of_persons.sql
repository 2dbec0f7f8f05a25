SELECT
    n_acts,
    count(*) AS n_persons
FROM (SELECT person, count(*) AS n_acts FROM act GROUP BY person) AS counted
GROUP BY n_acts
ORDER BY n_acts
