SELECT
    CAST(extract(year FROM acted_at) AS BIGINT) AS year,
    stakeholder_group,
    count(DISTINCT person) AS n_persons,
    count(*) AS n_acts
FROM act
WHERE acted_at IS NOT NULL
GROUP BY CAST(extract(year FROM acted_at) AS BIGINT), stakeholder_group
ORDER BY year, stakeholder_group
