SELECT
    shown,
    count(*) AS n_contributions
FROM standing
GROUP BY shown
ORDER BY shown
