SELECT
    organization,
    count(DISTINCT person) AS n_persons,
    count(*) AS n_acts
FROM belonging
GROUP BY organization
ORDER BY n_persons DESC, organization
