SELECT
    state,
    count(*) AS n_contributions
FROM contribution
GROUP BY state
ORDER BY state
