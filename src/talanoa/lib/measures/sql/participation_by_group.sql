SELECT
    stakeholder_group,
    count(DISTINCT person) AS n_persons,
    count(*) AS n_acts
FROM act
GROUP BY stakeholder_group
ORDER BY stakeholder_group
