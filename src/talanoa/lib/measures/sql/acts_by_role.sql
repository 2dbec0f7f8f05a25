SELECT
    role,
    count(*) AS n_entries
FROM event
GROUP BY role
ORDER BY role
