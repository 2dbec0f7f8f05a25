SELECT
    n_acts,
    count(*) AS n_organizations,
    is_known
FROM (
    SELECT organization, organization <> 'unknown' AS is_known, count(*) AS n_acts
    FROM belonging
    GROUP BY organization
) AS counted
GROUP BY is_known, n_acts
ORDER BY is_known, n_acts
